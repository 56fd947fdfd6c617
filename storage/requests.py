"""Requests for an advocate, and who waits for one: rows and their keys. Decides no rule."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from storage.base import ID_LENGTH, Base, TenantRow, within


class Request(TenantRow, Base):
    """A colleague needs an advocate for an activity by a date. `details` are what the activity's own fields held."""

    __tablename__ = "request"
    __table_args__ = (
        within("requester_id", "person"),
        within("advocate_id", "advocate"),
        within("opportunity_id", "opportunity"),
        within("owner_id", "person"),
        within("taken_by_id", "person"),
        within("decided_by_id", "person"),
        Index(None, "workspace_id", "state", "created_at"),
        Index(None, "workspace_id", "requester_id"),
        Index(None, "workspace_id", "advocate_id", "state"),
        Index(None, "workspace_id", "opportunity_id"),
        Index(None, "workspace_id", "owner_id", "state"),
    )

    requester_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    requester_function: Mapped[str | None] = mapped_column(String(32))
    activity: Mapped[str] = mapped_column(String(48))
    state: Mapped[str] = mapped_column(String(16))
    routing: Mapped[str] = mapped_column(String(32))
    need_by: Mapped[date]
    advocate_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    criteria: Mapped[str | None] = mapped_column(Text)
    facets: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(16))
    purpose_words: Mapped[str | None] = mapped_column(String(255))
    opportunity_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    details: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)

    taken_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    owner_asked_at: Mapped[datetime | None]
    owner_reminded_at: Mapped[datetime | None]
    owner_escalated_at: Mapped[datetime | None]
    late_at: Mapped[datetime | None]
    asker_gone_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    decided_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    approved_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None] = mapped_column(Text)
    owner_reason: Mapped[str | None] = mapped_column(Text)
    override_reason: Mapped[str | None] = mapped_column(Text)
    in_the_way: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    happens_on: Mapped[date | None]
    scheduled_for: Mapped[datetime | None]
    group_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))

    outcome_asked_for: Mapped[date | None]
    outcome_asked_on: Mapped[date | None]
    outcome_questions: Mapped[int] = mapped_column(default=0, server_default="0")
    happened: Mapped[bool | None]
    rating: Mapped[int | None]
    outcome_words: Mapped[str | None] = mapped_column(Text)
    completed_on: Mapped[date | None]
    thanks_asked_at: Mapped[datetime | None]
    deal_asked_on: Mapped[date | None]
    deal_questions: Mapped[int] = mapped_column(default=0)
    deal_fate: Mapped[str | None] = mapped_column(String(16))

    opened_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two at once: the second one's UPDATE finds no row


class Follower(TenantRow, Base):
    """A colleague who needs the same for the same deal: hears of each step, and is asked for nothing."""

    __tablename__ = "request_follower"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_id", "person_id"),
        within("request_id", "request"),
        within("person_id", "person"),
    )

    request_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
