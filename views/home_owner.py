"""What a relationship owner sees in Home: what waits for their yes, and what their customers are asked for."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.capacity import weight_words
from domain.home_pages import Part
from domain.loads import Load
from domain.requests import Card
from views import approvals, blocks
from views.home_parts import HEADS, more
from views.request_words import asked_by, purpose, when, whom
from views.text import Block, age, day, line

APPROVALS, LOADS = 3, 8
"""How many are drawn. The questions take two blocks each, all customers together one; the rest is counted."""


def waiting(cards: Sequence[Card], now: datetime) -> list[Block]:
    """The part of Home with the questions that wait, with its heading; nothing where none does."""
    if not cards:
        return []
    rows = [block for card in cards[:APPROVALS] for block in question(card, now)]
    return [
        blocks.divider(),
        blocks.header(HEADS[Part.TO_APPROVE]),
        *rows,
        *more(len(cards), APPROVALS, Part.TO_APPROVE),
    ]


def question(card: Card, now: datetime) -> list[Block]:
    """One request that waits for the reader's yes."""
    since = age(card.owner_asked_at or card.created_at, now)
    facts = " · ".join(filter(None, [purpose(card), f"planned for {when(card)}", f"asked {since} ago"]))
    text = f"*May we ask {whom(card)} for {approvals.what_only(card)}?* {asked_by(card)} would like to.\n{facts}"
    return [blocks.section(text), *blocks.actions(approvals.buttons(card), f"approval-{card.id}")]


def load(loads: Sequence[Load], today: date) -> list[Block]:
    """The part of Home about the customers one looks after; nothing for whoever looks after none."""
    if not loads:
        return []
    rows = "\n".join(load_of(one, today) for one in loads[:LOADS])
    return [blocks.header(HEADS[Part.LOADS]), blocks.section(rows), *more(len(loads), LOADS, Part.LOADS)]


def load_of(one: Load, today: date) -> str:
    """One customer, and what they are asked for."""
    left, cap = weight_words(one.capacity.left_halves), weight_words(one.capacity.cap_halves)
    who = f"*{line(one.name, 60)}*, {line(one.company, 60)}"
    return f"• {who}: {left} of {cap} left, {_free(one.capacity.next_free, today)}"


def _free(free: date | None, today: date) -> str:
    if free is None:
        return "not free within a year"
    return "free now" if free <= today else f"free again from {day(free)}"
