"""What colleagues needed and did not find: look-ups, searches that wait, requests unfilled. Decides no target."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from storage.guard import GuardedSession
from storage.requests import Request
from storage.saved_searches import LookUp, SavedSearch

MOST = 300
"""Different queries that are looked at, the most frequent first: what comes once in three hundred is no demand."""


def looked_up(session: GuardedSession, since: datetime) -> list[tuple[str, int]]:
    """Queries that found nobody, with how many people looked so. One statement."""
    people = func.count(LookUp.person_id.distinct())
    query = select(LookUp.query, people).where(LookUp.fitted == 0, LookUp.at >= since).group_by(LookUp.query)
    return [(text, count) for text, count in session.execute(query.order_by(people.desc(), LookUp.query).limit(MOST))]


def awaited(session: GuardedSession) -> list[tuple[str, int]]:
    """Searches that are still open, with how many people wait. One statement."""
    people = func.count(SavedSearch.person_id.distinct())
    query = select(SavedSearch.query, people).where(SavedSearch.ended_at.is_(None)).group_by(SavedSearch.query)
    found = session.execute(query.order_by(people.desc(), SavedSearch.query).limit(MOST))
    return [(text, count) for text, count in found]


def requested(session: GuardedSession, since: datetime, states: Collection[str]) -> list[tuple[str, str, int]]:
    """Criteria and activity of requests in these states for whom nobody was found, with their number. One statement."""
    number = func.count()
    query = (
        select(Request.criteria, Request.activity, number)
        .where(
            Request.criteria.is_not(None),
            Request.advocate_id.is_(None),
            Request.state.in_(states),
            Request.created_at >= since,
        )
        .group_by(Request.criteria, Request.activity)
        .order_by(number.desc(), Request.criteria, Request.activity)
    )
    return [(criteria or "", activity, count) for criteria, activity, count in session.execute(query.limit(MOST))]
