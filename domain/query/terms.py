"""Which words a workspace knows as terms of its facets, built once and asked often. Decides nothing about a line.

Countries and regions are always known, from `domain.regions`; the other facets are what the workspace says.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from domain.near import singular, term_words
from domain.query import places, spelling
from domain.query.model import PLACES, Facet
from domain.regions import country_code

PRECEDENCE = (
    Facet.PRODUCT,
    Facet.INDUSTRY,
    Facet.PERSONA,
    Facet.ACTIVITY,
    Facet.SEGMENT,
    Facet.LANGUAGE,
    Facet.COUNTRY,
    Facet.REGION,
)
"""Which facet a word of several belongs to. A facet's own name of a value goes before any synonym; then products,
because a workspace chose those words for itself; then what is asked for most. Naming the facet overrules all."""

REMEMBERED = 1024
"""Words whose spelling is remembered between lines; a few hundred kilobytes at most."""

LONGEST_PLACE = 8
"""Words of the longest name of a country."""

_PLURALS = frozenset({Facet.INDUSTRY, Facet.PRODUCT, Facet.SEGMENT, Facet.PERSONA, Facet.ACTIVITY})
"""Places and languages have none: Frances is a name."""

_PLURALS_OF_SHORT_WORDS = frozenset({Facet.PERSONA, Facet.ACTIVITY})
"""CISOs, videos. Elsewhere a short word with an s is often a name: Powers, Banks."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A value of a facet that a phrase means; `own` when the phrase is its name, not a synonym."""

    facet: Facet
    value: str
    own: bool = True


def _rank(meaning: Meaning) -> tuple[bool, int]:
    return not meaning.own, PRECEDENCE.index(meaning.facet)


