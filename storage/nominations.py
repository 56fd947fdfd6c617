"""Contacts, nominations and endorsements: rows and their keys. Decides no rule.

A contact is a customer's person, kept once: nominations and the advocate point at it, so that an email address
stands in one place. The unique keys make a double submission impossible whatever the code above does.
"""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.nominations import LIVE
from storage.base import ID_LENGTH, Base, TenantRow, within

LIVE_STATES = tuple(state.value for state in LIVE)
"""What the state column holds of a nomination whose contact counts as known."""

_LIVE_SQL = "state IN (" + ", ".join(f"'{state.value}'" for state in sorted(LIVE)) + ")"


class Contact(TenantRow, Base):
    """A person at a customer. `identity` is the name's key, unless a colleague said it is somebody else. `gone_at` is
    when the CRM said that they were deleted there."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email_digest"),
        UniqueConstraint("workspace_id", "company_key", "identity"),
        within("account_id", "account"),
        Index(None, "workspace_id", "account_id"),
    )

    name: Mapped[str] = mapped_column(String(255))
    name_key: Mapped[str] = mapped_column(String(255))
    identity: Mapped[str] = mapped_column(String(300))
    company: Mapped[str] = mapped_column(String(255))
    company_key: Mapped[str] = mapped_column(String(255))
    account_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    email: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class Nomination(TenantRow, Base):
    """ "This customer could be an advocate": one live one a contact at a time."""

    __tablename__ = "nomination"
    __table_args__ = (
        within("contact_id", "contact"),
        within("nominator_id", "person"),
        within("reviewer_id", "person"),
        within("decided_by_id", "person"),
        ForeignKeyConstraint(["workspace_id", "merged_into_id"], ["nomination.workspace_id", "nomination.id"]),
        Index(
            "uq_nomination_live_contact",
            "workspace_id",
            "contact_id",
            unique=True,
            sqlite_where=text(_LIVE_SQL),
            postgresql_where=text(_LIVE_SQL),
        ),
        Index(None, "workspace_id", "state", "created_at"),
        Index(None, "workspace_id", "nominator_id"),
    )

    contact_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    nominator_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    nominator_function: Mapped[str | None] = mapped_column(String(32))
    source: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(Text)
    customer_knows: Mapped[bool]
    title: Mapped[str | None] = mapped_column(String(255))
    persona: Mapped[str | None] = mapped_column(String(255))
    industry: Mapped[str | None] = mapped_column(String(255))
    country: Mapped[str | None] = mapped_column(String(2))
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
    use_cases: Mapped[str | None] = mapped_column(Text)
    activities: Mapped[list[str]] = mapped_column(JSON, default=list)
    relationship: Mapped[str | None] = mapped_column(String(255))
    evidence_link: Mapped[str | None] = mapped_column(Text)
    evidence_text: Mapped[str | None] = mapped_column(Text)
    possible_duplicate_of: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    written_name: Mapped[str | None] = mapped_column(String(255))
    written_company: Mapped[str | None] = mapped_column(String(255))
    reviewer_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    decided_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    decided_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    merged_into_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    flagged_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two reviewers at once: the second one's UPDATE finds no row


class Endorsement(TenantRow, Base):
    """A second colleague nominating the same customer; one a person and nomination."""

    __tablename__ = "endorsement"
    __table_args__ = (
        UniqueConstraint("workspace_id", "nomination_id", "person_id"),
        within("nomination_id", "nomination"),
        within("person_id", "person"),
    )

    nomination_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
