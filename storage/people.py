"""The workspace's people, their functions and roles. Decides nothing about what a role permits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.people import Actor, Function, Role, Standing
from storage.base import ID_LENGTH, Base, Tenant, TenantRow, within
from storage.guard import GuardedSession


class Person(TenantRow, Base):
    """A Slack member, or somebody imported who has not been seen in Slack yet (`slack_user_id` is empty)."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_user_id"),
        UniqueConstraint("workspace_id", "email_digest"),
        within("manager_id", "person"),
        Index(None, "workspace_id", "manager_id"),
    )

    slack_user_id: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    title: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    standing: Mapped[str] = mapped_column(String(16), default=Standing.MEMBER.value)
    function: Mapped[str | None] = mapped_column(String(32))
    function_source: Mapped[str | None] = mapped_column(String(16))
    manager_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    is_slack_admin: Mapped[bool] = mapped_column(default=False)
    away_until: Mapped[date | None]
    home_focus: Mapped[str | None] = mapped_column(String(16))
    updated_at: Mapped[datetime]


_UNKNOWN = (Person.function.is_(None), Person.standing == Standing.MEMBER.value, Person.slack_user_id.is_not(None))


class RoleGrant(Tenant, Base):
    """A role that a person was given, by hand or by membership of a user group."""

    __tablename__ = "role_grant"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "role"),
    )

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
    source: Mapped[str] = mapped_column(String(32), primary_key=True, default="hand")


def by_slack_id(session: GuardedSession, slack_user_id: str) -> Person | None:
    """The person with this Slack account."""
    return session.scalar(select(Person).where(Person.slack_user_id == slack_user_id))


def actor_of(session: GuardedSession, slack_user_id: str) -> Actor | None:
    """The acting person with the roles granted to them; None for somebody never seen. Two statements."""
    person = by_slack_id(session, slack_user_id)
    return None if person is None else _actor(session, person)


def _actor(session: GuardedSession, person: Person) -> Actor:
    granted = session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person.id))
    return Actor(
        person_id=person.id,
        slack_user_id=person.slack_user_id or "",
        name=person.name,
        standing=Standing(person.standing),
        roles=frozenset({Role.MEMBER, *(Role(role) for role in granted)}),
        function=Function(person.function) if person.function else None,
        time_zone=person.time_zone,
    )


def grant(session: GuardedSession, person_id: str, role: Role, source: str = "hand") -> bool:
    """Give a role; False when the person had it already from that source."""
    if session.get(RoleGrant, (session.workspace_id, person_id, role.value, source)) is not None:
        return False
    session.add(RoleGrant(person_id=person_id, role=role.value, source=source))
    return True


def set_holders(
    session: GuardedSession, role: Role, person_ids: Iterable[str], source: str = "hand"
) -> tuple[set[str], set[str]]:
    """Make exactly these people hold the role from that source. Answers who was added and who was removed."""
    wanted = set(person_ids)
    grants = {
        row.person_id: row
        for row in session.scalars(select(RoleGrant).where(RoleGrant.role == role.value, RoleGrant.source == source))
    }
    for person_id in grants.keys() - wanted:
        session.delete(grants[person_id])
    for person_id in sorted(wanted - grants.keys()):
        session.add(RoleGrant(person_id=person_id, role=role.value, source=source))
    return wanted - grants.keys(), grants.keys() - wanted


def sources_of(session: GuardedSession, role: Role) -> dict[str, set[str]]:
    """From where each holder of a role has it, by the holder's id."""
    found: dict[str, set[str]] = {}
    for row in session.execute(select(RoleGrant.person_id, RoleGrant.source).where(RoleGrant.role == role.value)):
        found.setdefault(row.person_id, set()).add(row.source)
    return found


def holders(session: GuardedSession, role: Role) -> list[Person]:
    """Everybody who holds the role and can still be reached in Slack, by name."""
    return list(
        session.scalars(
            select(Person)
            .where(
                Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role.value)),
                Person.standing == Standing.MEMBER.value,
                Person.slack_user_id.is_not(None),
            )
            .order_by(Person.name)
        )
    )


def unknown(session: GuardedSession) -> list[Person]:
    """Full members whose function nobody knows, by name: nothing that needs an audience can count on them."""
    return list(session.scalars(select(Person).where(*_UNKNOWN).order_by(Person.name)))


def how_many_unknown(session: GuardedSession) -> int:
    """How many they are."""
    return session.scalar(select(unknown_column())) or 0


def unknown_column() -> ColumnElement[int]:
    """How many they are, as a column."""
    return select(func.count(Person.id)).where(*_UNKNOWN).scalar_subquery()


