"""What the program's health is counted from, beside what other modules count. Decides no figure."""

from datetime import datetime

from sqlalchemy import case, func, select

from domain.health_figures import Nudged
from domain.request_rates import Asked
from domain.requests import State
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.nudges import HELD_OUT, SENT, SILENT, SKIPPED, Nudge
from storage.requests import Request


def requests(session: GuardedSession, since: datetime) -> list[Asked]:
    """Requests that were made since. One statement."""
    query = select(Request.state, Request.opened_at, Request.answered_at).where(Request.opened_at >= since)
    return [Asked(State(state), opened, answered) for state, opened, answered in session.execute(query)]


def nudged(session: GuardedSession, since: datetime) -> Nudged:
    """Occasions for a nudge since, by what came of them. One statement."""
    query = select(Nudge.outcome, func.count()).where(Nudge.created_at >= since).group_by(Nudge.outcome)
    found: dict[str, int] = {row[0]: row[1] for row in session.execute(query)}
    return Nudged(found.get(SENT, 0), found.get(SILENT, 0) + found.get(HELD_OUT, 0), found.get(SKIPPED, 0))


def nominations(session: GuardedSession, before: datetime, since: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Nominations by the function of whoever made them ("" where it is not known): since then, and from `before` until
    then. One statement."""
    newer = func.count(case((Nomination.created_at >= since, 1)))
    query = (
        select(Nomination.nominator_function, newer, func.count())
        .where(Nomination.created_at >= before)
        .group_by(Nomination.nominator_function)
        .order_by(Nomination.nominator_function)
    )
    rows = [(function or "", new, of_both - new) for function, new, of_both in session.execute(query)]
    return {name: new for name, new, _old in rows if new}, {name: old for name, _new, old in rows if old}
