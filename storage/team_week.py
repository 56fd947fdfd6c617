"""What the advocacy team's week is counted from. Decides nothing about what is late."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from domain.advocates import State as Stage
from domain.nominations import State
from domain.team_week import Done, Waiting
from storage.advocates import Advocate, ConsentRow, Introduction, newest_consent
from storage.cards import OPEN_STATES as TO_REVIEW
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.profiles import JOURNEY
from storage.request_cards import OPEN_STATES as TO_ANSWER
from storage.requests import Request


@dataclass(frozen=True, slots=True)
class Times:
    """Instants (aware, UTC) that the figures depend on: the week from `since` until `until`; nominations before
    `review_goal` and profiles confirmed before `verified` wait too long; a consent whose last day is before `today` has
    ended."""

    since: datetime
    until: datetime
    review_goal: datetime
    verified: datetime
    request_goal: timedelta
    today: date


def read(session: GuardedSession, times: Times, before: tuple[datetime, datetime]) -> tuple[Done, Done, Waiting]:
    """The week, the one `before`, and what waits. Two statements, however much there is."""
    session.flush()
    columns = {
        **{f"now {name}": one for name, one in _done(times.since, times.until).items()},
        **{f"before {name}": one for name, one in _done(*before).items()},
        **_waiting(times),
    }
    row = session.execute(select(*columns.values())).one()
    found: Mapping[str, Any] = dict(zip(columns, row, strict=True))
    in_time, in_time_before = _in_time(session, times, before)
    return (
        Done(**_part(found, "now "), in_time=in_time),
        Done(**_part(found, "before "), in_time=in_time_before),
        Waiting(**{one.name: found[one.name] for one in fields(Waiting)}),
    )


def _part(found: Mapping[str, Any], lead: str) -> dict[str, int]:
    return {name.removeprefix(lead): value for name, value in found.items() if name.startswith(lead)}


def _done(since: datetime, until: datetime) -> dict[str, ColumnElement[int]]:
    def among(column: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        table = column.class_
        return select(func.count(table.id)).where(column >= since, column < until, *conditions).scalar_subquery()

    decided = Nomination.decided_at
    days = (Engagement.happens_on >= since.date(), Engagement.happens_on < until.date())
    uses = select(func.count(Engagement.id)).where(Engagement.status == Status.DONE.value, *days)
    return {
        "nominated": among(Nomination.created_at),
        "accepted": among(decided, Nomination.state == State.ACCEPTED.value),
        "declined": among(decided, Nomination.state == State.DECLINED.value),
        "published": among(Advocate.published_at),
        "requested": among(Request.created_at),
        "answered": among(Request.answered_at),
        "uses": uses.scalar_subquery(),
    }


def _waiting(times: Times) -> dict[str, ColumnElement[Any]]:
    to_review, to_answer = Nomination.state.in_(TO_REVIEW), Request.state.in_(TO_ANSWER)
    introduced = select(func.count(Introduction.id)).join(Nomination, Nomination.id == Introduction.nomination_id)
    untold = (Introduction.made_at.is_(None), Nomination.state == State.ACCEPTED.value)
    ended = (
        select(func.count(Advocate.id))
        .join(ConsentRow, ConsentRow.id == newest_consent())
        .where(Advocate.state == Stage.ACTIVE.value, ConsentRow.ends_on < times.today)
    )
    stale = (Advocate.state == Stage.ACTIVE.value, Advocate.verified_at < times.verified)
    columns = {
        "to_review": select(func.count(Nomination.id)).where(to_review),
        "oldest_review": select(func.min(Nomination.created_at)).where(to_review),
        "late_reviews": select(func.count(Nomination.id)).where(to_review, Nomination.created_at < times.review_goal),
        "to_answer": select(func.count(Request.id)).where(to_answer),
        "oldest_request": select(func.min(Request.opened_at)).where(to_answer),
        "late_requests": select(func.count(Request.id)).where(to_answer, Request.late_at.is_not(None)),
        "to_introduce": introduced.where(*untold),
        "unpublished": select(func.count(Advocate.id)).where(Advocate.state.in_(JOURNEY)),
        "unverified": select(func.count(Advocate.id)).where(*stale),
        "consents_ended": ended,
    }
    return {name: query.scalar_subquery() for name, query in columns.items()}


def _in_time(session: GuardedSession, times: Times, before: tuple[datetime, datetime]) -> tuple[int, int]:
    """How many of the answers in each week came within the goal: of rows, for databases count hours differently."""
    rows = session.execute(
        select(Request.opened_at, Request.answered_at).where(
            Request.answered_at >= before[0], Request.answered_at < times.until
        )
    )
    soon = [answered for opened, answered in rows if answered and answered - opened <= times.request_goal]
    return sum(one >= times.since for one in soon), sum(one < before[1] for one in soon)
