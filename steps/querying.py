"""What a query asks of the database's index. What it means is in domain.query; what fits best, in domain.matching."""

from collections.abc import Iterator
from datetime import date

from domain.query import Facet, Filter, Query, Vocabularies
from domain.query.model import PLACES
from domain.regions import regions
from storage.search import Phrase, Term, Value, Wanted, Word

IN_WORDS_TOO = frozenset({Facet.PERSONA, Facet.PRODUCT, Facet.ACTIVITY})
"""Facets whose terms people also write into titles and texts: "our CISO says". Naming the facet asks for it alone."""


def wanted(query: Query, vocabularies: Vocabularies, today: date, *, resting_too: bool = False) -> Wanted:
    """All that must hold, as alternatives of words, phrases and values.

    A value is looked for under each of its names, so that a term that was renamed or given a synonym finds the
    profiles that were written before.
    """
    places: list[Filter] = []
    others: list[Filter] = []
    for one in query.filters:
        (places if one.facet in PLACES and not one.excluded else others).append(one)
    needed = [tuple(_alternatives(one, vocabularies)) for one in others if not one.excluded]
    if places:
        needed.append(tuple(_where(places)))
    needed += [(Word(word),) for word in query.words]
    needed += [(Phrase(phrase),) for phrase in query.phrases]
    barred = [term for one in others if one.excluded for term in _barred(one, vocabularies)]
    barred += [Word(word) for word in query.not_words]
    barred += [Phrase(phrase) for phrase in query.not_phrases]
    free_by = today if query.available_now else None
    return Wanted(tuple(needed), tuple(barred), free_by, resting_too)


def _alternatives(one: Filter, vocabularies: Vocabularies) -> Iterator[Term]:
    for term in one.terms:
        yield from _named(one.facet, term.value, vocabularies)
        if one.facet in IN_WORDS_TOO and not term.explicit:
            yield Phrase(term.value)
            yield Phrase(term.said)
        if term.slip is not None:
            yield Phrase(" ".join(term.slip.words))


def _named(facet: Facet, value: str, vocabularies: Vocabularies) -> Iterator[Value]:
    for name in (value, *vocabularies.values.get(facet, {}).get(value, ())):
        yield Value(facet.value, name)


def _barred(one: Filter, vocabularies: Vocabularies) -> Iterator[Term]:
    if one.facet is Facet.COUNTRY:
        yield from (Value(Facet.COUNTRY.value, code) for code in sorted(one.countries))
        return
    for term in one.terms:
        yield from _named(one.facet, term.value, vocabularies)


def _where(places: list[Filter]) -> Iterator[Value]:
    """Regions asked for as a whole by their own word, everything else country by country."""
    left = set(places[0].countries)
    for one in places:
        for value in sorted(one.values) if one.facet is Facet.REGION else ():
            whole = regions(value) or frozenset()
            if whole <= places[0].countries:
                yield Value(Facet.REGION.value, value)
                left -= whole
    yield from (Value(Facet.COUNTRY.value, code) for code in sorted(left))
