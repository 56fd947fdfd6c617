"""The outbox: messages committed together with the change that causes them, sent afterwards.

Decides what waits and what a newer message replaces; the delivery loop (schedules.delivery) decides when to send.
A message with a `slot` is one message that stays current: the first delivery posts it, later ones update it, and
of several waiting ones only the newest is sent.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.messages import RULES, Kind, Rendered
from domain.moment import Moment
from storage.base import ID_LENGTH, Base, Tenant, TenantRow
from storage.guard import GuardedSession

TO_CHANNEL_ROLE = "role:"
"""Leads a target that names what a channel is for; which channel that is, is looked up when it is sent."""


class Status(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"  # leased by a sender; in doubt once the lease has run out
    DELIVERED = "delivered"
    SUPERSEDED = "superseded"  # a newer one of the same slot took its place
    DROPPED = "dropped"  # in doubt, and of a kind that is not sent again
    PAUSED = "paused"  # part of a batch that somebody holds back (storage.batches)
    HELD = "held"  # its channel is missing, archived or without the bot; sent once that is mended
    DEAD = "dead"  # given up; shown to admins


class Message(TenantRow, Base):
    """One message to send, or to put in the place of an earlier one. `id` is the delivery id in Slack's metadata."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "status", "lane", "due_at"),
        Index(None, "workspace_id", "slot"),
        Index(None, "status", "lease_until"),
        Index(None, "workspace_id", "status", "done_at"),
        Index(None, "workspace_id", "batch", "target"),
    )

    across = True

    lane: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(32))
    target: Mapped[str] = mapped_column(String(64))
    slot: Mapped[str | None] = mapped_column(String(96))
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(16), default=Status.WAITING.value)
    due_at: Mapped[datetime]
    not_after: Mapped[datetime | None]
    batch: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    problem: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Subject(Tenant, Base):
    """Whom or what a message speaks of, so that it can be found and edited when that is erased."""

    __tablename__ = "outbox_subject"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "message_id"], ["outbox.workspace_id", "outbox.id"], ondelete="CASCADE"),
        Index(None, "workspace_id", "subject"),
    )

    across = True

    message_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)


class Post(Tenant, Base):
    """Where the current message of a slot stands in Slack."""

    __tablename__ = "post"

    across = True

    slot: Mapped[str] = mapped_column(String(96), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    posted_at: Mapped[datetime]


class Pace(Base):
    """When a workspace (`scope` "*") or one of its conversations may next be written to; shared by all replicas."""

    __tablename__ = "pace"

    across = True

    workspace_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    free_at: Mapped[datetime]
    interval_ms: Mapped[int] = mapped_column(default=0)


PUT = "put"
"""The mark of a session in which something was put into the outbox, for whoever wakes the delivery afterwards."""


def put(
    session: GuardedSession,
    moment: Moment,
    kind: Kind,
    target: str,
    message: Rendered,
    *,
    subjects: Iterable[str] = (),
    slot: str | None = None,
    due_at: datetime | None = None,
) -> str:
    """Commit a message with the change that causes it. Answers its delivery id.

    `target` is a user id, a channel id, or `role:advocacy`; `subjects` are ids of people, contacts,
    nominations or advocates that the message speaks of.
    """
    if slot is not None:
        _supersede(session, moment, slot)
    row = Message(
        id=moment.new_id(),
        lane=RULES[kind].lane.value,
        kind=kind.value,
        target=target,
        slot=slot,
        text=message.text,
        blocks=[dict(block) for block in message.blocks],
        status=Status.WAITING.value,
        due_at=due_at or moment.now,
        created_at=moment.now,
    )
    session.add(row)
    session.info[PUT] = True
    session.add_all(Subject(message_id=row.id, subject=subject) for subject in sorted(set(subjects)))
    return row.id


def _supersede(session: GuardedSession, moment: Moment, slot: str) -> None:
    """What waits for this slot says what was true before."""
    session.execute(
        update(Message)
        .where(Message.slot == slot, Message.status.in_([Status.WAITING.value, Status.HELD.value]))
        .values(status=Status.SUPERSEDED.value, done_at=moment.now)
        .execution_options(synchronize_session=False)
    )


def newest_slot(session: GuardedSession, kind: Kind, subject: str) -> str | None:
    """The slot of the last message of this kind that speaks of this subject. One statement."""
    about = (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id)
    return session.scalar(
        select(Message.slot)
        .join(Subject, about)
        .where(Subject.subject == subject, Message.kind == kind.value)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
    )


def newest_to(session: GuardedSession, kinds: Collection[Kind], target: str, subject: str) -> Message | None:
    """What was last put into the newest slot among messages of these kinds to one person that speak of this subject.

    Slots of one family end in the id of the moment in which they began, so that their order is that of time.
    """
    session.flush()
    about = (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id)
    of_kind = Message.kind.in_([kind.value for kind in kinds])
    found = select(Message).join(Subject, about).where(Subject.subject == subject, Message.target == target, of_kind)
    newest = found.where(Message.slot.is_not(None))
    return session.scalars(
        newest.order_by(Message.slot.desc(), Message.created_at.desc(), Message.id.desc()).limit(1)
    ).first()


def newest_of_family(session: GuardedSession, family: str, subject: str) -> Message | None:
    """The last message that speaks of this subject among those whose slot begins so. One statement."""
    about = (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id)
    found = select(Message).join(Subject, about).where(Subject.subject == subject)
    newest = found.where(Message.slot.startswith(family, autoescape=True))
    return session.scalars(newest.order_by(Message.created_at.desc(), Message.id.desc()).limit(1)).first()


def places_of_family(session: GuardedSession, family: str, subject: str) -> dict[str, str]:
    """Each slot that begins so, of messages that speak of this subject, with whom it went to. One statement."""
    session.flush()
    about = (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id)
    found = select(Message.slot, Message.target).join(Subject, about).where(Subject.subject == subject).distinct()
    rows = session.execute(found.where(Message.slot.startswith(family, autoescape=True)))
    return {row.slot: row.target for row in rows}


def subjects_of_slot(session: GuardedSession, slot: str) -> set[str]:
    """All that messages of this slot have spoken of. One statement."""
    about = (Subject.workspace_id == Message.workspace_id) & (Subject.message_id == Message.id)
    return set(session.scalars(select(Subject.subject).join(Message, about).where(Message.slot == slot)))


def posted(session: GuardedSession, slots: Collection[str]) -> set[str]:
    """Which of these messages stand in Slack, or are about to. Two statements."""
    coming = [Status.WAITING.value, Status.SENDING.value, Status.HELD.value]
    there = session.scalars(select(Post.slot).where(Post.slot.in_(slots)))
    on_their_way = session.scalars(select(Message.slot).where(Message.slot.in_(slots), Message.status.in_(coming)))
    return {slot for slot in (*there, *on_their_way) if slot is not None}


def release_held(session: GuardedSession, moment: Moment) -> None:
    """Let what waited for a channel try again: the channel was mended or another one chosen."""
    session.execute(
        update(Message)
        .where(Message.status == Status.HELD.value)
        .values(status=Status.WAITING.value, due_at=moment.now)
        .execution_options(synchronize_session=False)
    )
