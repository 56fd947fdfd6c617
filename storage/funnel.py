"""How far the nominations of a period have come. Decides no stage."""

from datetime import datetime

from sqlalchemy import case, func, select

from domain.funnel import Funnel
from domain.nominations import Source, State
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Nomination


def by_source(session: GuardedSession, since: datetime, until: datetime) -> list[Funnel]:
    """Nominations made from `since` on and before `until`, by where they came from. One statement."""
    accepted = func.count(case((Nomination.state == State.ACCEPTED.value, 1)))
    query = (
        select(Nomination.source, func.count(), accepted, func.count(Advocate.id), func.count(Advocate.published_at))
        .outerjoin(Advocate, Advocate.nomination_id == Nomination.id)
        .where(Nomination.created_at >= since, Nomination.created_at < until)
        .group_by(Nomination.source)
        .order_by(Nomination.source)
    )
    return [Funnel(Source(source), *numbers) for source, *numbers in session.execute(query)]
