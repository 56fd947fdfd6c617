"""What somebody asked for, in their Home: how it stands, what comes next, and what they can do. Decides no rule."""

from collections.abc import Sequence
from datetime import datetime

from domain.home_pages import Part
from domain.requests import Card, State
from views import blocks
from views.home_parts import HEADS, more
from views.ids import Action
from views.request_news import ways
from views.request_words import capital, purpose, standing, what, what_plain
from views.text import Block, day

FEW, MANY = 2, 12
"""How many are drawn for somebody whose Home is full of the team's work, and for anybody else. Two blocks each."""


def mine(requests: Sequence[Card], reader: str, now: datetime, *, few: bool) -> list[Block]:
    """The part of Home, with its heading; nothing for whoever never asked."""
    if not requests:
        return []
    most = FEW if few else MANY
    rows = [block for card in requests[:most] for block in one(card, reader, now)]
    rest = more(len(requests), most, Part.REQUESTS)
    return [blocks.divider(), blocks.header(HEADS[Part.REQUESTS]), *rows, *rest]


def one(card: Card, reader: str, now: datetime) -> list[Block]:
    """One request, with what its requester can do."""
    about = " · ".join(filter(None, [purpose(card), f"needed by {day(card.need_by)}"]))
    text = f"*{capital(what(card))}* · {about}\n{standing(card, reader)} {_next(card, now)}".rstrip()
    return [blocks.section(text), *blocks.actions(_buttons(card, now))]


def _next(card: Card, now: datetime) -> str:
    if card.state.is_open:
        return "You hear of the answer in a direct message."
    if card.state not in {State.APPROVED, State.SCHEDULED}:
        return ""
    if _is_over(card, now):
        return "Next: tell how it went."
    return "Next: agree on a time with them." if card.state is State.APPROVED else "Afterwards, tell how it went."


def _is_over(card: Card, now: datetime) -> bool:
    if card.scheduled_for is not None:
        return card.scheduled_for <= now
    return (card.day or card.need_by) < now.date()


def _buttons(card: Card, now: datetime) -> list[Block]:
    if card.state in {State.APPROVED, State.SCHEDULED} and _is_over(card, now):
        words = "How did it go?"
        asked = blocks.button(words, Action.OUTCOME, card.id, style="primary", spoken=f"{words} {what_plain(card)}")
        return [asked, *(_plain(one) for one in ways(card))]
    return ways(card)


def _plain(button: Block) -> Block:
    """One button stands out, not two."""
    return {name: value for name, value in button.items() if name != "style"}
