"""What is true of the program now, as far as nudges may say it: counts, and names of colleagues who agreed to that.

Decides nothing about when a count is worth telling. No customer's name comes out of here.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from domain.people import Role, Standing
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.nudges import NudgeWish
from storage.people import Person, RoleGrant
from storage.requests import Request
from storage.saved_searches import LookUp, SavedSearch

NAMES = 5
"""Names kept of each kind: whoever reads it may be the first of them."""

Named = tuple[str, str]
"""A colleague: id and name."""


@dataclass(frozen=True, slots=True)
class Program:
    """Counts of the whole company, and of each function's nominations; and names, the latest first."""

    nominations: int = 0
    by_function: dict[str, int] = field(default_factory=dict)
    new_advocates: int = 0
    advocates: int = 0
    uses: int = 0
    open_requests: int = 0
    unmet: int = 0
    waiting: int = 0
    nominators: tuple[Named, ...] = ()
    winners: tuple[Named, ...] = ()
    leaders: tuple[Named, ...] = ()


def program(
    session: GuardedSession, month_ago: datetime, quarter_ago: datetime, open_states: Collection[str]
) -> Program:
    """Everything at once, in ten statements."""
    by_function = _by_function(session, month_ago)
    offered = Advocate.state == "active"

    def how_many(model: type, *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

    return Program(
        nominations=sum(by_function.values()),
        by_function=by_function,
        new_advocates=how_many(Advocate, offered, Advocate.published_at >= quarter_ago),
        advocates=how_many(Advocate, offered),
        uses=how_many(Request, Request.completed_on >= quarter_ago.date()),
        open_requests=how_many(Request, Request.state.in_(open_states)),
        unmet=how_many(LookUp, LookUp.fitted == 0, LookUp.at >= month_ago),
        waiting=how_many(SavedSearch, SavedSearch.ended_at.is_(None)),
        nominators=_nominators(session, month_ago),
        winners=_winners(session, quarter_ago),
        leaders=_leaders(session),
    )


def _by_function(session: GuardedSession, since: datetime) -> dict[str, int]:
    query = (
        select(Nomination.nominator_function, func.count())
        .where(Nomination.created_at >= since)
        .group_by(Nomination.nominator_function)
    )
    return {function or "": many for function, many in session.execute(query)}


def _agreed() -> tuple[ColumnElement[bool], ...]:
    return (NudgeWish.may_name.is_(True), Person.standing == Standing.MEMBER.value)


def _nominators(session: GuardedSession, since: datetime) -> tuple[Named, ...]:
    query = (
        select(Person.id, Person.name)
        .join(Nomination, Nomination.nominator_id == Person.id)
        .join(NudgeWish, NudgeWish.person_id == Person.id)
        .where(*_agreed(), Nomination.created_at >= since)
        .group_by(Person.id, Person.name)
        .order_by(func.max(Nomination.created_at).desc(), Person.id)
    )
    return tuple((row.id, row.name) for row in session.execute(query.limit(NAMES)))


def _winners(session: GuardedSession, since: datetime) -> tuple[Named, ...]:
    query = (
        select(Person.id, Person.name)
        .join(Nomination, Nomination.nominator_id == Person.id)
        .join(Advocate, Advocate.nomination_id == Nomination.id)
        .join(NudgeWish, NudgeWish.person_id == Person.id)
        .where(*_agreed(), Advocate.state == "active", Advocate.published_at >= since)
        .group_by(Person.id, Person.name)
        .order_by(func.max(Advocate.published_at).desc(), Person.id)
    )
    return tuple((row.id, row.name) for row in session.execute(query.limit(NAMES)))


def _leaders(session: GuardedSession) -> tuple[Named, ...]:
    """The champions first, then the program leaders."""
    query = (
        select(Person.id, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(NudgeWish, NudgeWish.person_id == Person.id)
        .where(*_agreed(), RoleGrant.role.in_([Role.CHAMPION.value, Role.LEADER.value]))
        .group_by(Person.id, Person.name)
        .order_by(func.min(RoleGrant.role), Person.id)  # "executive champion" sorts before "program leader"
    )
    return tuple((row.id, row.name) for row in session.execute(query.limit(NAMES)))
