"""Requests whose asker has left: inherited, handed on or cancelled, and never silent; on both databases."""

import pytest

from domain.errors import AlreadyDone, NotAllowed, RuleError
from domain.messages import Kind
from domain.people import Role
from domain.request_routing import Routing
from domain.requests import State
from steps import askers, requests, taking_back
from storage import engagements
from storage.guard import GuardedSession
from tests.steps.crowd import crowd
from tests.steps.desk import Desk, desk

__all__ = ["crowd", "desk"]


def leave(desk: Desk) -> None:
    desk.set_person(desk.crowd.rep, standing="deactivated")
    desk.pass_time(hours=1)


@pytest.mark.parametrize("stands", ["new", "asked", "approved"])
def test_the_team_hears_once_of_a_request_whose_asker_has_left_and_hands_it_on(desk: Desk, stands: str) -> None:
    desk.route(Routing.TEAM_AND_OWNER if stands == "asked" else Routing.SELF_TELLING_OWNER)
    request_id = desk.ask("Ada" if stands != "new" else None)
    if stands == "asked":
        desk.propose(request_id)
    leave(desk)
    desk.pass_time(hours=1)
    [told] = desk.team_heard(Kind.REQUEST_ESCALATION)
    assert "has left" in told
    assert desk.card(request_id).asker_is_gone
    card = desk.crowd.do(askers.hand_on, desk.crowd.team, request_id, "UOWNER")
    assert (card.requester_ids, card.asker_is_gone) == ((desk.owner.person_id,), False)
    [heard] = desk.heard(desk.owner, Kind.REQUEST_NEWS)[-1:]
    assert "is yours now" in heard
    assert ("request.handed_on", None) in desk.actions()
    if stands == "approved":
        assert users(desk, request_id) == [desk.owner.person_id]
    desk.pass_time(hours=1)
    assert len(desk.team_heard(Kind.REQUEST_ESCALATION)) == 1
    with pytest.raises(AlreadyDone, match="Somebody asks for this already"):
        desk.crowd.do(askers.hand_on, desk.crowd.team, request_id, "UTEAM")


def users(desk: Desk, request_id: str) -> list[str | None]:
    def read(session: GuardedSession) -> list[str | None]:
        use = engagements.of_request(session, request_id)
        return [use.person_id] if use else []

    found: list[str | None] = desk.crowd.world.do(desk.crowd.id, read)
    return found


def test_the_team_cancels_what_nobody_needs_any_more(desk: Desk) -> None:
    desk.route(Routing.SELF_TELLING_OWNER)
    request_id = desk.ask()
    assert desk.uses() == 1
    with pytest.raises(AlreadyDone):
        desk.crowd.do(taking_back.end, desk.crowd.team, request_id)
    leave(desk)
    with pytest.raises(NotAllowed):
        desk.crowd.do(taking_back.end, desk.owner, request_id)
    assert desk.crowd.do(taking_back.end, desk.crowd.team, request_id).state is State.CANCELLED
    assert desk.uses() == 0
    with pytest.raises(AlreadyDone):
        desk.crowd.do(askers.hand_on, desk.crowd.team, request_id, "UOWNER")
    with pytest.raises(AlreadyDone):
        desk.crowd.do(taking_back.end, desk.crowd.team, request_id)


def test_whoever_joined_asks_from_then_on_without_a_word_to_the_team(desk: Desk) -> None:
    request_id = desk.ask()
    second = desk.crowd.world.member(desk.crowd.id, "USECOND")
    desk.crowd.do(requests.join, second, request_id)
    leave(desk)
    assert desk.card(request_id).requester_ids == (second.person_id,)
    assert "is yours now" in desk.heard(second, Kind.REQUEST_NEWS)[-1]
    assert desk.team_heard(Kind.REQUEST_ESCALATION) == []
    desk.set_person(second, standing="guest")
    desk.pass_time(hours=1)
    assert len(desk.team_heard(Kind.REQUEST_ESCALATION)) == 1


def test_only_the_team_hands_on_and_only_to_somebody_who_is_here(desk: Desk) -> None:
    request_id = desk.ask()
    with pytest.raises(AlreadyDone):
        desk.crowd.do(askers.to_hand_on, desk.crowd.team, request_id)
    leave(desk)
    with pytest.raises(NotAllowed):
        desk.crowd.do(askers.hand_on, desk.owner, request_id, "UOWNER")
    for nobody in ("UREP", "UNOBODY"):
        with pytest.raises(RuleError) as refusal:
            desk.crowd.do(askers.hand_on, desk.crowd.team, request_id, nobody)
        assert refusal.value.fields.keys() == {"colleague"}
    assert desk.card(request_id).asker_is_gone


def test_whoever_comes_back_asks_as_before_and_leaving_again_is_news(desk: Desk) -> None:
    request_id = desk.ask()
    leave(desk)
    desk.set_person(desk.crowd.rep, standing="member")
    desk.pass_time(hours=1)
    assert not desk.card(request_id).asker_is_gone
    leave(desk)
    assert len(desk.team_heard(Kind.REQUEST_ESCALATION)) == 2


@pytest.mark.parametrize("how", ["gone", "nobody"])
def test_the_team_hears_of_a_leaders_proposal_whose_owner_is_absent(desk: Desk, how: str) -> None:
    leader = desk.crowd.world.member(desk.crowd.id, "ULEAD", Role.LEADER)
    request_id = desk.ask()
    if how == "gone":
        desk.set_owner(standing="deactivated")
    else:
        desk.own_all(leader.__class__("", "", ""))
    assert desk.propose(request_id, actor=leader).state is State.AWAITING_OWNER
    [told] = desk.team_heard(Kind.REQUEST_ESCALATION)
    assert "is proposed" in told
    assert "in the owner's place" in told
    desk.pass_time(hours=1)
    assert len(desk.team_heard(Kind.REQUEST_ESCALATION)) == 1
    assert desk.approve(request_id, desk.crowd.team, "They have left").state is State.APPROVED
