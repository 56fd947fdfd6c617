"""The questions after an activity: how it went, what became of the deal; and a word of thanks to pass on."""

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


FATES = (Fate.WON, Fate.LOST, Fate.OPEN, Fate.UNKNOWN)


def ask_deal(card: Card) -> Rendered:
    """What became of the deal?"""
    text = f"What became of {purpose(card) or 'the deal'}, for which you had {what(card)}?"
    row = [
        blocks.button(_label(fate), f"{Action.FATE}_{fate.name.lower()}", f"{fate.name}:{card.id}") for fate in FATES
    ]
    return blocks.message(text, [blocks.section(text), *blocks.actions(row)])


def _label(fate: Fate) -> str:
    return {Fate.WON: "We won it", Fate.LOST: "We lost it", Fate.OPEN: "Still open", Fate.UNKNOWN: "I don't know"}[fate]


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
