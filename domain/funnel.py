"""What became of nominations, by where they came from, and which ways to nominate nobody takes. Decides no state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.nominations import Source

TOUCHPOINTS = tuple(source for source in Source if source is not Source.IMPORT)
"""Ways in which people nominate; an import brings in what was known already."""


class Stage(StrEnum):
    """What a nomination waits for, one after the other."""

    REVIEW = "review"
    INTRODUCTION = "introduction"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Time:
    """How many have left a stage, and how many days they were in it, all together."""

    n: int = 0
    days: float = 0.0

    @property
    def mean(self) -> float | None:
        """Days on average; None where none has left it."""
        return self.days / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Nominations from one source (None: from all), and how many of them have come how far by now: each stage counts
    those that went beyond it too. `times`: how long they were in each stage that they have left."""

    source: Source | None
    nominated: int = 0
    accepted: int = 0
    introduced: int = 0
    published: int = 0
    times: Mapping[Stage, Time] = field(default_factory=lambda: dict.fromkeys(Stage, Time()))


def whole(rows: Iterable[Funnel]) -> Funnel:
    """All sources together."""
    some = list(rows)
    times = {
        stage: Time(sum(row.times[stage].n for row in some), sum(row.times[stage].days for row in some))
        for stage in Stage
    }
    return Funnel(
        None,
        sum(row.nominated for row in some),
        sum(row.accepted for row in some),
        sum(row.introduced for row in some),
        sum(row.published for row in some),
        times,
    )


def silent(rows: Sequence[Funnel]) -> list[Source]:
    """The ways to nominate by which nothing came, in their order."""
    there = {row.source for row in rows if row.nominated}
    return [source for source in TOUCHPOINTS if source not in there]
