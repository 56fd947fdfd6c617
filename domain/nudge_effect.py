"""What comes of nudges: what people did in the seven days after, beside what they did without, and how sure that is.

Decides no cause. Channels are compared week by week, people one by one: whoever is held out is so always, and their
weeks are no new evidence of each other.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import NormalDist, fmean, variance

AFTER = timedelta(days=7)
"""In which something counts as having come after a nudge."""

LEAST = 30
"""On either side: of fewer nothing is told but how many they are."""

SURE = 0.95
"""Of a hundred such ranges, so many hold the true difference."""


class Did(StrEnum):
    """What people do that nudges ask for."""

    NOMINATED = "nominations"
    LOOKED_UP = "look-ups"
    REQUESTED = "requests"


@dataclass(frozen=True, slots=True)
class Side:
    """What was done with nudges, or without: `n` weeks or people, and the mean of each."""

    n: int
    mean: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides, and between which bounds the true difference probably lies; None where they are too few to tell."""

    with_nudges: Side
    without: Side
    bounds: tuple[float, float] | None

    @property
    def difference(self) -> float:
        """How much more was done with nudges."""
        return self.with_nudges.mean - self.without.mean

    @property
    def may_be_chance(self) -> bool:
        """Whether no difference at all is among the probable ones."""
        return self.bounds is None or self.bounds[0] <= 0 <= self.bounds[1]


@dataclass(frozen=True, slots=True)
class Effect:
    """Posts in channels, counted in weeks, and direct messages, counted in people."""

    channels: Mapping[Did, Compared]
    people: Mapping[Did, Compared]


def compare(with_nudges: Sequence[float], without: Sequence[float]) -> Compared:
    """The difference of two means with its bounds (Welch), where there are enough on both sides."""
    sides = _side(with_nudges), _side(without)
    if min(side.n for side in sides) < LEAST:
        return Compared(*sides, None)
    errors = [_spread(values) / len(values) for values in (with_nudges, without)]
    freedom = sum(errors) ** 2 / sum(
        error**2 / (len(values) - 1) for error, values in zip(errors, (with_nudges, without), strict=True)
    )
    reach = _student(freedom) * math.sqrt(sum(errors))
    difference = sides[0].mean - sides[1].mean
    return Compared(*sides, (difference - reach, difference + reach))


def _side(values: Sequence[float]) -> Side:
    return Side(len(values), fmean(values) if values else 0.0)


def _spread(values: Sequence[float]) -> float:
    """The variance, and never none: that nothing differed among so many does not say that nothing ever will."""
    return max(variance(values), 1 / len(values))


def _student(freedom: float) -> float:
    """The quantile of Student's t, from the normal one; exact to three digits from 29 degrees of freedom on."""
    z = NormalDist().inv_cdf((1 + SURE) / 2)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2


def came_after(times: Sequence[datetime], nudged_at: datetime) -> int:
    """How many of these times (in order) lie within seven days after a nudge."""
    return bisect_left(times, nudged_at + AFTER) - bisect_left(times, nudged_at)
