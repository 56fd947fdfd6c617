"""A query as a line that can be kept: for a saved search, a button, the next page. Decides nothing about meanings."""

from collections.abc import Iterator

from domain.near import term_words
from domain.query.model import Filter, Query
from domain.query.reading import parse
from domain.query.terms import Vocabularies


def to_text(query: Query, vocabularies: Vocabularies | None = None) -> str:
    """A line that `parse` reads as the same query: filters by their facets' names, free words as `word:…`.

    With vocabularies, words stand without `word:` where they are read the same so, as a person would type them.
    What was left out or passed over is not in it; a slip stays as it was typed, so that it is told again.
    """
    if vocabularies is not None:
        plain = " ".join(_pieces(query, mark=""))
        if _essence(parse(plain, vocabularies)) == _essence(query):
            return plain
    return " ".join(_pieces(query, mark="word:"))


def _essence(query: Query) -> tuple[object, ...]:
    filters = {(one.facet, one.excluded, one.values, one.countries) for one in query.filters}
    texts = (set(query.words), set(query.phrases), set(query.not_words), set(query.not_phrases))
    unknown = {(one.facet, one.excluded, _value(one.said)) for one in query.unknown}
    slips = {(slip.facet, slip.value, slip.words) for slip in query.slips}
    return (filters, *texts, query.available_now, unknown, slips)


def _pieces(query: Query, *, mark: str) -> Iterator[str]:
    for one in query.filters:
        yield from _filter(one)
    for unknown in query.unknown:
        yield f"{_minus(excluded=unknown.excluded)}{unknown.facet or 'available'}:{_value(unknown.said)}"
    yield from (f'"{phrase}"' for phrase in query.phrases)
    yield from (f"{mark}{word}" for word in query.words)
    yield from (f"-{mark}{word}" for word in query.not_words)
    yield from (f'-"{phrase}"' for phrase in query.not_phrases)
    if query.available_now:
        yield "available:now"


def _filter(one: Filter) -> Iterator[str]:
    for value in dict.fromkeys(term.said if term.slip else term.value for term in one.terms):
        yield f"{_minus(excluded=one.excluded)}{one.facet}:{_value(value)}"


def _minus(*, excluded: bool) -> str:
    return "-" if excluded else ""


def _value(text: str) -> str:
    """In quotes unless it is one plain word."""
    return text if text.isalnum() else f'"{" ".join(term_words(text)) or text}"'
