"""Which part of a query goes first when the whole is too long to be kept. Decides nothing about what is too long."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.query.model import Query, Term, UnknownFacet, filter_of, placed

MOST_OF_A_WORD = 64
"""Characters of a word that are worth keeping: the index looks at no more."""

_LISTS = ("not_phrases", "not_words", "unknown", "phrases", "words")
"""What is left out first: nobody is found by what is unknown, and the rest only narrows."""


def shorter(asked: Query) -> Query:
    """The query with its words cut to what is looked at; where they are, without its last part, told as left out."""
    cut = _cut(asked)
    if cut != asked:
        return cut
    for name in _LISTS:
        parts: tuple[Any, ...] = getattr(asked, name)
        if parts:
            rest: dict[str, Any] = {name: parts[:-1]}
            return replace(asked, ignored=(*asked.ignored, _said(parts[-1])), **rest)
    return _without_last_term(asked)


def _cut(asked: Query) -> Query:
    return replace(
        asked,
        words=tuple(dict.fromkeys(word[:MOST_OF_A_WORD] for word in asked.words)),
        not_words=tuple(dict.fromkeys(word[:MOST_OF_A_WORD] for word in asked.not_words)),
        phrases=tuple(dict.fromkeys(map(_phrase, asked.phrases))),
        not_phrases=tuple(dict.fromkeys(map(_phrase, asked.not_phrases))),
    )


def _phrase(phrase: str) -> str:
    return " ".join(word[:MOST_OF_A_WORD] for word in phrase.split())


def _said(part: str | UnknownFacet | Term) -> str:
    return part if isinstance(part, str) else part.said


def _without_last_term(asked: Query) -> Query:
    *before, last = asked.filters
    *terms, left_out = last.terms
    kept: Sequence[Term] = terms
    filters = [*before, *([filter_of(last.facet, kept, excluded=last.excluded)] if kept else [])]
    slips = tuple(slip for slip in asked.slips if slip != left_out.slip)
    return replace(asked, filters=placed(filters), slips=slips, ignored=(*asked.ignored, _said(left_out)))
