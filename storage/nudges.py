"""Nudges: when they come, what came to whom and why, and what their readers want. Decides no choice."""

from datetime import date, datetime

from sqlalchemy import Date, Index, SmallInteger, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from storage.base import ID_LENGTH, Base, Tenant, TenantRow, within
from storage.guard import GuardedSession

SENT, SILENT, HELD_OUT, SKIPPED = "sent", "silent", "held out", "skipped"
"""What came of an occasion: it was sent; the week had to be silent, or the person without, to see what comes of it;
or something spoke against it, which `reason` names."""


class NudgeEdit(Tenant, Base):
    """What the program leader changed of one entry of the library, or added to it. `text` None: as it came."""

    __tablename__ = "nudge_edit"
    __table_args__ = (within("changed_by_id", "person"),)

    entry_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    is_own: Mapped[bool] = mapped_column(default=False)
    is_off: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str | None] = mapped_column(Text)
    element: Mapped[str | None] = mapped_column(String(16))
    audiences: Mapped[list[str]] = mapped_column(JSON, default=list)
    motive: Mapped[str | None] = mapped_column(String(16))
    button: Mapped[str | None] = mapped_column(String(16))
    changed_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    changed_at: Mapped[datetime]


class NudgePlan(TenantRow, Base):
    """When an audience gets its nudge of the week, and where. `place` None: each person by direct message.
    `run_on` is a day on which somebody had it run at once; the one of `shifted_from` comes on `shifted_to`, or not."""

    __tablename__ = "nudge_plan"
    __table_args__ = (UniqueConstraint("workspace_id", "audience"),)

    audience: Mapped[str] = mapped_column(String(32))
    place: Mapped[str | None] = mapped_column(String(64))
    day: Mapped[str] = mapped_column(String(3))
    at: Mapped[str] = mapped_column(String(5))
    zone: Mapped[str] = mapped_column(String(64))
    is_on: Mapped[bool]
    since: Mapped[datetime]
    run_on: Mapped[date | None]
    shifted_from: Mapped[date | None]
    shifted_to: Mapped[date | None]


class Nudge(TenantRow, Base):
    """One occasion on which a nudge was due: in a channel, or for one person. `occasion` says which, so that it comes
    once however many replicas there are; `due_on` is the day on the clock of the place or the person."""

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("workspace_id", "occasion"),
        within("plan_id", "nudge_plan"),
        within("person_id", "person"),
        Index(None, "workspace_id", "plan_id", "due_on"),
        Index(None, "workspace_id", "person_id", "created_at"),
        Index(None, "workspace_id", "created_at"),
    )

    occasion: Mapped[str] = mapped_column(String(96))
    plan_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    person_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    track_day: Mapped[int | None] = mapped_column(SmallInteger)
    audience: Mapped[str] = mapped_column(String(32))
    entry_id: Mapped[str | None] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(String(64))
    due_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(64))
    why: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    text: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class NudgeWish(Tenant, Base):
    """What somebody wants of nudges: none, a rest until a day; and whether a nudge may name them."""

    __tablename__ = "nudge_wish"
    __table_args__ = (within("person_id", "person"),)

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    opted_out_at: Mapped[datetime | None]
    snoozed_until: Mapped[date | None]
    may_name: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]


class NudgeReply(TenantRow, Base):
    """What somebody said to a nudge: that they did it, or that this one is not for them."""

    __tablename__ = "nudge_reply"
    __table_args__ = (
        UniqueConstraint("workspace_id", "nudge_id", "person_id", "what"),
        within("nudge_id", "nudge"),
        within("person_id", "person"),
        Index(None, "workspace_id", "person_id"),
    )

    nudge_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    entry_id: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


class Newcomer(TenantRow, Base):
    """Somebody who joined a channel that gets nudges; who has left it again is welcomed no more.
    `welcomed_at`: the last message of the track was sent."""

    __tablename__ = "newcomer"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "channel"),
        within("person_id", "person"),
        Index(None, "workspace_id", "left_at", "welcomed_at"),
    )

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    channel: Mapped[str] = mapped_column(String(32))
    audience: Mapped[str] = mapped_column(String(32))
    joined_on: Mapped[date]
    left_at: Mapped[datetime | None]
    welcomed_at: Mapped[datetime | None]


def edits(session: GuardedSession) -> list[NudgeEdit]:
    """All that was changed of the library. One statement."""
    return list(session.scalars(select(NudgeEdit).order_by(NudgeEdit.entry_id)))


def plans(session: GuardedSession) -> list[NudgePlan]:
    """All plans, in the order in which they were made. One statement."""
    return list(session.scalars(select(NudgePlan).order_by(NudgePlan.id)))


def plan_of(session: GuardedSession, audience: str) -> NudgePlan | None:
    """The plan of an audience."""
    return session.scalar(select(NudgePlan).where(NudgePlan.audience == audience))


def plan_locked(session: GuardedSession, audience: str) -> NudgePlan | None:
    """The plan of an audience, held until the transaction ends: of two who move its nudge one does."""
    found = select(NudgePlan).where(NudgePlan.audience == audience).with_for_update(key_share=True)
    return session.scalar(found.execution_options(populate_existing=True))


def has_occasion(session: GuardedSession, occasion: str) -> bool:
    """Whether this occasion has been dealt with."""
    return session.scalar(select(Nudge.id).where(Nudge.occasion == occasion)) is not None


def history_of_plan(session: GuardedSession, plan_id: str) -> list[str]:
    """What a channel got, the oldest first. One statement."""
    sent = select(Nudge.entry_id).where(Nudge.plan_id == plan_id, Nudge.person_id.is_(None), Nudge.outcome == SENT)
    return [one for one in session.scalars(sent.order_by(Nudge.created_at, Nudge.id)) if one is not None]


def wish_of(session: GuardedSession, person_id: str) -> NudgeWish | None:
    """What this person wants; None where they never said."""
    return session.get(NudgeWish, (session.workspace_id, person_id))


def reply_of(session: GuardedSession, nudge_id: str, person_id: str, what: str) -> NudgeReply | None:
    """What this person said to a nudge."""
    said = (NudgeReply.nudge_id == nudge_id, NudgeReply.person_id == person_id, NudgeReply.what == what)
    return session.scalar(select(NudgeReply).where(*said))


def newcomer(session: GuardedSession, person_id: str, channel: str) -> Newcomer | None:
    """Somebody's joining of a channel."""
    return session.scalar(select(Newcomer).where(Newcomer.person_id == person_id, Newcomer.channel == channel))


def forget(session: GuardedSession, month_ago: datetime, year_ago: datetime) -> None:
    """Forget for whom nothing was sent, and what people were told, after a month; that they were told after a year.

    What somebody has answered stays: it says what they do not want again. Three statements.
    """
    to_people = Nudge.person_id.is_not(None)
    skipped = (Nudge.outcome == SKIPPED, Nudge.track_day.is_(None), to_people, Nudge.created_at < month_ago)
    told = (Nudge.text.is_not(None), to_people, Nudge.created_at < month_ago)
    answered = select(NudgeReply.nudge_id)
    for step in (
        delete(Nudge).where(*skipped),
        update(Nudge).where(*told).values(text=None),
        delete(Nudge).where(Nudge.created_at < year_ago, Nudge.id.not_in(answered)),
    ):
        session.execute(step.execution_options(synchronize_session=False))
