"""Messages of the outbox that belong together, so that they can be held back, counted and taken away together.

A batch is a pulse's: what it sends has its time, until `not_after`; what did not leave by then gets another.
Decides nothing about when.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from domain.messages import Kind
from domain.moment import Moment
from storage.guard import GuardedSession
from storage.outbox import Message, Status
from storage.people import Person


def progress(session: GuardedSession, batch: str, kind: Kind) -> dict[Status, int]:
    """How many messages of this kind stand where. One statement."""
    query = select(Message.status, func.count()).where(Message.batch == batch, Message.kind == kind.value)
    return {Status(row[0]): row[1] for row in session.execute(query.group_by(Message.status))}


def hold_back(session: GuardedSession, batch: str) -> None:
    """Send nothing more of it until it goes on. What is on its way at this instant still arrives."""
    _turn(session, batch, Status.WAITING, Status.PAUSED)


def go_on(session: GuardedSession, batch: str) -> None:
    """Send what was held back."""
    _turn(session, batch, Status.PAUSED, Status.WAITING)


def _turn(session: GuardedSession, batch: str, before: Status, after: Status) -> None:
    session.execute(
        update(Message)
        .where(Message.batch == batch, Message.status == before.value)
        .values(status=after.value)
        .execution_options(synchronize_session=False)
    )


def give_up(session: GuardedSession, moment: Moment, batch: str) -> None:
    """Nothing of it is sent any more."""
    session.execute(
        update(Message)
        .where(Message.batch == batch, Message.status.in_([*map(str, _NOT_SENT)]))
        .values(status=Status.SUPERSEDED.value, done_at=moment.now)
        .execution_options(synchronize_session=False)
    )


_NOT_SENT = (Status.WAITING, Status.PAUSED, Status.HELD)


def forget_kind(session: GuardedSession, batch: str, kind: Kind, targets: Collection[str] | None = None) -> None:
    """Delete messages of this kind, to these targets or to all: that they were sent tells something by itself.

    One that is on its way to one of the targets stays: its sender still has to write down where it stands.
    """
    of_batch = (Message.batch == batch, Message.kind == kind.value)
    which: tuple[ColumnElement[bool], ...] = of_batch
    if targets is not None:
        which = (*of_batch, Message.target.in_(targets), Message.status.in_([*map(str, _NOT_SENT)]))
    session.execute(delete(Message).where(*which).execution_options(synchronize_session=False))


def place_of(session: GuardedSession, batch: str, kind: Kind, target: str) -> tuple[str, str] | None:
    """Channel and ts of the message of this kind to this target. One statement."""
    query = select(Message.channel, Message.ts).where(
        Message.batch == batch, Message.target == target, Message.kind == kind.value, Message.ts.is_not(None)
    )
    row = session.execute(query.order_by(Message.id.desc()).limit(1)).first()
    return None if row is None or row[0] is None or row[1] is None else (row[0], row[1])


def overdue(session: GuardedSession, batch: str, now: datetime) -> bool:
    """Whether something of it did not leave in its time. One statement."""
    return session.scalar(select(Message.id).where(*_overdue(batch, now)).limit(1)) is not None


def _overdue(batch: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Message.batch == batch, Message.status == Status.WAITING.value, Message.not_after <= now)


def put_off(session: GuardedSession, batch: str, now: datetime, zone: str, start: datetime, end: datetime) -> None:
    """Give what did not leave in its time another time, for the people of this zone. One statement."""
    there = select(Person.slack_user_id).where(Person.time_zone == zone, Person.slack_user_id.is_not(None))
    session.execute(
        update(Message)
        .where(*_overdue(batch, now), Message.target.in_(there))
        .values(due_at=start, not_after=end)
        .execution_options(synchronize_session=False)
    )
