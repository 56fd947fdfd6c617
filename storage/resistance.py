"""What single colleagues need, sealed: entries of the resistance log and the conversations noted in them.

Decides nothing about who may read it, nor how long it stays.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Delete, ForeignKeyConstraint, Index, LargeBinary, String, delete, func, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.people import Standing
from domain.pulse import Element
from domain.pulse_statements import Motive
from domain.resistance import Entry, State, Talk
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.database import leave_no_copy, sealer
from storage.guard import GuardedSession
from storage.people import Person


class ResistanceEntry(TenantRow, Base):
    """What one colleague needs. Texts are sealed; `reminded_on` is the last day on which the coach was reminded of the
    next conversation."""

    __tablename__ = "resistance_entry"
    __table_args__ = (
        within("person_id", "person"),
        within("coach_id", "person"),
        within("written_by_id", "person"),
        Index(None, "workspace_id", "person_id"),
        Index(None, "workspace_id", "state", "next_on"),
        Index(None, "workspace_id", "written_on"),
    )

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    element: Mapped[str] = mapped_column(String(16))
    motive: Mapped[str | None] = mapped_column(String(16))
    need: Mapped[bytes] = mapped_column(LargeBinary)
    next_step: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_on: Mapped[date | None]
    coach_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    written_by_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    state: Mapped[str] = mapped_column(String(16), default=State.OPEN.value)
    written_on: Mapped[date]
    reminded_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ResistanceTalk(TenantRow, Base):
    """What came of one conversation, sealed. It goes with its entry."""

    __tablename__ = "resistance_talk"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "entry_id"],
            ["resistance_entry.workspace_id", "resistance_entry.id"],
            ondelete="CASCADE",
        ),
        within("by_id", "person"),
        Index(None, "workspace_id", "entry_id"),
    )

    entry_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    held_on: Mapped[date]
    words: Mapped[bytes] = mapped_column(LargeBinary)


def entries(session: GuardedSession) -> list[Entry]:
    """All of them, open ones first, by the day of the next conversation. Two statements."""
    return _read(session)


def of_person(session: GuardedSession, person_id: str) -> list[Entry]:
    """Those about one colleague. Two statements."""
    return _read(session, ResistanceEntry.person_id == person_id)


def _read(session: GuardedSession, *conditions: ColumnElement[bool]) -> list[Entry]:
    session.flush()
    coach = aliased(Person)
    query = (
        select(ResistanceEntry, Person, coach)
        .join(Person, Person.id == ResistanceEntry.person_id)
        .join(coach, coach.id == ResistanceEntry.coach_id)
        .where(*conditions)
        .order_by(
            ResistanceEntry.state.desc(),
            ResistanceEntry.next_on.is_(None),
            ResistanceEntry.next_on,
            ResistanceEntry.id,
        )
        .execution_options(populate_existing=True)
    )
    talks = _talks(session, *conditions)
    return [_value(session, row, about, led_by, talks[row.id]) for row, about, led_by in session.execute(query)]


def _talks(session: GuardedSession, *conditions: ColumnElement[bool]) -> defaultdict[str, list[Talk]]:
    seal, found = sealer(session), defaultdict[str, list[Talk]](list)
    query = (
        select(ResistanceTalk, Person.name)
        .join(ResistanceEntry, ResistanceEntry.id == ResistanceTalk.entry_id)
        .join(Person, Person.id == ResistanceTalk.by_id)
        .where(*conditions)
        .order_by(ResistanceTalk.held_on, ResistanceTalk.id)
    )
    for row, name in session.execute(query):
        found[row.entry_id].append(Talk(row.held_on, name, seal.open(row.words) or ""))
    return found


def _value(session: GuardedSession, row: ResistanceEntry, about: Person, coach: Person, talks: Sequence[Talk]) -> Entry:
    seal = sealer(session)
    return Entry(
        id=row.id,
        person_id=row.person_id,
        person=about.name,
        person_slack_id=about.slack_user_id,
        is_here=about.standing == Standing.MEMBER.value,
        element=Element(row.element),
        motive=Motive(row.motive) if row.motive else None,
        need=seal.open(row.need) or "",
        talks=talks,
        next_step=seal.open(row.next_step),
        next_on=row.next_on,
        coach_id=row.coach_id,
        coach=coach.name,
        coach_slack_id=coach.slack_user_id,
        state=State(row.state),
        since=row.written_on,
        version=row.version,
    )


def locked(session: GuardedSession, entry_id: str) -> ResistanceEntry | None:
    """The row, held until the transaction ends: of two who change it at once one does."""
    lock = {"key_share": True}
    return session.get(ResistanceEntry, (session.workspace_id, entry_id), with_for_update=lock, populate_existing=True)


def how_many(session: GuardedSession) -> int:
    """How many entries there are, open or closed. One statement."""
    return session.scalar(select(func.count(ResistanceEntry.id))) or 0


def open_of(session: GuardedSession, person_id: str) -> str | None:
    """The id of the open entry about a colleague. One statement."""
    about = (ResistanceEntry.person_id == person_id, ResistanceEntry.state == State.OPEN.value)
    return session.scalar(select(ResistanceEntry.id).where(*about).limit(1))


def how_many_open(session: GuardedSession) -> int:
    """How many are open. One statement."""
    still = ResistanceEntry.state == State.OPEN.value
    return session.scalar(select(func.count(ResistanceEntry.id)).where(still)) or 0


def how_many_talks(session: GuardedSession, entry_id: str) -> int:
    """How many conversations are noted in an entry. One statement."""
    return session.scalar(select(func.count(ResistanceTalk.id)).where(ResistanceTalk.entry_id == entry_id)) or 0


def due(session: GuardedSession, today: date) -> Sequence[ResistanceEntry]:
    """Open entries whose next conversation is for today, or was before. One statement."""
    still = (ResistanceEntry.state == State.OPEN.value, ResistanceEntry.next_on <= today)
    return list(session.scalars(select(ResistanceEntry).where(*still).order_by(ResistanceEntry.id)))


def remove(session: GuardedSession, entry_id: str) -> None:
    """Delete one with its conversations, so that nothing of it stays in the file. Two statements."""
    leave_no_copy(session)
    _delete(session, delete(ResistanceTalk).where(ResistanceTalk.entry_id == entry_id))
    _delete(session, delete(ResistanceEntry).where(ResistanceEntry.id == entry_id))


def remove_all(session: GuardedSession) -> int:
    """Delete all of them; answers how many entries there were. Three statements."""
    number = how_many(session)
    if number:
        leave_no_copy(session)
        _delete(session, delete(ResistanceTalk))
        _delete(session, delete(ResistanceEntry))
    return number


def forget(session: GuardedSession, before: date) -> list[str]:
    """Delete what was written before this day; answers the ids. Three statements at most."""
    old = list(session.scalars(select(ResistanceEntry.id).where(ResistanceEntry.written_on < before)))
    if old:
        leave_no_copy(session)
        written = select(ResistanceEntry.id).where(ResistanceEntry.written_on < before)
        _delete(session, delete(ResistanceTalk).where(ResistanceTalk.entry_id.in_(written)))
        _delete(session, delete(ResistanceEntry).where(ResistanceEntry.written_on < before))
    return old


def _delete(session: GuardedSession, statement: Delete) -> None:
    session.execute(statement.execution_options(synchronize_session=False))


def due_column(coach_id: str, today: date) -> ColumnElement[int]:
    """How many conversations somebody has planned for today or before, as a column."""
    own = (ResistanceEntry.coach_id == coach_id, ResistanceEntry.state == State.OPEN.value)
    return select(func.count(ResistanceEntry.id)).where(*own, ResistanceEntry.next_on <= today).scalar_subquery()
