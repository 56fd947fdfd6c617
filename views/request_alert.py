"""The team's message about one request, kept up to date: all that is needed to work on it, and the legal buttons.

Never an email address or a phone number.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from domain.messages import Rendered
from domain.obstacles import Kind
from domain.requests import MOVES, Card, Move, State
from views import blocks
from views.ids import Action
from views.request_words import (
    answers,
    asked_by,
    asks,
    purpose_whole,
    sought,
    standing,
    weight,
    what,
    what_plain,
    when,
    whom,
)
from views.text import Block, age, count, day, in_words, line, mention, moment, quote

IN_DIGEST = 5
"""Requests named in the digest; whoever has more waiting needs time and not a longer list."""


def alert(card: Card) -> Rendered:
    """The team's message about one request."""
    text = f"{asked_by(card)} {asks(card)} for {what(card)}, needed by {day(card.need_by)}. It is {card.state.words}."
    content = [
        blocks.header(f"Request: {what_plain(card)}"),
        blocks.section(standing(card)),
        *blocks.fields(_facts(card)),
        *_said(card),
        *_warnings(card),
        blocks.context(f"Asked by {asked_by(card)}, {moment(card.created_at)} · {weight(card)}"),
        *buttons(card),
    ]
    return blocks.message(text, content)


def _facts(card: Card) -> list[tuple[str, str | None]]:
    return [
        ("Needed by", day(card.need_by)),
        ("For", purpose_whole(card)),
        ("Looking for", sought(card.criteria or "")),
        ("Advocate", whom(card) if card.advocate_name else None),
        ("Planned for", when(card) if card.advocate_name else None),
        ("Relationship owner", mention(card.owner_slack_id) if card.owner_slack_id else None),
        ("In the hands of", mention(card.taken_by_slack_id) if card.taken_by_slack_id else None),
        *answers(card),
    ]


def _said(card: Card) -> list[Block]:
    return [blocks.section(f"*Why*\n{quote(card.why, 1200)}")] if card.why else []


def _warnings(card: Card) -> list[Block]:
    warnings = []
    if card.asker_is_gone:
        warnings.append("*Whoever asked has left.* Please say who asks in their place, or cancel it.")
    if card.late:
        warnings.append("*Waiting too long.* It is past the time in which we promise an answer.")
    if card.owner_reason and card.state is State.IN_PROGRESS:
        warnings.append(f"*The relationship owner said no.* {line(card.owner_reason, 900)}")
    if any(kind in AGAINST for kind in card.in_the_way) and card.state.is_open:
        against = in_words([AGAINST[kind] for kind in card.in_the_way if kind in AGAINST])
        warnings.append(f"*Asked for all the same:* {whom(card)} {against}. To go on with them takes a reason.")
    if card.override_reason:
        warnings.append(f"*An exception from the protection:* {line(card.override_reason, 600)}")
    return [blocks.section(f":warning: {warning}") for warning in warnings]


AGAINST: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CAP: "has been asked as often as is good for them",
        Kind.REST: "rests after the last time",
        Kind.PAUSED: "is paused",
        Kind.RENEWAL: "is shortly before a renewal",
        Kind.YELLOW: "is at an account that needs care",
    }
)
"""What the team may weigh against a reason, after the advocate's name."""

_MOVES: tuple[tuple[Move, str, Action, str | None], ...] = (
    (Move.ASK_OWNER, "Propose an advocate", Action.REQUEST_PROPOSE, "primary"),
    (Move.LOOK_AGAIN, "Look for somebody else", Action.REQUEST_LOOK_AGAIN, None),
    (Move.SCHEDULE, "Set the time", Action.REQUEST_SCHEDULE, None),
    (Move.COMPLETE, "How did it go?", Action.OUTCOME, None),
    (Move.DECLINE, "Decline", Action.REQUEST_DECLINE, "danger"),
    (Move.REOPEN, "Reopen", Action.REQUEST_REOPEN, None),
)


def buttons(card: Card) -> list[Block]:
    """What the team can do with this request now, as a row; nothing when there is nothing left to do."""
    about = what_plain(card)
    row = []
    if card.state.is_open and not card.taken_by_slack_id:
        row.append(blocks.button("Take it", Action.REQUEST_TAKE, card.id, spoken=f"Take it: {about}"))
    if card.state is State.AWAITING_OWNER:
        words = "Answer for the owner"
        row.append(blocks.button(words, Action.USE_STAND_IN, card.id, spoken=f"{words}: {about}"))
    for move, words, action, style in _MOVES:
        if (card.state, move) in MOVES and not (move is Move.ASK_OWNER and card.state is State.AWAITING_OWNER):
            sure = _SURE if move is Move.LOOK_AGAIN and card.state.holds_capacity else None
            row.append(blocks.button(words, action, card.id, style=style, spoken=f"{words}: {about}", confirm=sure))
    if card.state.is_open and card.taken_by_slack_id:
        row.append(blocks.button("Hand over", Action.REQUEST_HAND_OVER, card.id, spoken=f"Hand over: {about}"))
    return blocks.actions([*_for_nobody(card), *row], f"request-{card.id}")


