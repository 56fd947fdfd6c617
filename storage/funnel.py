"""How far the nominations of a period have come, and how long each stage took. Decides no stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from domain.funnel import Funnel, Stage, Time
from domain.nominations import Source, State
from storage.advocates import Advocate, Introduction
from storage.days import days_passed
from storage.guard import GuardedSession
from storage.nominations import Nomination


def by_source(session: GuardedSession, since: datetime, until: datetime) -> list[Funnel]:
    """Nominations made from `since` on and before `until`, by where they came from. One statement."""
    accepted = func.count(case((Nomination.state == State.ACCEPTED.value, 1)))
    query = (
        select(
            Nomination.source,
            func.count(),
            accepted,
            func.count(Advocate.id),
            func.count(Advocate.published_at),
            *_times(),
        )
        .outerjoin(Advocate, Advocate.nomination_id == Nomination.id)
        .outerjoin(Introduction, Introduction.nomination_id == Nomination.id)
        .where(Nomination.created_at >= since, Nomination.created_at < until)
        .group_by(Nomination.source)
        .order_by(Nomination.source)
    )
    return [_funnel(*row) for row in session.execute(query)]


_ENDS: dict[Stage, tuple[Any, Any]] = {
    Stage.REVIEW: (Nomination.created_at, Nomination.decided_at),
    Stage.INTRODUCTION: (Nomination.decided_at, Introduction.made_at),
    Stage.PROFILE: (Introduction.made_at, Advocate.published_at),
}
"""When a nomination comes into a stage, and when it leaves it. History that was brought in may have no order: what
ended before it began is left out."""


def _times() -> list[ColumnElement[Any]]:
    columns: list[ColumnElement[Any]] = []
    for begun, left in _ENDS.values():
        passed = case((left >= begun, days_passed(left, begun)))
        columns += [func.count(passed), func.coalesce(func.sum(passed), 0)]
    return columns


def _funnel(source: str, nominated: int, accepted: int, introduced: int, published: int, *times: Any) -> Funnel:
    by_stage = {stage: Time(*times[2 * at : 2 * at + 2]) for at, stage in enumerate(Stage)}
    return Funnel(Source(source), nominated, accepted, introduced, published, by_stage)
