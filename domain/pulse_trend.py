"""How a group's five scores went from pulse to pulse. Decides which pulses can be drawn, and in which order groups are
offered; what may be told of a group was decided before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.names import fold
from domain.pulse import ELEMENTS, Element, GroupResult, PulseResult
from domain.pulse_groups import EVERYBODY

FEWEST = 2
"""Pulses: one alone is no trend."""

MOST = 12
"""Pulses: three years of quarters, the newest of them."""


@dataclass(frozen=True, slots=True)
class Point:
    """A group in one pulse: when it was held, how many answered, and each element's unrounded mean."""

    held_on: date
    n: int
    means: Mapping[Element, float]


@dataclass(frozen=True, slots=True)
class Trend:
    """A group over the pulses in which all of its means may be shown, the oldest first; `left_out` counts those in
    which one may not: a line through it would be a guess."""

    group: str
    points: tuple[Point, ...]
    left_out: int = 0

    @property
    def change(self) -> Mapping[Element, float]:
        """Each element's newest mean less its oldest one."""
        oldest, newest = self.points[0].means, self.points[-1].means
        return {element: newest[element] - oldest[element] for element in ELEMENTS}


def trends(found: Sequence[PulseResult]) -> list[Trend]:
    """Every group that stood in several of these pulses (the newest last), by its newest name: everybody first, then
    who has most pulses."""
    of_groups: defaultdict[str, list[tuple[PulseResult, GroupResult]]] = defaultdict(list)
    for pulse in found:
        for one in pulse.groups:
            if one.team is None:
                of_groups[fold(one.group)].append((pulse, one))
    made = [_trend(held[-1][1].group, held) for held in of_groups.values()]
    return sorted(
        (one for one in made if len(one.points) >= FEWEST),
        key=lambda one: (one.group != EVERYBODY, -len(one.points), fold(one.group)),
    )


def _trend(group: str, held: Sequence[tuple[PulseResult, GroupResult]]) -> Trend:
    points = [point for pulse, one in held if (point := _point(pulse, one)) is not None]
    return Trend(group, tuple(points[-MOST:]), len(held) - len(points))


def _point(pulse: PulseResult, one: GroupResult) -> Point | None:
    if one.told is None:
        return None
    means = {element: mean for element, mean in one.told.means.items() if mean is not None}
    return Point(pulse.held_on, one.told.n, means) if len(means) == len(ELEMENTS) else None
