"""What exists already and makes asking a customer unnecessary: finding it. The rules are in domain.assets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from types import MappingProxyType

from domain import permissions, query
from domain.assets import (
    ABOUT,
    AssetValues,
    Kind,
    Scope,
    closeness,
    is_covered,
    kinds_for,
)
from domain.moment import Moment
from domain.offers import OnHand, Ready
from domain.people import Actor
from domain.permissions import Action
from domain.query import Facet, Query
from domain.vocabulary import Activity
from steps import findable, querying, vocabulary
from storage import assets, profiles, search
from storage.assets import Asset
from storage.guard import GuardedSession
from storage.search import Holding

Terms = Mapping[Facet, Mapping[str, tuple[str, ...]]]
"""What else the values of each facet are called."""

MOST_HITS = 300
"""Advocates whose pieces are looked at: more than anybody scrolls through."""

MOST = 3
"""Pieces offered at once, where nothing else is said: more would hide the form below."""

WAYS = 6
"""The query itself and without one part of it: how often it is asked for something that exists."""

EVERYTHING = Query()
NO_TERMS: Terms = MappingProxyType({})

GONE = "This isn't here any more."


def existing(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    activity: Activity | None,
    line: str,
    advocate_id: str | None = None,
    most: int = MOST,
) -> OnHand:
    """What makes asking a customer unnecessary, best first: the chosen advocate's own, then whatever fits the line.

    Without an activity, of every kind; nothing where nothing on paper could answer it. Five statements, five more for
    a chosen advocate, and one for each part of the line that is left out because nothing fits all of it.
    """
    permissions.check(actor, Action.USE_ASSET)
    kinds, today = kinds_for(activity), actor.today(moment.now)
    if not kinds:
        return OnHand()
    terms = vocabulary.load(session)
    asked = _on_paper(query.parse(line, terms))
    own = _usable(session, {advocate_id: 0.0}, kinds, today) if advocate_id else []
    if advocate_id and asked.asks_nothing:
        return OnHand(tuple(own[:most]))
    wider = () if own else ((said, one) for said, one in query.relaxations(asked) if _asks_for_something(one))
    for left_out, used in islice(chain([(None, asked)], wider), WAYS):
        wanted = querying.wanted(used, terms, today, resting_too=True)
        hits = search.matching(session, replace(wanted, holding=Holding(kinds, today)), MOST_HITS)
        scores = {hit.advocate_id: hit.score for hit in hits if hit.advocate_id != advocate_id}
        found = _usable(session, scores, kinds, today, used, terms.values) if scores else []
        if found:
            return OnHand(tuple((own + found)[:most]), left_out)
        if not own and used is asked and (named := _named(session, asked, kinds, today)):
            return OnHand(tuple(named[:most]))
    return OnHand(tuple(own[:most]))


def _named(session: GuardedSession, asked: Query, kinds: Sequence[Kind], today: date) -> list[Ready]:
    """Pieces that are called so, whatever their advocates' profiles say: people remember titles."""
    words = [*asked.words, *asked.phrases]
    if not words or asked.filters:
        return []
    rows = assets.titled(session, words, [kind.value for kind in kinds], today, MOST_HITS)
    scores = dict.fromkeys((row.advocate_id for row in rows), 0.0)
    return _offered(session, rows, scores, today, asked, NO_TERMS)


def _asks_for_something(asked: Query) -> bool:
    """Whether it says what is wanted, and not only what isn't."""
    return bool(asked.words or asked.phrases or any(not one.excluded for one in asked.filters))


def _on_paper(asked: Query) -> Query:
    """Without what concerns only people: what they would do, and whether they are free."""
    kept = tuple(one for one in asked.filters if one.facet is not Facet.ACTIVITY)
    return replace(asked, filters=kept, available_now=False)


def _usable(
    session: GuardedSession,
    scores: dict[str, float],
    kinds: Sequence[Kind],
    today: date,
    asked: Query = EVERYTHING,
    terms: Terms = NO_TERMS,
) -> list[Ready]:
    """What of these advocates may be used today and is not about something else, best first. Three statements."""
    rows = assets.usable(session, list(scores), [kind.value for kind in kinds], today)
    return _offered(session, rows, scores, today, asked, terms)


def _offered(
    session: GuardedSession,
    rows: Sequence[Asset],
    scores: Mapping[str, float],
    today: date,
    asked: Query,
    terms: Terms,
) -> list[Ready]:
    """Those that their customers still agree to. Two statements."""
    customers = assets.customers(session, {row.advocate_id for row in rows}, findable.FINDABLE)
    consents = profiles.consents_of(session, customers.keys())
    ranked = [
        (-close, -scores[row.advocate_id], at, row)
        for at, row in enumerate(rows)
        if row.advocate_id in customers
        and is_covered(scope_of(row), consents.get(row.advocate_id), today)
        and (close := closeness(about_of(row), asked, terms)) is not None
    ]
    return [ready_from(row, customers[row.advocate_id]) for *_rank, row in sorted(ranked, key=lambda one: one[:3])]


def about_of(row: Asset) -> dict[Facet, tuple[str, ...]]:
    """What a stored piece says of itself."""
    found: dict[Facet, tuple[str, ...]] = {}
    for facet in ABOUT:
        held = row.facets.get(facet.value)
        found[facet] = tuple(map(str, held)) if isinstance(held, list) else ()
    return found


def scope_of(row: Asset) -> Scope:
    """Where a stored piece may be used."""
    return Scope[row.scope.upper()]


def ready_from(row: Asset, who: str) -> Ready:
    """A stored piece as colleagues see it."""
    return Ready(row.kind, row.title, row.link, row.words, row.id, who, scope_of(row).value, row.expires_on)


def of_advocate(session: GuardedSession, advocate_id: str, today: date) -> tuple[Ready, ...]:
    """What of one advocate may be used today, the newest first. Three statements."""
    return tuple(_usable(session, {advocate_id: 0.0}, list(Kind), today))


def values_of(row: Asset) -> AssetValues:
    """A stored piece as it was typed."""
    about = about_of(row)
    return AssetValues(
        kind=Kind(row.kind),
        title=row.title,
        link=row.link,
        words=row.words,
        products=about[Facet.PRODUCT],
        languages=about[Facet.LANGUAGE],
        scope=scope_of(row),
        expires_on=row.expires_on,
    )
