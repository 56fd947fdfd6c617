"""What is coming: each thing on its day, with its reason. Decides no time; whoever plans it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.nudges import Audience

AHEAD = timedelta(days=28)
"""How far one looks: a month's rhythm, and no more than fits into a window."""


class What(StrEnum):
    """The kinds of things that come; the value is the word for it."""

    NUDGE = "nudge"
    PULSE = "pulse"
    CAMPAIGN = "campaign"
    TARGET = "target"
    GOAL = "goal"
    PLAN = "launch plan"
    DIGEST = "digest"
    SELF_CHECK = "self-check"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that comes on a day of the workspace's calendar; `at` where it has a time (aware). `where` is a place
    as a nudge's plan names it, None for direct messages and what is in no channel; `why` is the reason."""

    on: date
    at: datetime | None
    what: What
    title: str
    where: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Next:
    """The next nudge of an audience, which can be moved or left out: its instant (aware) and its day on the clock of
    its plan. Of one that was, `moved_from` is the day as planned, and `moved_to` the new one, None for none."""

    audience: Audience
    at: datetime
    on: date
    moved_from: date | None = None
    moved_to: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What comes from `today` on, by day and time; whether nudges are paused, how many newcomers are on their way
    through the welcome, and the next nudge of each audience."""

    today: date
    entries: tuple[Entry, ...]
    is_paused: bool
    newcomers: int
    nudges: tuple[Next, ...] = ()

    @classmethod
    def of(
        cls, today: date, entries: Iterable[Entry], *, is_paused: bool, newcomers: int, nudges: Iterable[Next] = ()
    ) -> "Calendar":
        """Those within the time ahead, in order: what has no time of day comes first on its day."""
        near = [one for one in entries if today <= one.on <= today + AHEAD]
        return cls(today, tuple(sorted(near, key=_order)), is_paused, newcomers, tuple(nudges))


def _order(one: Entry) -> tuple[date, float, str, str]:
    return one.on, one.at.timestamp() if one.at else 0.0, one.what, one.title
