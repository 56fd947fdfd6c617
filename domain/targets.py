"""What makes sense as a target, and which targets the demand suggests. Decides nothing about what there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from domain.errors import RuleError
from domain.names import clean_line
from domain.portfolio import FACETS, Criteria, Portfolio, in_words
from domain.query import Facet

NAME_LIMIT = 80
"""Characters of a target's name: what a line of a list and the label of a bar can hold."""

MOST_WANTED = 1000
"""Advocates that one target may ask for; nobody has found more of one kind."""

MOST_VALUES = 20
"""Values of one facet in a target: more is no kind of customer any more."""

MOST_TARGETS = 200
"""Targets of a workspace: more than anybody follows."""

FIELDS: Mapping[Facet, str] = MappingProxyType({Facet.PRODUCT: "products", Facet.LANGUAGE: "languages"})
"""What a form's field is called where it isn't called like its facet."""

DEMAND_DAYS = 90
"""How far back demand is looked at: a quarter, in which what was needed is still needed."""

SUGGESTED = 5
"""Suggestions shown at once: what a leader reads through before the quarter's plan."""


@dataclass(frozen=True, slots=True)
class Values:
    """What somebody typed into a target's form. `name` may be empty: the criteria then stand for it."""

    name: str
    count: str
    due_on: date | None
    owner_slack_id: str | None
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Checked:
    """The same, as it can be kept."""

    name: str
    count: int
    due_on: date
    criteria: Criteria


def checked(values: Values, today: date, before: date | None = None) -> Checked:
    """The values as they can be kept; a day that stood there `before` may stay although it has passed.

    Raises RuleError naming each field that needs another look.
    """
    wrong: dict[str, str] = {}
    count = _whole_number(values.count)
    if count is None:
        wrong["count"] = f"A whole number from 1 to {MOST_WANTED:,}, please."
    if values.due_on is None:
        wrong["due_on"] = "By which day should they be there?"
    elif values.due_on < today and values.due_on != before:
        wrong["due_on"] = "That day has passed. Please pick one that is still to come."
    criteria = {facet: tuple(dict.fromkeys(values.criteria[facet])) for facet in FACETS if values.criteria.get(facet)}
    for facet, some in criteria.items():
        if len(some) > MOST_VALUES:
            wrong[FIELDS.get(facet, facet.value)] = (
                f"At most {MOST_VALUES}, please: a target seeks one kind of advocate."
            )
    if wrong or count is None or values.due_on is None:
        raise RuleError("Some fields need another look.", wrong)
    name = clean_line(values.name, 4 * NAME_LIMIT) or in_words(criteria)
    return Checked(_short(name), count, values.due_on, criteria)


def _whole_number(typed: str) -> int | None:
    text = typed.strip().replace(",", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_WANTED))):
        return None
    return int(text) if 1 <= int(text) <= MOST_WANTED else None


def _short(name: str) -> str:
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Demand:
    """Somebody needed an advocate of this kind and there was none: how often looked up, awaited, and asked for."""

    criteria: Criteria
    looked_up: int = 0
    awaited: int = 0
    requested: int = 0

    @property
    def weight(self) -> int:
        """How strongly it speaks for a target: a request weighs more than a wish, and a wish more than a look."""
        return self.looked_up + 2 * self.awaited + 3 * self.requested


@dataclass(slots=True)
class Tally:
    """Demand by its criteria, as it comes in."""

    _found: dict[tuple[tuple[str, tuple[str, ...]], ...], Demand] = field(default_factory=dict)

    def add(self, criteria: Criteria, *, looked_up: int = 0, awaited: int = 0, requested: int = 0) -> None:
        """Note demand; what names nothing that a target could name is left out."""
        if not criteria:
            return
        so_far = self._found.get(key_of(criteria), Demand(criteria))
        self._found[key_of(criteria)] = Demand(
            criteria, so_far.looked_up + looked_up, so_far.awaited + awaited, so_far.requested + requested
        )

    def suggestions(self, there: Iterable[Criteria]) -> tuple[Demand, ...]:
        """What most is needed and no target asks for yet, the strongest first."""
        known = {key_of(criteria) for criteria in there}
        open_ones = [one for key, one in self._found.items() if key not in known]
        return tuple(sorted(open_ones, key=lambda one: (-one.weight, in_words(one.criteria)))[:SUGGESTED])


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is against what is wanted, and what the demand suggests. `campaigns` are ids of those that run, by
    their target; `may_run` says whether the reader may start one."""

    portfolio: Portfolio
    suggested: tuple[Demand, ...]
    may_edit: bool
    campaigns: Mapping[str, str] = field(default_factory=dict)
    may_run: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a target's form opens with; `id` is None for a new one."""

    criteria: Criteria
    name: str = ""
    count: int | None = None
    due_on: date | None = None
    owner_slack_id: str | None = None
    id: str | None = None
    version: int = 0


def key_of(criteria: Criteria) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same for criteria that mean the same."""
    return tuple((facet.value, tuple(sorted(criteria[facet]))) for facet in FACETS if criteria.get(facet))


def as_stored(criteria: Criteria) -> dict[str, list[str]]:
    """Criteria as a row and a report hold them."""
    return {facet.value: list(criteria[facet]) for facet in FACETS if criteria.get(facet)}


def from_stored(stored: Mapping[str, Iterable[str]]) -> Criteria:
    """The same back."""
    return {facet: tuple(stored[facet.value]) for facet in FACETS if stored.get(facet.value)}
