"""The customers in programs: lists cut for what is shown, and invitations that wait. Decides no move."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.orm import aliased

from domain.advocates import State as AdvocateState
from domain.meetings import State as MeetingState
from domain.memberships import Invitation, Member, State
from domain.people import Standing
from storage.accounts import Account
from storage.advocates import Advocate
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.meetings import MeetingRow
from storage.nominations import Contact
from storage.people import Person

Inviter, Answerer = aliased(Person), aliased(Person)


@dataclass(frozen=True, slots=True)
class Behind:
    """A member's row with its program, whose customer it is, who is to hear of the answer, and when the program comes
    together next."""

    row: MechanismMember
    program: Mechanism
    name: str
    company: str
    contact_id: str
    advocate_state: str
    owner: Person | None
    inviter: Person | None
    answerer: Person | None
    next_on: date | None


def can_be_asked(person: Person | None, today: date) -> bool:
    """Whether somebody is a full member, not away, whom a message reaches."""
    if person is None or person.standing != Standing.MEMBER.value or not person.slack_user_id:
        return False
    return person.away_until is None or person.away_until < today


def of_mechanism(session: GuardedSession, mechanism_id: str, skip: int, most: int) -> list[Member]:
    """A page of those in a program: members, then the invited, then the others, by name. One statement."""
    session.flush()
    order = case({State.MEMBER.value: 0, State.INVITED.value: 1}, value=MechanismMember.state, else_=2)
    query = (
        _named(select(MechanismMember, Contact.name, Contact.company, Advocate.state, Person))
        .where(MechanismMember.mechanism_id == mechanism_id)
        .order_by(order, Contact.name, MechanismMember.id)
        .offset(skip)
        .limit(most)
    )
    return [_member(*row) for row in session.execute(query)]


def _named(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.join(Advocate, Advocate.id == MechanismMember.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Person, Person.id == Account.owner_id)
    )


def _member(row: MechanismMember, name: str, company: str, state: str, owner: Person | None) -> Member:
    return Member(
        row.id,
        row.advocate_id,
        name,
        company,
        State(row.state),
        owner.slack_user_id if owner else None,
        row.asked_on,
        row.asked_id is None,
        row.joined_on,
        row.again_on,
        state != AdvocateState.ACTIVE.value,
    )


def one(session: GuardedSession, member_id: str) -> Member | None:
    """One of them. One statement."""
    session.flush()
    query = _named(select(MechanismMember, Contact.name, Contact.company, Advocate.state, Person))
    row = session.execute(query.where(MechanismMember.id == member_id)).first()
    return _member(*row) if row is not None else None


def how_many(session: GuardedSession, mechanism_id: str) -> int:
    """All who are or were in a program, or were asked. One statement."""
    query = select(func.count(MechanismMember.id)).where(MechanismMember.mechanism_id == mechanism_id)
    return session.scalar(query) or 0


def standing(session: GuardedSession, mechanism_id: str) -> dict[str, tuple[State, date | None]]:
    """How each advocate stands in a program, and from when they may be invited again. One statement."""
    session.flush()
    columns = (MechanismMember.advocate_id, MechanismMember.state, MechanismMember.again_on)
    rows = session.execute(select(*columns).where(MechanismMember.mechanism_id == mechanism_id))
    return {row.advocate_id: (State(row.state), row.again_on) for row in rows}


def rows_of(session: GuardedSession, mechanism_id: str, advocate_ids: Collection[str]) -> dict[str, MechanismMember]:
    """The rows of these advocates in a program, by advocate. One statement."""
    session.flush()
    query = select(MechanismMember).where(
        MechanismMember.mechanism_id == mechanism_id, MechanismMember.advocate_id.in_(advocate_ids)
    )
    return {row.advocate_id: row for row in session.scalars(query)}


def behind(session: GuardedSession, member_ids: Collection[str], today: date) -> dict[str, Behind]:
    """All that is told of these, by member. One statement."""
    session.flush()
    return {one.row.id: one for one in _found(session, _behind(today).where(MechanismMember.id.in_(member_ids)))}


def waiting(session: GuardedSession, today: date) -> list[Behind]:
    """Invitations that wait for a relationship owner, the oldest first. One statement."""
    session.flush()
    with_owner = (MechanismMember.state == State.INVITED.value, MechanismMember.asked_id.is_not(None))
    return _found(session, _behind(today).where(*with_owner).order_by(MechanismMember.asked_on, MechanismMember.id))


def waiting_of(session: GuardedSession, mechanism_id: str, today: date) -> list[Behind]:
    """Those of one program. One statement."""
    session.flush()
    of_it = (MechanismMember.mechanism_id == mechanism_id, MechanismMember.state == State.INVITED.value)
    return _found(session, _behind(today).where(*of_it))


def retired(session: GuardedSession, today: date, most: int) -> list[Behind]:
    """Members and invited customers who are no advocates any more. One statement."""
    session.flush()
    there = [State.INVITED.value, State.MEMBER.value]
    query = _behind(today).where(MechanismMember.state.in_(there), Advocate.state == AdvocateState.RETIRED.value)
    return _found(session, query.order_by(MechanismMember.id).limit(most))


def _behind(today: date) -> Select[*tuple[Any, ...]]:
    next_on = (
        select(func.min(MeetingRow.held_on))
        .where(
            MeetingRow.mechanism_id == MechanismMember.mechanism_id,
            MeetingRow.state == MeetingState.PLANNED.value,
            MeetingRow.held_on >= today,
        )
        .correlate(MechanismMember)
        .scalar_subquery()
    )
    columns = (MechanismMember, Mechanism, Contact.name, Contact.company, Contact.id, Advocate.state)
    return (
        _named(select(*columns, Person, Inviter, Answerer, next_on))
        .join(Mechanism, Mechanism.id == MechanismMember.mechanism_id)
        .outerjoin(Inviter, Inviter.id == MechanismMember.invited_by_id)
        .outerjoin(Answerer, Answerer.id == MechanismMember.answered_by_id)
        .execution_options(populate_existing=True)
    )


def _found(session: GuardedSession, query: Select[*tuple[Any, ...]]) -> list[Behind]:
    return [Behind(*row) for row in session.execute(query).all()]


def invitation(one: Behind, *, is_reminder: bool = False) -> Invitation:
    """What its message tells."""
    row, program = one.row, one.program
    return Invitation(
        row.id,
        program.id,
        program.name,
        program.kind,
        program.purpose,
        one.name,
        one.company,
        State(row.state),
        one.owner.slack_user_id if one.owner else None,
        is_reminder,
        program.starts_on,
        program.ends_on,
        one.answerer.slack_user_id if one.answerer else None,
        row.again_on,
        program.closed_at is not None,
        one.next_on,
    )


def begin_terms(session: GuardedSession, today: date) -> None:
    """A term whose first day has come is no reservation any more. One statement."""
    begun = (
        select(MechanismMember.engagement_id)
        .where(MechanismMember.engagement_id.is_not(None), MechanismMember.state == State.MEMBER.value)
        .scalar_subquery()
    )
    session.execute(
        update(Engagement)
        .where(Engagement.id.in_(begun), Engagement.status == Status.RESERVED.value, Engagement.happens_on <= today)
        .values(status=Status.DONE.value)
        .execution_options(synchronize_session=False)
    )
