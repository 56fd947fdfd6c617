"""What the program's health is counted from: what the newest pulse says as a whole, targets, nudges.

Decides what counts as what; what the figures come to is `domain.health`'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.portfolio import Measured
from domain.pulse import ELEMENTS, HIGHEST, Barrier, Element, PulseResult, Told, barrier_point

WINDOW = timedelta(days=90)
"""What counts as now: a quarter, so that a holiday or a busy month does not decide."""

PULSE_LASTS = timedelta(days=200)
"""A pulse older than two quarters and a little says nothing of today."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What the newest pulse says as a whole: its lowest element and that one's mean, where people are stuck first, and
    the group in which the lowest mean of all was found; `n` answered."""

    pulse: str
    held_on: date
    n: int
    lowest: Element
    mean: float
    stuck: Barrier
    group: str


def voice_of(found: Sequence[PulseResult], since: date) -> Voice | None:
    """The same from what may be told of the pulses held since then (the newest last); None where nothing may."""
    for one in reversed(found):
        told = {group.group: group.told for group in one.groups if group.told and group.team is None}
        whole = next((group.told for group in one.groups if group.is_all and group.told), None)
        means = _means([whole] if whole else list(told.values()))
        if one.held_on < since:
            return None
        known = {element: mean for element, mean in zip(ELEMENTS, means, strict=True) if mean is not None}
        if known:
            lowest = min(known, key=lambda element: known[element])
            n = whole.n if whole else sum(group.n for group in told.values())
            return Voice(one.name, one.held_on, n, lowest, known[lowest], barrier_point(means), _weakest(told, lowest))
    return None


def _means(told: Sequence[Told]) -> list[float | None]:
    return [_mean([(one.n, _score(one, element)) for one in told]) for element in ELEMENTS]


def _mean(scores: Iterable[tuple[int, float | None]]) -> float | None:
    known = [(n, score) for n, score in scores if score is not None]
    return sum(n * score for n, score in known) / sum(n for n, _score in known) if known else None


def _score(told: Told, element: Element) -> float | None:
    """A mean, or the end of the scale that everybody chose."""
    return told.unanimous.get(element, told.means.get(element))


def _weakest(told: Mapping[str, Told], element: Element) -> str:
    """The group that scored this element lowest."""
    return min(told, key=lambda group: HIGHEST if (score := _score(told[group], element)) is None else score)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Targets together: how many advocates are wanted and how many of these there are; the target with the largest gap,
    and the gap. What one target has too much covers no other."""

    wanted: int
    covered: int
    largest: str
    gap: int

    @classmethod
    def of(cls, targets: Sequence[Measured]) -> "Coverage | None":
        """The same from all targets; None without any."""
        wanted = sum(one.target.count for one in targets)
        if not wanted:
            return None
        covered = sum(min(one.target.count, one.available) for one in targets)
        worst = max(targets, key=lambda one: one.gap)
        return cls(wanted, covered, worst.target.name, worst.gap)


@dataclass(frozen=True, slots=True)
class Nudged:
    """Occasions for a nudge: how many were sent, how many were silent on purpose to see what comes of it, and how many
    something spoke against."""

    sent: int = 0
    silent: int = 0
    skipped: int = 0
