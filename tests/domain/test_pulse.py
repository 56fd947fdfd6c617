"""Means, barrier points and what stays hidden, as tables of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pulse import (
    BARRIERS,
    ELEMENTS,
    SMALLEST_GROUP,
    Barrier,
    Element,
    GroupResult,
    Scores,
    Tally,
    Told,
    Unblocked,
    barrier_point,
    result_of,
)
from tests.tallies import tally

A, D, K, Y, R = ELEMENTS
SCORE = st.one_of(st.none(), st.integers(1, 5))
SCORES = st.tuples(SCORE, SCORE, SCORE, SCORE, SCORE)


def told_of(counted: Tally) -> Told:
    told = result_of("sales", counted).told
    assert told is not None
    return told


@pytest.mark.parametrize(
    ("scores", "barrier"),
    [
        ((5, 5, 5, 5, 5), Unblocked.NONE),
        ((4, 4, 4, 4, 4), Unblocked.NONE),
        ((3, 5, 5, 5, 5), A),
        ((4, 3, 1, 1, 1), D),
        ((5, 5, 2, 1, 5), K),
        ((5, 5, 5, 3, 1), Y),
        ((5, 5, 5, 5, 1), R),
        ((3.0, 4.0, 4.0, 4.0, 4.0), A),
        ((3.04, 4.0, 4.0, 4.0, 3.0), R),
        ((None, 1, 1, 1, 1), Unblocked.INCOMPLETE),
        ((4, None, 2, 5, 5), Unblocked.INCOMPLETE),
        ((4, 2, None, None, None), D),
        ((4, 4, 4, 4, None), Unblocked.INCOMPLETE),
        ((None, None, None, None, None), Unblocked.INCOMPLETE),
    ],
)
def test_the_barrier_point(scores: tuple[float | None, ...], barrier: Barrier) -> None:
    assert barrier_point(scores) is barrier


def test_a_group_shows_the_barrier_of_its_means_and_those_of_its_members() -> None:
    told = told_of(tally([*[(5, 4, 4, 4, 2)] * 3, *[(4, 2, 5, 5, 2)] * 2, (4, 4, None, 5, 5)]))
    assert told.n == 6
    assert told.means == {A: 27 / 6, D: 20 / 6, K: 22 / 5, Y: 27 / 6, R: 15 / 6}
    assert told.barrier is R
    assert told.spread == {A: 0, D: 2, K: 0, Y: 0, R: 3, Unblocked.NONE: 0, Unblocked.INCOMPLETE: 1}


@pytest.mark.parametrize(
    ("sum_of_26", "barrier"),
    [(78, A), (79, Unblocked.NONE)],
)
def test_a_mean_of_exactly_three_is_a_barrier_and_one_printed_so_is_not(sum_of_26: int, barrier: Barrier) -> None:
    higher = sum_of_26 - 26 * 3
    told = told_of(tally([*[(4, 5, 5, 5, 4)] * higher, *[(3, 5, 5, 4, 5)] * (26 - higher)]))
    assert f"{told.means[A]:.1f}" == "3.0"
    assert told.barrier is barrier


@pytest.mark.parametrize("n", range(SMALLEST_GROUP))
def test_of_fewer_than_five_nothing_is_told(n: int) -> None:
    assert result_of("sales", tally([(1, 2, 3, 4, 5)] * n)) == GroupResult("sales", None)


def test_a_unanimous_end_of_the_scale_has_no_mean_and_still_counts_for_the_barrier() -> None:
    told = told_of(tally([*[(5, 1, 3, 4, None)] * 4, *[(5, 1, 3, 5, 1)] * 2]))
    assert told.means == {A: None, D: None, K: 3.0, Y: 26 / 6, R: None}
    assert told.unanimous == {A: 5, D: 1, R: 1}
    assert told.barrier is D


def test_an_element_that_nobody_answered_makes_the_group_incomplete() -> None:
    told = told_of(tally([(None, 1, 1, 1, 2)] * 5))
    assert told.barrier is Unblocked.INCOMPLETE
    assert told.means[A] is None


@given(st.lists(SCORES, min_size=5, max_size=30))
def test_everybody_is_in_the_spread_once(answers: list[Scores]) -> None:
    told = told_of(tally(answers))
    assert list(told.spread) == list(BARRIERS)
    assert sum(told.spread.values()) == told.n == len(answers)


@given(st.lists(SCORES, min_size=5, max_size=30))
def test_unanimous_is_who_all_gave_the_same_end(answers: list[Scores]) -> None:
    told = told_of(tally(answers))
    given = [{score for score in column if score is not None} for column in zip(*answers, strict=True)]
    ends = {element: min(one) for element, one in zip(ELEMENTS, given, strict=True) if one in ({1}, {5})}
    assert told.unanimous == ends


@given(SCORES)
def test_nothing_before_a_barrier_point_is_low_or_open(scores: Scores) -> None:
    found = barrier_point(scores)
    if isinstance(found, Element):
        place = ELEMENTS.index(found)
        assert all(score is not None and score > 3 for score in scores[:place])
        assert (scores[place] or 0) <= 3
