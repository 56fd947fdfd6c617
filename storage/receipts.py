"""What was already handled, so that Slack's second delivery of the same thing does it once."""

from datetime import datetime

from sqlalchemy import Index, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from domain.moment import Moment
from storage.base import Base, Tenant
from storage.guard import GuardedSession


class Receipt(Tenant, Base):
    """One handled act: `key` says what it means (`view:V1:submit`), `outcome` what came of it."""

    __tablename__ = "receipt"
    __table_args__ = (Index(None, "workspace_id", "at"),)

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(255), default="")


def outcome_of(session: GuardedSession, key: str) -> str | None:
    """What came of this act when it was handled before; None when it is new."""
    found = session.get(Receipt, (session.workspace_id, key))
    return None if found is None else found.outcome


def keep(session: GuardedSession, moment: Moment, key: str, outcome: str = "") -> None:
    """Remember the act. Two at once: the unique key lets one through, the other is run again and finds it."""
    session.add(Receipt(key=key, at=moment.now, outcome=outcome))


def is_new(session: GuardedSession, moment: Moment, key: str) -> bool:
    """Whether this act was not handled before; from now on it was."""
    if outcome_of(session, key) is not None:
        return False
    keep(session, moment, key)
    return True


def forget_before(session: GuardedSession, before: datetime) -> None:
    """Drop receipts older than any redelivery."""
    session.execute(delete(Receipt).where(Receipt.at < before))
