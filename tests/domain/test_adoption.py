"""Who takes part: sums, functions, and what is hidden of few people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.adoption import SMALLEST, Count, by_function, rows_of, shown, team_of, together
from domain.people import Function


def of(people: int, took_part: int = 0, function: Function | None = Function.SALES, team: str | None = None) -> Count:
    return Count(function, team, people, took_part=took_part)


def test_people_are_added_up_by_function_in_a_fixed_order() -> None:
    rows = [
        Count(Function.SUPPORT, "m1", 2, 1, 1, 0, 0, 1),
        Count(Function.SALES, "m1", 3, 3, 2, 1, 1, 2),
        Count(Function.SALES, None, 4, 0, 0, 1, 0, 1),
        Count(None, "m1", 9, 0, 0, 0, 0, 0),
    ]
    assert by_function(rows) == [
        Count(Function.SALES, None, 7, 3, 2, 2, 1, 3),
        Count(Function.SUPPORT, None, 2, 1, 1, 0, 0, 1),
        Count(None, None, 9),
    ]
    assert together(rows).people == 18
    assert (together([]).people, together([]).share) == (0, None)
    assert of(8, 2).share == 0.25


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ([], []),
        ([5, 9], [True, True]),
        ([4, 9], [False, False]),  # what is left of the sum would be those four
        ([4, 9, 12], [False, False, True]),
        ([2, 3, 9], [False, False, True]),  # together they are five
        ([0, 9], [False, True]),  # nobody to guess
        ([1], [False]),
    ],
)
def test_few_people_are_not_told_of_nor_left_to_be_worked_out(sizes: list[int], told: list[bool]) -> None:
    assert shown([of(size) for size in sizes]) == told


@given(st.lists(st.integers(0, 30), max_size=8))
def test_what_is_hidden_is_nobody_or_enough_people(sizes: list[int]) -> None:
    rows = [of(size) for size in sizes]
    told = shown(rows)
    assert all(row.people >= SMALLEST for row, is_told in zip(rows, told, strict=True) if is_told)
    hidden = sum(row.people for row, is_told in zip(rows, told, strict=True) if not is_told)
    assert hidden == 0 or hidden >= SMALLEST or not any(told)


def test_teams_stand_in_their_function_and_small_ones_are_not_told() -> None:
    now = [
        of(6, 3, team="big"),
        of(5, 2, team="other"),
        of(3, 3, team="small"),
        of(9, 1, team=None),
        of(4, 4, Function.SUPPORT, "big"),
        of(4, 0, Function.PRODUCT, "big"),
    ]
    before = [of(6, 1, team="big")]
    whole, functions = rows_of(now, before)
    assert whole.now is not None
    assert whole.before is not None
    assert (whole.now.took_part, whole.before.took_part) == (13, 1)
    sales, support, product = functions
    assert sales.now is not None
    assert sales.now.took_part == 9
    told = {team.team: team.now and team.now.took_part for team in sales.teams}
    assert told == {"big": 3, "other": 2, "small": None}
    assert (support.now, support.teams, product.now, product.teams) == (None, (), None, ())


def test_a_team_of_which_too_few_are_left_hides_the_next_smallest() -> None:
    _whole, (sales,) = rows_of([of(8, 1, team="big"), of(7, 1, team="next"), of(2, 2, team=None)], [])
    assert [(team.team, team.now is not None) for team in sales.teams] == [("big", True), ("next", False)]


def test_a_manager_sees_the_whole_team_or_nothing() -> None:
    now = [of(3, 1, team="me"), of(2, 2, Function.SUPPORT, "me"), of(9, 9, team="else")]
    own = team_of("me", now, [of(3, 3, team="me")])
    assert own.now is not None
    assert own.before is not None
    assert (own.now.people, own.now.took_part, own.before.took_part) == (5, 3, 3)
    assert team_of("me", now[:1], []).now is None
    assert team_of("nobody", now, []).now is None


counts = st.builds(
    of, st.integers(1, 20), st.just(0), st.none() | st.sampled_from(Function), st.none() | st.sampled_from("abcd")
)


@given(st.lists(counts, max_size=12, unique_by=lambda one: (one.function, one.team)))
def test_no_difference_of_what_is_told_leaves_a_few_people(now: list[Count]) -> None:
    whole, functions = rows_of(now, [])
    if whole.now is None:
        return
    left = whole.now.people - sum(row.now.people for row in functions if row.now)
    assert left == 0 or left >= SMALLEST or not any(row.now for row in functions)
    for row in functions:
        teams = [team.now.people for team in row.teams if team.now]
        assert row.now is not None or not teams
        if row.now is not None and teams:
            rest = row.now.people - sum(teams)
            assert rest == 0 or rest >= SMALLEST
