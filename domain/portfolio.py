"""What the program has of each kind of advocate, against what the company wants of it.

Decides no availability: whether somebody may be asked is in `protection`. Everything here is counted in one pass,
however many advocates and targets there are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.query import Facet, shown_value
from domain.vocabulary import Activity

FACETS = (
    Facet.INDUSTRY,
    Facet.REGION,
    Facet.COUNTRY,
    Facet.PRODUCT,
    Facet.PERSONA,
    Facet.SEGMENT,
    Facet.ACTIVITY,
    Facet.LANGUAGE,
)
"""What a target may name and supply is told by, in the order in which people say it."""

Criteria = Mapping[Facet, tuple[str, ...]]
"""Whom a target seeks: of each facet named at least one of its values. Values are canonical, a country its code."""

Word = str
"""A value of a facet as the index knows it."""


def gap(wanted: int, available: int) -> int:
    """How many are still to be found; never less than none."""
    return max(0, wanted - available)


def in_words(criteria: Criteria) -> str:
    """The criteria as people say them: "healthcare, CISO or CIO, EMEA"."""
    parts = (
        " or ".join(shown_value(facet, value) for value in criteria[facet]) for facet in FACETS if facet in criteria
    )
    return ", ".join(parts) or "any advocate"


def activities_of(criteria: Criteria) -> frozenset[Activity]:
    """What those who are sought would have to do; empty where that does not matter."""
    known = set(Activity)
    return frozenset(Activity(value) for value in criteria.get(Facet.ACTIVITY, ()) if value in known)


@dataclass(frozen=True, slots=True)
class Target:
    """How many available advocates of a kind the company wants, by when, and who sees to it."""

    id: str
    name: str
    criteria: Criteria
    count: int
    due_on: date
    owner_slack_id: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """A target and what there is of it: `active` are published, `available` of them could be asked today."""

    target: Target
    active: int
    available: int

    @property
    def gap(self) -> int:
        """How many are still to be found."""
        return gap(self.target.count, self.available)

    def is_late(self, today: date) -> bool:
        """Whether its day has passed with a gap."""
        return self.gap > 0 and self.target.due_on < today


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is of one value of a facet. `accounts` are customers it can be said of, or of their advocates."""

    facet: Facet
    value: str
    accounts: int
    active: int
    available: int

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return shown_value(self.facet, self.value)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All of it, on one day. Targets by what is due first."""

    supply: tuple[Supply, ...]
    targets: tuple[Measured, ...]
    active: int
    available: int
    today: date


@dataclass(frozen=True, slots=True)
class Listed:
    """One advocate behind a figure."""

    id: str
    name: str
    company: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The advocates behind a figure, a page of them; `available` says which figure."""

    criteria: Criteria
    people: tuple[Listed, ...]
    page: int
    pages: int
    total: int
    available: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One published advocate. `is_available`: they could be asked for something today; `free_for`: for what."""

    id: str
    account_id: str | None
    words: Collection[Word]
    is_active: bool
    is_available: bool = False
    free_for: frozenset[Activity] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must hold: of each of `all_of` at least one word; then what they would be asked for, if anything."""

    all_of: Sequence[Collection[Word]] = ()
    activities: frozenset[Activity] = frozenset()


@dataclass(slots=True)
class Roll:
    """Everybody who is published, to be counted by any mix of values: sets of people are whole numbers, a bit each,
    so that two hundred targets over a hundred thousand advocates cost a fraction of a second."""

    ids: list[str] = field(default_factory=list)
    _having: dict[Word, int] = field(default_factory=dict)
    _free: dict[Activity, int] = field(default_factory=dict)
    _active: int = 0
    _available: int = 0

    @classmethod
    def of(cls, members: Iterable[Member]) -> "Roll":
        """The roll of these."""
        having: dict[Word, list[int]] = {}
        free: dict[Activity, list[int]] = {}
        ids, active, available = [], [], []
        for place, one in enumerate(members):
            ids.append(one.id)
            for word in one.words:
                having.setdefault(word, []).append(place)
            for activity in one.free_for:
                free.setdefault(activity, []).append(place)
            if one.is_active:
                active.append(place)
            if one.is_available:
                available.append(place)
        size = len(ids)
        return cls(
            ids,
            {word: _set_of(places, size) for word, places in having.items()},
            {activity: _set_of(places, size) for activity, places in free.items()},
            _set_of(active, size),
            _set_of(available, size),
        )

    def words(self) -> Collection[Word]:
        """Every word that somebody has."""
        return self._having.keys()

    def active(self, wanted: Wanted) -> int:
        """How many who fit are published."""
        return (self._fitting(wanted) & self._active).bit_count()

    def available(self, wanted: Wanted) -> int:
        """How many who fit could be asked today."""
        return (self._fitting(wanted) & self._could(wanted.activities)).bit_count()

    def chosen(self, wanted: Wanted, *, available: bool) -> Iterator[str]:
        """The ids of those who fit, in their order: the published ones, or those who could be asked today."""
        found = self._fitting(wanted) & (self._could(wanted.activities) if available else self._active)
        while found:
            lowest = found & -found
            yield self.ids[lowest.bit_length() - 1]
            found ^= lowest

    def _fitting(self, wanted: Wanted) -> int:
        found = (1 << len(self.ids)) - 1
        for words in wanted.all_of:
            some = 0
            for word in words:
                some |= self._having.get(word, 0)
            found &= some
        return found

    def _could(self, activities: Collection[Activity]) -> int:
        if not activities:
            return self._available
        some = 0
        for activity in activities:
            some |= self._free.get(activity, 0)
        return some


def _set_of(places: Iterable[int], size: int) -> int:
    bits = bytearray(size // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")
