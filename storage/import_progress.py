"""How far an import of a file is, so that one that was cut goes on where it stopped. Decides nothing about a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import SmallInteger, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.moment import Moment
from storage.base import ID_LENGTH, Base, Tenant
from storage.guard import GuardedSession

KEPT = 1000
"""Refused lines that are kept of a cut import; its next run says them again."""

TAKEN_UP_WITHIN = timedelta(days=7)
"""How old a cut import may be to be taken up; later, what is stored may be another, and the whole file is read."""


class ImportProgress(Tenant, Base):
    """An import that has not ended: up to which line, in which of its passes, and what it refused so far."""

    __tablename__ = "import_progress"

    file_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    import_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    stage: Mapped[int] = mapped_column(SmallInteger)
    line: Mapped[int]
    refused: Mapped[list[list[object]]] = mapped_column(JSON)
    noted_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Begun:
    """How far an import came: everything up to this line of this pass is stored."""

    import_id: str
    stage: int
    line: int
    refused: tuple[tuple[int, str], ...]


def begun(session: GuardedSession, moment: Moment, file_key: str) -> Begun | None:
    """How far a cut import of this file came, if that is not too long ago. One statement."""
    row = session.get(ImportProgress, (session.workspace_id, file_key))
    if row is None or row.noted_at < moment.now - TAKEN_UP_WITHIN:
        return None
    refused = tuple((int(str(line)), str(reason)) for line, reason in row.refused)
    return Begun(row.import_id, row.stage, row.line, refused)


def note(session: GuardedSession, moment: Moment, file_key: str, what: Begun) -> None:
    """Write down how far it is."""
    row = session.get(ImportProgress, (session.workspace_id, file_key))
    if row is None:
        row = ImportProgress(file_key=file_key)
        session.add(row)
    row.import_id, row.stage, row.line, row.noted_at = what.import_id, what.stage, what.line, moment.now
    row.refused = [list(one) for one in what.refused]


def ended(session: GuardedSession, file_key: str) -> None:
    """It came to its end: the same file again is read as a whole."""
    mine = select(ImportProgress.file_key).where(ImportProgress.file_key == file_key)
    if session.scalar(mine) is not None:
        session.execute(delete(ImportProgress).where(ImportProgress.file_key == file_key))


def forget(session: GuardedSession, now: datetime) -> None:
    """Forget what nobody took up in time."""
    session.execute(delete(ImportProgress).where(ImportProgress.noted_at < now - TAKEN_UP_WITHIN))
