"""Messages to many people at once, and what was sent lately. The outbox itself is storage.outbox. Decides nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from domain.messages import RULES, Kind, Rendered
from domain.moment import Moment
from storage.guard import GuardedSession
from storage.outbox import Message, Status, Subject

AS_ONE = {"render_nulls": True}
"""Rows with and without some value go in one statement; else each change between them begins another."""


@dataclass(frozen=True, slots=True)
class Direct:
    """One of many direct messages: to whom (a Slack id), what, and of whom it speaks."""

    target: str
    message: Rendered
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What belongs together (storage.batches), and until when it may leave."""

    id: str
    not_after: datetime


def put_many(
    session: GuardedSession, moment: Moment, kind: Kind, letters: Sequence[Direct], batch: Batch | None = None
) -> None:
    """Commit one message for each of many people, without slots. Two statements."""
    rows, about = [], []
    for one in letters:
        message_id = moment.new_id()
        rows.append(
            {
                "workspace_id": session.workspace_id,
                "id": message_id,
                "lane": RULES[kind].lane.value,
                "kind": kind.value,
                "target": one.target,
                "text": one.message.text,
                "blocks": [dict(block) for block in one.message.blocks],
                "status": Status.WAITING.value,
                "due_at": moment.now,
                "not_after": batch.not_after if batch else None,
                "batch": batch.id if batch else None,
                "created_at": moment.now,
            }
        )
        of_it = {"workspace_id": session.workspace_id, "message_id": message_id}
        about += [{**of_it, "subject": subject} for subject in sorted(set(one.subjects))]
    for table, values in ((Message, rows), (Subject, about)):
        if values:
            session.execute(insert(table), values, execution_options=AS_ONE)


def withdraw(session: GuardedSession, moment: Moment, kind: Kind, target: str) -> None:
    """Take back what of this kind still waits for this target: something newer of the kind takes its place."""
    session.execute(
        update(Message)
        .where(
            Message.kind == kind.value,
            Message.target == target,
            Message.status.in_([Status.WAITING.value, Status.HELD.value]),
        )
        .values(status=Status.SUPERSEDED.value, done_at=moment.now)
        .execution_options(synchronize_session=False)
    )


def sent_since(session: GuardedSession, kinds: Collection[Kind], since: datetime) -> list[tuple[str, Kind, datetime]]:
    """Messages of these kinds that have come since, may have, or are on their way: target, kind and when.

    One statement, however many people.
    """
    query = select(Message.target, Message.kind, Message.due_at).where(*came_since(kinds, since))
    return [(row.target, Kind(row.kind), row.due_at) for row in session.execute(query)]


def came_since(kinds: Collection[Kind], since: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a message is one of these."""
    counts = [Status.WAITING.value, Status.SENDING.value, Status.DELIVERED.value, Status.DROPPED.value]
    return (
        Message.status.in_([*counts, Status.HELD.value]),
        (Message.done_at.is_(None)) | (Message.done_at >= since),
        Message.kind.in_([kind.value for kind in kinds]),
        Message.due_at >= since,
    )
