"""Self-checks: who was asked in which quarter, and what they answered. Decides nothing about who is asked."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.self_checks import STATEMENTS, Part, SelfCheck
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession


class SelfCheckRow(TenantRow, Base):
    """One person's self-check in a quarter (its first day). `scores` stand in the order of the statements, and are
    empty until they are answered; `asked_at` None: they came by themselves."""

    __tablename__ = "self_check"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "part", "quarter"),
        within("person_id", "person"),
        Index(None, "workspace_id", "quarter"),
    )

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    part: Mapped[str] = mapped_column(String(16))
    quarter: Mapped[date]
    scores: Mapped[list[int]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]


def of_quarter(session: GuardedSession, quarter: date) -> Sequence[SelfCheckRow]:
    """All of a quarter, answered or not. One statement."""
    return list(session.scalars(select(SelfCheckRow).where(SelfCheckRow.quarter == quarter)))


def of_person(session: GuardedSession, person_id: str, part: str, quarter: date) -> SelfCheckRow | None:
    """Somebody's own. One statement."""
    own = (SelfCheckRow.person_id == person_id, SelfCheckRow.part == part, SelfCheckRow.quarter == quarter)
    return session.scalar(select(SelfCheckRow).where(*own))


def given(person_id: str, part: Part, quarter: date) -> ColumnElement[bool]:
    """Whether somebody has answered one in that quarter, as a column."""
    own = (SelfCheckRow.person_id == person_id, SelfCheckRow.part == part.value, SelfCheckRow.quarter == quarter)
    return select(SelfCheckRow.workspace_id).where(*own, SelfCheckRow.answered_at.is_not(None)).exists()


def answered(session: GuardedSession) -> list[SelfCheck]:
    """All that were answered, the oldest first: a handful each quarter. One statement."""
    query = select(SelfCheckRow).where(SelfCheckRow.answered_at.is_not(None)).order_by(SelfCheckRow.quarter)
    return [_value(row) for row in session.scalars(query) if row.scores]


def _value(row: SelfCheckRow) -> SelfCheck:
    part = Part(row.part)
    return SelfCheck(part, row.quarter, dict(zip(STATEMENTS[part], row.scores, strict=True)))
