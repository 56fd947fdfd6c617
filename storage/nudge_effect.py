"""What people did, and which nudges came before it: the rows that the effect is counted from. Decides no count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from domain.nudge_effect import Did
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.nudges import HELD_OUT, SENT, SILENT, Nudge
from storage.people import Person
from storage.requests import Request
from storage.saved_searches import LookUp


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody did something."""

    person_id: str
    function: str | None
    at: datetime


def deeds(session: GuardedSession, did: Did, since: datetime) -> list[Deed]:
    """Everything of this kind that colleagues did since, in the order of time. One statement."""
    return [Deed(row[0], row[1], row[2]) for row in session.execute(_deeds(did, since)) if row[0] is not None]


def _deeds(did: Did, since: datetime) -> Select[str | None, str | None, datetime]:
    if did is Did.NOMINATED:
        made = select(Nomination.nominator_id, Nomination.nominator_function, Nomination.created_at)
        return made.where(Nomination.created_at >= since).order_by(Nomination.created_at)
    if did is Did.REQUESTED:
        asked = select(Request.requester_id, Request.requester_function, Request.created_at)
        return asked.where(Request.created_at >= since).order_by(Request.created_at)
    looked = select(LookUp.person_id, Person.function, LookUp.at).join(Person, Person.id == LookUp.person_id)
    return looked.where(LookUp.at >= since).order_by(LookUp.at)


def leading(session: GuardedSession) -> set[str]:
    """Everybody who leads people. One statement."""
    found = session.scalars(select(Person.manager_id).where(Person.manager_id.is_not(None)).distinct())
    return {one for one in found if one is not None}


def weeks(session: GuardedSession, since: datetime, until: datetime) -> list[tuple[str, bool, datetime]]:
    """Weeks of channels: whose, whether there was a post, and when it came or would have. One statement."""
    query = select(Nudge.audience, Nudge.outcome, Nudge.created_at).where(
        Nudge.person_id.is_(None),
        Nudge.outcome.in_([SENT, SILENT]),
        Nudge.created_at >= since,
        Nudge.created_at < until,
    )
    return [(row[0], row[1] == SENT, row[2]) for row in session.execute(query)]


def people(session: GuardedSession, since: datetime, until: datetime) -> dict[str, tuple[bool, int]]:
    """People with an occasion for a direct message: whether they got it, and how many. One statement."""
    query = (
        select(Nudge.person_id, func.min(Nudge.outcome), func.count())
        .where(*_direct(since, until))
        .group_by(Nudge.person_id)
    )
    return {row[0]: (row[1] == SENT, row[2]) for row in session.execute(query) if row[0] is not None}


def occasions(session: GuardedSession, since: datetime, until: datetime) -> Sequence[tuple[str, datetime]]:
    """When the occasions were, for whoever did anything at all. One statement."""
    active = (
        select(Nomination.nominator_id).where(Nomination.created_at >= since),
        select(Request.requester_id).where(Request.created_at >= since),
        select(LookUp.person_id).where(LookUp.at >= since),
    )
    did = Nudge.person_id.in_(active[0]) | Nudge.person_id.in_(active[1]) | Nudge.person_id.in_(active[2])
    query = select(Nudge.person_id, Nudge.created_at).where(*_direct(since, until), did)
    return [(row[0], row[1]) for row in session.execute(query) if row[0] is not None]


def _direct(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Nudge.person_id.is_not(None),
        Nudge.outcome.in_([SENT, HELD_OUT]),
        Nudge.created_at >= since,
        Nudge.created_at < until,
    )
