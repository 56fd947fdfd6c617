"""A pulse that people here are asked: its plan, its states, and how far it may be told how many have answered.

Decides what may be planned and when what follows may happen; who is asked is domain.pulse_audience's, when it reaches
people domain.pulse_calendar's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from domain.errors import RuleError
from domain.pulse import SMALLEST_GROUP
from domain.pulse_audience import Audience
from domain.pulse_calendar import (
    FIRST_REMINDER_DAYS,
    SECOND_REMINDER_DAYS,
    SEND_AT,
    Cadence,
    Term,
    check_times,
    closes_at,
)

NAME_LIMIT = 60
"""Characters of a pulse's name: it stands in a heading and in a button's question."""

PEOPLE_LIMIT = 100
"""People picked by hand: Slack's field takes no more, and a function or a channel is the better way."""

BETWEEN_COUNTS = timedelta(hours=4)
"""The least time between two counts that are told: two close together would give one person's answering away."""

COUNT_STEP = 5
"""Answers are told in steps of this many."""


class State(StrEnum):
    """Where a pulse stands. PAUSED sends nothing; whoever has it can still answer."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    CALLED_OFF = "called off"


RUNNING = (State.OPEN, State.PAUSED)
"""States in which people may answer."""

CURRENT = (State.PLANNED, *RUNNING)
"""States of which a workspace has one pulse at a time: nobody is asked twice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the leader decides: the name, who is asked, the day and time of day (on each person's own clock), how often
    it comes again, and how many people a figure needs at least."""

    name: str
    audience: Audience
    opens_on: date
    send_at: time = SEND_AT
    cadence: Cadence = Cadence.USUAL
    smallest: int = SMALLEST_GROUP

    def stored(self) -> dict[str, object]:
        """As a form keeps it."""
        return {
            "name": self.name,
            "audience": self.audience.stored(),
            "opens_on": self.opens_on.isoformat(),
            "send_at": f"{self.send_at:%H:%M}",
            "cadence": self.cadence.value,
            "smallest": self.smallest,
        }

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> Self:
        """What `stored` gave. Raises KeyError or ValueError for anything else."""
        audience = kept["audience"]
        return cls(
            str(kept["name"]),
            Audience.of(audience if isinstance(audience, dict) else {}),
            date.fromisoformat(str(kept["opens_on"])),
            time.fromisoformat(str(kept["send_at"])),
            Cadence(str(kept["cadence"])),
            int(str(kept["smallest"])),
        )


def check_plan(
    name: str,
    audience: Audience,
    opens_on: date | None,
    send_at: time | None,
    cadence: str | None,
    smallest: str,
    today: date,
) -> Plan:
    """The plan that somebody typed, all that is wrong with it told at once.

    Raises RuleError at `name`, `functions`, `people`, `opens_on`, `send_at` or `smallest`.
    """
    problems: dict[str, str] = {}
    name = " ".join(name.split())
    if not name or len(name) > NAME_LIMIT:
        problems["name"] = f"Please give it a name of up to {NAME_LIMIT} characters, such as Autumn."
    if audience.is_empty:
        problems["functions"] = "Please choose who is asked: functions, channels, managers or people."
    if len(audience.people) > PEOPLE_LIMIT:
        problems["people"] = f"Please pick up to {PEOPLE_LIMIT} people, or choose a function or a channel instead."
    try:
        opens_on, send_at = check_times(opens_on, send_at, today)
    except RuleError as error:
        problems |= error.fields
    least = int(smallest) if smallest.strip().isdecimal() else 0
    if not SMALLEST_GROUP <= least <= LARGEST_MINIMUM:
        problems["smallest"] = f"A whole number from {SMALLEST_GROUP} to {LARGEST_MINIMUM}, please."
    if problems or opens_on is None or send_at is None:
        raise RuleError(" ".join(problems.values()), problems)
    return Plan(name, audience, opens_on, send_at, Cadence(cadence or Cadence.USUAL), least)


LARGEST_MINIMUM = 50
"""People: above this number hardly any team would ever see a result."""


def term_of(opens_on: date, send_at: time, open_days: int, zone: ZoneInfo) -> Term:
    """How such a pulse runs; `zone` is the workspace's, by whose clock it ends. Reminders that would come on the last
    day or later are left out: the end is near enough."""
    reminders = tuple(days for days in (FIRST_REMINDER_DAYS, SECOND_REMINDER_DAYS) if days < open_days)
    return Term(opens_on, send_at, closes_at(opens_on, open_days, send_at, zone), reminders)


def count_told(answers: int, smallest: int = SMALLEST_GROUP) -> int | None:
    """How many answers are told while it is open: in steps, and None for fewer than the smallest group."""
    return answers - answers % COUNT_STEP if answers >= smallest else None


def may_count(last: datetime | None, now: datetime) -> bool:
    """Whether it may be told again how many have answered."""
    return last is None or now - last >= BETWEEN_COUNTS
