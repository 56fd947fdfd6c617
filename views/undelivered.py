"""Messages that could not be delivered: why, what to do, and to try again. Decides nothing about sending."""

from collections.abc import Sequence
from typing import Protocol

from domain.settings import CHANNEL_WORDS, ChannelRole
from views import blocks, delivery
from views.ids import Action, Callback
from views.text import Block, channel, line, mention

LISTED = 80
"""Messages in one list."""


class Undelivered(Protocol):
    """A message that waits for a hand."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def target(self) -> str:
        """Where it should have gone."""

    @property
    def status(self) -> str:
        """ "held" until its channel is mended, or "dead"."""

    @property
    def reason(self) -> str:
        """Slack's word for why."""


def problems(found: Sequence[Undelivered]) -> Block:
    """Messages that could not be delivered: why, what to do, and to try again."""
    if not found:
        return blocks.notice("Undelivered", "Every message was delivered.")
    content = [_problem(one) for one in found[:LISTED]]
    if len(found) > LISTED:
        content.append(blocks.context(f"And {len(found) - LISTED:,} more."))
    return blocks.modal(Callback.NOTHING, "Undelivered", content)


def _problem(one: Undelivered) -> Block:
    again = blocks.button("Try again", Action.RETRY_DEAD, one.id, spoken="Try again to deliver this message")
    return blocks.section(f"*To {place_of(one.target)}*\n{_why(one)}", again if one.status == "dead" else None)


def _why(one: Undelivered) -> str:
    """What is held bears a sentence of views.delivery, with a channel in it; what was given up, Slack's own word."""
    if one.status == "held" and " " in one.reason:
        return one.reason
    known = next((trouble for error, trouble in delivery.TROUBLES.items() if error in one.reason), None)
    return delivery.reason(known, place_of(one.target)) if known else line(one.reason, 300)


def place_of(target: str) -> str:
    """Where a message should go, as people call it."""
    prefix, _, role = target.partition(":")
    if role in set(ChannelRole):
        return f"the channel for: {CHANNEL_WORDS[ChannelRole(role)]}"
    if prefix[:1] in {"U", "W"}:
        return mention(target)
    return channel(target)
