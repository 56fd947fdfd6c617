"""The workspace's own terms of each facet, beside the defaults of domain.vocabulary. Decides no meaning."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from storage.base import ID_LENGTH, Base, TenantRow
from storage.guard import GuardedSession


class Term(TenantRow, Base):
    """One value of a facet with what else people call it. A row with a default's key takes that default's place;
    `hidden` takes it out of what is offered, never out of the profiles that bear it."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("workspace_id", "facet", "key"),)

    facet: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200))
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    hidden: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))


def terms(session: GuardedSession) -> list[Term]:
    """Every term that somebody added or changed, in the order of their names. One statement."""
    return list(session.scalars(select(Term).order_by(Term.facet, Term.key)))
