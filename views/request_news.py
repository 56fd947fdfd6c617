"""What colleagues hear of their requests, in plain words. Decides not who hears it."""

from domain.messages import Rendered
from domain.requests import RESERVED, Card
from views import blocks
from views.ids import Action
from views.request_words import capital, purpose, standing, what, what_plain, when, whom
from views.text import Block, count, day, line, quote


def _told(text: str, *more: Block) -> Rendered:
    return blocks.message(text, [blocks.section(text), *more])


def received(card: Card, goal_hours: int) -> Rendered:
    """The request has arrived; what happens next, and by when."""
    days = f"{count(goal_hours // 24, 'day')}" if goal_hours % 24 == 0 else count(goal_hours, "hour")
    return _told(
        f"Your request for {what(card)} has arrived. You get an answer within {days}, here. "
        "Please don't write to the customer before.",
        blocks.context(_facts(card)),
        *blocks.actions(ways(card)),
    )


def joined(card: Card) -> Rendered:
    """Somebody else asked for the same: both hear of each step."""
    return _told(
        f"You joined the request for {what(card)}, and hear here how it goes on.",
        blocks.context(_facts(card)),
        *(blocks.actions(ways(card)) if card.state in RESERVED else []),
    )


def _facts(card: Card) -> str:
    return " · ".join(filter(None, [f"Needed by {day(card.need_by)}", purpose(card)]))


def _cancel(card: Card) -> Block:
    sure = blocks.confirm(
        "Take it back?",
        "Nobody works on this request any more. If colleagues joined it, it goes on for them.",
        "Take it back",
        "Keep it",
    )
    spoken = f"Take it back: {what_plain(card)}"
    return blocks.button("Take it back", Action.REQUEST_CANCEL, card.id, spoken=spoken, confirm=sure)


def settled(card: Card) -> Rendered:
    """In the place of older words that nobody knows any more: how it stands, with nothing to press."""
    return _told(f"{capital(what(card))}: {standing(card)}", blocks.context(_facts(card)))


def late(card: Card) -> Rendered:
    """Nobody has answered in the time that was promised."""
    return _told(
        f"Your request for {what(card)} has waited longer than we promise. The advocacy team has been reminded of it.",
        blocks.context(_facts(card)),
        *blocks.actions(ways(card)),
    )


def approved(card: Card) -> Rendered:
    """Yes: whom to talk to, and what comes next."""
    return _told(
        f":white_check_mark: Yes: {what(card)} is approved for {when(card)}. That time is reserved for you.",
        blocks.context(f"{_facts(card)} · If it falls through, take it back, so that others can ask them."),
        *blocks.actions(ways(card)),
    )


def ways(card: Card) -> list[Block]:
    """What whoever asked can do now, as buttons; none once nothing is to happen any more."""
    if card.state.is_open:
        return [_cancel(card)]
    if card.state not in RESERVED:
        return []
    words = "Set the time" if card.scheduled_for is None else "Change the time"
    return [
        blocks.button("Contact details", Action.ADVOCATE_CONTACT, card.advocate_id or "", style="primary"),
        blocks.button(words, Action.REQUEST_SCHEDULE, card.id, spoken=f"{words}: {what_plain(card)}"),
        _cancel(card),
    ]


def declined(card: Card) -> Rendered:
    """No, and why."""
    return _told(
        f"We can't help with {what(card)}, and want you to know why.",
        blocks.section(quote(card.decline_reason or "No reason was given.", 2000)),
        *blocks.actions([blocks.button("Look up advocates", Action.LOOK_UP)]),
    )


def looking_again(before: Card) -> Rendered:
    """The advocate can't after all."""
    return _told(
        f"{whom(before)} can't after all. The advocacy team looks for somebody else, and you hear here who it is. "
        "Please don't contact them."
    )


def scheduled(card: Card) -> Rendered:
    """The time is set."""
    return _told(f"{capital(what(card))} is on {when(card)}.", *blocks.actions(ways(card)))


def cancelled(card: Card) -> Rendered:
    """Somebody took it back."""
    why = f" {line(card.decline_reason, 600)}" if card.decline_reason else ""
    return _told(f"The request for {what(card)} was taken back.{why}")


def no_longer_yours(card: Card) -> Rendered:
    """In the place of the last message to whoever took it back."""
    if card.state.is_live:
        return _told(f"You took back your part in the request for {what(card)}. It goes on for who else needs it.")
    return _told(f"You took back the request for {what(card)}.")


def inherited(card: Card) -> Rendered:
    """To the next in line of those who joined, once whoever asked first took it back."""
    return _told(
        f"The request for {what(card)}, which you joined, is yours now: whoever asked first has left or needs it no "
        "more.",
        blocks.context(_facts(card)),
        *blocks.actions(ways(card)),
    )


def handed_on(card: Card) -> Rendered:
    """To whoever the team says asks in the place of somebody who has left."""
    return _told(
        f"The request for {what(card)} is yours now: whoever asked for it has left, and the advocacy team hands it on "
        "to you. You hear here how it goes on.",
        blocks.context(_facts(card)),
        *blocks.actions(ways(card)),
    )


def expired(card: Card) -> Rendered:
    """Nobody said yes in time."""
    return _told(
        f"Your request for {what(card)} has expired: it was needed by {day(card.need_by)}, and nobody could say yes "
        "until then. We are sorry. If you still need it, please ask again.",
        *blocks.actions(
            [blocks.button("Ask again", Action.REQUEST), blocks.button("Look up advocates", Action.LOOK_UP)]
        ),
    )


def reopened(card: Card) -> Rendered:
    """The team works on it again."""
    return _told(f"We are working on your request for {what(card)} again.")


def grouped(card: Card) -> Rendered:
    """Several requests became one group call."""
    return _told(
        f"Several colleagues need the same, so that your request became one for {what(card)}: one call for all of you. "
        f"It is needed by {day(card.need_by)}, and you hear here when it is."
    )


def handed_over(card: Card) -> Rendered:
    """To a colleague of the team: it is yours now."""
    return _told(f"A colleague handed you the request for {what(card)}.", blocks.context(_facts(card)))
