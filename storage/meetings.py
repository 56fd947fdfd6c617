"""Meetings of programs and who was there: the tables, and lists cut for what is shown. Decides no move."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, String, and_, delete, func, insert, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.meetings import Meeting, Somebody, State
from domain.memberships import State as MemberState
from storage.accounts import Account
from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, Tenant, TenantRow, within
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.nominations import Contact
from storage.people import Person


class MeetingRow(TenantRow, Base):
    """One meeting of a program. `told_on` is the day on which its relationship owners were told of it, `asked_on` that
    on which somebody was asked who came."""

    __tablename__ = "mechanism_meeting"
    __table_args__ = (
        within("mechanism_id", "mechanism"),
        within("created_by_id", "person"),
        Index(None, "workspace_id", "mechanism_id", "held_on"),
        Index(None, "workspace_id", "state", "held_on"),
    )

    mechanism_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    held_on: Mapped[date]
    about: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(16))
    told_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    created_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second one is told


class Attendance(Tenant, Base):
    """A member who was at a meeting."""

    __tablename__ = "mechanism_attendance"
    __table_args__ = (
        within("meeting_id", "mechanism_meeting"),
        within("member_id", "mechanism_member"),
        Index(None, "workspace_id", "member_id"),
    )

    meeting_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)


def of_mechanism(session: GuardedSession, mechanism_id: str, most: int) -> list[Meeting]:
    """A program's meetings, the latest day first. One statement."""
    session.flush()
    query = _meetings().where(MeetingRow.mechanism_id == mechanism_id)
    rows = session.execute(query.order_by(MeetingRow.held_on.desc(), MeetingRow.id.desc()).limit(most))
    return [_meeting(*row) for row in rows]


def one(session: GuardedSession, meeting_id: str) -> Meeting | None:
    """One of them. One statement."""
    session.flush()
    row = session.execute(_meetings().where(MeetingRow.id == meeting_id)).first()
    return _meeting(*row) if row is not None else None


def _meetings() -> Select[*tuple[Any, ...]]:
    came = (
        select(func.count(Attendance.member_id))
        .where(Attendance.meeting_id == MeetingRow.id)
        .correlate(MeetingRow)
        .scalar_subquery()
    )
    columns = (MeetingRow, Mechanism.name, Mechanism.kind, came)
    return select(*columns).join(Mechanism, Mechanism.id == MeetingRow.mechanism_id)


def _meeting(row: MeetingRow, program: str, kind: str, came: int) -> Meeting:
    state = State(row.state)
    return Meeting(row.id, row.mechanism_id, program, kind, row.held_on, row.about, state, came, row.version)


def how_many(session: GuardedSession, mechanism_id: str) -> int:
    """Meetings of a program. One statement."""
    return session.scalar(select(func.count(MeetingRow.id)).where(MeetingRow.mechanism_id == mechanism_id)) or 0


def could_come(session: GuardedSession, mechanism_id: str, on: date) -> list[Somebody]:
    """Whom a meeting can be counted for: members, and who has left since, by name. One statement.

    Who joined after that day is among them: a program may have met before anybody wrote down who belongs to it.
    """
    session.flush()
    belonged = or_(
        MechanismMember.state == MemberState.MEMBER.value,
        and_(
            MechanismMember.state == MemberState.LEFT.value,
            MechanismMember.joined_on.is_not(None),
            MechanismMember.left_on >= on,
        ),
    )
    return _people(session, MechanismMember.mechanism_id == mechanism_id, belonged)


def who_came(session: GuardedSession, meeting_id: str) -> list[Somebody]:
    """Who was there, by name. One statement."""
    session.flush()
    there = select(Attendance.member_id).where(Attendance.meeting_id == meeting_id)
    return _people(session, MechanismMember.id.in_(there))


