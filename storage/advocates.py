"""The journey's rows: introduction, interview, advocate with profile, consent. Decides no rule."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from storage.base import ID_LENGTH, Base, TenantRow, within


class Introduction(TenantRow, Base):
    """The relationship owner was asked to introduce us; without an owner the team introduces itself."""

    __tablename__ = "introduction"
    __table_args__ = (
        UniqueConstraint("workspace_id", "nomination_id"),
        within("nomination_id", "nomination"),
        within("owner_id", "person"),
        within("made_by_id", "person"),
        Index(None, "workspace_id", "due_on"),
    )

    nomination_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    made_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    note: Mapped[str | None] = mapped_column(Text)


class Advocate(TenantRow, Base):
    """A contact who may speak for us, with the profile that colleagues search."""

    __tablename__ = "advocate"
    __table_args__ = (
        UniqueConstraint("workspace_id", "contact_id"),
        within("contact_id", "contact"),
        within("nomination_id", "nomination"),
        Index(None, "workspace_id", "nomination_id"),
        Index(None, "workspace_id", "state", "verified_at"),
    )

    contact_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    nomination_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    state: Mapped[str] = mapped_column(String(16))
    title: Mapped[str | None] = mapped_column(String(255))
    persona: Mapped[str | None] = mapped_column(String(255))
    industry: Mapped[str | None] = mapped_column(String(255))
    country: Mapped[str | None] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(32))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
    use_cases: Mapped[str | None] = mapped_column(Text)
    outcomes: Mapped[str | None] = mapped_column(Text)
    quotes: Mapped[str | None] = mapped_column(Text)
    topics: Mapped[str | None] = mapped_column(Text)
    activities: Mapped[list[str]] = mapped_column(JSON, default=list)
    refused_activities: Mapped[list[str]] = mapped_column(JSON, default=list)
    preferred_contact: Mapped[str | None] = mapped_column(String(255))
    links: Mapped[str | None] = mapped_column(Text)
    own_cap_halves: Mapped[int | None]
    own_rest_days: Mapped[int | None]
    rest_reason: Mapped[str | None] = mapped_column(String(32))
    rest_until: Mapped[date | None]
    verified_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    check_asked_on: Mapped[date | None]
    check_asked: Mapped[int] = mapped_column(default=0, server_default="0")
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second one is told


class InterviewRow(TenantRow, Base):
    """The interview with an advocate; one row, moved when the date moves. Notes are sealed."""

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("workspace_id", "advocate_id"),
        within("advocate_id", "advocate"),
        within("interviewer_id", "person"),
    )

    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    interviewer_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    at: Mapped[datetime]
    link: Mapped[str | None] = mapped_column(Text)
    held_at: Mapped[datetime | None]
    notes: Mapped[bytes | None] = mapped_column(LargeBinary)


class ConsentRow(TenantRow, Base):
    """What the customer agreed to; the newest row counts, older ones stay as proof."""

    __tablename__ = "consent"
    __table_args__ = (
        within("advocate_id", "advocate"),
        within("recorded_by_id", "person"),
        Index(None, "workspace_id", "advocate_id", "recorded_at"),
    )

    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    given_on: Mapped[date]
    how: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    recorded_at: Mapped[datetime]
    ends_on: Mapped[date | None]


def newest_consent() -> Any:
    """The id of each advocate's newest consent, for a statement that has the advocates."""
    return (
        select(ConsentRow.id)
        .where(ConsentRow.advocate_id == Advocate.id)
        .order_by(ConsentRow.recorded_at.desc(), ConsentRow.id.desc())
        .limit(1)
        .correlate(Advocate)
        .scalar_subquery()
    )
