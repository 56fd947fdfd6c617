"""What advocates may have to do with deals: how many, how much, how often won and how quickly, with and without one.

Decides no influence (storage.value finds it, by a rule that is written there) and proves no cause: deals that get an
advocate may be better ones to begin with. Amounts are kept by currency and never added across.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from domain.errors import RuleError
from domain.opportunities import DealKind, Status

INFLUENCE_DAYS = 180
"""A use of an advocate counts for deals that close up to so many days later: as long as most deals take."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that a period may name: an older or a later one is a slip, and the time before it may not exist."""

LEAST = 10
"""Deals: of fewer, a rate or a mean would be chance, and is withheld."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which deals close, the last one included; None is open to that side."""

    first: date | None = None
    last: date | None = None

    def before(self) -> "Period | None":
        """As many days just before; None where there is no such period."""
        if self.first is None or self.last is None:
            return None
        return Period(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))


def check_period(first: date | None, last: date | None) -> Period:
    """The period from one day to another. Raises RuleError when it ends before it begins, or is of another age."""
    if any(day is not None and not EARLIEST <= day <= LATEST for day in (first, last)):
        raise RuleError(f"Days from {EARLIEST.year} to {LATEST.year}, please.")
    if first is not None and last is not None and last < first:
        raise RuleError(f"The period ends on {last.isoformat()}, before it begins on {first.isoformat()}.")
    return Period(first, last)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which deals count: those that close in the period, of accounts with one of each facet's values; and which uses
    of advocates: of these activities. Empty is all."""

    period: Period = Period()
    industries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, each by name."""

    industries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """Deals that have these in common: how many, their hundredths where an amount is known, and of how many it is known
    how many days they took, together."""

    status: Status
    kind: DealKind
    currency: str | None
    influenced: bool
    n: int
    hundredths: int
    days: int
    timed: int


Amounts = Mapping[str, Decimal]
"""By currency."""


@dataclass(slots=True)
class Figures:
    """What is told of some deals. `timed` and `days` are of closed ones whose first day is known."""

    counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    amounts: dict[Status, dict[str, Decimal]] = field(default_factory=lambda: {status: {} for status in Status})
    won_by_kind: dict[DealKind, dict[str, Decimal]] = field(default_factory=lambda: {kind: {} for kind in DealKind})
    timed: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    days: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))

    def add(self, one: Sum) -> None:
        """Count these in."""
        self.counts[one.status] += one.n
        self.timed[one.status] += one.timed
        self.days[one.status] += one.days
        if one.currency and one.hundredths:
            amount = Decimal(one.hundredths) / 100
            _plus(self.amounts[one.status], one.currency, amount)
            if one.status is Status.WON:
                _plus(self.won_by_kind[one.kind], one.currency, amount)

    @property
    def decided(self) -> int:
        """How many were won or lost."""
        return self.counts[Status.WON] + self.counts[Status.LOST]

    @property
    def win_rate(self) -> float | None:
        """Which share of the decided ones was won (0 to 1); None for too few."""
        return self.counts[Status.WON] / self.decided if self.decided >= LEAST else None

    def cycle_days(self, status: Status) -> float | None:
        """How many days such deals took on average; None for too few."""
        return self.days[status] / self.timed[status] if self.timed[status] >= LEAST else None


def _plus(amounts: dict[str, Decimal], currency: str, amount: Decimal) -> None:
    amounts[currency] = amounts.get(currency, Decimal(0)) + amount


@dataclass(slots=True)
class Value:
    """All deals that count, those that an advocate may have influenced, and the others."""

    all: Figures
    influenced: Figures
    others: Figures

    @classmethod
    def of(cls, sums: Iterable[Sum]) -> "Value":
        """The figures of these sums."""
        found = cls(Figures(), Figures(), Figures())
        for one in sums:
            found.all.add(one)
            (found.influenced if one.influenced else found.others).add(one)
        return found


@dataclass(frozen=True, slots=True)
class Brought:
    """What Home tells of deals that close from `first` to `last`: how many were won in all, how many of those with an
    advocate, how many with one are open, and what the latter two are worth, by currency."""

    first: date
    last: date
    won_of_all: int
    won: int
    open: int
    won_amounts: Amounts
    open_amounts: Amounts

    @classmethod
    def of(cls, first: date, last: date, value: Value) -> "Brought":
        """The same of the whole figures."""
        used = value.influenced
        return cls(
            first,
            last,
            value.all.counts[Status.WON],
            used.counts[Status.WON],
            used.counts[Status.OPEN],
            used.amounts[Status.WON],
            used.amounts[Status.OPEN],
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One deal behind the figures."""

    name: str
    account: str | None
    status: str
    kind: str
    stage: str
    hundredths: int | None
    currency: str | None
    opened_on: date | None
    close_on: date | None
    external_id: str | None
    influenced: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The figures, those of the period before (None without one), and what was asked for."""

    filters: Filters
    window_days: int
    value: Value
    before: Value | None