def _people(session: GuardedSession, *conditions: ColumnElement[bool]) -> list[Somebody]:
    query = (
        select(MechanismMember.id, Contact.name, Contact.company)
        .join(Advocate, Advocate.id == MechanismMember.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .where(*conditions)
        .order_by(Contact.name, MechanismMember.id)
    )
    return [Somebody(*row) for row in session.execute(query)]


def note_who_came(session: GuardedSession, meeting_id: str, member_ids: Iterable[str]) -> None:
    """These were there and nobody else. Two statements."""
    session.flush()
    session.execute(
        delete(Attendance).where(Attendance.meeting_id == meeting_id).execution_options(synchronize_session=False)
    )
    rows = [
        {"workspace_id": session.workspace_id, "meeting_id": meeting_id, "member_id": member_id}
        for member_id in sorted(set(member_ids))
    ]
    if rows:
        session.execute(insert(Attendance), rows)


def note_more(session: GuardedSession, attended: Iterable[tuple[str, str]]) -> None:
    """These members were at these meetings, too. One statement, none for nothing."""
    rows = [
        {"workspace_id": session.workspace_id, "meeting_id": meeting_id, "member_id": member_id}
        for meeting_id, member_id in attended
    ]
    if rows:
        session.execute(insert(Attendance), rows)


@dataclass(frozen=True, slots=True)
class Guest:
    """A member whose relationship owner is told of a meeting; `owner` None where there is nobody to tell."""

    name: str
    company: str
    advocate_id: str
    contact_id: str
    owner: Person | None


def guests(session: GuardedSession, mechanism_id: str) -> list[Guest]:
    """The members of a program with their relationship owners, by name. One statement."""
    session.flush()
    query = (
        select(Contact.name, Contact.company, Advocate.id, Contact.id, Person)
        .join(Advocate, Advocate.contact_id == Contact.id)
        .join(MechanismMember, MechanismMember.advocate_id == Advocate.id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Person, Person.id == Account.owner_id)
        .where(MechanismMember.mechanism_id == mechanism_id, MechanismMember.state == MemberState.MEMBER.value)
        .order_by(Contact.name, MechanismMember.id)
    )
    return [
        Guest(name, company, advocate_id, contact_id, owner)
        for name, company, advocate_id, contact_id, owner in session.execute(query)
    ]


def to_tell(session: GuardedSession, today: date, until: date, most: int) -> Sequence[MeetingRow]:
    """Meetings within these days of which nobody was told yet, the nearest first. One statement."""
    session.flush()
    query = select(MeetingRow).where(
        MeetingRow.state == State.PLANNED.value, MeetingRow.told_on.is_(None), MeetingRow.held_on.between(today, until)
    )
    return session.scalars(query.order_by(MeetingRow.held_on, MeetingRow.id).limit(most)).all()


def to_ask(session: GuardedSession, today: date, most: int) -> Sequence[MeetingRow]:
    """Meetings before today of which nobody was asked who came, the oldest first. One statement."""
    session.flush()
    query = select(MeetingRow).where(
        MeetingRow.state == State.PLANNED.value, MeetingRow.asked_on.is_(None), MeetingRow.held_on < today
    )
    return session.scalars(query.order_by(MeetingRow.held_on, MeetingRow.id).limit(most)).all()


def planned(session: GuardedSession, mechanism_id: str) -> list[Meeting]:
    """Meetings of a program of which nobody has said who came, the first day first. One statement."""
    session.flush()
    query = _meetings().where(MeetingRow.mechanism_id == mechanism_id, MeetingRow.state == State.PLANNED.value)
    return [_meeting(*row) for row in session.execute(query.order_by(MeetingRow.held_on, MeetingRow.id))]


def nearest(session: GuardedSession, mechanism_ids: Collection[str], today: date) -> dict[str, date]:
    """When each of these programs comes together next. One statement."""
    session.flush()
    query = (
        select(MeetingRow.mechanism_id, func.min(MeetingRow.held_on))
        .where(
            MeetingRow.mechanism_id.in_(mechanism_ids),
            MeetingRow.state == State.PLANNED.value,
            MeetingRow.held_on >= today,
        )
        .group_by(MeetingRow.mechanism_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
