"""Quarters of the year, whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quarters import after, before, in_words, quarter_of

days = st.dates(date(1990, 1, 1), date(2190, 1, 1))


@pytest.mark.parametrize(
    ("day", "first", "words"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), "January to March 2026"),
        (date(2026, 3, 31), date(2026, 1, 1), "January to March 2026"),
        (date(2026, 4, 1), date(2026, 4, 1), "April to June 2026"),
        (date(2026, 12, 31), date(2026, 10, 1), "October to December 2026"),
    ],
)
def test_a_day_belongs_to_its_quarter(day: date, first: date, words: str) -> None:
    assert quarter_of(day) == first
    assert in_words(first) == words


@given(days)
def test_quarters_follow_one_another_without_a_gap(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter <= day < after(quarter)
    assert before(after(quarter)) == quarter
    assert quarter_of(after(quarter) - timedelta(days=1)) == quarter
