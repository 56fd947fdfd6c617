"""Advocates as people see them: the team's card, a colleague's search result. Checks no permission."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, or_, select
from sqlalchemy.orm import aliased

from domain.advocates import Card, Consent, ConsentScope, Found, Interview, Profile, State, missing_for_publishing
from domain.errors import NotFound
from domain.names import company_key, fold, person_key
from storage import backers
from storage.accounts import TYPE_AHEAD, Account
from storage.advocates import Advocate, ConsentRow, InterviewRow, Introduction, newest_consent
from storage.backers import Backers
from storage.database import sealer
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.people import Person

Owner, Nominator, Interviewer, Introducer = (aliased(Person) for _ in range(4))
JOURNEY = (State.INTRODUCED.value, State.INTERVIEWING.value)
PROFILE_FIELDS = tuple(item.name for item in fields(Profile))
LISTS = frozenset({"languages", "products", "activities", "refused_activities"})


def one(session: GuardedSession, advocate_id: str, *, with_notes: bool = False) -> Card:
    """The team's card of one advocate. Two statements. Raises NotFound. Notes only for whoever may read them."""
    found = listed(session, Advocate.id == advocate_id, with_notes=with_notes)
    if not found:
        raise NotFound("This advocate isn't here any more.")
    return found[0]


def in_progress(session: GuardedSession) -> list[Card]:
    """Advocates on their way to being published, oldest first."""
    return listed(session, Advocate.state.in_(JOURNEY))


def listed(
    session: GuardedSession,
    condition: ColumnElement[bool],
    *,
    with_notes: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Card]:
    """Advocates that fulfil a condition, oldest first. Two statements, however many there are."""
    rows = _rows(session, condition, limit, offset)
    behind = backers.of(session, nomination_ids=[row.Advocate.nomination_id for row in rows])
    return of_rows(session, rows, behind, with_notes=with_notes)


def rows_in_progress(session: GuardedSession, limit: int) -> Sequence[Row[Any]]:
    """Those on their way to being published, oldest first, for `of_rows`. One statement."""
    return _rows(session, Advocate.state.in_(JOURNEY), limit)


def of_rows(
    session: GuardedSession, rows: Iterable[Row[Any]], behind: Backers, *, with_notes: bool = False
) -> list[Card]:
    """The cards of rows of this module, in their order. The notes are opened where they may be read."""
    return [_card(session, row, behind, with_notes=with_notes) for row in rows]


def _rows(
    session: GuardedSession, condition: ColumnElement[bool], limit: int | None, offset: int = 0
) -> Sequence[Row[Any]]:
    session.flush()
    query: Select[*tuple[Any, ...]] = (
        select(
            Advocate,
            Contact,
            Account,
            Owner,
            Nominator,
            InterviewRow,
            Interviewer,
            Introduction,
            Introducer,
            ConsentRow,
        )
        .join(Contact, Contact.id == Advocate.contact_id)
        .join(Nomination, Nomination.id == Advocate.nomination_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Owner, Owner.id == Account.owner_id)
        .outerjoin(Nominator, Nominator.id == Nomination.nominator_id)
        .outerjoin(InterviewRow, InterviewRow.advocate_id == Advocate.id)
        .outerjoin(Interviewer, Interviewer.id == InterviewRow.interviewer_id)
        .outerjoin(Introduction, Introduction.nomination_id == Advocate.nomination_id)
        .outerjoin(Introducer, Introducer.id == Introduction.made_by_id)
        .outerjoin(ConsentRow, ConsentRow.id == newest_consent())
    )
    in_order = query.where(condition).order_by(Advocate.created_at, Advocate.id)
    return session.execute(in_order.offset(offset).limit(limit)).all()


def found(session: GuardedSession, consents: Mapping[str, Consent | None]) -> list[Found]:
    """Search results by their ids, with the consents that are known already, in the order given. One statement.

    Who is not active (any more) is left out.
    """
    rows = session.execute(
        select(Advocate, Contact)
        .join(Contact, Contact.id == Advocate.contact_id)
        .where(Advocate.id.in_(consents.keys()), Advocate.state == State.ACTIVE.value)
    ).all()
    by_id = {row.Advocate.id: _found(row, consents.get(row.Advocate.id)) for row in rows}
    return [by_id[advocate_id] for advocate_id in consents if advocate_id in by_id]


def name_of(session: GuardedSession, advocate_id: str) -> str:
    """The customer's name, for a sentence about them. Raises NotFound."""
    query = select(Contact.name).join(Advocate, Advocate.contact_id == Contact.id).where(Advocate.id == advocate_id)
    name = session.scalar(query)
    if name is None:
        raise NotFound("This advocate isn't here any more.")
    return name


def account_of(session: GuardedSession, advocate_id: str) -> str | None:
    """The id of the account that an advocate belongs to, where it is known. One statement."""
    query = select(Contact.account_id).join(Advocate, Advocate.contact_id == Contact.id)
    return session.scalar(query.where(Advocate.id == advocate_id))


