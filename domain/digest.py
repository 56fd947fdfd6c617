"""The month as leader and champion read it. Decides which month it is about, when it comes, and whether there is
anything to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain import adoption, health, value
from domain.pulse_calendar import Working, next_working_day
from domain.value import Period

WORDS_LIMIT = 1000
"""Characters of the covering words."""

LATE = timedelta(days=10)
"""How long after its day a digest that could not be sent still comes: later it would be old news."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A month: what advocacy did for the business, who took part, and how the program stands today."""

    month: Period
    value: value.Report
    adoption: adoption.Report
    health: health.Report

    @property
    def says_something(self) -> bool:
        """Whether anything happened that month: a deal with an advocate, somebody who took part, or a verdict."""
        took_part = self.adoption.whole.now is not None and self.adoption.whole.now.took_part > 0
        return took_part or any(self.value.value.influenced.counts.values()) or self.health.health.points is not None


def month_before(today: date) -> Period:
    """The whole month before the one of this day."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def is_due(today: date, working: Working) -> bool:
    """Whether the digest of the month before may come: from the first working day of the month on, while it is news."""
    first = next_working_day(today.replace(day=1), working)
    return first <= today <= first + LATE


def waiting(recipients: Sequence[str], sent: set[str]) -> list[str]:
    """Who of these has not got it, each once."""
    return [one for one in dict.fromkeys(recipients) if one not in sent]
