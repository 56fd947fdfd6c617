"""From a request to a reserved advocate: the team proposes, the owner answers, protection holds; on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.errors import AlreadyDone, NotAllowed, RuleError
from domain.messages import Kind
from domain.request_routing import Routing
from domain.requests import Card, DeclineReason, OwnerReason, State
from domain.vocabulary import Activity
from steps import contacts, fulfilment, group_calls, proposals, taking_back
from steps.progress import TEAM_CHANNEL
from tests.steps.crowd import crowd
from tests.steps.desk import Desk, desk
from tests.steps.race import ROUNDS, at_once
from views import request_alert

__all__ = ["crowd", "desk"]


def test_the_usual_way_from_the_request_to_the_contact_details(desk: Desk) -> None:
    request_id = desk.ask()
    assert desk.card(request_id).state is State.NEW
    with pytest.raises(NotAllowed):
        desk.crowd.do(contacts.of_advocate, desk.crowd.rep, desk.crowd.ids["Ada"])
    card = desk.propose(request_id)
    assert (card.state, card.owner_slack_id) == (State.AWAITING_OWNER, "UOWNER")
    assert desk.uses() == 0, "nothing is reserved before the owner has agreed"
    [question] = desk.heard(desk.owner, Kind.APPROVAL)
    assert question.startswith("May we ask Ada of Ada Inc for a reference call?")
    assert desk.approve(request_id).state is State.APPROVED
    assert desk.uses() == 1
    assert desk.crowd.do(contacts.of_advocate, desk.crowd.rep, desk.crowd.ids["Ada"])[0] == "Ada"
    assert "approved" in desk.heard(desk.crowd.rep, Kind.REQUEST_NEWS)[-1]
    assert "Approved" in desk.heard(desk.owner, Kind.APPROVAL)[-1], "the question says what became of it"


@pytest.mark.parametrize(
    ("routing", "at_first", "proposed"),
    [
        (Routing.TEAM, State.NEW, State.APPROVED),
        (Routing.TEAM_AND_OWNER, State.NEW, State.AWAITING_OWNER),
        (Routing.SELF_TELLING_OWNER, State.APPROVED, None),
        (Routing.SELF_AND_OWNER, State.AWAITING_OWNER, None),
    ],
)
def test_four_ways_that_a_request_can_go(desk: Desk, routing: Routing, at_first: State, proposed: State | None) -> None:
    desk.route(routing)
    request_id = desk.ask()
    assert desk.card(request_id).state is at_first
    if proposed is not None:
        assert desk.propose(request_id).state is proposed
    told = [text for text in desk.heard(desk.owner, Kind.REQUEST_NEWS) if text.startswith("For your information")]
    assert bool(told) is (routing in {Routing.TEAM, Routing.SELF_TELLING_OWNER})
    assert desk.uses() == (1 if desk.card(request_id).state is State.APPROVED else 0)


def test_criteria_go_to_the_team_even_where_people_help_themselves(desk: Desk) -> None:
    desk.route(Routing.SELF_TELLING_OWNER)
    request_id = desk.ask(None)
    assert desk.card(request_id).state is State.NEW
    found = desk.crowd.do(proposals.found, desk.crowd.team, request_id, None)
    assert {one.offer.found.contact_name for one in found.found} == {"Ada", "Grace"}
    with pytest.raises(NotAllowed):
        desk.crowd.do(proposals.found, desk.crowd.rep, request_id, None)


@pytest.mark.parametrize("facts", [{"standing": "deactivated"}, {"away_until": date(2027, 1, 1)}])
def test_where_the_owner_cannot_be_asked_the_teams_proposal_is_the_approval(desk: Desk, facts: dict[str, Any]) -> None:
    desk.set_owner(**facts)
    request_id = desk.ask()
    assert desk.propose(request_id).state is State.APPROVED
    [reason] = [reason for action, reason in desk.actions() if action == "request.approve"]
    assert reason, "the audit says why the owner was not asked"


def test_the_owners_no_sends_the_team_to_look_for_somebody_else(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    card = desk.crowd.do(fulfilment.refuse, desk.owner, request_id, OwnerReason.TIMING, "They move house.")
    assert (card.state, card.advocate_id) == (State.IN_PROGRESS, None)
    assert "They move house." in (desk.card(request_id).owner_reason or "")
    assert desk.propose(request_id, "Grace").state is State.AWAITING_OWNER
    assert desk.approve(request_id).advocate_name == "Grace"
    assert (desk.uses("Ada"), desk.uses("Grace")) == (0, 1)


def test_the_team_answers_in_the_owners_place_only_with_a_reason(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    with pytest.raises(NotAllowed):
        desk.approve(request_id, desk.crowd.rep)
    with pytest.raises(RuleError) as refusal:
        desk.approve(request_id, desk.crowd.team, " ")
    assert "reason" in refusal.value.fields
    assert desk.approve(request_id, desk.crowd.team, "On a plane until Monday").state is State.APPROVED
    assert ("request.approve", "On a plane until Monday") in desk.actions()


def test_whoever_was_the_owner_is_told_so_and_cannot_answer(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.own_all(desk.crowd.world.member(desk.crowd.id, "UNEXT"))
    with pytest.raises(RuleError, match="A colleague looks after this customer now"):
        desk.approve(request_id)


def test_another_proposal_takes_the_question_about_the_first_one_back(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.pass_time(minutes=5)
    desk.propose(request_id, "Grace")
    first, second = desk.slots(desk.owner, Kind.APPROVAL)
    assert first.endswith("The advocacy team looks for somebody else.")
    assert second.startswith("May we ask Grace")


def test_what_is_too_much_needs_a_reason_that_the_audit_keeps(desk: Desk) -> None:
    desk.crowd.use("Ada", desk.day - timedelta(days=3))
    request_id = desk.ask()
    assert desk.card(request_id).state is State.NEW
    with pytest.raises(RuleError) as refusal:
        desk.propose(request_id)
    assert "Ada was asked for" in refusal.value.message or "Ada is booked for" in refusal.value.message
    desk.propose(request_id, override="They offered it themselves")
    assert desk.approve(request_id).state is State.APPROVED
    assert ("protection.overridden", "They offered it themselves") in desk.actions()


def test_nobody_overrides_what_the_customer_refused(desk: Desk) -> None:
    desk.crowd.add("Shy", refused_activities=[Activity.REFERENCE_CALL.value])
    with pytest.raises(RuleError, match="Shy does not want to be asked"):
        desk.ask("Shy")
    request_id = desk.ask(None)
    with pytest.raises(RuleError, match="can't be overridden"):
        desk.propose(request_id, "Shy", override="We really need it")


def test_cancelling_gives_the_time_back_and_asking_again_takes_it_again(desk: Desk) -> None:
    desk.route(Routing.SELF_TELLING_OWNER)
    request_id = desk.ask()
    assert desk.uses() == 1
    assert desk.crowd.do(taking_back.take_back, desk.crowd.rep, request_id).state is State.CANCELLED
    assert desk.uses() == 0
    assert desk.crowd.do(fulfilment.reopen, desk.crowd.team, request_id).state is State.NEW
    desk.route(Routing.TEAM)
    desk.propose(request_id)
    assert desk.uses() == 1


def test_a_new_time_moves_what_is_reserved_and_never_onto_a_full_day(desk: Desk) -> None:
    desk.route(Routing.SELF_TELLING_OWNER)
    request_id = desk.ask()
    later = desk.day + timedelta(days=60)
    at = datetime.combine(later, time(9), UTC)
    card = desk.crowd.do(fulfilment.schedule, desk.crowd.rep, request_id, at)
    assert (card.state, card.day) == (State.SCHEDULED, later)
    desk.crowd.use("Ada", later + timedelta(days=40))
    with pytest.raises(RuleError, match="free again"):
        desk.crowd.do(fulfilment.schedule, desk.crowd.rep, request_id, at + timedelta(days=35))
    assert desk.card(request_id).day == later
    with pytest.raises(NotAllowed):
        desk.crowd.do(fulfilment.schedule, desk.crowd.rep, request_id, at + timedelta(days=35), "I want it")


def test_a_request_is_taken_handed_over_and_declined(desk: Desk) -> None:
    request_id = desk.ask()
    assert desk.crowd.do(fulfilment.take, desk.crowd.team, request_id).taken_by_slack_id == "UTEAM"
    with pytest.raises(AlreadyDone):
        desk.crowd.do(fulfilment.take, desk.crowd.team, request_id)
    assert desk.crowd.do(fulfilment.hand_over, desk.crowd.team, request_id, "UOWNER").taken_by_slack_id == "UOWNER"
    card = desk.crowd.do(fulfilment.decline, desk.crowd.team, request_id, DeclineReason.NOBODY_FITS, "Sorry.")
    assert (card.state, card.decline_reason) == (State.DECLINED, "Nobody fits what you need. Sorry.")
    with pytest.raises(AlreadyDone):
        desk.crowd.do(fulfilment.decline, desk.crowd.team, request_id, DeclineReason.OTHER, None)


def test_one_group_call_serves_several(desk: Desk) -> None:
    other = desk.crowd.world.member(desk.crowd.id, "UREP2")
    mine, theirs = desk.ask(), desk.ask(actor=other)
    [offer] = desk.team_heard(Kind.REQUEST_ESCALATION)
    assert "2 requests are for the same" in offer
    kept = desk.crowd.do(group_calls.group, desk.crowd.team, [mine, theirs])
    assert (kept.activity, kept.requester_slack_ids) == (Activity.GROUP_CALL, ("UREP", "UREP2"))
    assert desk.card(theirs).state is State.CANCELLED
    assert "became one group call" in desk.team_heard(Kind.REQUEST_ESCALATION)[-1]
    assert "one call for all of you" in desk.heard(other, Kind.REQUEST_NEWS)[-1]


def test_the_offer_of_a_group_call_says_who_still_waits_and_goes_with_the_last_but_one(desk: Desk) -> None:
    asking = [desk.crowd.rep, *(desk.crowd.world.member(desk.crowd.id, f"UREP{at}") for at in (2, 3))]
    first, second, third = (desk.ask(actor=actor) for actor in asking)
    team = replace(desk.owner, slack_user_id=TEAM_CHANNEL)
    [offer] = desk.slots(team, Kind.REQUEST_ESCALATION)
    assert "3 requests are for the same" in offer
    desk.crowd.do(taking_back.take_back, asking[0], first)
    [offer] = desk.slots(team, Kind.REQUEST_ESCALATION)
    assert "2 requests are for the same" in offer
    desk.crowd.do(fulfilment.decline, desk.crowd.team, third, DeclineReason.OTHER, None)
    assert desk.slots(team, Kind.REQUEST_ESCALATION) == [request_alert.nothing_to_share().text]
    desk.ask(actor=asking[0])
    assert "2 requests are for the same" in desk.slots(team, Kind.REQUEST_ESCALATION)[-1]
    desk.crowd.do(fulfilment.take, desk.crowd.team, second)
    assert "2 requests are for the same" in desk.slots(team, Kind.REQUEST_ESCALATION)[-1]


def test_of_two_approvals_at_once_for_the_last_slot_one_wins(desk: Desk) -> None:
    for number in range(ROUNDS):
        name = f"Last{number}"
        desk.crowd.add(name)
        desk.own_all()
        first, second = desk.ask(name), desk.ask(name)
        for request_id in (first, second):
            assert desk.propose(request_id, name).state is State.AWAITING_OWNER
        heard = at_once(desk.crowd.world.db, desk.crowd.id, desk.yes(first), desk.yes(second))
        assert sum(isinstance(answer, Card) for answer in heard) == 1, heard
        [refusal] = [answer for answer in heard if isinstance(answer, RuleError)]
        assert name in refusal.message
        assert desk.uses(name) == 1
        states = {desk.card(first).state, desk.card(second).state}
        assert states == {State.APPROVED, State.AWAITING_OWNER}
