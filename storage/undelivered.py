"""What people can see and do about messages that did not go out, and how long messages are kept.

Decides nothing about sending: storage.delivery and storage.outcomes do.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, Delete, Update, delete, func, select, update

from domain.errors import NotFound
from domain.messages import Kind
from domain.moment import Moment
from storage.guard import GuardedSession
from storage.outbox import Message, Status, Subject

DEAD_KEPT = timedelta(days=30)
"""A month to see what was given up; nobody sends it after that."""

AT_A_TIME = 500
"""Rows purged in one transaction, so that nobody waits for it."""

SHOWN = 100
"""Problems listed at most: more than that has one cause."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A message that waits for a hand: held (its channel needs mending) or dead (given up)."""

    id: str
    kind: Kind
    target: str
    status: Status
    reason: str
    attempts: int
    created_at: datetime


_IS_A_PROBLEM = Message.status.in_([Status.HELD.value, Status.DEAD.value])


def problems(session: GuardedSession) -> list[Problem]:
    """Held and dead messages of the workspace with their reasons, newest first."""
    rows = session.scalars(
        select(Message).where(_IS_A_PROBLEM).order_by(Message.created_at.desc(), Message.id).limit(SHOWN)
    )
    return [
        Problem(row.id, Kind(row.kind), row.target, Status(row.status), row.problem or "", row.attempts, row.created_at)
        for row in rows
    ]


def count_column() -> ColumnElement[int]:
    """How many there are, as a column."""
    return select(func.count(Message.id)).where(_IS_A_PROBLEM).scalar_subquery()


def retry_dead(session: GuardedSession, moment: Moment, message_id: str) -> None:
    """Try a message that was given up once more, from the first attempt on. Raises NotFound."""
    row = session.get(Message, (session.workspace_id, message_id), with_for_update=True)
    if row is None or row.status != Status.DEAD.value:
        raise NotFound("That message is not waiting for a new try any more.")
    row.status, row.due_at, row.attempts = Status.WAITING.value, moment.now, 0
    row.problem = row.done_at = None


def told_since(session: GuardedSession, since: datetime, subject: str) -> bool:
    """Whether admins were sent a notice about this since then."""
    notice = (
        select(Message.id)
        .join(Subject, (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id))
        .where(Subject.subject == subject, Message.kind == Kind.NOTICE.value, Message.created_at > since)
        .limit(1)
    )
    return session.scalar(notice) is not None


def purge(session: GuardedSession, now: datetime, before: datetime) -> bool:
    """Forget bodies and what was replaced from `before` then, and what was given up long ago. True when there is more.

    Where a message stands in Slack is kept, so that it can still be edited when somebody is erased.
    """
    steps = (_blank_delivered(before), _delete_unsent(before), _delete_dead(now - DEAD_KEPT))
    return AT_A_TIME in [_count(session, step) for step in steps]


def _blank_delivered(before: datetime) -> Update:
    old = select(Message.id).where(
        Message.status == Status.DELIVERED.value, Message.done_at < before, Message.text != ""
    )
    return update(Message).where(Message.id.in_(old.limit(AT_A_TIME))).values(text="", blocks=[])


def _delete_unsent(before: datetime) -> Delete:
    gone = [Status.SUPERSEDED.value, Status.DROPPED.value]
    old = select(Message.id).where(Message.status.in_(gone), Message.done_at < before)
    return delete(Message).where(Message.id.in_(old.limit(AT_A_TIME)))


def _delete_dead(before: datetime) -> Delete:
    old = select(Message.id).where(Message.status == Status.DEAD.value, Message.done_at < before)
    return delete(Message).where(Message.id.in_(old.limit(AT_A_TIME)))


def _count(session: GuardedSession, step: Update | Delete) -> int:
    result = session.execute(step, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)  # noqa: S101  # narrows the type: it has a row count
    return result.rowcount
