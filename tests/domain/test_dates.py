"""Days as people write them."""

import calendar
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import HOW, NO_SUCH_DAY, parse_day
from domain.errors import RuleError
from domain.imports.dates import DayOrder

TODAY = date(2026, 11, 25)  # a Wednesday

AHEAD = [
    ("2026-12-01", date(2026, 12, 1)),
    ("2026/12/01", date(2026, 12, 1)),
    ("1.12.2026", date(2026, 12, 1)),
    ("31/12/2026", date(2026, 12, 31)),
    ("12/31/2026", date(2026, 12, 31)),
    ("05/05/2027", date(2027, 5, 5)),
    ("1 Dec 2026", date(2026, 12, 1)),
    ("December 1, 2026", date(2026, 12, 1)),
    ("1 Dec", date(2026, 12, 1)),
    ("1. December", date(2026, 12, 1)),
    ("1st of December", date(2026, 12, 1)),
    ("the 1st of December", date(2026, 12, 1)),
    ("Dec 1", date(2026, 12, 1)),
    ("Dec. 1st", date(2026, 12, 1)),
    ("dec-1", date(2026, 12, 1)),
    ("1dec", date(2026, 12, 1)),
    ("２ Sept", date(2027, 9, 2)),
    ("25 Nov", TODAY),
    ("24 Nov", date(2027, 11, 24)),
    ("29 Feb", date(2028, 2, 29)),
    ("today", TODAY),
    ("Today.", TODAY),
    ("tomorrow", date(2026, 11, 26)),
    ("day after tomorrow", date(2026, 11, 27)),
    ("the day after tomorrow", date(2026, 11, 27)),
    ("yesterday", date(2026, 11, 24)),
    ("friday", date(2026, 11, 27)),
    ("on Friday", date(2026, 11, 27)),
    ("FRI", date(2026, 11, 27)),
    ("monday", date(2026, 11, 30)),
    ("wednesday", date(2026, 12, 2)),
    ("this friday", date(2026, 11, 27)),
    ("this monday", date(2026, 11, 23)),
    ("next friday", date(2026, 12, 4)),
    ("next monday", date(2026, 11, 30)),
    ("next wed", date(2026, 12, 2)),
    ("last friday", date(2026, 11, 20)),
    ("last wednesday", date(2026, 11, 18)),
    ("coming sunday", date(2026, 11, 29)),
    ("in 3 days", date(2026, 11, 28)),
    ("in two weeks", date(2026, 12, 9)),
    ("in a week", date(2026, 12, 2)),
    ("3 days ago", date(2026, 11, 22)),
    ("a week ago", date(2026, 11, 18)),
    ("next week", date(2026, 12, 2)),
    ("last week", date(2026, 11, 18)),
]

PAST = [
    ("1 Dec", date(2025, 12, 1)),
    ("25 Nov", TODAY),
    ("24 Nov", date(2026, 11, 24)),
    ("29 Feb", date(2024, 2, 29)),
    ("friday", date(2026, 11, 20)),
    ("wednesday", date(2026, 11, 18)),
    ("coming friday", date(2026, 11, 27)),
    ("yesterday", date(2026, 11, 24)),
    ("2026-12-01", date(2026, 12, 1)),
]

REFUSED = [
    *((text, HOW) for text in ("", " ", "soon", "Q4", "next month", "1", "Smarch 1", "maybe 1", "in many days")),
    *((text, HOW) for text in ("friday the 13th", "1 Dec at noon", "x" * 41, "=TODAY()", "\0", "12/1", "in 9999 days")),
    *(
        (text, NO_SUCH_DAY)
        for text in ("31 Feb", "Feb 30", "32 Dec", "0 Dec", "2026-02-30", "31/31/2026", "29.02.2026")
    ),
    ("12/01/2026", "“12/01/2026” could be two days. Please write 2026-01-12 or 2026-12-01."),
    ("3-4-27", "“3-4-27” could be two days. Please write 2027-03-04 or 2027-04-03."),
]


@pytest.mark.parametrize(("text", "day"), AHEAD)
def test_a_day_is_read(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(("text", "day"), PAST)
def test_a_day_that_was_is_read(text: str, day: date) -> None:
    assert parse_day(text, TODAY, past=True) == day


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_no_day_or_two_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(RuleError) as refusal:
        parse_day(text, TODAY)
    assert refusal.value.message == sentence


@pytest.mark.parametrize(
    ("order", "day"), [(DayOrder.DAY_FIRST, date(2026, 1, 12)), (DayOrder.MONTH_FIRST, date(2026, 12, 1))]
)
def test_numbers_alone_are_read_in_the_order_that_is_told(order: DayOrder, day: date) -> None:
    assert parse_day("12/01/2026", TODAY, order) == day


DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(DAYS, DAYS, st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%d.%m.%Y", "%B %d, %Y", "%d %B %Y"]))
def test_every_usual_form_gives_the_day_back(day: date, today: date, form: str) -> None:
    assert parse_day(day.strftime(form), today) == day


@given(DAYS, DAYS)
def test_without_a_year_it_is_the_nearest_on_that_side(day: date, today: date) -> None:
    said = f"{day.day} {day:%B}"
    ahead, before = parse_day(said, today), parse_day(said, today, past=True)
    assert before <= today <= ahead
    assert (ahead.month, ahead.day) == (before.month, before.day) == (day.month, day.day)
    if said != "29 February":
        assert max(ahead - today, today - before) <= timedelta(days=366)


@given(DAYS, st.sampled_from(list(calendar.day_name)))
def test_weekdays_fall_on_themselves(today: date, name: str) -> None:
    bare, next_, this, last = (parse_day(f"{which} {name}", today) for which in ("on", "next", "this", "last"))
    assert {f"{day:%A}" for day in (bare, next_, this, last)} == {name}
    assert today < bare <= today + timedelta(days=7)
    assert today - timedelta(days=7) <= last < today
    assert next_.isocalendar().week == (today + timedelta(days=7)).isocalendar().week
    assert this.isocalendar().week == today.isocalendar().week


FRAGMENTS = [
    "in ",
    "1",
    "9",
    "31",
    " ",
    "-",
    "/",
    ".",
    "dec",
    "friday",
    "next ",
    "days",
    " ago",
    "2026",
    "999",
    "of",
    "٣",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)), st.dates())
def test_nothing_typed_fails_otherwise(text: str, today: date) -> None:
    for past in (True, False):
        with suppress(RuleError):
            assert isinstance(parse_day(text, today, past=past), date)
