"""Messages that speak of an erased person: what is not sent goes, what stands in Slack is found. Decides no wording.

A message is done with once it is no longer indexed under the person, so that an interrupted run goes on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, cast, delete, func, or_, select

from domain.erasing import Traits
from domain.messages import Rendered
from storage.guard import GuardedSession
from storage.outbox import Message, Post, Status, Subject

AT_A_TIME = 100
"""Messages that one transaction sees to."""

OWN = "erased:"
"""Leads the slot of a message that had none, so that it can be changed where it stands."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in Slack, or may come to: its slot, where, and what it said last as far as that is kept."""

    slot: str
    place: str
    said: Rendered | None


def count_about(session: GuardedSession, subjects: Collection[str]) -> int:
    """How many messages in Slack speak of them; several states of one message count once. One statement."""
    one = func.coalesce(Message.slot, Message.id)
    stands = (Subject.subject.in_(subjects), Message.status == Status.DELIVERED.value)
    query = select(func.count(one.distinct())).join(Subject, _about()).where(*stands)
    return session.scalar(query) or 0


def ids_about(subjects: Collection[str]) -> Select[str]:
    """The ids of all messages that speak of them, as a part of another query, which names the workspace."""
    return select(Subject.message_id).where(Subject.subject.in_(subjects))


def indexed_under(session: GuardedSession, subjects: Collection[str], until: datetime) -> list[str]:
    """Ids of messages made `until` then that speak of them, oldest first, as many as one transaction sees to.

    What was made later, such as a request's alert drawn anew, knows them by their id alone.
    """
    about = select(Subject.message_id).join(Message, _about())
    about = about.where(Subject.subject.in_(subjects), Message.created_at <= until).distinct()
    return list(session.scalars(about.order_by(Subject.message_id).limit(AT_A_TIME)))


def naming(session: GuardedSession, traits: Traits, until: datetime) -> list[str]:
    """Ids of messages made `until` then whose text names them, as many as one transaction sees to."""
    fits = [
        column.ilike(like, escape="/")
        for column in (Message.text, cast(Message.blocks, Text))
        for like in traits.like()
    ]
    made = Message.created_at <= until
    rows = session.scalars(select(Message).where(made, or_(*fits)).order_by(Message.id)).all() if fits else []
    return [row.id for row in rows if traits.name([row.text, row.blocks])][:AT_A_TIME]


def take_out(session: GuardedSession, message_ids: Collection[str]) -> list[Standing]:
    """Remove these where they were never sent, and empty them where they were. Answers what stands in Slack of them."""
    order = (Message.created_at, Message.id)
    rows = session.scalars(select(Message).where(Message.id.in_(message_ids)).order_by(*order).with_for_update()).all()
    found: dict[str, Standing] = {}
    for row in rows:
        said = Rendered(row.text, tuple(row.blocks)) if row.text else None
        if row.status == Status.SENDING.value or (row.status == Status.DELIVERED.value and row.channel and row.ts):
            slot = row.slot or f"{OWN}{row.id}"
            place = row.channel or row.target
            found[slot] = Standing(slot, place, said or (found[slot].said if slot in found else None))
            _pin(session, row, slot)
        elif row.slot is not None:
            found.setdefault(row.slot, Standing(row.slot, row.target, said))
        row.text, row.blocks, row.problem = "", [], None
    session.execute(delete(Subject).where(Subject.message_id.in_(message_ids)))
    session.flush()
    unsent = [row.id for row in rows if row.status not in {Status.SENDING.value, Status.DELIVERED.value}]
    session.execute(delete(Message).where(Message.id.in_(unsent)), execution_options={"synchronize_session": "fetch"})
    return [one for one in found.values() if _can_be_changed(session, one)]


def _pin(session: GuardedSession, row: Message, slot: str) -> None:
    """Give a message that had no slot one of its own, with its place in Slack if that is known yet."""
    if row.slot is None:
        row.slot = slot
        if row.channel and row.ts and row.status == Status.DELIVERED.value:
            session.add(Post(slot=slot, channel=row.channel, ts=row.ts, posted_at=row.done_at or row.created_at))
            session.flush()


def _can_be_changed(session: GuardedSession, one: Standing) -> bool:
    """Whether it stands in Slack, or is just being sent."""
    coming = select(Message.id).where(Message.slot == one.slot, Message.status == Status.SENDING.value)
    there = session.get(Post, (session.workspace_id, one.slot)) is not None
    return there or session.scalar(coming.limit(1)) is not None


def forget_account(session: GuardedSession, slack_ids: Collection[str]) -> bool:
    """Let nothing in the outbox bear an erased colleague's Slack account. False while a change is still to be sent."""
    theirs = [Message.target.in_(slack_ids), *(Message.slot.contains(one, autoescape=True) for one in slack_ids)]
    pending = [Status.WAITING.value, Status.SENDING.value, Status.HELD.value]
    waiting = select(Message.id).where(or_(*theirs), Message.status.in_(pending))
    if session.scalar(waiting.limit(1)) is not None:
        return False
    for row in session.scalars(select(Message).where(or_(*theirs))):
        row.target, row.slot = "", None
    for one in slack_ids:
        session.execute(delete(Post).where(Post.slot.contains(one, autoescape=True)))
    session.flush()
    return True


def _about() -> ColumnElement[bool]:
    return (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id)
