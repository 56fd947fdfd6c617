"""A query taken apart for a form with lists to choose from, and put together again. Decides nothing about meanings."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from domain.query.model import Facet, Filter, Query, placed
from domain.query.terms import Vocabularies
from domain.query.writing import to_text

Chosen = Mapping[Facet, tuple[str, ...]]
"""Values of facets, as they are chosen from lists."""


def apart(asked: Query, vocabularies: Vocabularies, choices: Mapping[Facet, Collection[str]]) -> tuple[str, Chosen]:
    """The line without what the lists can say, and what they say.

    What is excluded, guessed from a slip, or in no list, stays in the line, so that nothing is lost.
    """
    in_lists = [one for one in asked.filters if _fits(one, choices.get(one.facet, ()))]
    rest = replace(asked, filters=placed(one for one in asked.filters if one not in in_lists))
    chosen = {one.facet: tuple(dict.fromkeys(term.value for term in one.terms)) for one in in_lists}
    return to_text(rest, vocabularies), chosen


def _fits(one: Filter, choices: Collection[str]) -> bool:
    return not one.excluded and not any(term.slip for term in one.terms) and one.values <= set(choices)


def together(line: str, chosen: Chosen) -> str:
    """The line with what was chosen from the lists written into it."""
    return " ".join(filter(None, [line.strip(), *_written(chosen)]))


def _written(chosen: Chosen) -> Iterator[str]:
    for facet, values in chosen.items():
        yield from (f'{facet}:"{value}"' for value in values)
