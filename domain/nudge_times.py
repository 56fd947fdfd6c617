"""When nudges come, and to whom none comes now: days and hours on the reader's own clock.

Decides instants and refusals; what is said is decided in domain.nudge_choice.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.budget import A_PERSON, Spent, has_room
from domain.errors import RuleError
from domain.nudges import TRACK_DAYS, Audience
from domain.pulse_calendar import instant
from domain.time_zones import EARLIEST, LATEST, may_speak, zone_of

DAYS = ("mon", "tue", "wed", "thu", "fri")
"""Days of the week on which nudges come, by name: a number means another day to other people."""

DAY_WORDS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}

USUAL_DAY, USUAL_TIME = "tue", time(10)
"""Tuesday at ten: Monday is for catching up, and by ten the first mails are read."""

WEEK = timedelta(days=7)
"""From one nudge of a plan to the next."""

ONBOARDING_TIME = time(10)
"""When the track speaks, on the clock of whoever is new."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When an audience gets its nudge of the week. `place` is a channel (its id, or `role:sales`), or None for direct
    messages, which come by each person's own clock; a channel's come by the clock of `zone`. It holds since `since`;
    on `run_on` somebody had it run at once. The one of `shifted_from` comes on `shifted_to` instead, or not at all.
    """

    id: str
    audience: Audience
    place: str | None
    day: str
    at: time
    zone: str
    is_on: bool
    since: datetime
    run_on: date | None = None
    shifted_from: date | None = None
    shifted_to: date | None = None

    def is_shifted_after(self, now: datetime) -> bool:
        """Whether one that is still to come was moved or left out."""
        today = now.astimezone(zone_of(self.zone)).date()
        return max(self.shifted_from or date.min, self.shifted_to or date.min) >= today

    @property
    def is_direct(self) -> bool:
        """Whether people get it one by one."""
        return self.place is None


def last_due(day: str, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The last time at or before `now` at which that day of the week and time came round in this zone."""
    today = now.astimezone(zone).date()
    found = instant(today - timedelta(days=(today.weekday() - DAYS.index(day)) % 7), at, zone)
    return found if found <= now else instant(found.astimezone(zone).date() - timedelta(days=7), at, zone)


def next_due(day: str, at: time, zone: ZoneInfo, after: datetime) -> datetime:
    """The first such time after this instant."""
    last = last_due(day, at, zone, after)
    return instant(last.astimezone(zone).date() + timedelta(days=7), at, zone)


def next_time(plan: Plan, zone: ZoneInfo, after: datetime) -> datetime:
    """The first time after this instant at which a plan's nudge comes in this zone, one that was moved included."""
    regular = next_due(plan.day, plan.at, zone, after)
    if regular.astimezone(zone).date() == plan.shifted_from:
        regular = next_due(plan.day, plan.at, zone, regular)
    moved = instant(plan.shifted_to, plan.at, zone) if plan.shifted_to else regular
    return min(regular, moved) if moved > after else regular


def check_shift(plan: Plan, day: date, to: date | None, today: date) -> date:
    """The other day for the nudge of `day`: a working day before the next one. Raises RuleError at `to`."""
    if to is None:
        sentence = "Please pick a day."
    elif to < today or to == day:
        sentence = "Please pick another day, from today on."
    elif to.weekday() >= len(DAYS):
        sentence = "Please pick a working day."
    elif to >= day + WEEK:
        sentence = f"Please pick a day before the next one, which comes on {DAY_WORDS[plan.day]}."
    else:
        return to
    raise RuleError(sentence, {"to": sentence})


def other_day(day: date) -> date:
    """The day that is proposed instead of this one: the working day after it."""
    later = (day + timedelta(days=ahead) for ahead in range(1, 7))
    return next(one for one in later if one.weekday() < len(DAYS))


def due_day(plan: Plan, zone: ZoneInfo, now: datetime) -> date | None:
    """The day of the week's nudge that is due in this zone now, today's or one that was missed; None when none is.

    It is caught up once, on a working day and not earlier in the day than it would have come.
    """
    local = now.astimezone(zone)
    if not plan.is_on or not may_speak(zone, now) or local.weekday() >= len(DAYS):
        return None
    due = last_due(plan.day, plan.at, zone, now)
    due_on, is_time = due.astimezone(zone).date(), local.time() >= plan.at
    regular = [due_on] if due >= plan.since and is_time and due_on != plan.shifted_from else []
    moved = [plan.shifted_to] if is_time and _is_moved_to(plan, zone, local.date()) and plan.shifted_to else []
    asked = [plan.run_on] if plan.run_on == local.date() else []
    return max([*regular, *moved, *asked], default=None)


def _is_moved_to(plan: Plan, zone: ZoneInfo, today: date) -> bool:
    """Whether one was moved to today, or to a day that was missed."""
    to = plan.shifted_to
    return to is not None and to <= today and instant(to, plan.at, zone) >= plan.since


def check_time(day: str, at: time | None) -> time:
    """The time chosen for a plan. Raises RuleError at `day` or `at`."""
    if day not in DAYS:
        raise RuleError("Please choose a working day.", {"day": "Please choose a working day."})
    if at is None or not EARLIEST <= at < LATEST:
        sentence = f"Please choose a time from {EARLIEST:%H:%M} to just before {LATEST:%H:%M}."
        raise RuleError(sentence, {"at": sentence})
    return at


class Not(StrEnum):
    """Why somebody gets no direct message now; the value completes "not sent: …"."""

    OPTED_OUT = "wants no nudges"
    SNOOZED = "wants a rest"
    AWAY = "is away"
    PULSE = "has a pulse to answer"
    ON_TRACK = "is still being welcomed"
    BUDGET = "has had enough messages this week"
    NOTHING = "there was nothing to say"
    HELD_OUT = "shows what happens without"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may get a direct message, with all that speaks against it."""

    person_id: str
    slack_user_id: str
    zone: str
    away_until: date | None = None
    opted_out: bool = False
    snoozed_until: date | None = None
    has_pulse: bool = False
    on_track: bool = False
    spent: tuple[Spent, ...] = ()


def why_not(reader: Reader, now: datetime, cost: int, *, onboarding: bool = False) -> Not | None:
    """What speaks against a message of this cost to this person now; None when nothing does.

    `away_until` is the first day back, `snoozed_until` the first on which whoever snoozed hears again.
    """
    today = now.astimezone(zone_of(reader.zone)).date()
    reasons = (
        (Not.OPTED_OUT, reader.opted_out),
        (Not.SNOOZED, reader.snoozed_until is not None and reader.snoozed_until > today),
        (Not.AWAY, reader.away_until is not None and reader.away_until > today),
        (Not.PULSE, reader.has_pulse),
        (Not.ON_TRACK, reader.on_track and not onboarding),
        (Not.BUDGET, not has_room(reader.spent, today, cost, A_PERSON)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def track_day(joined_on: date, today: date, done: frozenset[int]) -> int | None:
    """Which message of the track somebody gets today who joined on that day: the first that is due and was not sent.

    None when nothing is due. What the budget or a leave has put off comes later, one at a time.
    """
    due = (day for day in TRACK_DAYS if day not in done and joined_on + timedelta(days=day) <= today)
    return next(due, None)


def is_on_track(done: frozenset[int]) -> bool:
    """Whether there is still something of the track to come."""
    return not done >= frozenset(TRACK_DAYS)
