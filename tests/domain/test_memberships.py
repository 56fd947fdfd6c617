"""How a customer comes to belong to a program, and who is asked for them when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import AlreadyDone, IllegalMove
from domain.memberships import ANSWERS, ASKED_AT_MOST, MOVES, PATIENCE, Asked, Move, State, Turn, after, turn

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_leads_somewhere_or_says_why_not(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert after(state, move, "Ada") is MOVES[state, move]
        return
    with pytest.raises((AlreadyDone, IllegalMove), match="Ada") as refusal:
        after(state, move, "Ada")
    assert isinstance(refusal.value, AlreadyDone) is (move is Move.INVITE or move in ANSWERS)


def test_whoever_invites_second_hears_that_somebody_was_faster() -> None:
    with pytest.raises(AlreadyDone, match="Somebody was faster: Ada is invited already"):
        after(State.INVITED, Move.INVITE, "Ada")


def test_every_state_is_left_again() -> None:
    assert {state for state, _move in MOVES} == set(State)
    assert set(MOVES.values()) == set(State)


def asked(owner: str | None = "sam", last: str | None = "sam", times: int = 1, days: int = 0) -> Asked:
    return Asked(owner, last, times, TODAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (asked(), Turn.WAIT),
        (asked(days=6), Turn.WAIT),
        (asked(days=7), Turn.OWNER),
        (asked(times=2, days=6), Turn.WAIT),
        (asked(times=2, days=7), Turn.TEAM),
        (asked(owner=None), Turn.TEAM),  # left, away or missing: at once
        (asked(owner=None, last=None, days=99), Turn.WAIT),  # the team has it
        (asked(owner="kim"), Turn.OWNER),  # another owner
        (asked(owner="kim", times=2, days=99), Turn.OWNER),
        (asked(owner="kim", last=None, days=99), Turn.WAIT),
    ],
)
def test_whose_turn_it_is(one: Asked, expected: Turn) -> None:
    assert turn(one, TODAY) is expected


@given(st.integers(1, 9), st.integers(0, 60))
def test_nobody_is_asked_more_than_twice_nor_twice_a_week(times: int, days: int) -> None:
    found = turn(asked(times=times, days=days), TODAY)
    if found is Turn.OWNER:
        assert times < ASKED_AT_MOST
        assert timedelta(days=days) >= PATIENCE
