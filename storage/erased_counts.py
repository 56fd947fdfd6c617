"""How much there is of a person, for whoever is about to erase them. Decides nothing."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.erasing import KINDS, Subject
from domain.people import Standing
from domain.requests import LIVE
from storage.advocates import ConsentRow, InterviewRow
from storage.audit import Audit
from storage.engagements import Engagement
from storage.erased_posts import count_about
from storage.erasing import Reach
from storage.gifts import GiftRow
from storage.guard import GuardedSession
from storage.nominations import Contact, Endorsement, Nomination
from storage.people import Person
from storage.requests import Request
from storage.saved_searches import LookUp


def of(session: GuardedSession, reach: Reach) -> dict[str, int]:
    """Rows of each kind, in the order in which they are shown; none of a kind is left out. Two statements."""
    counted: dict[str, ColumnElement[int]] = {
        "endorsement": _count(Endorsement.id, Endorsement.nomination_id.in_(reach.nominations)),
        "interview": _count(InterviewRow.id, InterviewRow.advocate_id.in_(reach.advocates)),
        "consent": _count(ConsentRow.id, ConsentRow.advocate_id.in_(reach.advocates)),
        "engagement": _count(Engagement.id, Engagement.advocate_id.in_(reach.advocates)),
        "gift": _count(GiftRow.id, GiftRow.advocate_id.in_(reach.advocates)),
        "nominated": _count(Nomination.id, Nomination.nominator_id.in_(reach.people)),
        "requested": _count(Request.id, Request.requester_id.in_(reach.people)),
        "look_up": _count(LookUp.id, LookUp.person_id.in_(reach.people)),
        "audit": _count(Audit.id, Audit.subject_id.in_((*reach.subjects, *reach.requests))),
    }
    row = session.execute(select(*(column.label(name) for name, column in counted.items()))).one()
    held = dict(row._mapping) | {
        "contact": len(reach.contacts),
        "nomination": len(reach.nominations),
        "advocate": len(reach.advocates),
        "asset": len(reach.assets),
        "request": len(reach.requests),
        "person": len(reach.people),
        "message": count_about(session, reach.subjects),
    }
    return {kind: held[kind] for kind in KINDS if held[kind]}


def _count(column: InstrumentedAttribute[str], which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count(column)).where(which).scalar_subquery()


def has_email(session: GuardedSession, subject: Subject) -> bool:
    """Whether an address of theirs is known."""
    contact = select(Contact.id).where(Contact.id.in_(subject.contact_ids), Contact.email_digest.is_not(None))
    person = select(Person.id).where(Person.id.in_(subject.person_ids), Person.email_digest.is_not(None))
    return any(session.scalar(query.limit(1)) is not None for query in (contact, person))


def is_in_slack(session: GuardedSession, subject: Subject) -> bool:
    """Whether a colleague is still a member of the Slack workspace."""
    there = (Person.slack_user_id.is_not(None), Person.standing != Standing.DEACTIVATED.value)
    found = select(Person.id).where(Person.id.in_(subject.person_ids), *there)
    return session.scalar(found.limit(1)) is not None


def live_requests_of(session: GuardedSession, person_ids: Collection[str]) -> list[str]:
    """Ids of requests that a colleague asks for and that are not over."""
    live = (Request.requester_id.in_(person_ids), Request.state.in_([one.value for one in LIVE]))
    return list(session.scalars(select(Request.id).where(*live).order_by(Request.id)))
