"""Requests of some days, one after another: memory does not grow with how many there are. Decides no figure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from domain.request_rates import Asked
from domain.request_report import Behind, Row, Wanted
from domain.requests import State
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.people import Person
from storage.requests import Request

AT_A_TIME = 1000
"""Rows fetched at once."""


def each(
    session: GuardedSession, since: datetime, until: datetime, wanted: Wanted, put: Callable[[Row], object]
) -> None:
    """Hand every request that was opened from `since` on and before `until` to `put`. One statement."""
    columns = (Request.activity, Request.requester_function, Request.state, Request.opened_at, Request.answered_at)
    for activity, function, state, opened, answered in _streamed(
        session, _among(select(*columns), since, until, wanted)
    ):
        put(Row(activity, function, Asked(State(state), opened, answered)))


def behind(
    session: GuardedSession,
    since: datetime,
    until: datetime,
    wanted: Wanted,
    put: Callable[[Behind], object],
    most: int | None = None,
) -> None:
    """The same with names, the newest first, no more than `most`. One statement."""
    asked = (Request.state, Request.opened_at, Request.answered_at)
    columns = (Request.activity, Request.requester_function, *asked, Request.need_by, Contact.name, Contact.company)
    query = (
        select(*columns, Person.name)
        .outerjoin(Advocate, Advocate.id == Request.advocate_id)
        .outerjoin(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Person, Person.id == Request.requester_id)
        .order_by(Request.opened_at.desc(), Request.id)
        .limit(most)
    )
    for activity, function, state, opened, answered, *rest in _streamed(session, _among(query, since, until, wanted)):
        put(Behind(activity, function, Asked(State(state), opened, answered), *rest))


def _among(
    query: Select[*tuple[Any, ...]], since: datetime, until: datetime, wanted: Wanted
) -> Select[*tuple[Any, ...]]:
    query = query.where(Request.opened_at >= since, Request.opened_at < until)
    if wanted.activity is not None:
        query = query.where(Request.activity == wanted.activity.value)
    if wanted.function is not None:
        query = query.where(Request.requester_function == wanted.function.value)
    return query


def _streamed(session: GuardedSession, query: Select[*tuple[Any, ...]]) -> Any:
    return session.execute(query.execution_options(yield_per=AT_A_TIME))
