"""Which job ran when: one row an occurrence, inserted by whoever is first. Decides no schedule."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Tenant


class Occurrence(Tenant, Base):
    """One due time of one job in one workspace; the primary key lets it run once however many replicas there are."""

    __tablename__ = "occurrence"

    across = True

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(16))
