"""The advocacy team's queue of requests in Home, oldest first, with what needs a hand. Decides no rule."""

from collections.abc import Sequence
from datetime import datetime

from domain.home_pages import Part
from domain.requests import Card
from views import blocks, request_alert
from views.home_parts import HEADS, more
from views.request_words import asked_by, purpose, standing, what
from views.text import Block, age, day

QUEUE, OFFERS = 4, 2
"""How many are drawn: two blocks for each request, one for each offer of a group call. The rest is counted."""


def queue(cards: Sequence[Card], groups: Sequence[Sequence[Card]], now: datetime) -> list[Block]:
    """The part of Home, with its heading; `groups` are those of the requests that one group call could serve."""
    return [
        blocks.divider(),
        blocks.header(HEADS[Part.TO_ANSWER]),
        *[_offer(group) for group in groups[:OFFERS]],
        *([block for card in cards[:QUEUE] for block in request(card, now)] or [blocks.section(_NOTHING)]),
        *more(len(cards), QUEUE, Part.TO_ANSWER),
    ]


_NOTHING = "No request waits for an answer."


def _offer(group: Sequence[Card]) -> Block:
    return blocks.section(f":bulb: {request_alert.group_offer(group)}", request_alert.group_button(group))


def request(card: Card, now: datetime) -> list[Block]:
    """One request, with what the team can do."""
    late = " :warning: *Too long.*" if card.late else ""
    about = " · ".join(filter(None, [purpose(card), f"needed by {day(card.need_by)}"]))
    text = f"*{what(card)}*, for {age(card.created_at, now)}, by {asked_by(card)}.{late}\n{about}\n{standing(card)}"
    return [blocks.section(text), *request_alert.buttons(card)]
