"""How requests for an advocate are answered: how many get one, and how soon anything is answered. Decides no state."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.requests import HOLDING, OPEN, State

LEAST_REQUESTS = 5
"""Of fewer that were decided, a rate would be chance."""

WITHIN = tuple(timedelta(hours=hours) for hours in (4, 24, 48, 72))
"""The times by which answers are counted; those that took longer come last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as far as rates go."""

    state: State
    opened_at: datetime
    answered_at: datetime | None


@dataclass(slots=True)
class Rates:
    """Requests, and what became of them.

    `waiting` have no answer yet, `withdrawn` were taken back. Of the `decided` ones `filled` got an advocate; of those
    answered or late (`due`) so many were answered `in_time`. `took` counts answers by how long they took, as in WITHIN,
    the longer ones last.
    """

    asked: int = 0
    waiting: int = 0
    withdrawn: int = 0
    filled: int = 0
    decided: int = 0
    in_time: int = 0
    due: int = 0
    took: list[int] = field(default_factory=lambda: [0] * (len(WITHIN) + 1))

    @classmethod
    def of(cls, rows: Iterable[Asked], goal: timedelta, now: datetime) -> "Rates":
        """Count these."""
        found = cls()
        for row in rows:
            found.add(row, goal, now)
        return found

    def add(self, row: Asked, goal: timedelta, now: datetime) -> None:
        """One more. What was taken back by whoever asked is no answer, and what is not late yet no failure."""
        self.asked += 1
        self.waiting += row.state in OPEN
        self.withdrawn += row.state is State.CANCELLED
        self.filled += row.state in HOLDING
        self.decided += row.state in HOLDING or row.state in (State.DECLINED, State.EXPIRED)
        waited = (row.answered_at or now) - row.opened_at
        self.in_time += row.answered_at is not None and waited <= goal
        self.due += row.answered_at is not None or (waited > goal and row.state is not State.CANCELLED)
        if row.answered_at is not None:
            self.took[sum(waited > limit for limit in WITHIN)] += 1

    @property
    def fill_rate(self) -> float | None:
        """Which share of the decided ones got an advocate; None for too few."""
        return self.filled / self.decided if self.decided >= LEAST_REQUESTS else None

    @property
    def in_time_rate(self) -> float | None:
        """Which share was answered within the goal; None for too few."""
        return self.in_time / self.due if self.due >= LEAST_REQUESTS else None

    @property
    def half_within(self) -> timedelta | None:
        """The time of WITHIN in which at least half were answered; None for too few answers, or when it took longer."""
        answered = sum(self.took)
        if answered < LEAST_REQUESTS:
            return None
        return next((limit for at, limit in enumerate(WITHIN, 1) if 2 * sum(self.took[:at]) >= answered), None)
