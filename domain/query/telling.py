"""What was understood of a look-up, in plain words. The text is a person's: whoever shows it escapes it."""

from collections.abc import Sequence

from domain.near import term_words
from domain.query.model import PLACES, Filter, Query, Term, UnknownFacet, shown_value

SHOWN = 12
"""Words told of those that were left out; the rest is counted."""

_NAME_LIST = """
chad georgia ireland israel jersey jordan london malta media power press video turkey
"""
_NAMES = frozenset(_NAME_LIST.split())
"""Terms that are often somebody's or a company's name, or an everyday word: the answer says how to look for those."""


def understood(query: Query) -> tuple[str, ...]:
    """One line for each thing that is searched for, such as "industry: healthcare (from “helthcare”)"."""
    lines = [told(one) for one in query.filters if one.excluded or one.facet not in PLACES]
    lines += _where([one for one in query.filters if one.facet in PLACES and not one.excluded])
    lines += [f"“{phrase}” as a phrase" for phrase in query.phrases]
    if query.words:
        lines.append(f"the {'word' if len(query.words) == 1 else 'words'} {listed(query.words)}")
    lines += [f"not: {word}" for word in query.not_words]
    lines += [f"not: “{phrase}” as a phrase" for phrase in query.not_phrases]
    if query.available_now:
        lines.append("free to be asked now")
    return tuple(lines)


def remarks(query: Query) -> tuple[str, ...]:
    """What could not be used, in sentences: values that nobody knows, and what came after too much."""
    lines = [_unknown(one) for one in query.unknown]
    if query.ignored:
        left_out = " ".join(query.ignored[:SHOWN])
        more = len(query.ignored) - SHOWN
        counted = f" and {more:,} more" if more > 0 else ""
        lines.append(f"That is more than I can look for at once. I left out: “{left_out}”{counted}.")
    return tuple(lines)


def _where(places: Sequence[Filter]) -> list[str]:
    """Countries and regions are alternatives, but for a region within which a country is named."""
    if len(places) < 2:
        return [told(one) for one in places]
    country, region = sorted(places, key=lambda one: one.facet)
    if country.countries == country.values:
        return [f"{told(country)}, within {region.shown}"]
    return [f"{told(country)}, or {told(region)}"]


def told(one: Filter) -> str:
    """A filter in words: "country: Germany or France", "not: retail (industry)"."""
    values = " or ".join(_value(one, value) for value in dict.fromkeys(term.value for term in one.terms))
    line = f"not: {values} ({one.facet})" if one.excluded else f"{one.facet}: {values}"
    hints = [_hint(one, term) for term in one.terms]
    return " ".join([line, *filter(None, hints)])


def _value(one: Filter, value: str) -> str:
    """A value, with the words that were taken for it where they are others."""
    shown = shown_value(one.facet, value)
    known = (term_words(shown), term_words(value))
    said = [term.said for term in one.terms if term.value == value and term_words(term.said) not in known]
    return f"{shown} (from {listed(said)})" if said else shown


def _hint(one: Filter, term: Term) -> str:
    """How else the word could be meant: told where another facet has it too, or where it is often a name."""
    if term.explicit:
        return ""
    if term.others:
        ways = [f"{facet}:{term.said}" for facet in term.others]
        return f"(also {listed_plainly(ways)})"
    if term_words(term.said)[:1] and term_words(term.said)[0] in _NAMES and not one.excluded:
        return f'(to look for the word, put it in quotes: "{term.said}")'
    return ""


def listed(words: Sequence[str]) -> str:
    """“one”, “two” and “three”."""
    return listed_plainly([f"“{word}”" for word in words])


def listed_plainly(words: Sequence[str]) -> str:
    """one, two and three."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def _unknown(one: UnknownFacet) -> str:
    if one.facet is None:
        return f"I can't look for “{one.said}” in availability; available:now finds those who are free to be asked."
    near = [shown_value(one.facet, value) for value in one.suggestions]
    *before, last = near or [""]
    meant = " or ".join(filter(None, [", ".join(f"“{value}”" for value in before), f"“{last}”"]))
    return f"I know no {one.facet} “{one.said}”" + (f"; did you mean {meant}?" if near else ".")
