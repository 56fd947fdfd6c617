"""When a pulse reaches people: their own clock, working days, clock changes, Slack's pace."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import RuleError
from domain.pulse_calendar import (
    Cadence,
    Term,
    Window,
    check_times,
    closes_at,
    invitation,
    next_opening,
    opens_at,
    reminders,
    waves,
)

BERLIN, KIRITIMATI = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Kiritimati")
TEN = time(10)
WEDNESDAY = date(2026, 11, 25)
TERM = Term(WEDNESDAY, TEN, closes_at(WEDNESDAY, 7, TEN, BERLIN))


def weekday(day: date) -> bool:
    return day.weekday() < 5


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "start"),
    [
        (at(20, 9), at(25, 10)),  # days before
        (at(25, 13), at(25, 13)),  # missed the hour: late the same day
        (at(25, 19, 59), at(25, 19, 59)),
        (at(25, 20), at(26, 10)),  # missed the day: the next one
        (at(27, 20), at(30, 10)),  # Friday evening: Monday
    ],
)
def test_an_invitation_comes_at_ten_or_late_that_day_or_on_the_next_working_day(now: datetime, start: datetime) -> None:
    window = invitation(BERLIN, now, TERM, weekday)
    assert window.start == start
    assert window.end.astimezone(BERLIN).time() == time(20)


def test_nobody_is_reached_before_the_pulse_opens() -> None:
    assert invitation(KIRITIMATI, at(1, 0), TERM, weekday).start == opens_at(WEDNESDAY, TEN)


def test_a_holiday_is_no_working_day() -> None:
    assert invitation(BERLIN, at(20, 9), TERM, lambda day: day != WEDNESDAY).start == at(26, 10)


def test_reminders_go_on_day_three_and_five_as_one_where_they_meet() -> None:
    tuesday = Term(date(2026, 11, 24), TEN, at(30, 10) + timedelta(days=1))
    assert [one.start for one in reminders(BERLIN, tuesday, weekday)] == [at(27, 10), at(30, 10)]
    assert [one.start for one in reminders(BERLIN, TERM, weekday)] == [at(30, 10)]  # Saturday and Monday
    short = Term(WEDNESDAY, TEN, at(28, 10))
    assert reminders(BERLIN, short, weekday) == []


def test_it_closes_at_the_same_time_of_day_although_the_clocks_change() -> None:
    closing = closes_at(date(2026, 10, 23), 7, TEN, BERLIN)
    assert closing - datetime(2026, 10, 23, 10, tzinfo=BERLIN).astimezone(UTC) == timedelta(days=7, hours=1)


@pytest.mark.parametrize("hour", [time(1, 30), time(5, 59), time(19, 1), None])
def test_a_time_at_night_is_refused_with_the_allowed_ones(hour: time | None) -> None:
    with pytest.raises(RuleError, match=r"between 06:00 and 19:00") as refused:
        check_times(date(2026, 3, 29), hour, date(2026, 3, 1))
    assert set(refused.value.fields) == {"send_at"}


@pytest.mark.parametrize("day", [None, date(2026, 2, 28), date(2027, 3, 3)])
def test_a_day_that_is_over_or_far_away_is_refused(day: date | None) -> None:
    with pytest.raises(RuleError) as refused:
        check_times(day, TEN, date(2026, 3, 1))
    assert set(refused.value.fields) == {"opens_on"}
    assert check_times(date(2026, 3, 1), TEN, date(2026, 3, 1)) == (date(2026, 3, 1), TEN)


def test_monthly_for_the_first_two_then_every_three_months() -> None:
    opened, days = date(2026, 1, 30), []
    for held in (1, 2, 3):
        following = next_opening(Cadence.USUAL, opened, held, weekday)
        assert following is not None
        days.append(following)
        opened = following
    assert days == [date(2026, 3, 2), date(2026, 6, 2), date(2026, 9, 2)]
    assert next_opening(Cadence.ONCE, opened, 1, weekday) is None
    assert next_opening(Cadence.MONTHLY, date(2026, 12, 31), 9, weekday) == date(2027, 2, 1)


def test_ten_thousand_people_are_42_minutes() -> None:
    [wave] = waves([("Europe/Berlin", Window(at(25, 10), at(25, 20)), 10_000)])
    assert round((wave.finish - wave.start).total_seconds() / 60) == 42
    assert wave.left == 0


def test_zones_wait_for_one_another_and_what_does_not_fit_is_left() -> None:
    windows = [("B", Window(at(25, 10), at(25, 20)), 10_000), ("A", Window(at(25, 10, 30), at(25, 11)), 10_000)]
    first, second = waves(windows)
    assert second.start < first.finish < second.finish <= at(25, 11)
    assert second.left == 10_000 - int((at(25, 11) - first.finish).total_seconds() * 4)
