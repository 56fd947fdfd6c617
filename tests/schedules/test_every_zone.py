"""In every time zone there is, from 2025 to 2032, at every time at which Everboard may speak: each day once.

However often and however irregularly the clock is looked at, set back or forth; and after a stop, no burst.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schedules.jobs import Job, Missed
from schedules.times import Wall, daily, on
from tests.outbox import KEYS, Company
from tests.patience import patient
from tests.schedules.test_clock import outcomes, speak, spoken, ticker

FIRST, LAST = date(2025, 1, 1), date(2032, 12, 31)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
TIMES = [time(hour, minute) for hour in range(6, 20) for minute in range(60)]
"""Everboard speaks between 06:00 and 20:00."""

EXAMPLES = 2000 if os.environ.get("CHAOS") == "full" else 60

days = st.dates(date(2025, 1, 2), date(2032, 11, 1))
starts = st.builds(datetime.combine, days, st.times(), st.just(UTC))
steps = st.lists(
    st.one_of(
        st.integers(1, 120).map(lambda seconds: timedelta(seconds=seconds)),
        st.integers(1, 72).map(lambda hours: timedelta(hours=hours)),
        st.integers(1, 10).map(lambda days: timedelta(days=days)),
    ),
    min_size=1,
    max_size=12,
)


def each_day(zone: ZoneInfo, start: datetime, end: datetime, at: time) -> list[datetime]:
    """What a person would say: this time of each of their days in (start, end]; a skipped one comes later."""
    day, found = start.astimezone(zone).date() - timedelta(days=1), []
    while day <= end.astimezone(zone).date() + timedelta(days=1):
        instant = datetime.combine(day, at, zone).astimezone(UTC)
        if start < instant <= end:
            found.append(instant)
        day += timedelta(days=1)
    return found


def looked_at(wall: Wall, zone: ZoneInfo, looks: Sequence[datetime]) -> Iterator[datetime]:
    """Due times as found by looking at these instants, one after the other."""
    for after, until in pairwise(looks):
        yield from sorted(wall.instants(zone, after, until))


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(ZONES), st.sampled_from(TIMES), starts, steps)
@example("Africa/Casablanca", time(6), datetime(2026, 2, 10, tzinfo=UTC), [timedelta(days=9)] * 5)
@example("America/Nuuk", time(6), datetime(2028, 2, 27, tzinfo=UTC), [timedelta(days=1)] * 4)
@example("Antarctica/Troll", time(19, 59), datetime(2032, 3, 25, tzinfo=UTC), [timedelta(hours=7)] * 12)
def test_however_the_clock_is_looked_at_each_day_comes_once(
    name: str, at: time, start: datetime, between: list[timedelta]
) -> None:
    zone, looks = ZoneInfo(name), [start]
    for step in between:
        looks.append(looks[-1] + step)
    assert list(looked_at(daily(at), zone, looks)) == each_day(zone, looks[0], looks[-1], at)


@pytest.mark.parametrize("name", ZONES[:: 1 if EXAMPLES > 1000 else 12])
def test_all_years_of_a_zone(name: str) -> None:
    zone, at = ZoneInfo(name), TIMES[sum(name.encode()) % len(TIMES)]
    start, end = datetime(2024, 12, 31, 12, tzinfo=UTC), datetime(2033, 1, 1, 12, tzinfo=UTC)
    looks = [start + timedelta(days=30) * number for number in range((end - start).days // 30 + 1)] + [end]
    found = list(looked_at(daily(at), zone, looks))
    assert found == each_day(zone, start, end, at)
    days = [one.astimezone(zone).date() for one in found]
    every = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    assert [day for day in days if FIRST <= day <= LAST] == every
    assert {(day.month, day.day) for day in days} >= {(2, 29)}


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(ZONES), st.sampled_from(TIMES), starts)
def test_the_next_time_is_the_first_of_those_to_come(name: str, at: time, start: datetime) -> None:
    zone = ZoneInfo(name)
    assert daily(at).first(zone, start) == each_day(zone, start, start + timedelta(days=3), at)[0]
    weekly = on("mon", at).first(zone, start)
    assert weekly is not None
    assert weekly.astimezone(zone).weekday() == 0
    assert weekly - start <= timedelta(days=7, hours=2)


@pytest.fixture
def company(database_url: str) -> Iterator[Company]:
    db = patient(database_url, KEYS)
    yield Company(db)
    db.close()


@pytest.mark.parametrize("stop", [timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)])
@pytest.mark.parametrize("missed", list(Missed))
async def test_after_a_stop_there_is_no_burst(company: Company, stop: timedelta, missed: Missed) -> None:
    hand = ticker(company, Job("digest", daily(time(9, 30)), speak, missed, speaks=True))
    await hand.tick(company.clock.now())
    company.clock.move(stop)
    for _ in range(8):  # two minutes of looks
        await hand.tick(company.clock.now())
        company.clock.move(timedelta(seconds=15))
    caught_up = 1 if missed is not Missed.SKIP else 0
    assert len(spoken(company)) == caught_up
    assert len(outcomes(company)) == 1


async def test_a_clock_that_is_set_back_and_forth_repeats_nothing(company: Company) -> None:
    hand = ticker(company, Job("digest", daily(time(9, 30)), speak, Missed.CATCH_UP, speaks=True))
    for minutes in (0, 31, -20, 25, -40, 60, -10, 15, 24 * 60, -120, 150):
        company.clock.jump(timedelta(minutes=minutes))
        await hand.tick(company.clock.now())
        await hand.tick(company.clock.now())
    first = company.clock.real().date()
    assert [at.date() for at in spoken(company)] == [first, first + timedelta(days=1)]
    assert len(outcomes(company)) == 2
