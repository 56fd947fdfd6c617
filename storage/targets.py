"""Targets: what the company wants to have of each kind of advocate. Decides nothing about what there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.people import Person


class TargetRow(TenantRow, Base):
    """One target. `criteria` are values by facet. One that was deleted has an end, and is shown no more."""

    __tablename__ = "target"
    __table_args__ = (
        within("owner_id", "person"),
        within("created_by_id", "person"),
        Index(None, "workspace_id", "ended_at", "due_on"),
    )

    name: Mapped[str] = mapped_column(String(150))
    criteria: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    count: Mapped[int]
    due_on: Mapped[date]
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second one is told


@dataclass(frozen=True, slots=True)
class Held:
    """A target with the Slack id of whoever sees to it."""

    row: TargetRow
    owner_slack_id: str | None


def every(session: GuardedSession) -> Sequence[Held]:
    """All targets, those due first before the others. One statement."""
    session.flush()
    rows = session.execute(
        select(TargetRow, Person.slack_user_id)
        .outerjoin(Person, Person.id == TargetRow.owner_id)
        .where(TargetRow.ended_at.is_(None))
        .order_by(TargetRow.due_on, TargetRow.id)
    )
    return [Held(row.TargetRow, row.slack_user_id) for row in rows]


def how_many(session: GuardedSession) -> int:
    """All targets of the workspace."""
    return session.scalar(select(func.count()).select_from(TargetRow).where(TargetRow.ended_at.is_(None))) or 0


def glance_columns() -> dict[str, ColumnElement[Any]]:
    """How many targets there are, and the first day on which one is due, as columns."""
    there = TargetRow.ended_at.is_(None)
    return {
        "targets": select(func.count(TargetRow.id)).where(there).scalar_subquery(),
        "next target": select(func.min(TargetRow.due_on)).where(there).scalar_subquery(),
    }
