"""How much waits to be sent, in all workspaces together. Decides nothing about what is sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.guard import GuardedSession
from storage.outbox import Message, Status

UNSENT = (Status.WAITING, Status.SENDING, Status.HELD)
"""Messages that are still to be sent, or are being sent."""


@dataclass(frozen=True, slots=True)
class Depth:
    """Messages of one lane in one state that are due, and since when the oldest of them is (aware UTC)."""

    lane: str
    status: str
    messages: int
    oldest: datetime


def depth(session: GuardedSession, now: datetime) -> list[Depth]:
    """What is due and not sent. One statement."""
    query = (
        select(Message.lane, Message.status, func.count(), func.min(Message.due_at))
        .where(Message.status.in_([one.value for one in UNSENT]), Message.due_at <= now)
        .group_by(Message.lane, Message.status)
        .order_by(Message.lane, Message.status)
    )
    return [Depth(*row) for row in session.execute(query)]
