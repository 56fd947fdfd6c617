"""The questions after an activity: how it went, what became of the deal; and a word of thanks to pass on."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.messages import Rendered
from domain.request_outcomes import Fate
from domain.requests import Card
from views import blocks
from views.ids import Action
from views.request_words import purpose, what, what_plain, when, whom
from views.text import Block, line


def ask(card: Card) -> Rendered:
    """Did it happen, and how did it go?"""
    text = f"Did {what(card)} take place on {when(card)}, and how did it go?"
    hint = "Two clicks. Your answer keeps the customer's rest true, and tells their relationship owner that it helped."
    row = [blocks.button("Tell how it went", Action.OUTCOME, card.id, style="primary", spoken=_about(card))]
    return blocks.message(text, [blocks.section(text), blocks.context(hint), *blocks.actions(row)])


def _about(card: Card) -> str:
    return f"Tell how it went: {what_plain(card)}"


FATES: Mapping[Fate, tuple[Action, str]] = MappingProxyType(
    {
        Fate.WON: (Action.FATE_WON, "We won it"),
        Fate.LOST: (Action.FATE_LOST, "We lost it"),
        Fate.OPEN: (Action.FATE_OPEN, "Still open"),
        Fate.UNKNOWN: (Action.FATE_UNKNOWN, "I don't know"),
    }
)
"""What can be answered about the deal, each with its button."""


def ask_deal(card: Card) -> Rendered:
    """What became of the deal?"""
    text = f"What became of {purpose(card) or 'the deal'}, for which you had {what(card)}?"
    row = [blocks.button(words, action, f"{fate.name}:{card.id}") for fate, (action, words) in FATES.items()]
    return blocks.message(text, [blocks.section(text), *blocks.actions(row)])


def thank(card: Card) -> Rendered:
    """To the relationship owner: their customer did us a favour; a word of thanks keeps them willing."""
    colleague = line(card.requester_name or "a colleague")
    text = f"{whom(card)} gave {colleague} {_gave(card)}. A word of thanks from you goes far."
    return blocks.message(text, [blocks.section(text), *_praise(card)])


def _gave(card: Card) -> str:
    return what(card).split(" with ", maxsplit=1)[0]


def _praise(card: Card) -> list[Block]:
    words = card.outcome.words if card.outcome else None
    return [blocks.context(f"What {line(card.requester_name or 'they')} said: {line(words, 600)}")] if words else []
