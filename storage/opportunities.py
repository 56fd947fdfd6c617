"""Deals as the CRM tells them. Decides nothing about what they are worth to the program."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Index, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.money import Money
from domain.names import fold
from storage.accounts import TYPE_AHEAD, Account
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession


class Opportunity(TenantRow, Base):
    """One deal. `stage` is the CRM's word, `status` what it means here: open, won or lost. The amount is in hundredths
    of its currency, whole numbers being the same on every database. `gone_at` is when the CRM said that it was deleted
    there; no report counts it from then on."""

    __tablename__ = "opportunity"
    __table_args__ = (
        UniqueConstraint("workspace_id", "external_id"),
        within("account_id", "account"),
        within("owner_id", "person"),
        Index(None, "workspace_id", "account_id"),
        Index(None, "workspace_id", "key"),
        Index(None, "workspace_id", "status", "close_on"),
    )

    name: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(255))
    external_id: Mapped[str | None] = mapped_column(String(64))
    account_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    account_name: Mapped[str | None] = mapped_column(String(255))
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    kind: Mapped[str] = mapped_column(String(16), default="new")
    stage: Mapped[str] = mapped_column(String(128), default="")
    status: Mapped[str] = mapped_column(String(8))
    hundredths: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    opened_on: Mapped[date | None]
    close_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]

    @property
    def worth(self) -> Money | None:
        """The amount, where it is known."""
        return Money(Decimal(self.hundredths) / 100, self.currency) if self.hundredths and self.currency else None


def by_id(session: GuardedSession, opportunity_id: str) -> Opportunity | None:
    """The deal with this id."""
    return session.get(Opportunity, (session.workspace_id, opportunity_id))


def hold(session: GuardedSession, opportunity_id: str) -> None:
    """Hold a deal until the transaction ends, so that of two who ask for it at once one waits and then sees."""
    session.flush()
    session.execute(select(Opportunity.id).where(Opportunity.id == opportunity_id).with_for_update())


def by_external_id(session: GuardedSession, external_id: str) -> Opportunity | None:
    """The deal that the CRM knows by this id."""
    return session.scalar(select(Opportunity).where(Opportunity.external_id == external_id))


def suggest(session: GuardedSession, typed: str, limit: int = TYPE_AHEAD) -> list[Opportunity]:
    """Deals of which, or of whose company, a word starts as typed: open ones first, then those that close soonest.

    One statement.
    """
    key = fold(typed)
    names = (Opportunity.key, Account.key, func.lower(Opportunity.account_name))
    starts = [name.startswith(key, autoescape=True) for name in names]
    within_them = [name.contains(f" {key}", autoescape=True) for name in names]
    order = (Opportunity.status != "open", Opportunity.close_on.nulls_last(), Opportunity.key)
    query = select(Opportunity).outerjoin(Account, Account.id == Opportunity.account_id)
    there = Opportunity.gone_at.is_(None)
    return list(session.scalars(query.where(there, or_(*starts, *within_them)).order_by(*order).limit(limit)))
