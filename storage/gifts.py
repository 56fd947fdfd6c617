"""What advocates got back: rows and their sums. Decides no cap."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.gifts import Gift
from domain.money import Money
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.people import Person


class GiftRow(TenantRow, Base):
    """One thing that an advocate got on a day; `hundredths` of the currency, None where it has no price."""

    __tablename__ = "gift"
    __table_args__ = (
        within("advocate_id", "advocate"),
        within("given_by_id", "person"),
        Index(None, "workspace_id", "advocate_id", "given_on"),
    )

    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    what: Mapped[str] = mapped_column(String(255))
    given_on: Mapped[date]
    hundredths: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    given_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]


def of_advocate(session: GuardedSession, advocate_id: str, most: int) -> list[Gift]:
    """The last gifts, the newest first. One statement."""
    query = (
        select(GiftRow, Person.name)
        .outerjoin(Person, Person.id == GiftRow.given_by_id)
        .where(GiftRow.advocate_id == advocate_id)
        .order_by(GiftRow.given_on.desc(), GiftRow.id.desc())
        .limit(most)
    )
    return [Gift(row.id, row.what, row.given_on, _amount(row), giver) for row, giver in session.execute(query)]


def _amount(row: GiftRow) -> Money | None:
    return None if row.hundredths is None else Money(Decimal(row.hundredths) / 100, row.currency)


def given(session: GuardedSession, advocate_id: str, year: int, currency: str) -> int:
    """Hundredths that an advocate got in a calendar year, in this currency; those in others are not added up. One
    statement."""
    query = select(func.sum(GiftRow.hundredths)).where(
        GiftRow.advocate_id == advocate_id,
        GiftRow.currency == currency,
        GiftRow.given_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return int(session.scalar(query) or 0)


def counted(
    session: GuardedSession, advocate_ids: Collection[str]
) -> dict[tuple[str, str, date, int | None, str], int]:
    """How often each advocate got the same on one day: by advocate, what, day, hundredths and currency. One
    statement."""
    columns = (GiftRow.advocate_id, GiftRow.what, GiftRow.given_on, GiftRow.hundredths, GiftRow.currency)
    query = select(*columns, func.count()).where(GiftRow.advocate_id.in_(advocate_ids)).group_by(*columns)
    return {tuple(row[:-1]): row[-1] for row in session.execute(query)} if advocate_ids else {}  # type: ignore[misc]  # the five columns
