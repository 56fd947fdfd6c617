"""What the program has against what it wants, on one day. Counting is up to domain.portfolio.

Who is available is decided as a look-up decides it: offered at all, and free today for what is asked of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from domain import permissions
from domain.advocates import State
from domain.moment import Moment
from domain.near import term_words
from domain.people import Actor
from domain.portfolio import (
    FACETS,
    Behind,
    Criteria,
    Listed,
    Measured,
    Member,
    Portfolio,
    Roll,
    Supply,
    Target,
    Wanted,
    activities_of,
)
from domain.protection import Facts, free_for, has_room
from domain.query import Facet, Query, Vocabularies, placed
from domain.query.model import Term, filter_of
from domain.query.places import REGION_NAMES
from domain.settings import Settings
from domain.targets import from_stored
from domain.time_zones import zone_of
from domain.vocabulary import Activity
from steps import findable, lookup, protection, querying, vocabulary
from storage import portfolio as stored
from storage import settings, targets
from storage.documents import facet_word
from storage.guard import GuardedSession
from storage.portfolio import AccountRow, MemberRow
from storage.search import Value

PAGE = 5
"""Advocates behind a figure that are shown at a time: as many as a look-up shows."""

NOBODY = frozenset[Activity]()


@dataclass(frozen=True, slots=True)
class Census:
    """Everybody who is published, and how the workspace calls what they have in common."""

    roll: Roll
    terms: Vocabularies
    account_of: Mapping[str, str | None]
    words_of: Mapping[str, Sequence[str]]
    today: date

    @classmethod
    def take(cls, session: GuardedSession, moment: Moment, known: Settings) -> "Census":
        """Count everybody. Five statements, however many there are."""
        today = moment.now.astimezone(zone_of(known.time_zone)).date()
        terms = vocabulary.load(session)
        facts = protection.facts_of_all(session, known, today)
        rows = stored.members(session)
        words: dict[str, Sequence[str]] = {row.advocate_id: row.facets.split(" ") if row.facets else () for row in rows}
        roll = Roll.of(_member(row, words[row.advocate_id], facts.get(row.advocate_id), today) for row in rows)
        accounts = {row.advocate_id: row.account_id for row in rows}
        return cls(roll, terms, accounts, words, today)

    def wanted(self, criteria: Criteria) -> Wanted:
        """The criteria in the words of the index, under every name that the workspace has for them."""
        asked = querying.wanted(self._query(criteria), self.terms, self.today)
        values = [[term for term in some if isinstance(term, Value)] for some in asked.all_of]
        return Wanted([{facet_word(one.facet, one.value) for one in some} for some in values], activities_of(criteria))

    def _query(self, criteria: Criteria) -> Query:
        filters = (
            filter_of(facet, [Term(self._called(facet, value), value, explicit=True) for value in values])
            for facet, values in criteria.items()
            if values
        )
        return Query(placed(filters))

    def _called(self, facet: Facet, value: str) -> str:
        """What the workspace calls it by now."""
        found = self.terms.find(term_words(value), value, (facet,))
        return found[0].value if found else value

    def measured(self, target: Target) -> Measured:
        """What there is of a target."""
        wanted = self.wanted(target.criteria)
        return Measured(target, self.roll.active(wanted), self.roll.available(wanted))

    def supply(self, accounts: Iterable[AccountRow]) -> Iterator[Supply]:
        """One row for each value of each facet that an account or an advocate has, by facet and name."""
        labels = _labels(self.terms)
        customers: dict[str, set[str]] = {}
        for row in accounts:
            for facet, value in account_values(row):
                word = facet_word(facet.value, value)
                customers.setdefault(word, set()).add(row.id)
                labels.setdefault(word, (facet, value))
        for advocate_id, words in self.words_of.items():
            account_id = self.account_of[advocate_id]
            if account_id is not None:
                for word in words:
                    customers.setdefault(word, set()).add(account_id)
        by_value: dict[tuple[Facet, str], set[str]] = {}
        for word in {*self.roll.words(), *customers}:
            by_value.setdefault(labels.get(word) or _label(word), set()).add(word)
        order = {facet: place for place, facet in enumerate(FACETS)}
        for (facet, value), known_as in sorted(
            by_value.items(), key=lambda one: (order[one[0][0]], one[0][1].casefold())
        ):
            activities = activities_of({facet: (value,)})
            wanted = Wanted([known_as], activities)
            count = len(set[str]().union(*(customers.get(word, ()) for word in known_as)))
            yield Supply(facet, value, count, self.roll.active(wanted), self.roll.available(wanted))


def _member(row: MemberRow, words: Sequence[str], facts: Facts | None, today: date) -> Member:
    is_active = row.state == State.ACTIVE.value
    if facts is None or not row.offered or not lookup.is_offered(facts, today):
        return Member(row.advocate_id, row.account_id, words, is_active)
    accepted = [activity for word in words if (activity := _ACTIVITY_OF.get(word)) is not None]
    free = free_for(facts, accepted, today)
    return Member(row.advocate_id, row.account_id, words, is_active, has_room(facts, today), free)


_ACTIVITY_OF = {facet_word(Facet.ACTIVITY.value, activity.value): activity for activity in Activity}


def account_values(row: AccountRow) -> Iterator[tuple[Facet, str]]:
    """What a target could name of an account."""
    for facet, value in ((Facet.INDUSTRY, row.industry), (Facet.SEGMENT, row.segment)):
        if value:
            yield facet, value
    yield from ((Facet.PRODUCT, product) for product in row.products or () if product)
    yield from findable.places(row.country, row.region)


def _labels(terms: Vocabularies) -> dict[str, tuple[Facet, str]]:
    """The value that each word of the index stands for, whatever else the value is called."""
    named = {facet_word(Facet.REGION.value, name): (Facet.REGION, name) for name in REGION_NAMES}
    for facet, values in terms.values.items():
        for value, others in values.items():
            named |= {facet_word(facet.value, other): (facet, value) for other in others}
    for facet, values in terms.values.items():
        named |= {facet_word(facet.value, value): (facet, value) for value in values}
    return named


def _label(word: str) -> tuple[Facet, str]:
    """A value of which no vocabulary knows: a country's code, or what a profile says, as far as the index keeps it."""
    _, facet, *parts = word.split(word[0])
    said = " ".join(parts)
    return Facet(facet), said.upper() if facet == Facet.COUNTRY else said


