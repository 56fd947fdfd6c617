"""The champion's thanks of each month, and what became of them. Decides nothing."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import ID_LENGTH, Base, Tenant, within
from storage.guard import GuardedSession


class MonthlyThanks(Tenant, Base):
    """The thanks of a month (its first day). `words` are those that were posted."""

    __tablename__ = "monthly_thanks"
    __table_args__ = (within("by_id", "person"),)

    month: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    words: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    at: Mapped[datetime]


def of_month(session: GuardedSession, month: date, *, lock: bool = False) -> MonthlyThanks | None:
    """Those of a month; with `lock` held until the transaction ends. One statement."""
    how = {"key_share": True} if lock else None
    return session.get(MonthlyThanks, (session.workspace_id, month), with_for_update=how, populate_existing=lock)