@dataclass(frozen=True)
class Vocabularies:
    """The terms of a workspace: facet -> canonical value -> synonyms. Building takes time, so keep it.

    A phrase is looked up as folded words with single spaces. Of two values of one facet that claim the same synonym
    the first has it.
    """

    values: Mapping[Facet, Mapping[str, tuple[str, ...]]]
    longest: int = field(init=False, compare=False, repr=False)
    _meanings: Mapping[str, tuple[Meaning, ...]] = field(init=False, compare=False, repr=False)
    _words: Mapping[Facet, tuple[str, ...]] = field(init=False, compare=False, repr=False)
    _mended: Callable[[str], tuple[str, ...]] = field(init=False, compare=False, repr=False)
    _mended_part: Callable[[str], str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        meanings = _collected(self.values)
        phrases = {phrase: phrase.split() for phrase in meanings}
        by_facet: dict[Facet, list[str]] = {}
        for phrase, found in meanings.items():
            for facet in {meaning.facet for meaning in found}:
                by_facet.setdefault(facet, []).append(phrase)
        longest = max((len(words) for words in phrases.values()), default=0)
        object.__setattr__(self, "longest", max(longest, LONGEST_PLACE))
        object.__setattr__(self, "_meanings", meanings)
        object.__setattr__(self, "_words", {facet: tuple(words) for facet, words in by_facet.items()})
        parts = {word for words in phrases.values() for word in words if len(words) > 1}
        mended, mended_part = _mender(phrases), _mender(sorted(parts))
        object.__setattr__(self, "_mended", mended)
        object.__setattr__(self, "_mended_part", lambda word: next(iter(mended_part(word)), word))

    def find(self, words: Collection[str], said: str, facets: Collection[Facet] = ()) -> tuple[Meaning, ...]:
        """What a run of folded words means, the best first; empty for no term. In `facets` only, when given: there
        a place may be a code or any other name, as in a form's field. `said` is as typed, for the case of codes."""
        phrase = " ".join(words)
        found = [*self._meanings.get(phrase, ()), *self._plural(words), *_places(phrase, said, facets)]
        kept = (meaning for meaning in found if not facets or meaning.facet in facets)
        once = {(meaning.facet, meaning.value): meaning for meaning in sorted(kept, key=_rank, reverse=True)}
        return tuple(sorted(once.values(), key=_rank))

    def misspelt(self, words: Collection[str]) -> tuple[Meaning, ...]:
        """What a run of folded words, none of them a term, most likely misspells; empty where two terms are as near."""
        if len(words) == 1:
            return _same(self._meanings[term] for term in self._mended(next(iter(words))))
        fixed = [self._mended_part(word) for word in words]
        return self._meanings.get(" ".join(fixed), ()) if fixed != list(words) else ()

    def misspelt_value(self, words: Collection[str], facets: Collection[Facet]) -> tuple[Meaning, ...]:
        """The same for a value that was asked for by its facet's name."""
        phrase = " ".join(words)
        near = {term for facet in facets for term in spelling.loose_corrections(phrase, self._words.get(facet, ()))}
        nearest = spelling.loose_corrections(phrase, near)
        return _same([m for m in self._meanings[term] if m.facet in facets] for term in nearest)

    def suggestions(self, words: Collection[str], facets: Collection[Facet]) -> tuple[str, ...]:
        """Up to three values of the facets that look most like an unknown one, best first."""
        terms = [term for facet in sorted(facets) for term in self._words.get(facet, ())]
        near = spelling.suggestions(" ".join(words), terms)
        values = (m for term in near for m in self._meanings[term] if m.facet in facets)
        return tuple(dict.fromkeys(meaning.value for meaning in values))[: spelling.NEAREST]

    def _plural(self, words: Collection[str]) -> Iterator[Meaning]:
        *before, last = words
        one = singular(last)
        for phrase in {" ".join((*before, one)), " ".join((*before, f"{last}s"))} - {" ".join(words)}:
            for meaning in self._meanings.get(phrase, ()):
                if meaning.facet in (_PLURALS if len(phrase) >= spelling.SHORTEST_TERM else _PLURALS_OF_SHORT_WORDS):
                    yield meaning


def _mender(terms: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """What a word misspells among the terms. A word comes up in each run of words that it is part of, so the last
    ones are remembered; and the first letter is always right, so the rest of the terms is not even looked at."""
    by_letter: dict[str, list[str]] = {}
    for term in terms:
        by_letter.setdefault(term[0], []).append(term)
    return lru_cache(REMEMBERED)(lambda word: spelling.corrections(word, by_letter.get(word[:1], ())))


def _same(found: Iterable[Iterable[Meaning]]) -> tuple[Meaning, ...]:
    """The meanings that all of the nearest terms share, best first; a tie of two different ones is no answer."""
    best = [min(meanings, key=_rank) for meanings in map(list, found) if meanings]
    values = {(meaning.facet, meaning.value) for meaning in best}
    return (best[0],) if len(values) == 1 else ()


def _places(phrase: str, said: str, facets: Collection[Facet]) -> Iterator[Meaning]:
    if facets and PLACES.isdisjoint(facets):
        return
    country = country_code(phrase) if facets else places.country_in_sentence(said if len(said) <= 3 else phrase)
    region = (
        places.canonical_region(phrase) if facets else places.region_in_sentence(said if len(said) <= 3 else phrase)
    )
    if country:
        yield Meaning(Facet.COUNTRY, country, own=False)
    if region:
        yield Meaning(Facet.REGION, region, own=False)


def _collected(values: Mapping[Facet, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, list[Meaning]] = {}
    for phrase, meaning in _phrases(values):
        known = found.setdefault(phrase, [])
        if phrase and all(other.facet is not meaning.facet for other in known):
            known.append(meaning)
    return {phrase: tuple(sorted(known, key=_rank)) for phrase, known in found.items() if known}


def _phrases(values: Mapping[Facet, Mapping[str, tuple[str, ...]]]) -> Iterator[tuple[str, Meaning]]:
    for facet, terms in values.items():
        for value in terms:
            yield " ".join(term_words(value)), Meaning(facet, value)
    for facet, terms in values.items():
        for value, synonyms in terms.items():
            for synonym in synonyms:
                yield " ".join(term_words(synonym)), Meaning(facet, value, own=False)
    yield from ((name, Meaning(Facet.COUNTRY, code)) for name, code in places.spelt_countries().items())
    yield from ((name, Meaning(Facet.REGION, value)) for name, value in places.spelt_regions().items())
