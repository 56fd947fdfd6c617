"""Uses of advocates, done and reserved: what capacity is counted from. Decides nothing about what is too much."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Index, Row, String, Text, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from domain.advocates import State
from domain.capacity import Use
from domain.vocabulary import Activity
from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession


class Status(StrEnum):
    """Where a use stands."""

    RESERVED = "reserved"  # approved, and still to come
    DONE = "done"
    RELEASED = "released"  # it did not come about, and counts for nothing


class Engagement(TenantRow, Base):
    """One use of an advocate. `halves` is what it weighed on the day it was entered; a later table changes no past."""

    __tablename__ = "engagement"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_id", "advocate_id"),
        within("advocate_id", "advocate"),
        within("request_id", "request"),
        within("opportunity_id", "opportunity"),
        within("person_id", "person"),
        Index(None, "workspace_id", "advocate_id", "happens_on"),
        Index(None, "workspace_id", "opportunity_id"),
    )

    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    activity: Mapped[str] = mapped_column(String(48))
    halves: Mapped[int]
    happens_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(16))
    request_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    opportunity_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    person_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    words: Mapped[str | None] = mapped_column(Text)
    rating: Mapped[int | None]
    over_cap: Mapped[bool] = mapped_column(default=False)
    override_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


COUNTING = (Status.RESERVED.value, Status.DONE.value)


def uses_of(session: GuardedSession, advocate_ids: Collection[str], since: date) -> dict[str, tuple[Use, ...]]:
    """What counts of each advocate from a day on, oldest first. One statement, however many there are."""
    return _by_advocate(session.execute(_USES_OF_SOME, {"advocate_ids": list(advocate_ids), "since": since}))


def uses_of_active(session: GuardedSession, since: date) -> dict[str, tuple[Use, ...]]:
    """The same of every active advocate."""
    return _by_advocate(session.execute(_USES_OF_ACTIVE, {"since": since}))


def use_of(row: Any) -> Use:
    """The use in a row of this table, or in its columns."""
    reserved = row.status == Status.RESERVED.value
    return Use(row.happens_on, row.halves, Activity(row.activity), reserved, row.request_id)


def _by_advocate(rows: Iterable[Row[Any]]) -> dict[str, tuple[Use, ...]]:
    found: dict[str, list[Use]] = {}
    for row in rows:
        found.setdefault(row.advocate_id, []).append(use_of(row))
    return {advocate_id: tuple(uses) for advocate_id, uses in found.items()}


_USES = (
    select(
        Engagement.advocate_id,
        Engagement.happens_on,
        Engagement.halves,
        Engagement.activity,
        Engagement.status,
        Engagement.request_id,
    )
    .where(Engagement.happens_on >= bindparam("since", type_=Date()), Engagement.status.in_(COUNTING))
    .order_by(Engagement.happens_on, Engagement.id)
)
_USES_OF_SOME = _USES.where(Engagement.advocate_id.in_(bindparam("advocate_ids", expanding=True)))
_USES_OF_ACTIVE = _USES.join(Advocate, Advocate.id == Engagement.advocate_id).where(
    Advocate.state == State.ACTIVE.value
)
"""Columns and no objects, made once: a look-up reads those of some hundred advocates."""


def of_advocate(session: GuardedSession, advocate_id: str, most: int) -> list[Engagement]:
    """The last uses of one advocate, the newest first."""
    query = select(Engagement).where(Engagement.advocate_id == advocate_id, Engagement.status.in_(COUNTING))
    return list(session.scalars(query.order_by(Engagement.happens_on.desc(), Engagement.id.desc()).limit(most)))


def of_advocates(session: GuardedSession, advocate_ids: Collection[str]) -> list[Engagement]:
    """Every use of these advocates, the oldest entry first. One statement."""
    query = select(Engagement).where(Engagement.advocate_id.in_(advocate_ids)).order_by(Engagement.id)
    return list(session.scalars(query)) if advocate_ids else []


def released(session: GuardedSession, request_id: str, advocate_id: str) -> Engagement | None:
    """The use of this advocate that this request reserved before and let go of."""
    query = select(Engagement).where(Engagement.request_id == request_id, Engagement.advocate_id == advocate_id)
    return session.scalar(query.where(Engagement.status == Status.RELEASED.value))


def of_request(session: GuardedSession, request_id: str) -> Engagement | None:
    """The use that a request reserved or led to, and that counts."""
    query = select(Engagement).where(Engagement.request_id == request_id, Engagement.status.in_(COUNTING))
    return session.scalars(query.order_by(Engagement.created_at.desc())).first()


def handed_over(session: GuardedSession, request_id: str, person_id: str) -> None:
    """Another colleague uses from now on what this request reserved."""
    counting = Engagement.status.in_(COUNTING)
    session.execute(update(Engagement).where(Engagement.request_id == request_id, counting).values(person_id=person_id))
