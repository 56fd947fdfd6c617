"""How the program stands: one figure from five measures, what it means, and the two that hold it back most.

The measures are who takes part, what people say in the pulse, advocates against targets, requests fulfilled, and what
leader and champion say of themselves. Each is set against what a program that lasts reaches, and all weigh the same.
Decides no next step in words; that is up to the views.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.adoption import MEETS_CUSTOMERS, SMALLEST, Count, by_function, shown, together
from domain.health_figures import Coverage, Nudged, Voice
from domain.pulse import LOWEST
from domain.request_rates import Rates
from domain.self_checks import Part as Role
from domain.self_checks import Summary

FEWEST = 3
"""Measures: with fewer it is too early for a verdict."""

DRAGS = 2
"""Measures that are named as holding it back: as many as somebody can work on at once."""

ON_COURSE_FROM, STALLING_FROM = 75, 40
"""Points of a hundred. Three quarters of what lasting programs reach is on course; below two fifths, most of it has not
begun to move."""

APART = 0.3
"""Between somebody's own view and the figures, in parts of the whole scale: more than a matter of mood."""


class Measure(StrEnum):
    """What the program is measured by; the value is its name in reports."""

    ADOPTION = "adoption"
    PULSE = "pulse"
    COVERAGE = "coverage"
    FILL_RATE = "fill rate"
    SELF_CHECKS = "self-checks"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a measure begins, and from where it is as good as it needs to be."""

    floor: float
    fine: float

    def attained(self, value: float) -> float:
        """How much of the way there, 0 to 1."""
        return min(1.0, max(0.0, (value - self.floor) / (self.fine - self.floor)))


SCALES: Mapping[Measure, Scale] = MappingProxyType(
    {
        # Three in ten within a quarter: more than the enthusiasts, and not everybody has a customer just now.
        Measure.ADOPTION: Scale(0, 0.3),
        Measure.PULSE: Scale(LOWEST, 3.5),  # clear of 3, at which an element holds people back
        Measure.COVERAGE: Scale(0, 0.8),  # advocates rest and leave: all targets are never full at once
        Measure.FILL_RATE: Scale(0, 0.8),  # one request in five asks for what there is not
        Measure.SELF_CHECKS: Scale(LOWEST, 4),  # "mostly"
    }
)


class Verdict(StrEnum):
    """What it comes to."""

    ON_COURSE = "on course"
    STALLING = "stalling"
    FAILING = "failing to launch"


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is counted, of one period (both days included) and, of nominations, of as long a one before."""

    first: date
    last: date
    adoption: Sequence[Count] = ()
    requests: Rates = field(default_factory=Rates)
    voice: Voice | None = None
    coverage: Coverage | None = None
    nudged: Nudged = field(default_factory=Nudged)
    nominations: Mapping[str, int] = field(default_factory=dict)
    nominations_before: Mapping[str, int] = field(default_factory=dict)
    self_checks: Mapping[Role, Summary] = field(default_factory=dict)

    @property
    def audience(self) -> Count:
        """Everybody who can be expected to take part."""
        return together(self._expected())

    def functions(self) -> list[tuple[Count, bool]]:
        """The same by function, each with whether it may be told of."""
        rows = by_function(self._expected())
        return list(zip(rows, shown(rows), strict=True))

    def _expected(self) -> list[Count]:
        return [one for one in self.adoption if one.function in MEETS_CUSTOMERS]

    def values(self) -> dict[Measure, float | None]:
        """Each measure in its own unit; None for what is not known yet."""
        checks = [one.mean for one in self.self_checks.values()]
        audience = self.audience
        return {
            Measure.ADOPTION: audience.share if audience.people >= SMALLEST else None,
            Measure.PULSE: self.voice.mean if self.voice else None,
            Measure.COVERAGE: self.coverage.covered / self.coverage.wanted if self.coverage else None,
            Measure.FILL_RATE: self.requests.fill_rate,
            Measure.SELF_CHECKS: sum(checks) / len(checks) if checks else None,
        }


@dataclass(frozen=True, slots=True)
class Health:
    """What each measure has attained (0 to 1, None: not known yet), what that comes to, and what holds it back most.

    `points` (0 to 100) and `verdict` are None while too few measures are known.
    """

    attained: Mapping[Measure, float | None]
    points: int | None
    verdict: Verdict | None
    drags: tuple[Measure, ...]


def judge(values: Mapping[Measure, float | None]) -> Health:
    """The verdict on these."""
    return judged({one: None if (value := values[one]) is None else SCALES[one].attained(value) for one in Measure})


def judged(attained: Mapping[Measure, float | None]) -> Health:
    """The verdict on what each has attained. Drags are those that have attained least, and never one that is fine."""
    known = {one: part for one, part in attained.items() if part is not None}
    below = sorted((one for one in known if known[one] < 1), key=lambda one: known[one])
    points = _points(known.values()) if len(known) >= FEWEST else None
    return Health(attained, points, None if points is None else verdict_on(points), tuple(below[:DRAGS]))


def _points(parts: Iterable[float]) -> int:
    """Rounded down, so that nobody reads 75 of a program that is not there yet."""
    some = list(parts)
    return int(100 * sum(some) / len(some) + 1e-9)


def verdict_on(points: int) -> Verdict:
    """What so many points mean."""
    if points >= ON_COURSE_FROM:
        return Verdict.ON_COURSE
    return Verdict.STALLING if points >= STALLING_FROM else Verdict.FAILING


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Somebody's own view beside the figures: both as a share of the way, 0 to 1."""

    who: Role
    said: float
    measured: float

    @property
    def is_rosier(self) -> bool:
        """Whether they see it better than the figures do."""
        return self.said > self.measured


def disagreements(figures: Figures, health: Health) -> list[Disagreement]:
    """Where leader or champion see it clearly otherwise than what is measured of others. Nothing while less than two
    other measures are known."""
    others = [part for one, part in health.attained.items() if part is not None and one is not Measure.SELF_CHECKS]
    if len(others) < FEWEST - 1:
        return []
    measured = sum(others) / len(others)
    views = {who: SCALES[Measure.SELF_CHECKS].attained(one.mean) for who, one in figures.self_checks.items()}
    return [Disagreement(who, said, measured) for who, said in views.items() if abs(said - measured) >= APART]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it; `trend` are the quarters of both self-checks, the oldest first."""

    figures: Figures
    health: Health
    disagreements: Sequence[Disagreement]
    trend: Sequence[Summary]
