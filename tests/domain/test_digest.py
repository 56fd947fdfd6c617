"""Which month a digest is about, and from when until when it comes."""

from datetime import date

import pytest

from domain.digest import is_due, month_before, waiting
from domain.value import Period


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2027, 1, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2028, 3, 9), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_the_whole_month_before(today: date, first: date, last: date) -> None:
    assert month_before(today) == Period(first, last)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 8, 1), False),  # a Saturday
        (date(2026, 8, 3), True),
        (date(2026, 8, 13), True),
        (date(2026, 8, 14), False),
        (date(2026, 9, 1), True),
        (date(2026, 9, 30), False),
    ],
)
def test_from_the_first_working_day_on_while_it_is_news(today: date, due: bool) -> None:
    assert is_due(today, lambda day: day.weekday() < 5) is due


def test_whoever_leads_and_champions_gets_one() -> None:
    assert waiting(["U1", "U2", "U1", "U3"], {"U3"}) == ["U1", "U2"]
