"""Uses of advocates on some days, by advocate and by activity, and who was not used. Decides no share."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, Integer, case, cast, exists, func, select

from domain.advocates import State
from domain.use_report import Named, Used
from domain.value import Period
from domain.vocabulary import Activity
from storage.advocates import Advocate
from storage.engagements import COUNTING, Engagement
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.people import Person

AT_A_TIME = 1000
"""Rows fetched at once."""


def _within(period: Period, activity: Activity | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Engagement.status.in_(COUNTING), Engagement.happens_on.between(*_days(period))]
    if activity is not None:
        found.append(Engagement.activity == activity.value)
    return found


def _days(period: Period) -> tuple[date, date]:
    return period.first or date.min, period.last or date.max


def by_advocate(session: GuardedSession, period: Period, activity: Activity | None) -> list[Used]:
    """Whoever was used, with how often. One statement."""
    beyond = func.sum(cast(Engagement.over_cap, Integer))
    query = (
        select(Advocate.id, Advocate.state, func.count(), func.sum(Engagement.halves), beyond)
        .join(Engagement, Engagement.advocate_id == Advocate.id)
        .where(*_within(period, activity))
        .group_by(Advocate.id, Advocate.state)
        .order_by(Advocate.id)
    )
    return [Used(one, state == State.ACTIVE.value, *numbers) for one, state, *numbers in session.execute(query)]


def by_activity(session: GuardedSession, now: Period, before: Period) -> list[tuple[str, int, int]]:
    """Each activity with its uses in both periods, the most used now first. One statement."""
    newer, older = (func.count(case((Engagement.happens_on.between(*_days(one)), 1))) for one in (now, before))
    query = (
        select(Engagement.activity, newer, older)
        .where(Engagement.status.in_(COUNTING), Engagement.happens_on.between(_days(before)[0], _days(now)[1]))
        .group_by(Engagement.activity)
        .order_by(newer.desc(), Engagement.activity)
    )
    return [(activity, new, old) for activity, new, old in session.execute(query)]


def active(session: GuardedSession) -> int:
    """How many advocates are active. One statement."""
    return session.scalar(select(func.count()).where(Advocate.state == State.ACTIVE.value)) or 0


def idle(session: GuardedSession, period: Period, activity: Activity | None, most: int) -> list[Named]:
    """Active advocates who were not used, those first who were published first. One statement."""
    used = exists().where(Engagement.advocate_id == Advocate.id, *_within(period, activity))
    query = (
        select(Advocate.id, Contact.name, Contact.company)
        .join(Contact, Contact.id == Advocate.contact_id)
        .where(Advocate.state == State.ACTIVE.value, ~used)
        .order_by(Advocate.published_at, Advocate.id)
        .limit(most)
    )
    return [Named(*row) for row in session.execute(query)]


def each(
    session: GuardedSession, period: Period, activity: Activity | None, put: Callable[[list[str]], object]
) -> None:
    """Hand each use to `put`, the newest first: its day, activity, customer, company, who used it, its source, its
    weight in halves, and "yes" where it went beyond what the rules allow. One statement."""
    query = (
        select(
            Engagement.happens_on,
            Engagement.activity,
            Contact.name,
            Contact.company,
            Person.name,
            Engagement.source,
            Engagement.halves,
            Engagement.over_cap,
        )
        .join(Advocate, Advocate.id == Engagement.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Person, Person.id == Engagement.person_id)
        .where(*_within(period, activity))
        .order_by(Engagement.happens_on.desc(), Engagement.id)
    )
    for day, what, name, company, who, source, halves, beyond in session.execute(
        query.execution_options(yield_per=AT_A_TIME)
    ):
        put([day.isoformat(), what, name, company, who or "", source, str(halves), "yes" if beyond else "no"])
