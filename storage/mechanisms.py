"""Programs and the customers in them: the tables, and programs with their numbers. Decides no move."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index, String, Text, UniqueConstraint, case, func, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.mechanisms import End, Kind, State, Summary
from domain.memberships import State as MemberState
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.people import Person


class Mechanism(TenantRow, Base):
    """One program. `criteria` are values by facet; `size` is how many customers are wanted."""

    __tablename__ = "mechanism"
    __table_args__ = (
        within("owner_id", "person"),
        within("created_by_id", "person"),
        Index(None, "workspace_id", "state"),
    )

    kind: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    purpose: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    end: Mapped[str | None] = mapped_column(String(16))
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    size: Mapped[int]
    criteria: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    created_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second one is told


class MechanismMember(TenantRow, Base):
    """One customer in one program, whatever became of the invitation. `asked_id` is whom the last message went to, None
    for the team; `engagement_id` is the term that joining reserved."""

    __tablename__ = "mechanism_member"
    __table_args__ = (
        UniqueConstraint("workspace_id", "mechanism_id", "advocate_id"),
        within("mechanism_id", "mechanism"),
        within("advocate_id", "advocate"),
        within("engagement_id", "engagement"),
        within("invited_by_id", "person"),
        within("asked_id", "person"),
        within("answered_by_id", "person"),
        Index(None, "workspace_id", "advocate_id"),
        Index(None, "workspace_id", "state"),
    )

    mechanism_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    state: Mapped[str] = mapped_column(String(16))
    engagement_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    invited_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    invited_at: Mapped[datetime]
    asked_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    asked: Mapped[int] = mapped_column(default=0)
    asked_on: Mapped[date]
    answered_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    answered_at: Mapped[datetime | None]
    again_on: Mapped[date | None]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]


def every(session: GuardedSession, most: int) -> list[Summary]:
    """Programs with how many belong to them, those that run first, then the newest. One statement."""
    session.flush()
    state = MechanismMember.state
    members, invited = (
        func.coalesce(func.sum(case((state == one.value, 1), else_=0)), 0)
        for one in (MemberState.MEMBER, MemberState.INVITED)
    )
    counted = (
        select(MechanismMember.mechanism_id, members.label("members"), invited.label("invited"))
        .group_by(MechanismMember.mechanism_id)
        .subquery()
    )
    query = (
        select(Mechanism, Person.slack_user_id, counted.c.members, counted.c.invited)
        .outerjoin(Person, Person.id == Mechanism.owner_id)
        .outerjoin(counted, counted.c.mechanism_id == Mechanism.id)
        .order_by(Mechanism.state != State.OPEN.value, Mechanism.id.desc())
        .limit(most)
    )
    return [_summary(row.Mechanism, row.slack_user_id, row.members, row.invited) for row in session.execute(query)]


def _summary(row: Mechanism, owner: str | None, members: int | None, invited: int | None) -> Summary:
    return Summary(
        row.id,
        Kind(row.kind),
        row.name,
        row.purpose,
        State(row.state),
        row.size,
        row.starts_on,
        row.ends_on,
        owner,
        int(members or 0),
        int(invited or 0),
        End[row.end] if row.end else None,
    )


def summary(session: GuardedSession, row: Mechanism) -> Summary:
    """One program with its numbers. Two statements."""
    session.flush()
    numbers = (
        select(MechanismMember.state, func.count(MechanismMember.id).label("number"))
        .where(MechanismMember.mechanism_id == row.id)
        .group_by(MechanismMember.state)
    )
    found = {row.state: row.number for row in session.execute(numbers)}
    owner = session.scalar(select(Person.slack_user_id).where(Person.id == row.owner_id))
    return _summary(row, owner, found.get(MemberState.MEMBER.value), found.get(MemberState.INVITED.value))


def how_many_open(session: GuardedSession) -> int:
    """Programs that run. One statement."""
    running = select(func.count(Mechanism.id)).where(Mechanism.state == State.OPEN.value)
    return session.scalar(running) or 0


def open_rows(session: GuardedSession) -> Sequence[Mechanism]:
    """Programs that run, the oldest first. One statement."""
    session.flush()
    return session.scalars(select(Mechanism).where(Mechanism.state == State.OPEN.value).order_by(Mechanism.id)).all()
