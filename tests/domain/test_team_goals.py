"""What a goal may be, and what leads where."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleError
from domain.team_goals import (
    LIVE,
    MOST,
    MOVES,
    Measure,
    Move,
    State,
    after,
    check_numbers,
    check_version,
    share,
)

NAMES = [one.name for one in Measure]


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)))
def test_each_move_leads_somewhere_or_is_refused_in_words(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert after(state, move) is MOVES[state, move]
    else:
        with pytest.raises(RuleError, match=r"\.$"):
            after(state, move)


def test_whatever_is_live_ends_with_its_quarter_and_nothing_else_does() -> None:
    assert {state for state, move in MOVES if move is Move.CLOSE} == LIVE
    assert {after(state, Move.CLOSE) for state in LIVE} == {State.CLOSED, State.LAPSED}
    assert after(State.AGREED, Move.CLOSE) is State.CLOSED


@given(st.lists(st.sampled_from(Move), max_size=12))
def test_nothing_counts_that_nobody_agreed_to(moves: list[Move]) -> None:
    state, figures_agreed = State.PROPOSED, False
    for move in moves:
        if (state, move) not in MOVES:
            continue
        state = after(state, move)
        if move in (Move.PROPOSE, Move.WITHDRAW):
            figures_agreed = False
        if move in (Move.AGREE, Move.ACCEPT):
            figures_agreed = True
    assert figures_agreed or state not in (State.AGREED, State.CLOSED)


@given(st.tuples(*[st.integers(0, MOST)] * 3).filter(any))
def test_figures_come_back_as_they_were_typed(numbers: tuple[int, int, int]) -> None:
    typed = {name: f" {number} " for name, number in zip(NAMES, numbers, strict=True)}
    assert check_numbers(typed) == numbers


def test_nothing_typed_is_nothing_wanted_of_that() -> None:
    assert check_numbers({"ACTIVATED": "3", "VERIFIED": ""}) == (3, 0, 0)


@pytest.mark.parametrize("typed", ["-1", "3.5", "three", "²", "٣", str(MOST + 1), "9" * 400])
def test_what_is_no_figure_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(RuleError) as refusal:
        check_numbers({"ACTIVATED": "3", "VERIFIED": typed})
    assert set(refusal.value.fields) == {"VERIFIED"}


@pytest.mark.parametrize("typed", [{}, dict.fromkeys(NAMES, "0")])
def test_a_goal_wants_something(typed: dict[str, str]) -> None:
    with pytest.raises(RuleError) as refusal:
        check_numbers(typed)
    assert set(refusal.value.fields) == {"ACTIVATED"}


def test_who_decides_on_what_has_changed_is_told() -> None:
    check_version(3, 3)
    with pytest.raises(RuleError, match="changed in the meantime"):
        check_version(2, 3)


@given(st.integers(0, MOST), st.integers(0, 2 * MOST))
def test_more_than_wanted_is_all_of_it(wanted: int, done: int) -> None:
    assert 0 <= share(wanted, done) <= 1
    assert (share(wanted, done) == 1) == (done >= wanted)
