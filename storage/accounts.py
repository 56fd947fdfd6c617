"""Customer companies and the type-ahead over them. Decides nothing about their advocates."""

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint, case, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.moment import Moment
from domain.names import company_key
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession

TYPE_AHEAD = 20
"""Suggestions at most: what fits on a screen; whoever wants another one types a letter more."""


class Account(TenantRow, Base):
    """A customer company; `gone_at` is when the CRM said that it was deleted there."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        within("owner_id", "person"),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", "external_id"),
    )

    name: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(255))
    domain: Mapped[str | None] = mapped_column(String(255))
    industry: Mapped[str | None] = mapped_column(String(200))
    country: Mapped[str | None] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(32))
    segment: Mapped[str | None] = mapped_column(String(64))
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
    health: Mapped[str | None] = mapped_column(String(16))
    renewal_on: Mapped[date | None]
    annual_revenue: Mapped[str | None] = mapped_column(String(32))
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    external_id: Mapped[str | None] = mapped_column(String(64))
    risk_told: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


def by_id(session: GuardedSession, account_id: str) -> Account | None:
    """The account with this id."""
    return session.get(Account, (session.workspace_id, account_id))


def by_name(session: GuardedSession, name: str) -> Account | None:
    """The account of this company, however its name is written."""
    return session.scalar(select(Account).where(Account.key == company_key(name)))


def suggest(session: GuardedSession, typed: str, limit: int = TYPE_AHEAD) -> list[Account]:
    """Accounts whose name has a word that starts as typed, those that start so themselves first. One statement."""
    key = company_key(typed) if typed.strip() else ""
    starts = Account.key.startswith(key, autoescape=True)
    return list(
        session.scalars(
            select(Account)
            .where(Account.gone_at.is_(None), starts | Account.key.contains(f" {key}", autoescape=True))
            .order_by(case((starts, 0), else_=1), Account.key)
            .limit(limit)
        )
    )


def ensure(session: GuardedSession, moment: Moment, name: str, **facts: object) -> Account:
    """The account of this company, made with these facts when it is new."""
    found = by_name(session, name)
    if found is None:
        found = Account(
            id=moment.new_id(), name=name, key=company_key(name), created_at=moment.now, products=[], **facts
        )
        session.add(found)
        session.flush()
    return found
