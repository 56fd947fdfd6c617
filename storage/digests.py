"""To whom the month's digest went. Decides nothing."""

from datetime import datetime

from sqlalchemy import select

from domain.messages import Kind
from storage.guard import GuardedSession
from storage.outbox import Message


def sent_since(session: GuardedSession, since: datetime) -> set[str]:
    """The Slack ids of those for whom a digest was put into the outbox since then. One statement."""
    query = select(Message.target).where(Message.kind == Kind.DIGEST.value, Message.created_at >= since)
    return set(session.scalars(query))
