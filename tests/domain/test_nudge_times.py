"""When nudges come: on the reader's clock through every clock change, and to nobody who would rather not."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.budget import A_PERSON, Spent, has_room
from domain.errors import RuleError
from domain.nudge_times import (
    DAYS,
    Not,
    Reader,
    check_time,
    is_on_track,
    last_due,
    next_due,
    track_day,
    why_not,
)
from domain.nudges import TRACK_DAYS
from domain.time_zones import may_speak

ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati")
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
TODAY = NOW.date()


@given(
    st.sampled_from(DAYS),
    st.times(time(6), time(19, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES).map(ZoneInfo),
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds
)
def test_a_weekly_time_comes_once_a_week_on_the_wall_clock(day: str, at: time, zone: ZoneInfo, now: datetime) -> None:
    last, following = last_due(day, at, zone, now), next_due(day, at, zone, now)
    assert last <= now < following
    for due in (last, following):
        local = due.astimezone(zone)
        assert local.weekday() == DAYS.index(day)
        assert (local.hour, local.minute) == (at.hour, at.minute)
        assert may_speak(zone, due)
    assert following.astimezone(zone).date() - last.astimezone(zone).date() == timedelta(days=7)
    assert last_due(day, at, zone, following) == following


@pytest.mark.parametrize(
    ("day", "at", "field"),
    [("sun", time(10), "day"), ("mon", time(5, 59), "at"), ("mon", time(20), "at"), ("mon", None, "at")],
)
def test_a_time_at_night_or_on_a_free_day_is_refused_at_its_field(day: str, at: time | None, field: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_time(day, at)
    assert field in refused.value.fields
    assert check_time("mon", time(19, 59)) == time(19, 59)


def reader(**facts: object) -> Reader:
    return Reader("P1", "U1", "UTC", **facts)  # type: ignore[arg-type]  # what a test says of them


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"opted_out": True}, Not.OPTED_OUT),
        ({"snoozed_until": TODAY + timedelta(days=1)}, Not.SNOOZED),
        ({"snoozed_until": TODAY}, None),
        ({"away_until": TODAY + timedelta(days=1)}, Not.AWAY),
        ({"away_until": TODAY}, None),
        ({"has_pulse": True}, Not.PULSE),
        ({"on_track": True}, Not.ON_TRACK),
        ({"spent": (Spent(TODAY, 1), Spent(TODAY - timedelta(days=6), 1))}, Not.BUDGET),
        ({"spent": (Spent(TODAY, 1), Spent(TODAY - timedelta(days=7), 1))}, None),
        ({"spent": (Spent(TODAY - timedelta(days=3), 2),)}, Not.BUDGET),
    ],
)
def test_who_gets_nothing_now(facts: dict[str, object], why: Not | None) -> None:
    assert why_not(reader(**facts), NOW, 1) is why


def test_a_day_is_the_readers_own() -> None:
    far = Reader("P1", "U1", "Pacific/Kiritimati", away_until=TODAY + timedelta(days=1))
    assert why_not(far, NOW, 1) is None, "there it is tomorrow already"


def test_whoever_is_being_welcomed_gets_the_welcome() -> None:
    assert why_not(reader(on_track=True), NOW, 1, onboarding=True) is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 2)), max_size=60))
def test_no_seven_days_in_a_row_hold_more_than_the_budget(wanted: list[tuple[int, int]]) -> None:
    spent: list[Spent] = []
    for day, cost in sorted(wanted):
        today = TODAY + timedelta(days=day)
        if has_room(spent, today, cost, A_PERSON):
            spent.append(Spent(today, cost))
    for first in range(60):
        start = TODAY + timedelta(days=first)
        week = [one for one in spent if start <= one.day < start + timedelta(days=7)]
        assert sum(one.cost for one in week) <= A_PERSON


def test_the_track_comes_a_message_at_a_time_and_nothing_of_it_is_lost() -> None:
    joined, done, came = date(2026, 3, 1), set[int](), dict[int, int]()
    for number in range(40):
        day = track_day(joined, joined + timedelta(days=number), frozenset(done))
        if day is not None and number != 3:  # on one day it could not be sent
            done.add(day)
            came[number] = day
    assert came == {0: 0, 4: 3, 10: 10, 21: 21}
    assert not is_on_track(frozenset(done))
    assert is_on_track(frozenset(TRACK_DAYS[:-1]))
