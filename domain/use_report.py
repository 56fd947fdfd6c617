"""How evenly customers are asked: how many uses, of how many advocates, and how much of it the tenth carries who are
asked most. Decides no limit of one advocate; those are domain.capacity's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.value import Period
from domain.vocabulary import Activity

ONE_IN = 10
"""The most asked are one in so many, rounded up."""

LEAST = 10
"""Uses: of fewer, a share would be chance, and is withheld."""

UNEVEN_FROM = 0.5
"""From this share on, the few who are asked most carry half of it: time to spread it."""


@dataclass(frozen=True, slots=True)
class Used:
    """An advocate's uses in a period, their weight in halves, and how many of them went beyond what the rules allow."""

    advocate_id: str
    is_active: bool
    uses: int
    halves: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Uses of a period. `advocates` are those who are active now or were used then, `top` the tenth of them."""

    advocates: int
    used: int
    uses: int
    halves: int
    beyond: int
    top: int
    share: float | None

    @classmethod
    def of(cls, rows: Iterable[Used], active: int) -> "Figures":
        """From all who were used, and how many are active now."""
        some = sorted(rows, key=lambda row: -row.uses)
        advocates = active + sum(not row.is_active for row in some)
        top, uses = -(-advocates // ONE_IN), sum(row.uses for row in some)
        share = sum(row.uses for row in some[:top]) / uses if uses >= LEAST else None
        return cls(
            advocates, len(some), uses, sum(row.halves for row in some), sum(row.beyond for row in some), top, share
        )

    @property
    def is_uneven(self) -> bool:
        """Whether few carry most of it."""
        return self.share is not None and self.share >= UNEVEN_FROM


@dataclass(frozen=True, slots=True)
class Named:
    """An advocate in a list, with their uses in the period and their weight in halves."""

    advocate_id: str
    name: str
    company: str
    uses: int = 0
    halves: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Uses from one day to another, beside as many days before; `activity` None: all. `activities` have how many uses
    each had now and before, `most` are asked most, and `idle` of the active ones were not asked at all, those first who
    have waited longest; `idle_count` is how many these are in all."""

    period: Period
    activity: Activity | None
    now: Figures
    before: Figures
    activities: tuple[tuple[str, int, int], ...] = ()
    most: tuple[Named, ...] = ()
    idle: tuple[Named, ...] = ()
    idle_count: int = 0