def _for_nobody(card: Card) -> list[Block]:
    """Whoever asked has left: somebody else asks from now on, or nobody needs it."""
    if not card.asker_is_gone:
        return []
    about = what_plain(card)
    sure = blocks.confirm("Cancel it?", "Nobody works on this request any more.", "Cancel it", "Keep it")
    return [
        blocks.button("Hand it on", Action.REQUEST_HAND_ON, card.id, style="primary", spoken=f"Hand it on: {about}"),
        blocks.button("Cancel it", Action.REQUEST_END, card.id, spoken=f"Cancel it: {about}", confirm=sure),
    ]


_SURE = blocks.confirm(
    "Look for somebody else?", "What is reserved is given back, and whoever asked is told.", "Look again", "Keep it"
)


def late(card: Card) -> Rendered:
    """For everybody in the team: somebody has waited longer than we promise."""
    return _calling(
        card,
        f":warning: {asked_by(card)} has waited too long for an answer about {what(card)}. It is {card.state.words}.",
    )


def digest(cards: Sequence[Card], now: datetime) -> Rendered:
    """For everybody in the team: all that wait longer than promised, oldest first; Home has the buttons."""
    text = (
        f"{count(len(cards), 'request')} {'waits' if len(cards) == 1 else 'wait'} for an answer longer than promised."
    )
    rows = [f"• {what(card)}, for {age(card.created_at, now)}. It is {card.state.words}." for card in cards[:IN_DIGEST]]
    if len(cards) > IN_DIGEST:
        rows.append(f"• and {len(cards) - IN_DIGEST:,} more, which Home lists")
    return blocks.message(text, [blocks.section(f":warning: *{text}*"), blocks.section("\n".join(rows))])


def owner_silent(card: Card) -> Rendered:
    """For everybody in the team: the owner has not answered, so that the team may."""
    owner = mention(card.owner_slack_id, "The relationship owner")
    return _calling(
        card,
        f":warning: {owner} has not answered whether {asked_by(card)} may ask {whom(card)}. "
        "The team can answer in the owner's place, with a reason.",
    )


def owner_absent(card: Card, why: str) -> Rendered:
    """For everybody in the team: somebody is proposed whose owner can't be asked, so that the team says yes or no."""
    return _calling(
        card,
        f":warning: {whom(card)} is proposed to {asked_by(card)} for {what(card)}. {line(why)}, so that the team "
        "answers in the owner's place, with a reason.",
    )


def asker_left(card: Card) -> Rendered:
    """For everybody in the team: nobody who is here asks for this any more."""
    return _calling(
        card,
        f":warning: {asked_by(card)}, who asked for {what(card)}, has left. It is {card.state.words}. "
        "Please say who asks in their place, or cancel it.",
    )


def untold(card: Card) -> Rendered:
    """For everybody in the team: the day has passed, and nobody has said what came of it."""
    return _calling(
        card,
        f":warning: {asked_by(card)} has not said whether {what(card)} took place on {when(card)}. Please ask, "
        "and note it here: until then it counts as used.",
    )


def refused(card: Card) -> Rendered:
    """For everybody in the team: the owner said no, somebody else is needed."""
    why = line(card.owner_reason or "", 900)
    return _calling(card, f"The relationship owner said no, so that {asked_by(card)} needs somebody else. {why}")


def _calling(card: Card, text: str) -> Rendered:
    return blocks.message(text, [blocks.section(text), *buttons(card)])


def competing(cards: Sequence[Card]) -> Rendered:
    """For everybody in the team: several need the same, and one call could serve them all."""
    text = group_offer(cards)
    return blocks.message(text, [blocks.section(text, group_button(cards))])


def group_offer(cards: Sequence[Card]) -> str:
    """The offer in words."""
    card = min(cards, key=lambda card: card.need_by)
    about = whom(card) if card.advocate_name else sought(card.criteria or "the same criteria")
    return (
        f"{len(cards)} requests are for the same: {about}, the first of them needed by {day(card.need_by)}. "
        "One group call would serve them all, and costs the customer one."
    )


def group_button(cards: Sequence[Card]) -> Block:
    """Leads to the form that makes one call of them."""
    value = json.dumps([card.id for card in cards][:10])
    return blocks.button(
        "One group call", Action.REQUEST_GROUP, value, spoken=f"One group call: {what_plain(cards[0])}"
    )


def nothing_to_share() -> Rendered:
    """In the place of the offer, once fewer than two of the requests still wait."""
    text = "One group call is no longer needed: fewer than two of these requests still wait."
    return blocks.message(text, [blocks.section(text)])


def grouped(card: Card) -> Rendered:
    """In the place of the offer."""
    text = f"What {asked_by(card)} asked for became one group call."
    return blocks.message(text, [blocks.section(text)])
