"""Which job ran when: one row an occurrence, inserted by whoever is first. Decides no schedule."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.moment import Moment
from storage.base import Base, Tenant
from storage.guard import GuardedSession
from storage.workspaces import Workspace

KEPT = timedelta(days=400)
"""Longer than the rarest job's period, whose last occurrence says when the next one is due."""


class Occurrence(Tenant, Base):
    """One due time of one job in one workspace; the primary key lets it run once however many replicas there are."""

    __tablename__ = "occurrence"

    across = True

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(16))


def last(session: GuardedSession) -> dict[str, datetime]:
    """The last due time of each job that was run or skipped. One statement."""
    rows = session.execute(select(Occurrence.job, func.max(Occurrence.due_at).label("due_at")).group_by(Occurrence.job))
    return {row.job: row.due_at for row in rows}


def since(session: GuardedSession) -> datetime:
    """When the workspace was made: jobs that never ran there are due from then on."""
    return session.scalars(select(Workspace.created_at).where(Workspace.id == session.workspace_id)).one()


def begin(session: GuardedSession, moment: Moment, job: str, due_at: datetime, outcome: str) -> bool:
    """Take this occurrence. False when somebody else has; two at once: the loser is run again and sees it."""
    if session.get(Occurrence, (session.workspace_id, job, due_at)) is not None:
        return False
    session.add(Occurrence(job=job, due_at=due_at, started_at=moment.now, outcome=outcome))
    session.flush()
    return True


def forget(session: GuardedSession, now: datetime) -> None:
    """Drop occurrences that no schedule asks for any more."""
    session.execute(delete(Occurrence).where(Occurrence.due_at < now - KEPT))
