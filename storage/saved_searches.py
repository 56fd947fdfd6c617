"""Look-ups that somebody waits for, and which look-ups found nobody: what the program lacks. Decides no match."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from domain.people import Standing
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.people import Person


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A search that is still open, and who waits."""

    id: str
    query: str
    person_id: str
    slack_user_id: str


def waiting(session: GuardedSession) -> Sequence[Waiting]:
    """All open searches of people who are still here, the oldest first. One statement."""
    rows = session.execute(
        select(SavedSearch.id, SavedSearch.query, SavedSearch.person_id, Person.slack_user_id)
        .join(Person, Person.id == SavedSearch.person_id)
        .where(
            SavedSearch.ended_at.is_(None),
            Person.standing == Standing.MEMBER.value,
            Person.slack_user_id.is_not(None),
        )
        .order_by(SavedSearch.created_at, SavedSearch.id)
    )
    return [Waiting(row.id, row.query, row.person_id, row.slack_user_id or "") for row in rows]


def how_many_wait(session: GuardedSession) -> int:
    """All open searches of the workspace."""
    return session.scalar(select(func.count()).select_from(SavedSearch).where(SavedSearch.ended_at.is_(None))) or 0


def of_person(session: GuardedSession, person_id: str) -> list[SavedSearch]:
    """What this person waits for, the oldest first."""
    theirs = select(SavedSearch).where(SavedSearch.person_id == person_id, SavedSearch.ended_at.is_(None))
    return list(session.scalars(theirs.order_by(SavedSearch.created_at, SavedSearch.id)))


def by_key(session: GuardedSession, person_id: str, key: str) -> SavedSearch | None:
    """This person's search in its one canonical form, open or ended."""
    return session.scalar(select(SavedSearch).where(SavedSearch.person_id == person_id, SavedSearch.key == key))


def end(session: GuardedSession, search_id: str, now: datetime) -> bool:
    """End a search because its person is told; False when somebody else has just told them."""
    step = update(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.ended_at.is_(None))
    ended = session.scalar(step.values(told_at=now, ended_at=now).returning(SavedSearch.id))
    return ended is not None