def target_of(held: targets.Held) -> Target:
    """A stored target."""
    row = held.row
    return Target(row.id, row.name, from_stored(row.criteria), row.count, row.due_on, held.owner_slack_id, row.version)


def read(session: GuardedSession, moment: Moment) -> Portfolio:
    """Supply and targets. Eight statements, however many advocates, accounts and targets there are."""
    known = settings.load(session)
    census = Census.take(session, moment, known)
    found = tuple(census.measured(target_of(held)) for held in targets.every(session))
    supply = tuple(census.supply(stored.accounts(session)))
    everybody = Wanted()
    return Portfolio(supply, found, census.roll.active(everybody), census.roll.available(everybody), census.today)


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Portfolio:
    """The same, for whoever may see it."""
    permissions.check(actor, permissions.Action.SEE_TARGETS)
    return read(session, moment)


def behind(
    session: GuardedSession, actor: Actor, moment: Moment, criteria: Criteria, page: int, *, available: bool
) -> Behind:
    """The advocates behind a figure. Seven statements."""
    permissions.check(actor, permissions.Action.SEE_TARGETS)
    census = Census.take(session, moment, settings.load(session))
    wanted = census.wanted(criteria)
    total = census.roll.available(wanted) if available else census.roll.active(wanted)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    ids = list(islice(census.roll.chosen(wanted, available=available), page * PAGE, (page + 1) * PAGE))
    people = tuple(Listed(*row) for row in stored.shown(session, ids))
    return Behind(criteria, people, page, pages, total, available)
