"""What a look-up asks for, as values. Decides nothing about how it is typed, searched or told."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.regions import country_code, country_name, regions


class Facet(StrEnum):
    """What a filter is about; the value is the word before the colon, and what people read."""

    INDUSTRY = "industry"
    PRODUCT = "product"
    PERSONA = "persona"
    SEGMENT = "segment"
    ACTIVITY = "activity"
    LANGUAGE = "language"
    COUNTRY = "country"
    REGION = "region"


PLACES = frozenset({Facet.COUNTRY, Facet.REGION})
"""Both are answered by countries: see `Filter.countries`."""


def shown_value(facet: Facet, value: str) -> str:
    """A canonical value as people read it: a country by its name."""
    code = country_code(value) if facet is Facet.COUNTRY else None
    return country_name(code) if code else value


@dataclass(frozen=True, slots=True)
class Slip:
    """A word taken for a misspelt term. `words` are the words as typed: the alternative, where the guess is wrong."""

    said: str
    facet: Facet
    value: str
    words: tuple[str, ...] = ()
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a filter, and how it came in. `others`: facets in which the same word stands too."""

    value: str
    said: str
    explicit: bool = False
    slip: Slip | None = None
    others: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet's condition: any of `values`, or none of them when `excluded`.

    Values are canonical: an industry by its name, a country by its two-letter code, a region by its name.
    `countries` (two-letter codes) is the whole answer for a place, whether a country or a region was asked for:
    see `placed`. It is empty for other facets, and for a region that no list knows.
    """

    facet: Facet
    values: frozenset[str]
    excluded: bool
    said: str
    countries: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()

    @property
    def shown(self) -> str:
        """The values as people read them: "Germany or France"."""
        return " or ".join(dict.fromkeys(shown_value(self.facet, term.value) for term in self.terms))


def filter_of(facet: Facet, terms: Iterable[Term], *, excluded: bool = False) -> Filter:
    """The filter that several terms of one facet make together, each spelling once."""
    once: dict[tuple[str, str], Term] = {}
    for term in terms:
        once.setdefault((term.value, term.said), term)
    found = tuple(once.values())
    said = ", ".join(dict.fromkeys(term.said for term in found))
    return Filter(facet, frozenset(term.value for term in found), excluded, said, terms=found)


def _own_countries(wanted: Filter) -> frozenset[str]:
    if wanted.facet is Facet.COUNTRY:
        return wanted.values
    return frozenset[str]().union(*(regions(value) or () for value in wanted.values))


def placed(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """The filters, each place with the countries that answer it.

    Regions and countries that are asked for are one question, "where?", so each of their filters carries the same
    countries: a region within which a country is named means that country ("emea germany"), any other stands
    beside it ("germany nordics" is Germany or a Nordic country). Filters can thus be joined by AND without a thought.
    """
    found = tuple(filters)
    named = frozenset[str]().union(*(f.values for f in found if f.facet is Facet.COUNTRY and not f.excluded))
    where = set(named)
    for wanted in found:
        if wanted.facet is Facet.REGION and not wanted.excluded:
            for value in wanted.values:
                codes = regions(value) or frozenset()
                where |= codes & named or codes
    return tuple(_with_countries(one, frozenset(where)) for one in found)


def _with_countries(one: Filter, where: frozenset[str]) -> Filter:
    if one.facet not in PLACES:
        return one
    countries = _own_countries(one) if one.excluded else where
    return Filter(one.facet, one.values, one.excluded, one.said, countries, one.terms)


@dataclass(frozen=True, slots=True)
class UnknownFacet:
    """A value that nobody knows, asked for by name; it filters nothing. `facet` is None for "available:"."""

    facet: Facet | None
    said: str
    suggestions: tuple[str, ...] = ()
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of a look-up: everything in it holds at once (AND).

    Filters: several values of one facet are alternatives (OR), filters of different facets must all hold (AND);
    country and region count as one facet, "where" (see `placed`). `words` (each may be the start of a word) and
    `phrases` (words one after another, whole) must all stand in the text; `not_words` and `not_phrases` must not.
    Words are letters, digits and their marks only, casefolded, with their accents: the index folds them its own way.
    A phrase is such words with single spaces. `passed_over` are small words of a sentence ("who", "in") that ask for
    nothing; `ignored` is what stands after the first LIMIT terms, as typed.
    """

    filters: tuple[Filter, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    available_now: bool = False
    slips: tuple[Slip, ...] = ()
    ignored: tuple[str, ...] = ()
    unknown: tuple[UnknownFacet, ...] = ()
    not_phrases: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def asks_nothing(self) -> bool:
        """Whether every advocate fits: only what is unknown or passed over was typed, or nothing."""
        asked = self.filters or self.words or self.phrases or self.not_words or self.not_phrases
        return not (asked or self.available_now)

    @property
    def countries(self) -> frozenset[str] | None:
        """The countries asked for, by country and region together; None when no place was asked for."""
        wanted = [one for one in self.filters if one.facet in PLACES and not one.excluded]
        return wanted[0].countries if wanted else None
