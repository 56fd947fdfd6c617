"""Reviewing: one winner, one clear answer for everybody else, and nothing left of what was refused."""

from datetime import timedelta

import pytest

from domain.errors import AlreadyDone, IllegalMove, NotAllowed, NotFound, RuleError
from domain.nominations import Card, DeclineReason, State
from steps import nominations, review
from steps.review import Acceptance
from tests.steps.office import GRACE, Office, office
from tests.steps.race import ROUNDS, at_once

__all__ = ["office"]


@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("loser", ["accept", "decline", "merge", "withdraw"])
def test_two_who_decide_at_once_have_one_winner_and_one_clear_answer(office: Office, loser: str, round_: int) -> None:
    nomination_id, target = office.nominate(), office.nominate(GRACE)
    due = office.world.now.date() + timedelta(days=7)
    one, two = office.world.moment(), office.world.moment()
    decisions = {
        "accept": lambda session: review.accept(session, office.other, two, nomination_id, Acceptance(None, due)),
        "decline": lambda session: review.decline(
            session, office.other, two, nomination_id, DeclineReason.NOT_NOW, None
        ),
        "merge": lambda session: review.merge(session, office.other, two, nomination_id, target),
        "withdraw": lambda session: nominations.withdraw(session, office.rep, two, nomination_id),
    }
    answers = at_once(
        office.world.db,
        office.id,
        lambda session: review.accept(session, office.reviewer, one, nomination_id, Acceptance("UREP", due)),
        decisions[loser],
    )
    winners = [answer for answer in answers if isinstance(answer, Card)]
    refusals = [answer for answer in answers if isinstance(answer, AlreadyDone | IllegalMove)]
    assert (len(winners), len(refusals)) == (1, 1)
    assert "already" in refusals[0].message or "can't" in refusals[0].message
    assert office.card(nomination_id).state is winners[0].state


def test_two_who_merge_into_each_other_leave_one(office: Office) -> None:
    one, two = office.nominate(), office.nominate(GRACE)
    moments = [office.world.moment() for _ in range(2)]
    at_once(
        office.world.db,
        office.id,
        lambda session: review.merge(session, office.reviewer, moments[0], one, two),
        lambda session: review.merge(session, office.other, moments[1], two, one),
    )
    states = {office.card(nomination_id).state for nomination_id in (one, two)}
    assert State.SUBMITTED in states


def test_taking_one_is_seen_by_the_second(office: Office) -> None:
    nomination_id = office.nominate()
    card = office.world.do(office.id, review.take, office.reviewer, office.world.moment(), nomination_id)
    assert card.reviewer_slack_id == "UTEAM"
    for actor, whose in ((office.other, "Name of UTEAM"), (office.reviewer, "You")):
        with pytest.raises(AlreadyDone, match=whose):
            office.world.do(office.id, review.take, actor, office.world.moment(), nomination_id)


def test_question_and_answer(office: Office) -> None:
    nomination_id = office.nominate()
    asked = office.world.do(office.id, review.ask, office.reviewer, office.world.moment(), nomination_id, "Since when?")
    assert (asked.state, asked.question) == (State.NEEDS_INFO, "Since when?")
    with pytest.raises(NotAllowed):
        office.world.do(office.id, nominations.answer, office.colleague, office.world.moment(), nomination_id, "1843")
    answered = office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "1843")
    assert (answered.state, answered.answer) == (State.SUBMITTED, "1843")
    with pytest.raises(IllegalMove):
        office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "Again")


def test_merging_hands_over_whoever_backed_it_each_once(office: Office) -> None:
    kept = office.nominate()
    merged = office.world.nominate(office.id, office.colleague, GRACE).id
    third = office.world.member(office.id, "UREP3")
    for nomination_id in (kept, merged):
        office.world.do(office.id, nominations.endorse, third, office.world.moment(), nomination_id, None)
    office.world.do(office.id, nominations.endorse, office.rep, office.world.moment(), merged, None)
    card = office.world.do(office.id, review.merge, office.reviewer, office.world.moment(), merged, kept)
    assert (card.state, card.merged_into) == (State.MERGED, kept)
    assert office.card(kept).endorser_slack_ids == ("UREP3", "UREP2")


