"""The request's state machine, cell by cell, and what its states mean."""

import pytest

from domain.errors import IllegalMove
from domain.request_outcomes import Happened
from domain.request_routing import Way
from domain.requests import (
    HOLDING,
    LIVE,
    MOVES,
    OPEN,
    OUTCOME_MOVES,
    STATE_WORDS,
    WAY_MOVES,
    WAY_STATES,
    Move,
    State,
    after,
)

LEGAL = {
    "new": {
        "take it on": "in_progress",
        "ask the relationship owner": "awaiting_owner",
        "approve it": "approved",
        "decline it": "declined",
        "cancel it": "cancelled",
        "let it expire": "expired",
    },
    "in_progress": {
        "take it on": "in_progress",
        "ask the relationship owner": "awaiting_owner",
        "approve it": "approved",
        "decline it": "declined",
        "cancel it": "cancelled",
        "let it expire": "expired",
    },
    "awaiting_owner": {
        "take it on": "awaiting_owner",
        "ask the relationship owner": "awaiting_owner",
        "approve it": "approved",
        "refuse the use of that customer": "in_progress",
        "look for somebody else": "in_progress",
        "decline it": "declined",
        "cancel it": "cancelled",
        "let it expire": "expired",
    },
    "approved": {
        "take it on": "approved",
        "look for somebody else": "in_progress",
        "schedule it": "scheduled",
        "record that it happened": "completed",
        "cancel it": "cancelled",
    },
    "scheduled": {
        "take it on": "scheduled",
        "look for somebody else": "in_progress",
        "schedule it": "scheduled",
        "record that it happened": "completed",
        "cancel it": "cancelled",
    },
    "completed": {},
    "declined": {"open it again": "new"},
    "cancelled": {"open it again": "new"},
    "expired": {"open it again": "new"},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(state: State, move: Move) -> None:
    expected = LEGAL[state.value].get(move.value)
    if expected is not None:
        assert after(state, move).value == expected
        return
    with pytest.raises(IllegalMove) as refused:
        after(state, move)
    assert refused.value.message == f"This request is {STATE_WORDS[state]}, so you can't {move.value} now."


def test_a_refusal_reads_like_a_sentence() -> None:
    with pytest.raises(IllegalMove, match=r"^This request is cancelled, so you can't approve it now\.$"):
        after(State.CANCELLED, Move.APPROVE)


def test_groups_of_states() -> None:
    assert {state.value for state in State if state.is_open} == {"new", "in_progress", "awaiting_owner"}
    assert {state.value for state in State if state.holds_capacity} == {"approved", "scheduled", "completed"}
    assert {state for state in State if state.is_live} == LIVE == OPEN | (HOLDING - {State.COMPLETED})


def test_from_every_live_state_a_request_can_end_and_from_no_ended_one_without_being_opened_again() -> None:
    for state in LIVE:
        assert after(state, Move.CANCEL) is State.CANCELLED
    for (state, move), to in MOVES.items():
        assert state in LIVE or (move is Move.REOPEN and to is State.NEW)


def test_capacity_is_reserved_by_approval_alone() -> None:
    gained = {move for (state, move), to in MOVES.items() if to.holds_capacity and not state.holds_capacity}
    assert gained == {Move.APPROVE}


def test_each_way_has_its_state_and_its_move() -> None:
    assert set(WAY_STATES) == set(Way)
    assert set(WAY_MOVES) == set(Way) - {Way.TEAM}
    for way, move in WAY_MOVES.items():
        assert {after(state, move) for state in (State.NEW, State.IN_PROGRESS)} == {WAY_STATES[way]}


def test_each_answer_about_the_activity_is_a_move_from_approved_and_scheduled() -> None:
    assert set(OUTCOME_MOVES) == set(Happened)
    for state in (State.APPROVED, State.SCHEDULED):
        assert [after(state, OUTCOME_MOVES[answer]).value for answer in Happened] == [
            "completed",
            "cancelled",
            "scheduled",
        ]
