"""Look-ups that somebody waits for, and which look-ups found nobody: what the program lacks. Decides nothing."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import ID_LENGTH, Base, TenantRow, within


class SavedSearch(TenantRow, Base):
    """ "Tell me when there is one": told once, then ended. `key` is the query in its one canonical form."""

    __tablename__ = "saved_search"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "key"),
        within("person_id", "person"),
        Index(None, "workspace_id", "ended_at"),
    )

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    query: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class LookUp(TenantRow, Base):
    """One look-up: who, what for, how many fitted before any filter was let go. Demand that targets learn from."""

    __tablename__ = "look_up"
    __table_args__ = (within("person_id", "person"), Index(None, "workspace_id", "at"))

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    query: Mapped[str] = mapped_column(Text)
    fitted: Mapped[int]
    at: Mapped[datetime]
