"""Who takes part: sums, functions, and what is hidden of few people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.adoption import SMALLEST, Count, by_function, shown, together
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
