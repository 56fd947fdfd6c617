"""One advocate as a colleague sees them: what exists already, what is left, who they are. Never contact details."""

from collections.abc import Sequence
from dataclasses import replace

from domain.advocates import State
from domain.offers import OnHand, PastUse, Portrait
from domain.phrases import A_USE
from views import blocks
from views.ids import Action, Callback
from views.lookup import room
from views.profile import ask_for, preview
from views.ready import offered
from views.text import Block, day

MOST_READY = 8
"""Approved pieces that are shown; the newest convince most."""


def portrait(found: Portrait) -> Block:
    """All that this colleague may know, and the way to ask."""
    first, *rest = preview(found.card)
    content = [
        first,
        *_ready(found),
        blocks.section(_room(found)),
        *rest,
        *_history(found.history),
        *blocks.actions(_buttons(found)),
        blocks.context(_contact(found)),
    ]
    return blocks.modal(Callback.CARD, "Advocate", content)


def _ready(found: Portrait) -> list[Block]:
    """Whose it is stands above."""
    return offered(OnHand(tuple(replace(one, who="") for one in found.ready[:MOST_READY])))


def _room(found: Portrait) -> str:
    if found.card.state is not State.ACTIVE:
        return f"This advocate is *{found.card.state.words}*, and nobody else sees this."
    return room(found.offer, found.today)


def _history(history: Sequence[PastUse]) -> list[Block]:
    told = "\n".join(f"• {_use(one)}" for one in history) or "Nobody has asked them yet."
    return [blocks.section(f"*Asked before*\n{told}")]


def _use(one: PastUse) -> str:
    """The viewer's own use with its day; that of others by its month, which tells nothing of their deals."""
    when = f"on {day(one.on)}, for you" if one.is_own else f"in {one.on:%B} {one.on.year}"
    return f"{A_USE[one.activity]} {when}{' (agreed, still to come)' if one.is_coming else ''}"


def _buttons(found: Portrait) -> list[Block]:
    card = found.card
    kept = blocks.button("What they have approved", Action.ASSETS, card.id)
    return [
        *([ask_for(card.id, card.contact_name)] if card.state is State.ACTIVE else []),
        *([blocks.button("Contact details", Action.ADVOCATE_CONTACT, card.id)] if found.may_see_contact else []),
        *([kept] if found.may_keep_assets else []),
        *([blocks.button("Open the journey", Action.JOURNEY, card.id)] if found.may_edit else []),
    ]


def _contact(found: Portrait) -> str:
    if found.may_see_contact:
        return "Email and phone open for you; that you looked is noted."
    return "Email and phone open for you once a request for them is approved. Nobody is asked before you send one."