def suggest(
    session: GuardedSession, typed: str, states: Collection[str], limit: int = TYPE_AHEAD
) -> list[tuple[str, str, str]]:
    """Advocates of whose name or company a word starts as typed: id, name, company, by name. One statement."""
    keys = {fold(typed), person_key(typed), company_key(typed)} if typed.strip() else {""}
    fits = [
        found
        for column in (Contact.name_key, Contact.company_key)
        for key in sorted(keys)
        for found in (column.startswith(key, autoescape=True), column.contains(f" {key}", autoescape=True))
    ]
    query = select(Advocate.id, Contact.name, Contact.company).join(Contact, Contact.id == Advocate.contact_id)
    there = query.where(Advocate.state.in_(states), or_(*fits))
    rows = session.execute(there.order_by(Contact.name_key, Advocate.id).limit(limit))
    return [(row.id, row.name, row.company) for row in rows]


def _found(row: Any, consent: Consent | None) -> Found:
    advocate, contact = row.Advocate, row.Contact
    return Found(
        id=advocate.id,
        contact_name=contact.name,
        company=contact.company,
        profile=profile_of(advocate),
        consent=consent,
        verified_at=advocate.verified_at,
    )


def consents_of(session: GuardedSession, advocate_ids: Collection[str]) -> dict[str, Consent]:
    """The newest consent of each. One statement."""
    return _newest(session.execute(_CONSENTS_OF_SOME, {"advocate_ids": list(advocate_ids)}))


def consents_of_active(session: GuardedSession) -> dict[str, Consent]:
    """The newest consent of each active advocate. One statement."""
    return _newest(session.execute(_CONSENTS_OF_ACTIVE))


def _newest(rows: Iterable[Any]) -> dict[str, Consent]:
    return {advocate_id: Consent(_scopes(*scopes), *said) for advocate_id, scopes, *said in rows}


def _consent(row: ConsentRow | None) -> Consent | None:
    return None if row is None else Consent(_scopes(*row.scopes), row.given_on, row.how, row.ends_on)


_CONSENTS = select(
    ConsentRow.advocate_id, ConsentRow.scopes, ConsentRow.given_on, ConsentRow.how, ConsentRow.ends_on
).order_by(ConsentRow.recorded_at, ConsentRow.id)
_CONSENTS_OF_SOME = _CONSENTS.where(ConsentRow.advocate_id.in_(bindparam("advocate_ids", expanding=True)))
_CONSENTS_OF_ACTIVE = _CONSENTS.join(Advocate, Advocate.id == ConsentRow.advocate_id).where(
    Advocate.state == State.ACTIVE.value
)
"""Columns and no objects, made once: a look-up reads those of some hundred advocates."""


@lru_cache(maxsize=64)
def _scopes(*values: str) -> tuple[ConsentScope, ...]:
    return tuple(map(ConsentScope, values))


def profile_of(row: Advocate) -> Profile:
    """The profile in an advocate's row."""
    values: dict[str, Any] = {name: getattr(row, name) for name in PROFILE_FIELDS}
    return Profile(**values | {name: tuple(values[name] or ()) for name in LISTS})


def put_profile(row: Advocate, profile: Profile) -> None:
    """Write a profile into an advocate's row."""
    for name in PROFILE_FIELDS:
        value = getattr(profile, name)
        setattr(row, name, list(value) if name in LISTS else value)


def _interview(session: GuardedSession, row: Any, *, with_notes: bool) -> Interview | None:
    interview = row.InterviewRow
    if interview is None:
        return None
    return Interview(
        at=interview.at,
        interviewer_slack_id=row[6].slack_user_id if row[6] else None,
        link=interview.link,
        held=interview.held_at is not None,
        notes=sealer(session).open(interview.notes) if with_notes else None,
    )


def _card(session: GuardedSession, row: Any, behind: Backers, *, with_notes: bool) -> Card:
    advocate, contact, account, owner, nominator = row[0], row[1], row[2], row[3], row[4]
    introduction, introducer = row[7], row[8]
    profile, consent = profile_of(advocate), _consent(row.ConsentRow)
    interview = _interview(session, row, with_notes=with_notes)
    return Card(
        id=advocate.id,
        state=State(advocate.state),
        contact_name=contact.name,
        company=contact.company,
        profile=profile,
        nomination_id=advocate.nomination_id,
        contact_id=contact.id,
        account_id=contact.account_id,
        account_owner_id=account.owner_id if account else None,
        account_owner_slack_id=owner.slack_user_id if owner else None,
        nominator_slack_id=nominator.slack_user_id if nominator else None,
        endorser_slack_ids=tuple(one.slack_user_id for one in behind.get(advocate.nomination_id, ())),
        introduced_by_slack_id=introducer.slack_user_id if introducer else None,
        introduction_note=introduction.note if introduction else None,
        interview=interview,
        consent=consent,
        verified_at=advocate.verified_at,
        published_at=advocate.published_at,
        created_at=advocate.created_at,
        missing=missing_for_publishing(profile, consent, interviewed=interview is not None and interview.held),
        version=advocate.version,
    )
