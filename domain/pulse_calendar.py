"""When a pulse reaches people: at their own time of day, on working days, and when it ends.

Decides instants; which days are working days is asked of whoever knows the holidays.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from domain.errors import RuleError
from domain.time_zones import EARLIEST, LATEST

SEND_AT = time(10)
"""When people get a pulse, on their own clock: the first mails are read, the day is still open."""

LAST_START = time(19)
"""The latest time of day that may be chosen: an hour is left for everybody whose turn comes later."""

OPEN_DAYS = 7
"""Days until a pulse closes."""

FIRST_REMINDER_DAYS, SECOND_REMINDER_DAYS = 3, 5
"""Days after the opening on which whoever has not answered is reminded."""

PER_SECOND = 4
"""Messages a second to one workspace, as storage.pace keeps it: ten thousand people are 42 minutes."""

FURTHEST = timedelta(days=366)
"""How far ahead a pulse may be planned: who works here in more than a year, nobody knows."""

AHEAD = timedelta(hours=14)
"""How much earlier than in UTC a day begins on the clocks that are furthest ahead (Kiritimati)."""

SEARCHED = 30
"""Days in which a working day is looked for; no country rests longer."""

Working = Callable[[date], bool]
"""Whether people work on this day."""


@dataclass(frozen=True, slots=True)
class Window:
    """When a message may go to somebody: from `start` until just before `end`; both aware UTC, on one local day."""

    start: datetime
    end: datetime


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time on a wall clock as aware UTC. One that a clock change skips comes as much later as the clock jumped;
    one that exists twice counts the first time."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def next_window(zone: ZoneInfo, earliest: datetime, send_at: time, working: Working) -> Window:
    """The first window that ends after `earliest`: from `send_at` until 20:00 of a working day, begun at `earliest`
    when that lies within it."""
    today = earliest.astimezone(zone).date()
    is_over = earliest >= instant(today, LATEST, zone)
    on = next_working_day(today + timedelta(days=is_over), working)
    return Window(max(instant(on, send_at, zone), earliest), instant(on, LATEST, zone))


@dataclass(frozen=True, slots=True)
class Term:
    """How a pulse runs: the day it opens, the time of day of its messages, when it closes (aware UTC), and after how
    many days reminders go."""

    opens_on: date
    send_at: time
    closes_at: datetime
    reminder_days: tuple[int, ...] = (FIRST_REMINDER_DAYS, SECOND_REMINDER_DAYS)


def invitation(zone: ZoneInfo, now: datetime, term: Term, working: Working) -> Window:
    """When somebody in this zone gets the pulse."""
    return next_window(zone, max(now, instant(term.opens_on, term.send_at, zone)), term.send_at, working)


def reminders(zone: ZoneInfo, term: Term, working: Working) -> list[Window]:
    """When somebody in this zone who has not answered is reminded: two that fall on one day are one, and none comes
    after the end."""
    found: list[Window] = []
    for days in sorted(term.reminder_days):
        earliest = instant(term.opens_on + timedelta(days=days), term.send_at, zone)
        window = next_window(zone, earliest, term.send_at, working)
        if window.start < term.closes_at and (not found or window.start > found[-1].start):
            found.append(window)
    return found


def closes_at(opens_on: date, open_days: int, send_at: time, zone: ZoneInfo) -> datetime:
    """The one instant at which a pulse ends for everybody, by the workspace's clock."""
    return instant(opens_on + timedelta(days=open_days), send_at, zone)


def opens_at(opens_on: date, send_at: time) -> datetime:
    """The instant before which nobody's time has come: on this day, at this hour, on the clocks furthest ahead."""
    return datetime.combine(opens_on, send_at, UTC) - AHEAD


MONTHLY_FIRST = 2
"""Pulses of a series in monthly steps, before they come every three months."""


class Cadence(StrEnum):
    """How often a pulse comes again."""

    ONCE = "once"
    USUAL = "usual"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


CADENCE_WORDS: Mapping[Cadence, str] = MappingProxyType(
    {
        Cadence.USUAL: "Monthly for the first two, then every three months",
        Cadence.MONTHLY: "Every month",
        Cadence.QUARTERLY: "Every three months",
        Cadence.ONCE: "Just once",
    }
)


def next_opening(cadence: Cadence, opened_on: date, held: int, working: Working) -> date | None:
    """When the pulse comes again after `held` of its series, the first included; None when it does not."""
    if cadence is Cadence.ONCE:
        return None
    monthly = cadence is Cadence.MONTHLY or (cadence is Cadence.USUAL and held < MONTHLY_FIRST)
    return next_working_day(_months_later(opened_on, 1 if monthly else 3), working)


def next_working_day(day: date, working: Working) -> date:
    """This day, or the first working day after it."""
    days = (day + timedelta(days=ahead) for ahead in range(SEARCHED))
    return next((one for one in days if working(one)), day)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def check_times(opens_on: date | None, send_at: time | None, today: date) -> tuple[date, time]:
    """The day and the time of day that somebody chose. Raises RuleError at `opens_on` or `send_at`."""
    problems: dict[str, str] = {}
    if send_at is None or not EARLIEST <= send_at <= LAST_START:
        problems["send_at"] = (
            f"Please choose a time between {EARLIEST:%H:%M} and {LAST_START:%H:%M}. "
            "Nobody gets a message from Everboard at night."
        )
    if opens_on is None:
        problems["opens_on"] = "Please choose the day on which it starts."
    elif opens_on < today:
        problems["opens_on"] = f"This day has passed. Please choose {today.day} {today:%B} or a later day."
    elif opens_on - today > FURTHEST:
        problems["opens_on"] = "Please choose a day within the next year."
    if problems or opens_on is None or send_at is None:
        raise RuleError(" ".join(problems.values()), problems)
    return opens_on, send_at


@dataclass(frozen=True, slots=True)
class Wave:
    """People whose time comes at one instant: how many, from when, and when the last of them has it (all aware UTC).

    `left` of them do not fit before their day's end and get it on the next working day.
    """

    zone: str
    people: int
    start: datetime
    finish: datetime
    left: int = 0


def waves(people: Iterable[tuple[str, Window, int]]) -> list[Wave]:
    """How a pulse spreads, one zone after the other in the order of their times, at the pace that Slack allows.

    `people` are zones, their window and how many live there.
    """
    free: datetime | None = None
    found: list[Wave] = []
    for zone, window, count in sorted(people, key=lambda one: (one[1].start, one[0])):
        begin = max(window.start, free) if free else window.start
        fit = max(0, min(count, int((window.end - begin).total_seconds() * PER_SECOND)))
        free = begin + timedelta(seconds=fit / PER_SECOND)
        found.append(Wave(zone, count, window.start, free, count - fit))
    return found
