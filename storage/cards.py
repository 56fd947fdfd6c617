"""Nominations as the people who work with them see them. Decides nothing about who may."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.orm import aliased

from domain.errors import NotFound
from domain.moment import Moment
from domain.names import fold
from domain.nominations import OPEN, Card, Source, State
from storage.accounts import TYPE_AHEAD, Account
from storage.advocates import Advocate, Introduction
from storage.guard import GuardedSession
from storage.nominations import LIVE_STATES, Contact, Endorsement, Nomination
from storage.people import Person

Nominator, Reviewer, Decider, Introducer = (aliased(Person) for _ in range(4))
OPEN_STATES = tuple(state.value for state in OPEN)


def one(session: GuardedSession, nomination_id: str) -> Card:
    """The nomination. Two statements. Raises NotFound."""
    found = listed(session, Nomination.id == nomination_id)
    if not found:
        raise NotFound("This nomination isn't here any more.")
    return found[0]


def listed(
    session: GuardedSession, condition: ColumnElement[bool], *, limit: int = 500, newest_first: bool = False
) -> list[Card]:
    """Nominations that fulfil a condition, oldest first unless told. Two statements, however many there are."""
    session.flush()
    age = (Nomination.created_at, Nomination.id)
    order = [column.desc() for column in age] if newest_first else age
    rows = session.execute(_query().where(condition).order_by(*order).limit(limit)).all()
    endorsers = endorsers_of(session, [row.Nomination.id for row in rows])
    return [_card(row, tuple(endorsers.get(row.Nomination.id, ()))) for row in rows]


def mine(session: GuardedSession, person_id: str, limit: int = 500) -> list[Card]:
    """What this person nominated or endorsed last, newest first."""
    endorsed = select(Endorsement.nomination_id).where(Endorsement.person_id == person_id)
    theirs = (Nomination.nominator_id == person_id) | Nomination.id.in_(endorsed)
    return listed(session, theirs, limit=limit, newest_first=True)


def queue(session: GuardedSession) -> list[Card]:
    """What the team still has to decide, oldest first."""
    return listed(session, Nomination.state.in_(OPEN_STATES))


def kept_too_long(session: GuardedSession, before: datetime, most: int) -> list[Card]:
    """Open nominations that the customer knows nothing of, and declined ones, from before a time, oldest first."""
    unknowing = (
        Nomination.state.in_(OPEN_STATES) & Nomination.customer_knows.is_(False) & (Nomination.created_at < before)
    )
    declined = (Nomination.state == State.DECLINED.value) & (Nomination.decided_at < before)
    return listed(session, unknowing | declined, limit=most)


def awaiting_introduction(session: GuardedSession) -> list[Card]:
    """Accepted nominations whose customer has not been introduced to us yet, oldest first."""
    waiting = select(Introduction.nomination_id).where(Introduction.made_at.is_(None))
    return listed(session, Nomination.id.in_(waiting) & (Nomination.state == State.ACCEPTED.value))


def live_like(session: GuardedSession, typed: str) -> list[Card]:
    """Live nominations whose contact or company has a word that starts as typed, for a type-ahead."""
    words = fold(typed)
    columns = (Contact.name_key, Contact.company_key)
    fits = [column.startswith(words, autoescape=True) for column in columns]
    fits += [column.contains(f" {words}", autoescape=True) for column in columns]
    return listed(session, or_(*fits) & Nomination.state.in_(LIVE_STATES), limit=TYPE_AHEAD)


def _query() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(Nomination, Contact, Account, Introduction, Advocate, Nominator, Reviewer, Decider, Introducer)
        .join(Contact, Contact.id == Nomination.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Introduction, Introduction.nomination_id == Nomination.id)
        .outerjoin(Advocate, Advocate.nomination_id == Nomination.id)
        .outerjoin(Nominator, Nominator.id == Nomination.nominator_id)
        .outerjoin(Reviewer, Reviewer.id == Nomination.reviewer_id)
        .outerjoin(Decider, Decider.id == Nomination.decided_by_id)
        .outerjoin(Introducer, Introducer.id == Introduction.owner_id)
    )
    return query


def endorsers_of(session: GuardedSession, nomination_ids: Sequence[str]) -> dict[str, list[str]]:
    """Slack ids of those who endorsed each of these nominations, in that order. One statement."""
    rows = session.execute(
        select(Endorsement.nomination_id, Person.slack_user_id)
        .join(Person, Person.id == Endorsement.person_id)
        .where(Endorsement.nomination_id.in_(nomination_ids), Person.slack_user_id.is_not(None))
        .order_by(Endorsement.created_at)
    )
    found: dict[str, list[str]] = {}
    for nomination_id, slack_user_id in rows:
        found.setdefault(nomination_id, []).append(slack_user_id or "")
    return found


def _slack_id(person: Person | None) -> str | None:
    return person.slack_user_id if person is not None else None


def _card(row: Any, endorsers: tuple[str, ...]) -> Card:
    nomination, contact, introduction, advocate = row.Nomination, row.Contact, row.Introduction, row.Advocate
    nominator = row[5]
    return Card(
        id=nomination.id,
        state=State(nomination.state),
        contact_name=contact.name,
        company=contact.company,
        why=nomination.why,
        source=Source(nomination.source),
        created_at=nomination.created_at,
        customer_knows=nomination.customer_knows,
        has_email=contact.email is not None,
        contact_id=contact.id,
        account_id=contact.account_id,
        account_owner_id=row.Account.owner_id if row.Account else None,
        nominator_id=nomination.nominator_id,
        nominator_slack_id=_slack_id(nominator),
        nominator_name=nominator.name if nominator else None,
        nominator_function=nomination.nominator_function,
        reviewer_slack_id=_slack_id(row[6]),
        decided_by_slack_id=_slack_id(row[7]),
        introduction_owner_id=introduction.owner_id if introduction else None,
        introduction_owner_slack_id=_slack_id(row[8]),
        introduction_due=introduction.due_on if introduction else None,
        introduction_made=bool(introduction and introduction.made_at),
        advocate_id=advocate.id if advocate else None,
        advocate_state=advocate.state if advocate else None,
        endorser_slack_ids=endorsers,
        flagged=nomination.flagged_at is not None,
        merged_into=nomination.merged_into_id,
        **{name: getattr(nomination, name) for name in _PLAIN},
        products=tuple(nomination.products),
        activities=tuple(nomination.activities),
    )


_PLAIN = (
    "decline_reason",
    "question",
    "answer",
    "title",
    "persona",
    "industry",
    "country",
    "use_cases",
    "relationship",
    "evidence_link",
    "evidence_text",
    "possible_duplicate_of",
    "version",
)
"""Columns that stand in the card as they are."""


def flag(session: GuardedSession, moment: Moment, nomination_ids: Collection[str]) -> None:
    """Note since when these have waited too long. One statement."""
    session.execute(
        update(Nomination)
        .where(Nomination.id.in_(nomination_ids))
        .values(flagged_at=moment.now, version=Nomination.version + 1)
        .execution_options(synchronize_session=False)
    )


def hand_over_backers(session: GuardedSession, moment: Moment, merged: Nomination, kept: Nomination) -> None:
    """Let the merged nomination's nominator and endorsers count as endorsers of the kept one, each once."""
    there = select(Endorsement.person_id).where(Endorsement.nomination_id == kept.id)
    already = {kept.nominator_id, *session.scalars(there)}
    came = session.scalars(select(Endorsement.person_id).where(Endorsement.nomination_id == merged.id))
    for person_id in dict.fromkeys([merged.nominator_id, *came]):
        if person_id is not None and person_id not in already:
            session.add(
                Endorsement(
                    id=moment.new_id(), nomination_id=kept.id, person_id=person_id, created_at=moment.now, note=None
                )
            )
