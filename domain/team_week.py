"""The advocacy team's week: what came in, what was done, and what waits. Decides which week it is about, and whether
there is anything to say."""

from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta

from domain.value import Period

WORDS_LIMIT = 1000
"""Characters of the words on top."""


@dataclass(frozen=True, slots=True)
class Done:
    """What happened in one week. `answered` counts requests that got their first answer, `in_time` those within the
    goal; `uses` are activities that took place."""

    nominated: int = 0
    accepted: int = 0
    declined: int = 0
    published: int = 0
    requested: int = 0
    answered: int = 0
    in_time: int = 0
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits now. Of those to review and to answer also since when the oldest does (UTC), and how many are late."""

    to_review: int = 0
    oldest_review: datetime | None = None
    late_reviews: int = 0
    to_answer: int = 0
    oldest_request: datetime | None = None
    late_requests: int = 0
    to_introduce: int = 0
    unpublished: int = 0
    unverified: int = 0
    consents_ended: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """The week (Monday to Sunday), the one before, and what waits on the day it is told."""

    period: Period
    done: Done
    before: Done
    waiting: Waiting

    @property
    def says_something(self) -> bool:
        """Whether anything happened that week, or anything waits."""
        return any(astuple(self.done)) or any(astuple(self.waiting))


def week_before(today: date) -> Period:
    """The last whole week before the one of this day, Monday to Sunday."""
    last = today - timedelta(days=today.weekday() + 1)
    return Period(last - timedelta(days=6), last)
