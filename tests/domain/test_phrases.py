"""How sentences say days and lists."""

from datetime import date

import pytest

from domain.phrases import A_USE, listed, said
from domain.vocabulary import Activity

TODAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 3), "3 May"),
        (date(2026, 12, 31), "31 December"),
        (date(2027, 1, 1), "1 January 2027"),
        (date(2025, 5, 10), "10 May 2025"),
    ],
)
def test_a_day_has_its_year_when_it_is_another(day: date, words: str) -> None:
    assert said(day, TODAY) == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list(items: list[str], words: str) -> None:
    assert listed(items) == words
    assert listed(items, "or") == words.replace(" and ", " or ")


def test_every_activity_can_be_asked_for() -> None:
    assert set(A_USE) == set(Activity)
