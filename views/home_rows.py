"""One row of each list of nominations and journeys in Home, with what can be done about it. Decides no rule."""

from datetime import datetime

from domain import advocates
from domain.nominations import Card, State
from views import alert, blocks
from views.ids import Action
from views.nomination_words import introduction, nominator, standing, who, who_plain
from views.text import Block, age, day, line, mention

WHY_SHOWN = 300
"""Characters of a reason in the queue: enough to recall it, the alert has all of it."""


def to_review(card: Card, now: datetime) -> list[Block]:
    """What waits for the team's decision."""
    late = " :warning: *Too long.*" if card.flagged else ""
    why = line(card.why, WHY_SHOWN)
    text = f"*{who(card)}*, for {age(card.created_at, now)}, by {nominator(card)}.{late}\n{standing(card)}\n{why}"
    return [blocks.section(text), *alert.buttons(card)]


def to_introduce(card: Card) -> list[Block]:
    """Whom somebody is asked to introduce us to."""
    record = blocks.button(
        "Record the introduction", Action.INTRODUCED, card.id, spoken=f"Record the introduction: {who_plain(card)}"
    )
    return [blocks.section(f"*{who(card)}*: {introduction(card)}", record)]


def on_their_way(card: advocates.Card) -> list[Block]:
    """Somebody who becomes an advocate, and what is missing."""
    lacking = f" Still missing: {line(', '.join(card.missing), 400)}." if card.missing else " Ready to publish."
    opened = blocks.button("Open the journey", Action.JOURNEY, card.id, spoken=f"Open the journey: {who_plain(card)}")
    return [blocks.section(f"*{who(card)}* is {card.state.words}.{lacking}", opened)]


def my_nomination(card: Card, reader: str) -> list[Block]:
    """What somebody put forward or endorsed; `reader` is their Slack id."""
    is_own = card.nominator_slack_id == reader
    when = blocks.context(
        f"{'Put forward' if is_own else 'Put forward by a colleague'} on {day(card.created_at.date())}"
    )
    button = _my_button(card) if is_own else None
    return [blocks.section(f"*{who(card)}*\n{_how_it_stands(card, reader)}", button), when]


def _how_it_stands(card: Card, reader: str) -> str:
    """For whoever put them forward: what comes next, rather than who does it."""
    if card.state is State.SUBMITTED:
        return f"Waiting for review.{_looked_at(card, reader)}"
    if card.state is State.NEEDS_INFO and card.nominator_slack_id == reader:
        return f"*The team has a question:* {line(card.question or '', 600)}"
    return standing(card, reader)


def _looked_at(card: Card, reader: str) -> str:
    if card.reviewer_slack_id is None:
        return ""
    return (
        " You look at it." if card.reviewer_slack_id == reader else f" {mention(card.reviewer_slack_id)} looks at it."
    )


def _my_button(card: Card) -> Block | None:
    if card.state is State.NEEDS_INFO:
        return blocks.button("Answer", Action.ANSWER, card.id, style="primary", spoken=f"Answer: {who_plain(card)}")
    if card.state is State.SUBMITTED:
        sure = blocks.confirm("Take it back?", "The team stops looking at this nomination.", "Take it back", "Keep it")
        return blocks.button(
            "Take it back", Action.WITHDRAW, card.id, spoken=f"Take it back: {who_plain(card)}", confirm=sure
        )
    return None
