"""When a job is due: a wall-clock time in a workspace's own zone. Decides the instants, not what happens then.

APScheduler's triggers are asked as pure functions, on a wall clock without a zone (they call it UTC), and each
wall time is then placed on the real time line once: one that a clock change skips comes as much later as the
clock jumped, one that exists twice counts the first time. A day that a zone left out (Apia's 30 December 2011)
shares its instants with the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from domain.time_zones import may_speak as may_speak  # noqa: PLC0414  # jobs and the clock look for it here

MARGIN = timedelta(days=1)
"""The most that a wall clock was ever moved."""

LOOK_BACK = timedelta(days=45)
"""What was missed longer ago is history; also bounds how much is computed after a long stop."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Times on a wall clock, given by one of the functions below."""

    trigger: CronTrigger

    def instants(self, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
        """Every due instant in (after, until] as aware UTC, in no particular order, none missing."""
        wall = _on_the_wall(max(after, until - LOOK_BACK), zone) - MARGIN
        last = _on_the_wall(until, zone) + MARGIN
        fire = self.trigger.get_next_fire_time(None, wall)
        while fire is not None and fire <= last:
            instant = fire.replace(tzinfo=zone, fold=0).astimezone(UTC)
            if max(after, until - LOOK_BACK) < instant <= until:
                yield instant
            fire = self.trigger.get_next_fire_time(fire, fire + timedelta(microseconds=1))

    def latest(self, zone: ZoneInfo, after: datetime, until: datetime) -> datetime | None:
        """The last due instant in (after, until]; None when there is none."""
        return max(self.instants(zone, after, until), default=None)

    def first(self, zone: ZoneInfo, after: datetime) -> datetime | None:
        """The first due instant after `after`, within LOOK_BACK; most are near, and found with little work."""
        for span in (2 * MARGIN, LOOK_BACK):
            found = min(self.instants(zone, after, after + span), default=None)
            if found is not None:
                return found
        return None


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