def about_columns(person_id: str) -> dict[str, ColumnElement[Any]]:
    """The Slack id of somebody's manager, whether somebody is a full member's manager, and the part of Home that they
    chose, as columns."""
    manager, led = aliased(Person), aliased(Person)
    theirs = select(manager.slack_user_id).join(Person, Person.manager_id == manager.id).where(Person.id == person_id)
    members = select(led.workspace_id).where(led.manager_id == person_id, led.standing == Standing.MEMBER.value)
    focus = select(Person.home_focus).where(Person.id == person_id)
    return {"manager": theirs.scalar_subquery(), "leads": members.exists(), "focus": focus.scalar_subquery()}


ROWS_A_STATEMENT = 1000
"""Ids named in one statement: neither engine takes any number of them."""

FROM_GROUP = "group"
"""Where a function came from that follows a user group: it goes when its person leaves the group."""

THROUGH_GROUP = "group:"
"""Leads the source of a role that a user group gives; the group's id follows."""

FROM_CHANNEL = "channel"
"""Source of a role held for being in the team's channel, while nobody was given it."""


def by_slack_ids(session: GuardedSession, slack_user_ids: Iterable[str]) -> list[Person]:
    """The people with these Slack accounts."""
    return list(session.scalars(select(Person).where(Person.slack_user_id.in_(list(slack_user_ids)))))


def by_ids(session: GuardedSession, person_ids: Collection[str]) -> list[Person]:
    """These people, by name."""
    return list(session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(Person.name, Person.id)))


def gone(session: GuardedSession, present: Collection[str]) -> list[Person]:
    """People with a Slack account who are not among those that Slack lists now."""
    listed = session.scalars(
        select(Person.slack_user_id).where(
            Person.slack_user_id.is_not(None), Person.standing != Standing.DEACTIVATED.value
        )
    )
    return by_slack_ids(session, {slack_user_id for slack_user_id in listed if slack_user_id} - set(present))


def follow_groups(session: GuardedSession, functions: Mapping[str, str]) -> None:
    """Let functions be those of the user groups (by Slack id), but for whoever has one from elsewhere.

    On bare columns and many rows a statement: ten thousand people are looked through within one transaction's time.
    """
    followers = select(Person.id, Person.slack_user_id, Person.function, Person.function_source).where(
        Person.slack_user_id.is_not(None), Person.function_source.is_(None) | (Person.function_source == FROM_GROUP)
    )
    changed: dict[str | None, list[str]] = {}
    for row in session.execute(followers):
        wanted = functions.get(row.slack_user_id)
        if row.function != wanted and (wanted is not None or row.function_source == FROM_GROUP):
            changed.setdefault(wanted, []).append(row.id)
    for function, person_ids in changed.items():
        _set_function(session, person_ids, function)


def _set_function(session: GuardedSession, person_ids: Sequence[str], function: str | None) -> None:
    for start in range(0, len(person_ids), ROWS_A_STATEMENT):
        session.execute(
            update(Person)
            .where(Person.id.in_(person_ids[start : start + ROWS_A_STATEMENT]))
            .values(function=function, function_source=FROM_GROUP if function is not None else None)
            .execution_options(synchronize_session=False)
        )


def usual_time_zone(session: GuardedSession) -> str | None:
    """Where most full members are; None while nobody is known. One statement."""
    here = (Person.standing == Standing.MEMBER.value, Person.slack_user_id.is_not(None))
    zones = select(Person.time_zone).where(*here).group_by(Person.time_zone)
    return session.scalar(zones.order_by(func.count().desc(), Person.time_zone).limit(1))


def slack_admins(session: GuardedSession) -> list[Person]:
    """Full members who administer the Slack workspace."""
    return list(
        session.scalars(select(Person).where(Person.is_slack_admin.is_(True), Person.standing == Standing.MEMBER.value))
    )


def has_chosen_team(session: GuardedSession) -> bool:
    """Whether anybody was given the advocacy team's role by hand or through a user group."""
    chosen = select(RoleGrant.person_id).where(RoleGrant.role == Role.TEAM.value, RoleGrant.source != FROM_CHANNEL)
    return session.scalar(chosen.limit(1)) is not None


def manager_of(session: GuardedSession, person_id: str) -> Person | None:
    """Somebody's manager, if known."""
    manager = select(Person.manager_id).where(Person.id == person_id).scalar_subquery()
    return session.scalar(select(Person).where(Person.id == manager))


def leads_anybody(session: GuardedSession, person_id: str) -> bool:
    """Whether somebody is a full member's manager. One statement."""
    led = select(Person.id).where(Person.manager_id == person_id, Person.standing == Standing.MEMBER.value)
    return session.scalar(led.limit(1)) is not None


def any_guest(session: GuardedSession, slack_user_ids: Collection[str]) -> bool:
    """Whether one of these is a guest, or belongs to another organisation."""
    outside = [Standing.GUEST.value, Standing.STRANGER.value]
    found = select(Person.id).where(Person.slack_user_id.in_(list(slack_user_ids)), Person.standing.in_(outside))
    return session.scalar(found.limit(1)) is not None
