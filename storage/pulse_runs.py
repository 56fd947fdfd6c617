"""Pulses that people here are asked, from their plan to their end. Who is asked in them is storage.pulse_asked's.
Decides nothing; the rules are in domain."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import (
    Index,
    LargeBinary,
    SmallInteger,
    String,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.pulse_runs import CURRENT, RUNNING, State
from storage.base import ID_LENGTH, Base, TenantRow
from storage.guard import GuardedSession
from storage.workspaces import Workspace

ROWS_A_STATEMENT = 1000


class PulseRun(TenantRow, Base):
    """One pulse of this workspace, from its plan to its end.

    `secret` (sealed) makes the keys of ballots, and is gone once it closed; `counts` are the numbers of answers that
    were last told, by group, and `counted_at` says when. `pulse_id` is what it left.
    """

    __tablename__ = "pulse_run"
    __table_args__ = (Index(None, "workspace_id", "state"),)

    state: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(255))
    audience: Mapped[dict[str, object]] = mapped_column(JSON)
    cadence: Mapped[str] = mapped_column(String(16))
    held: Mapped[int] = mapped_column(SmallInteger)
    opens_on: Mapped[date]
    send_at: Mapped[str] = mapped_column(String(5))
    open_days: Mapped[int] = mapped_column(SmallInteger)
    smallest: Mapped[int] = mapped_column(SmallInteger)
    backup_days: Mapped[int] = mapped_column(SmallInteger)
    zone: Mapped[str] = mapped_column(String(64))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, object]] = mapped_column(JSON)
    counted_at: Mapped[datetime | None]
    pulse_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    planned_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def lock_workspace(session: GuardedSession) -> None:
    """Wait for whoever else starts a pulse here at this moment, so that there is one at a time."""
    session.execute(select(Workspace.id).where(Workspace.id == session.workspace_id).with_for_update())


def current(session: GuardedSession) -> PulseRun | None:
    """The pulse that is planned or open. One statement."""
    states = [state.value for state in CURRENT]
    return session.scalars(select(PulseRun).where(PulseRun.state.in_(states)).limit(1)).first()


def running(session: GuardedSession) -> PulseRun | None:
    """The pulse that people may answer. One statement."""
    states = [state.value for state in RUNNING]
    return session.scalars(select(PulseRun).where(PulseRun.state.in_(states)).limit(1)).first()


def by_id(session: GuardedSession, run_id: str, *, lock: bool = False) -> PulseRun | None:
    """This pulse, locked against whoever else would end it.

    The weaker lock, which lets rows refer to it meanwhile: a ballot that is sent at this instant must not wait for
    whoever closes the pulse, who waits for that ballot.
    """
    weak = {"key_share": True} if lock else None
    return session.get(PulseRun, (session.workspace_id, run_id), with_for_update=weak, populate_existing=lock)


def of_pulses(session: GuardedSession, pulse_ids: Collection[str]) -> list[PulseRun]:
    """The pulses of this workspace that left these results. One statement."""
    return list(session.scalars(select(PulseRun).where(PulseRun.pulse_id.in_(pulse_ids))))


def ended(session: GuardedSession, state: State) -> list[PulseRun]:
    """Pulses that ended so, the newest first. One statement."""
    query = select(PulseRun).where(PulseRun.state == state.value).order_by(PulseRun.ended_at.desc(), PulseRun.id.desc())
    return list(session.scalars(query))
