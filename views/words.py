"""Fields that offer the workspace's words while somebody types, and take any other word as well. Decides no terms.

A form that was opened before these fields were there still holds texts, lists apart by commas: both are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from domain.names import fold
from domain.nominations import LINE_LIMIT
from domain.query import Facet
from views import blocks, inputs, vocabulary
from views.ids import Action
from views.text import Block, line, shorten, units

FACETS: Mapping[str, Facet] = MappingProxyType(
    {
        "industry": Facet.INDUSTRY,
        "persona": Facet.PERSONA,
        "languages": Facet.LANGUAGE,
        "products": Facet.PRODUCT,
        "segment": Facet.SEGMENT,
    }
)
"""Whose words a field of this name offers."""

USE = 'Use "'
"""Begins the option that takes what was typed."""

MOST = 50
"""Words that one field holds."""


def one(value: str | None) -> Block:
    """An element for one word. What is too long for an option stays a text, so that saving cuts nothing off."""
    if value and not _fits(value):
        return inputs.text_input(value, most=LINE_LIMIT)
    return inputs.search(Action.WORD, inputs.option(value, value) if value else None, "Pick one, or type another")


def many(values: Sequence[str]) -> Block:
    """An element for several words."""
    if len(values) > MOST or not all(map(_fits, values)):
        return inputs.text_input(", ".join(values))
    chosen = [inputs.option(value, value) for value in dict.fromkeys(values)]
    return inputs.search_many(Action.WORD, chosen, "Pick any number, or type others", most=MOST)


def _fits(value: str) -> bool:
    return 0 < units(value) <= inputs.VALUE_LIMIT


def options(typed: str, known: Iterable[str]) -> list[Block]:
    """What is offered: known words, and after them what was typed unless it is one of them."""
    words = list(dict.fromkeys(known))[: inputs.OPTIONS - 1]
    name = " ".join(typed.split())
    offered = [inputs.option(word, word) for word in words]
    if not name or fold(name) in map(fold, words):
        return offered
    return [*offered, inputs.option(f'{USE}{shorten(name, 69)}"', name)]


def likenesses(alike: Sequence[tuple[Facet, str, str]]) -> list[Block]:
    """Words of a profile that look like one in use, each with its kind and that one: nothing is refused, but told."""
    rows = [
        blocks.section(
            f":bulb: “{line(word)}” looks like “{line(like)}”, a word in use.", vocabulary.apart(facet, word, like)
        )
        for facet, word, like in alike[:5]
    ]
    advice = "If two mean the same, pick the one in use in the profile, so that colleagues find this advocate by it."
    return [*rows, blocks.context(advice)] if rows else []


def one_of(typed: inputs.Typed, name: str) -> str:
    """The word chosen or typed, "" for none."""
    return (inputs.choice_of(typed, name) or inputs.text_of(typed, name)).strip()


def many_of(typed: inputs.Typed, name: str) -> tuple[str, ...]:
    """All that were chosen or typed; several that were typed in one, apart by commas, are several."""
    words: list[str] = []
    for value, label in inputs.labelled_choices_of(typed, name):
        words += inputs.apart(value) if label.startswith(USE) else [value]
    return tuple(dict.fromkeys(filter(None, map(str.strip, words)))) or inputs.list_of(typed, name)
