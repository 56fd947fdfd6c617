"""Nominations as the people who work with them see them. Decides nothing about who may."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select, update
from sqlalchemy.orm import aliased

from domain.errors import NotFound
from domain.moment import Moment
from domain.names import fold
from domain.nominations import OPEN, Card, Source, State, Word
from storage import backers
from storage.accounts import TYPE_AHEAD, Account
from storage.advocates import Advocate, Introduction
from storage.backers import Backer, Backers
from storage.base import by_age
from storage.guard import GuardedSession
from storage.home_lists import first_of_each
from storage.nominations import LIVE_STATES, Contact, Endorsement, Nomination
from storage.people import Person

Nominator, Reviewer, Decider, Owner, Introducer = (aliased(Person) for _ in range(5))
FIRST_PERSON = 5
"""Where these people begin in a row of the query."""

OPEN_STATES = tuple(state.value for state in OPEN)

WAITS_FOR_INTRODUCTION = (Nomination.state == State.ACCEPTED.value) & Nomination.id.in_(
    select(Introduction.nomination_id).where(Introduction.made_at.is_(None))
)
"""Accepted, and somebody is still asked to introduce us."""


def one(session: GuardedSession, nomination_id: str) -> Card:
    """The nomination. Two statements. Raises NotFound."""
    found = listed(session, Nomination.id == nomination_id)
    if not found:
        raise NotFound("This nomination isn't here any more.")
    return found[0]


def listed(
    session: GuardedSession, condition: ColumnElement[bool], *, limit: int = 500, offset: int = 0, newest: bool = False
) -> list[Card]:
    """Nominations that fulfil a condition, oldest first or `newest`. Two statements, however many there are."""
    session.flush()
    rows = session.execute(
        _query().where(condition).order_by(*by_age(Nomination, newest=newest)).offset(offset).limit(limit)
    ).all()
    return of_rows(rows, backers.of(session, nomination_ids=[row.Nomination.id for row in rows]))


def of_rows(rows: Iterable[Row[Any]], behind: Backers) -> list[Card]:
    """The cards of rows of this module, in their order."""
    return [_card(row, behind.get(row.Nomination.id, ())) for row in rows]


def rows_for_home(session: GuardedSession, person_id: str, limit: int, *, desk: bool) -> Sequence[Row[Any]]:
    """The newest that somebody nominated and endorsed, and for the team (`desk`) the oldest to decide on and to be
    introduced, at most `limit` of each. In no order. One statement, which reads no longer list than these."""
    newest = (Nomination.created_at.desc(), Nomination.id.desc())
    endorsed = select(Nomination.id).join(Endorsement, Endorsement.nomination_id == Nomination.id)
    lists = [
        select(Nomination.id).where(Nomination.nominator_id == person_id).order_by(*newest),
        endorsed.where(Endorsement.person_id == person_id).order_by(*newest),
    ]
    if desk:
        oldest = (Nomination.created_at, Nomination.id)
        introduced = select(Nomination.id).join(Introduction, Introduction.nomination_id == Nomination.id)
        waiting = introduced.where(Introduction.made_at.is_(None), Nomination.state == State.ACCEPTED.value)
        lists += [
            select(Nomination.id).where(Nomination.state.in_(OPEN_STATES)).order_by(*oldest),
            waiting.order_by(*oldest),
        ]
    return session.execute(_query().where(Nomination.id.in_(first_of_each(lists, limit)))).all()


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


def live_like(session: GuardedSession, typed: str) -> list[Card]:
    """Live nominations whose contact or company has a word that starts as typed, for a type-ahead."""
    words = fold(typed)
    columns = (Contact.name_key, Contact.company_key)
    fits = [column.startswith(words, autoescape=True) for column in columns]
    fits += [column.contains(f" {words}", autoescape=True) for column in columns]
    return listed(session, or_(*fits) & Nomination.state.in_(LIVE_STATES), limit=TYPE_AHEAD)


def _query() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(Nomination, Contact, Account, Introduction, Advocate, Nominator, Reviewer, Decider, Owner, Introducer)
        .join(Contact, Contact.id == Nomination.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Introduction, Introduction.nomination_id == Nomination.id)
        .outerjoin(Advocate, Advocate.nomination_id == Nomination.id)
        .outerjoin(Nominator, Nominator.id == Nomination.nominator_id)
        .outerjoin(Reviewer, Reviewer.id == Nomination.reviewer_id)
        .outerjoin(Decider, Decider.id == Nomination.decided_by_id)
        .outerjoin(Owner, Owner.id == Introduction.owner_id)
        .outerjoin(Introducer, Introducer.id == Introduction.made_by_id)
    )
    return query


def _card(row: Any, behind: Sequence[Backer]) -> Card:
    nomination = row.Nomination
    return Card(
        id=nomination.id,
        state=State(nomination.state),
        source=Source(nomination.source),
        flagged=nomination.flagged_at is not None,
        merged_into=nomination.merged_into_id,
        products=tuple(nomination.products),
        activities=tuple(nomination.activities),
        endorser_slack_ids=tuple(one.slack_user_id for one in behind),
        words=tuple(Word(one.slack_user_id, one.note) for one in behind if one.note),
        **{name: getattr(nomination, name) for name in _PLAIN},
        **_customer(row.Contact, row.Account),
        **_people(row),
        **_journey(row.Introduction, row.Advocate),
    )


_PLAIN = (
    "why",
    "created_at",
    "customer_knows",
    "nominator_id",
    "nominator_function",
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
    "written_name",
    "written_company",
    "version",
)
"""Columns that stand in the card as they are."""


def _customer(contact: Contact, account: Account | None) -> dict[str, Any]:
    return {
        "contact_id": contact.id,
        "contact_name": contact.name,
        "company": contact.company,
        "has_email": contact.email is not None,
        "account_id": contact.account_id,
        "account_owner_id": account.owner_id if account else None,
    }


def _people(row: Any) -> dict[str, Any]:
    nominator, reviewer, decider, owner, introducer = row[FIRST_PERSON:]
    return {
        "nominator_name": nominator.name if nominator else None,
        "nominator_slack_id": _slack_id(nominator),
        "reviewer_slack_id": _slack_id(reviewer),
        "decided_by_slack_id": _slack_id(decider),
        "introduction_owner_slack_id": _slack_id(owner),
        "introduced_by_slack_id": _slack_id(introducer),
    }


def _slack_id(person: Person | None) -> str | None:
    return person.slack_user_id if person is not None else None


def _journey(introduction: Introduction | None, advocate: Advocate | None) -> dict[str, Any]:
    return {
        "introduction_owner_id": introduction.owner_id if introduction else None,
        "introduction_due": introduction.due_on if introduction else None,
        "introduction_made": bool(introduction and introduction.made_at),
        "advocate_id": advocate.id if advocate else None,
        "advocate_state": advocate.state if advocate else None,
    }


def flag(session: GuardedSession, moment: Moment, nomination_ids: Collection[str]) -> None:
    """Note since when these have waited too long. One statement."""
    session.execute(
        update(Nomination)
        .where(Nomination.id.in_(nomination_ids))
        .values(flagged_at=moment.now, version=Nomination.version + 1)
        .execution_options(synchronize_session=False)
    )


def hand_over_backers(session: GuardedSession, moment: Moment, merged: Nomination, kept: Nomination) -> None:
    """Let the merged nomination's nominator and endorsers count as endorsers of the kept one, each once.

    Their words go with them: why somebody nominated is their word for the kept one.
    """
    there = select(Endorsement.person_id).where(Endorsement.nomination_id == kept.id)
    already = {kept.nominator_id, *session.scalars(there)}
    theirs = select(Endorsement.person_id, Endorsement.note).where(Endorsement.nomination_id == merged.id)
    words = {
        row.person_id: row.note for row in session.execute(theirs.order_by(Endorsement.created_at, Endorsement.id))
    }
    came: dict[str | None, str | None] = {merged.nominator_id: merged.why, **words}
    for person_id, note in came.items():
        if person_id is not None and person_id not in already:
            session.add(
                Endorsement(
                    id=moment.new_id(), nomination_id=kept.id, person_id=person_id, created_at=moment.now, note=note
                )
            )
