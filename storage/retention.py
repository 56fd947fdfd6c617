"""What was kept long enough is emptied or removed, some at a time. Decides no time; domain.retention's settings do.

Each function answers how many rows it has seen to, at most as many as it was given. Whose names and addresses may go is
answered as ids, for storage.erased empties such rows.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, Delete, Text, Update, cast, delete, null, or_, select, update

from domain.advocates import State as Advocating
from domain.nominations import OPEN
from domain.nominations import State as Nominated
from domain.people import Standing
from domain.privacy import NOBODY
from domain.requests import LIVE
from storage.advocates import Advocate, InterviewRow
from storage.assets import Asset
from storage.audit import Audit
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.people import Person
from storage.pulse import Pulse
from storage.pulse_ballots import PulseComment
from storage.requests import Request
from storage.saved_searches import LookUp, SavedSearch

OVER = [Nominated.EXPIRED.value, Nominated.WITHDRAWN.value, Nominated.MERGED.value]
"""Nominations from which nothing comes any more; what was merged lives on in another one."""

OPEN_STATES = [one.value for one in OPEN]
LIVE_STATES = [one.value for one in LIVE]

EMPTY_JSON = "null"
"""How a JSON column that was given nothing reads as text."""


def look_ups(session: GuardedSession, before: datetime, most: int) -> int:
    """Empty what was looked up before then; that somebody looked something up stays, for adoption counts it."""
    old = select(LookUp.id).where(LookUp.at < before, LookUp.query != "").limit(most)
    return _count(session, update(LookUp).where(LookUp.id.in_(old)).values(query=""))


def searches(session: GuardedSession, before: datetime, most: int) -> int:
    """Remove searches that ended before then."""
    old = select(SavedSearch.id).where(SavedSearch.ended_at < before).limit(most)
    return _count(session, delete(SavedSearch).where(SavedSearch.id.in_(old)))


def notes(session: GuardedSession, before: datetime, most: int) -> int:
    """Remove the notes of interviews held before then; the interview stays."""
    old = select(InterviewRow.id).where(InterviewRow.at < before, InterviewRow.notes.is_not(None)).limit(most)
    return _count(session, update(InterviewRow).where(InterviewRow.id.in_(old)).values(notes=None))


def comments(session: GuardedSession, before: datetime, most: int) -> int:
    """Remove what was added to answers of pulses held before then."""
    held = select(Pulse.id).where(Pulse.held_on < before.date())
    old = select(PulseComment.id).where(PulseComment.pulse_id.in_(held)).limit(most)
    return _count(session, delete(PulseComment).where(PulseComment.id.in_(old)))


def audit_values(session: GuardedSession, before: datetime, most: int) -> int:
    """Empty what the audit says of values and reasons before then."""
    said = [cast(column, Text) != EMPTY_JSON for column in (Audit.before, Audit.after)]
    old = select(Audit.id).where(Audit.at < before, or_(Audit.reason.is_not(None), *said)).limit(most)
    nothing = {"before": null(), "after": null(), "reason": None}
    return _count(session, update(Audit).where(Audit.id.in_(old)).values(nothing))


def _count(session: GuardedSession, step: Update | Delete) -> int:
    result = session.execute(step, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)  # noqa: S101  # narrows the type: it has a row count
    return result.rowcount


def unchosen(session: GuardedSession, before: datetime, most: int) -> list[str]:
    """Ids of contacts who were put forward before then and of whom nothing came. One statement."""
    query = select(Contact.id).where(
        _is_named(), ~_has(Nomination.state.not_in(OVER)), _has(Nomination.created_at < before)
    )
    query = query.where(~_has(Nomination.created_at >= before), ~_is_advocate())
    return list(session.scalars(query.order_by(Contact.id).limit(most)))


def retired(session: GuardedSession, before: datetime, most: int) -> list[str]:
    """Ids of contacts who advocate no more, and of whom nothing was entered or published since then. One statement."""
    entered = select(Audit.workspace_id).where(Audit.subject_id == Advocate.id, Audit.at >= before).exists()
    used = select(Engagement.workspace_id).where(Engagement.advocate_id == Advocate.id)
    used_since = used.where(Engagement.happens_on >= before.date()).exists()
    wanted = (
        select(Request.workspace_id).where(Request.advocate_id == Advocate.id, Request.state.in_(LIVE_STATES)).exists()
    )
    told = select(Asset.workspace_id).where(Asset.advocate_id == Advocate.id, Asset.withdrawn_at.is_(None)).exists()
    over = (Advocate.state == Advocating.RETIRED.value, Advocate.created_at < before)
    idle = (~entered, ~used_since, ~wanted, ~told, ~_has(Nomination.state.in_(OPEN_STATES)))
    query = select(Contact.id).join(Advocate, Advocate.contact_id == Contact.id).where(_is_named(), *over, *idle)
    return list(session.scalars(query.order_by(Contact.id).limit(most)))


def gone_colleagues(session: GuardedSession, before: datetime, most: int) -> list[str]:
    """Ids of people who had left by then, but those whose requests still run. One statement."""
    live = select(Request.workspace_id).where(Request.requester_id == Person.id, Request.state.in_(LIVE_STATES))
    left = (Person.standing == Standing.DEACTIVATED.value, Person.updated_at < before, Person.name != NOBODY)
    return list(session.scalars(select(Person.id).where(*left, ~live.exists()).order_by(Person.id).limit(most)))


def _is_named() -> ColumnElement[bool]:
    return Contact.name_key != ""


def _has(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Nomination.workspace_id).where(Nomination.contact_id == Contact.id, which).exists()


def _is_advocate() -> ColumnElement[bool]:
    return select(Advocate.workspace_id).where(Advocate.contact_id == Contact.id).exists()
