"""When a job is due: a wall-clock time in a workspace's own zone. Decides the instants, not what happens then.

APScheduler's triggers are asked as pure functions, on a wall clock without a zone (they call it UTC), and each
wall time is then placed on the real time line once: one that a clock change skips comes as much later as the
clock jumped, one that exists twice counts the first time. A day that a zone left out (Apia's 30 December 2011)
shares its instants with the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from domain.time_zones import may_speak as may_speak  # noqa: PLC0414  # jobs and the clock look for it here

MARGIN = timedelta(days=1)
"""The most that a wall clock was ever moved."""

LOOK_BACK = timedelta(days=45)
"""What was missed longer ago is history; also bounds how much is computed after a long stop."""


REMEMBERED = 10_000
"""Days of a job's instants that are kept, a few kilobytes each at most: a year of all jobs in one zone."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Times on a wall clock, given by one of the functions below."""

    trigger: CronTrigger

    def instants(self, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
        """Every due instant in (after, until] as aware UTC, in no particular order, none missing."""
        first, last = _days(zone, after, until)
        for day in range(first, last + 1):
            yield from self._within(day, zone, after, until)

    def latest(self, zone: ZoneInfo, after: datetime, until: datetime) -> datetime | None:
        """The last due instant in (after, until]; None when there is none."""
        first, last = _days(zone, after, until)
        return max(self._nearest(range(last, first - 1, -1), zone, after, until), default=None)

    def first(self, zone: ZoneInfo, after: datetime) -> datetime | None:
        """The first due instant after `after`, within LOOK_BACK."""
        until = after + LOOK_BACK
        first, last = _days(zone, after, until)
        return min(self._nearest(range(first, last + 1), zone, after, until), default=None)

    def _nearest(self, days: range, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
        """Those of the first of `days` that has any, and of the one behind it: clocks move by a day at the most, so
        that what stands farther off on the wall cannot come before them."""
        for at, day in enumerate(days):
            found = [*self._within(day, zone, after, until)]
            if found:
                behind = days[at + 1 : at + 2]
                return found + [instant for day in behind for instant in self._within(day, zone, after, until)]
        return []

    def _within(self, day: int, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
        since = max(after, until - LOOK_BACK)
        return (instant for instant in _instants_on(self.trigger, zone, day) if since < instant <= until)


def _days(zone: ZoneInfo, after: datetime, until: datetime) -> tuple[int, int]:
    """The first and the last day on the wall, as ordinals, of which an instant may lie in (after, until]."""
    first = _on_the_wall(max(after, until - LOOK_BACK), zone) - MARGIN
    return first.toordinal(), (_on_the_wall(until, zone) + MARGIN).toordinal()


@lru_cache(maxsize=REMEMBERED)
def _instants_on(trigger: CronTrigger, zone: ZoneInfo, day: int) -> tuple[datetime, ...]:
    """Where a day's times on the wall lie on the real time line. Kept: all that asks when a job is due asks again."""
    midnight = datetime.combine(date.fromordinal(day), time(), UTC)
    found, last = [], midnight + timedelta(days=1)
    fire = trigger.get_next_fire_time(None, midnight)
    while fire is not None and fire < last:
        found.append(fire.replace(tzinfo=zone, fold=0).astimezone(UTC))
        fire = trigger.get_next_fire_time(fire, fire + timedelta(microseconds=1))
    return tuple(found)


def hourly(minute: int) -> Wall:
    """Once an hour on the wall clock."""
    return _cron(minute=minute)


def quarter_hourly() -> Wall:
    """At every quarter of an hour: in every time zone somebody's full and half hours are among them."""
    return _cron(minute="0,15,30,45")


def daily(at: time) -> Wall:
    """Every day."""
    return _cron(hour=at.hour, minute=at.minute)


def on(days: str, at: time) -> Wall:
    """On named days of the week, as `mon-fri` or `tue,thu`: numbers mean other days to other people."""
    if any(sign.isdigit() for sign in days):
        raise ValueError("name the days of the week")
    return _cron(day_of_week=days, hour=at.hour, minute=at.minute)


def _cron(**fields: int | str) -> Wall:
    return Wall(CronTrigger(**fields, second=0, timezone=UTC))


def _on_the_wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=UTC, fold=0)