def test_merging_takes_everybody_s_words_along(office: Office) -> None:
    kept, merged = office.nominate(), office.world.nominate(office.id, office.colleague, GRACE).id
    third = office.world.member(office.id, "UREP3")
    office.world.do(office.id, nominations.endorse, third, office.world.moment(), merged, "Ask her about May.")
    office.world.do(office.id, review.merge, office.reviewer, office.world.moment(), merged, kept)
    words = {word.slack_user_id: word.note for word in office.card(kept).words}
    assert words == {"UREP2": GRACE.why, "UREP3": "Ask her about May."}


def test_a_decline_can_be_taken_back(office: Office) -> None:
    nomination_id = office.nominate()
    declined = office.world.do(
        office.id,
        review.decline,
        office.reviewer,
        office.world.moment(),
        nomination_id,
        DeclineReason.NOT_NOW,
        "Next year.",
    )
    assert declined.decline_reason == "The timing is wrong for this customer. Next year."
    reopened = office.world.do(office.id, review.reopen, office.reviewer, office.world.moment(), nomination_id)
    assert (reopened.state, reopened.decline_reason, reopened.decided_by_slack_id) == (State.SUBMITTED, None, None)


def test_reopening_a_customer_who_was_nominated_again_meanwhile_is_refused_in_words(office: Office) -> None:
    nomination_id = office.nominate()
    office.world.do(
        office.id, review.decline, office.reviewer, office.world.moment(), nomination_id, DeclineReason.NOT_NOW, None
    )
    office.nominate()
    with pytest.raises(AlreadyDone, match="nominated again"):
        office.world.do(office.id, review.reopen, office.reviewer, office.world.moment(), nomination_id)


@pytest.mark.parametrize(
    "act",
    [
        lambda office, one: nominations.withdraw(one, office.rep, office.world.moment(), "x"),
        lambda office, one: nominations.endorse(one, office.rep, office.world.moment(), "x", None),
        lambda office, one: review.take(one, office.reviewer, office.world.moment(), "x"),
    ],
)
def test_what_is_not_there_is_not_found(office: Office, act: object) -> None:
    with pytest.raises(NotFound):
        office.world.do(office.id, lambda session: act(office, session))  # type: ignore[operator]  # a lambda above


def test_illegal_moves_leave_nothing_behind(office: Office) -> None:
    nomination_id, other = office.nominate(), office.nominate(GRACE)
    office.accept(nomination_id)
    before = office.count()
    moment, due = office.world.moment(), office.world.now.date()
    refused = [
        lambda session: review.accept(session, office.other, moment, nomination_id, Acceptance(None, due)),
        lambda session: review.accept(session, office.other, moment, other, Acceptance(None, due - timedelta(days=1))),
        lambda session: review.accept(session, office.other, moment, other, Acceptance("UNOBODY", due)),
        lambda session: review.accept(session, office.rep, moment, other, Acceptance(None, due)),
        lambda session: review.decline(session, office.rep, moment, other, DeclineReason.OTHER, None),
        lambda session: review.merge(session, office.other, moment, nomination_id, other),
        lambda session: review.merge(session, office.other, moment, other, other),
        lambda session: review.ask(session, office.other, moment, nomination_id, "Why?"),
        lambda session: review.ask(session, office.other, moment, other, "  "),
        lambda session: review.reopen(session, office.other, moment, other),
        lambda session: nominations.withdraw(session, office.rep, moment, nomination_id),
        lambda session: nominations.withdraw(session, office.colleague, moment, other),
    ]
    for act in refused:
        with pytest.raises(RuleError) as refusal:
            office.world.do(office.id, act)
        assert refusal.value.message.endswith((".", "?"))
    assert office.count() == before
    assert office.card(nomination_id).state is State.ACCEPTED
    assert office.card(other).state is State.SUBMITTED
