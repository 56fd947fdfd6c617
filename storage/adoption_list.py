"""Who by name did how much in the program. Reads what is stored anyway; decides nothing about who may see it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from domain.adoption_list import PAGE, Chosen, Row, Which
from domain.people import Function, Standing
from domain.resistance import OwnUse
from storage.guard import GuardedSession
from storage.nominations import Endorsement, Nomination
from storage.people import Person
from storage.requests import Follower, Request
from storage.saved_searches import LookUp

Who = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]

NOMINATED, LOOKED_UP, REQUESTED = "nominated", "looked up", "requested"


def page(session: GuardedSession, since: datetime, chosen: Chosen) -> tuple[list[Row], int, int]:
    """One page by name, how many people there are in all, and how many of them have taken part. Two statements."""
    acts = _acts(since)
    whom = _whom(chosen.function)
    did = Person.id.in_(select(acts.c.person_id))
    people, took_part = session.execute(
        select(func.count(Person.id), func.count(case((did, Person.id)))).where(*whom)
    ).one()
    narrowed = {Which.NOT_YET: [~did], Which.TOOK_PART: [did], Which.EVERYBODY: []}[chosen.which]
    some = (
        select(Person.id, Person.name, Person.slack_user_id, Person.function)
        .where(*whom, *narrowed)
        .order_by(Person.name, Person.id)
        .limit(PAGE)
        .offset(PAGE * chosen.page)
        .subquery()
    )
    columns: list[ColumnElement[Any]] = [some.c.name, some.c.slack_user_id, some.c.function, *_sums(acts)]
    query = (
        select(*columns)
        .select_from(some)
        .outerjoin(acts, acts.c.person_id == some.c.id)
        .group_by(some.c.id, some.c.name, some.c.slack_user_id, some.c.function)
        .order_by(some.c.name, some.c.id)
    )
    rows = [
        Row(row[0], row[1], Function(row[2]) if row[2] else None, row[3], row[4], row[5])
        for row in session.execute(query)
    ]
    return rows, people, took_part


def own(session: GuardedSession, person_id: str, since: datetime, days: int) -> OwnUse:
    """What the list holds of one person. One statement."""
    acts = _acts(since, person_id)
    sums = _sums(acts)
    found = session.execute(select(*sums)).one()
    return OwnUse(found[0], found[1], found[2], days)


def _whom(function: Function | None) -> list[ColumnElement[bool]]:
    here = [Person.standing == Standing.MEMBER.value, Person.slack_user_id.is_not(None)]
    return [*here, Person.function == function.value] if function else here


def _sums(acts: Subquery) -> list[ColumnElement[Any]]:
    return [func.count(case((acts.c.what == what, 1))) for what in (NOMINATED, LOOKED_UP, REQUESTED)]


def _acts(since: datetime, person_id: str | None = None) -> Subquery:
    """One row for each thing that somebody did since then."""
    ways: list[tuple[str, Who, InstrumentedAttribute[datetime]]] = [
        (NOMINATED, Nomination.nominator_id, Nomination.created_at),
        (NOMINATED, Endorsement.person_id, Endorsement.created_at),
        (LOOKED_UP, LookUp.person_id, LookUp.at),
        (REQUESTED, Request.requester_id, Request.created_at),
        (REQUESTED, Follower.person_id, Follower.created_at),
    ]
    selects = [
        select(who.label("person_id"), literal(what).label("what")).where(
            at >= since, who == person_id if person_id else who.is_not(None)
        )
        for what, who, at in ways
    ]
    return union_all(*selects).subquery()
