"""What the program leader sees of the nudges: the plans, what is coming, and what was sent and why. Decides nothing."""

from dataclasses import dataclass
from datetime import datetime

from domain.nudge_choice import Group, Why
from domain.nudge_times import Plan
from domain.nudges import Audience


@dataclass(frozen=True, slots=True)
class Planned:
    """One audience: its plan (None before it has one), where it stands, how many people it is, and what comes next.

    `coming` are the next times; `silent` those of them without a post. `text` is what would come if it came now.
    """

    audience: Audience
    plan: Plan | None
    group: Group
    people: int
    coming: tuple[datetime, ...] = ()
    silent: tuple[datetime, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was sent, or a week that was silent: when, where (a channel, or how many people), and why."""

    at: datetime
    audience: Audience
    place: str | None
    people: int
    text: str | None
    why: Why | None
    is_silent: bool
    did: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything at a glance. `refused` says how many people got nothing in the last week, by reason."""

    is_paused: bool
    planned: tuple[Planned, ...]
    past: tuple[Past, ...]
    refused: tuple[tuple[str, int], ...]
    newcomers: int
    zone: str
