"""In which order advocates are offered: by fit, capacity, time since last asked and freshness, each shown as a part.

Decides neither who may be asked (`protection`) nor what a query means. Nobody is left out here: who comes last is
still there for a query that fits nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import NamedTuple

from domain.capacity import weight_words
from domain.phrases import listed


@dataclass(frozen=True, slots=True)
class Weights:
    """Points that each part can bring; 100 together, so that a score reads like a percentage.

    `fit` 50: half of all, because an advocate of another world convinces nobody; and not more, so that whoever fits
    half and is free comes before whoever fits wholly and can't be asked now.
    `capacity` 25: the largest of the rest, because it is what protects. `unasked` 15: spreads the work among those
    whom the cap would still allow. `fresh` 10: an old profile may be wrong, and is usually not.
    """

    fit: float = 50
    capacity: float = 25
    unasked: float = 15
    fresh: float = 10


USUAL = Weights()

FACETS_SHARE = 0.6
"""Of the fit, when both facets and words were asked for: a facet is a fact, a word may stand anywhere in a profile."""

NOT_FREE_SHARE = 0.2
"""Of the points for capacity that remain to somebody who rests now: what is left is worth something later."""

UNASKED_DAYS = 365
"""Days after which somebody counts as not asked at all: a year on, nobody remembers the last favour."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a profile answers the query.

    `text` is the engine's rank, larger for better, on the engine's own scale; None when no words were asked for.
    `matched` and `missed` are the facets asked for, in words ("healthcare", "EMEA").
    """

    text: float | None = None
    matched: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


NO_QUERY = Fit()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the order of one advocate hangs on. `is_free`: nothing stands in the way today for what is asked.

    `last_asked` is the day of the latest use or reservation up to today; `verify_days` the workspace's period.
    """

    id: str
    left_halves: int
    cap_halves: int
    is_free: bool
    last_asked: date | None = None
    verified_on: date | None = None
    verify_days: int = 180
    fit: Fit = field(default=NO_QUERY)


class Part(NamedTuple):
    """One part of a score: what it brought, of how much, and why in plain words."""

    name: str
    points: float
    most: float
    words: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One advocate in the order. `points` are those of fit, capacity, unasked and fresh; `score` is their sum."""

    id: str
    score: float
    points: tuple[float, float, float, float]
    candidate: Candidate
    today: date
    weights: Weights = USUAL

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the score is made of; worded only when somebody looks, for a page shows five of some hundred."""
        one, today, most = self.candidate, self.today, self.weights
        fit, capacity, unasked, fresh = self.points
        return (
            Part("fit", fit, most.fit, _fit_words(one.fit)),
            Part("capacity", capacity, most.capacity, _capacity_words(one)),
            Part("unasked", unasked, most.unasked, _since(one.last_asked, today, "asked")),
            Part("fresh", fresh, most.fresh, _since(one.verified_on, today, "verified")),
        )


def rank(candidates: Iterable[Candidate], today: date, weights: Weights = USUAL) -> list[Ranked]:
    """The candidates, best first.

    Equal scores go to whoever was asked longest ago (never comes first), then to whoever fits better, then by id, so
    that the order is always the same and equal fits take turns.
    """
    known = list(candidates)
    best = max((_rank_of(one.fit) for one in known), default=0.0)
    ranked = [_ranked(one, best, today, weights) for one in known]
    return sorted(ranked, key=_order)


def _order(one: Ranked) -> tuple[float, date, float, str]:
    return -one.score, one.candidate.last_asked or date.min, -one.points[0], one.id


def _ranked(one: Candidate, best: float, today: date, weights: Weights) -> Ranked:
    points = (
        round(weights.fit * _fit(one.fit, best), 1),
        round(weights.capacity * _capacity(one), 1),
        round(weights.unasked * _elapsed(one.last_asked, today, UNASKED_DAYS), 1),
        round(weights.fresh * _freshness(one, today), 1),
    )
    return Ranked(one.id, round(sum(points), 1), points, one, today, weights)


def _rank_of(fit: Fit) -> float:
    """The engine's rank, as a number that can be compared; nonsense counts as no match."""
    return fit.text if fit.text is not None and isfinite(fit.text) and fit.text > 0 else 0.0


def _fit(fit: Fit, best: float) -> float:
    """From 0 to 1. Words are measured by the best answer to this query, as an engine's ranks mean nothing alone."""
    asked = len(fit.matched) + len(fit.missed)
    facets = len(fit.matched) / asked if asked else None
    words = None if fit.text is None else (_rank_of(fit) / best if best else 0.0)
    if facets is None or words is None:
        return next((share for share in (facets, words) if share is not None), 1.0)
    return FACETS_SHARE * facets + (1 - FACETS_SHARE) * words


def _capacity(one: Candidate) -> float:
    """From 0 to 1. Whoever is free comes before whoever is not, however much is left to the latter."""
    left = min(1.0, max(0.0, one.left_halves / one.cap_halves)) if one.cap_halves > 0 else 0.0
    return NOT_FREE_SHARE * left if not one.is_free else NOT_FREE_SHARE + (1 - NOT_FREE_SHARE) * left


def _elapsed(day: date | None, today: date, most: int) -> float:
    return 1.0 if day is None else min(most, max(0, (today - day).days)) / most


def _freshness(one: Candidate, today: date) -> float:
    """All on the day of verification, none from twice the period on, when nobody would be offered any more."""
    return 0.0 if one.verified_on is None else 1 - _elapsed(one.verified_on, today, max(1, 2 * one.verify_days))


def _fit_words(fit: Fit) -> str:
    said = [f"matches {listed(fit.matched)}"] if fit.matched else []
    if fit.missed:
        said.append(f"not {listed(fit.missed, 'or')}")
    if fit.text is not None:
        said.append("your words are in the profile" if _rank_of(fit) else "your words are not in the profile")
    return ", ".join(said) or "nothing in particular was asked for"


def _capacity_words(one: Candidate) -> str:
    left = f"{weight_words(max(0, one.left_halves))} of {weight_words(one.cap_halves)} left"
    return f"free now, {left}" if one.is_free else f"not free now, {left}"


def _since(day: date | None, today: date, what: str) -> str:
    if day is None:
        return f"never {what}"
    days = max(0, (today - day).days)
    return f"{what} today" if days == 0 else f"{what} {days} day{'' if days == 1 else 's'} ago"
