"""Which part of a query to leave out when nobody fits. Decides nothing about who fits."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from domain.phrases import listed
from domain.query.model import PLACES, Facet, Filter, Query, Term, filter_of, placed, shown_value

MOST = 12
"""Queries that are tried: each costs a search, and a person waits."""

ONE_BY_ONE = 5
"""Words that are left out one at a time: of more, it is hardly a single one that keeps everybody away."""

RELAXED_FACETS = (
    Facet.SEGMENT,
    Facet.COUNTRY,
    Facet.REGION,
    Facet.LANGUAGE,
    Facet.PERSONA,
    Facet.PRODUCT,
    Facet.INDUSTRY,
    Facet.ACTIVITY,
)
"""From the least important on. The size of a company hardly matters to whoever listens; a customer abroad still
convinces, but not in a language that nobody speaks; role, product and industry are what a story is about; and who
does not do the activity can't be asked at all."""


def relaxations(query: Query) -> Iterator[tuple[str, Query]]:
    """The query with one part left out at a time, least important first, and that part in words; at most MOST.

    First what was only guessed or passes by itself: a mended slip is taken as typed, then "free now" goes, a phrase
    becomes its words, words go, the last typed first, then all at once; then the facets. What was
    excluded stays excluded: somebody meant it. Never yields a query that asks for nothing.
    """
    found = 0
    for said, relaxed in _all(query):
        if not relaxed.asks_nothing and found < MOST:
            found += 1
            yield said, relaxed


def _all(query: Query) -> Iterator[tuple[str, Query]]:
    yield from _without_guesses(query)
    if query.available_now:
        yield "free to be asked now", replace(query, available_now=False)
    yield from _without_texts(query)
    for facet in RELAXED_FACETS:
        yield from (_without_place if facet in PLACES else _without_facet)(query, facet)


def _without_guesses(query: Query) -> Iterator[tuple[str, Query]]:
    for one in query.filters:
        for term in one.terms:
            sure = any(other.value == term.value and not other.slip for other in one.terms)
            if term.slip and not sure and not one.excluded:
                said = f"“{term.said}” as typed, not {shown_value(one.facet, term.value)}"
                yield said, _as_typed(query, one, term)


def _without_texts(query: Query) -> Iterator[tuple[str, Query]]:
    for phrase in query.phrases:
        if " " in phrase:
            rest = tuple(other for other in query.phrases if other != phrase)
            words = tuple(dict.fromkeys((*query.words, *phrase.split())))
            yield f"“{phrase}” as a phrase, only its words", replace(query, phrases=rest, words=words)
    for word in list(reversed(query.words))[:ONE_BY_ONE]:
        yield f"the word “{word}”", replace(query, words=tuple(other for other in query.words if other != word))
    if len(query.words) > 1:  # of a whole sentence no single word is what keeps everybody away
        yield f"the words {listed([f'“{word}”' for word in query.words])}", replace(query, words=())
    for phrase in query.phrases:
        yield f"“{phrase}”", replace(query, phrases=tuple(other for other in query.phrases if other != phrase))


def _asked(query: Query, facets: Collection[Facet]) -> list[Filter]:
    return [one for one in query.filters if one.facet in facets and not one.excluded]


def _leaving_out(query: Query, dropped: Sequence[Filter]) -> tuple[str, Query]:
    said = ", ".join(f"{one.facet}: {one.shown}" for one in dropped)
    return said, _with(query, [other for other in query.filters if other not in dropped])


def _without_facet(query: Query, facet: Facet) -> Iterator[tuple[str, Query]]:
    if dropped := _asked(query, (facet,)):
        yield _leaving_out(query, dropped)


def _without_place(query: Query, facet: Facet) -> Iterator[tuple[str, Query]]:
    """First only the country that narrows a region; then every place at once, for as alternatives each but widens."""
    places = _asked(query, PLACES)
    if facet is Facet.COUNTRY:
        dropped = [one for one in places if one.facet is facet]
        said, relaxed = _leaving_out(query, dropped)
        if relaxed.countries and query.countries and relaxed.countries > query.countries:
            yield said, relaxed
    elif places:
        yield _leaving_out(query, places)


def _as_typed(query: Query, one: Filter, term: Term) -> Query:
    rest = [other for other in one.terms if other.value != term.value]
    filters = [filter_of(one.facet, rest, excluded=one.excluded) if other is one else other for other in query.filters]
    words = term.slip.words if term.slip else ()
    changed = _with(query, [other for other in filters if other.terms])
    return replace(changed, words=tuple(dict.fromkeys((*query.words, *words))))


def _with(query: Query, filters: Sequence[Filter]) -> Query:
    kept = placed(filters)
    return replace(query, filters=kept, slips=tuple(term.slip for one in kept for term in one.terms if term.slip))
