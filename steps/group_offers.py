"""The offer of one group call, kept true: it says who competes now, and goes once fewer than two do.

Who competes is up to `domain.competition`; the call itself is made in steps.group_calls.
"""

from collections.abc import Sequence

from domain.competition import competing
from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.requests import Card
from steps.progress import TEAM_CHANNEL
from storage import outbox, request_cards
from storage.guard import GuardedSession
from views import request_alert

FAMILY = "group:"
"""Leads the slot of each offer."""


def of(cards: Sequence[Card]) -> list[list[Card]]:
    """Those of these requests that one group call could serve, together."""
    by_id = {card.id: card for card in cards}
    return [[by_id[request_id] for request_id in found.request_ids] for found in competing(cards)]


def offer(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Where others need the same as this open request: ask the team about one call for all of them.

    One message, which stays current while more join.
    """
    if not card.state.is_open:
        return
    for cards in of(request_cards.queue(session)):
        if card in cards:
            slot = next(filter(None, (_standing(session, one.id) for one in cards)), None)
            say(session, moment, slot or slot_of(cards), cards, request_alert.competing(cards))


def keep_current(session: GuardedSession, moment: Moment, request_id: str) -> None:
    """A request has moved: an offer that counts on it says what is true now. One statement where there is none."""
    slot = _standing(session, request_id)
    if slot is None:
        return
    groups, about = of(request_cards.queue(session)), outbox.subjects_of_slot(session, slot)
    left = next((cards for cards in groups if sum(card.id in about for card in cards) > 1), [])
    if request_id not in {card.id for card in left}:
        message = request_alert.competing(left) if left else request_alert.nothing_to_share()
        say(session, moment, slot, left, message)


def slot_of(cards: Sequence[Card]) -> str:
    """The slot of an offer that is made for the first time."""
    return FAMILY + min(cards, key=lambda card: (card.created_at, card.id)).id


def say(session: GuardedSession, moment: Moment, slot: str, cards: Sequence[Card], message: Rendered) -> None:
    """Put this into the place of the offer."""
    subjects = {subject for card in cards for subject in card.subjects}
    outbox.put(session, moment, Kind.REQUEST_ESCALATION, TEAM_CHANNEL, message, subjects=subjects, slot=slot)


def _standing(session: GuardedSession, request_id: str) -> str | None:
    """The slot of the offer that still counts on this request: a call that was made is no offer any more."""
    found = outbox.newest_of_family(session, FAMILY, request_id)
    return found.slot if found and any("accessory" in block for block in found.blocks) else None
