"""What becomes of rows when a person is erased, as domain.privacy says for each column. Decides no right to do so."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, Text, cast, delete, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.advocates import State as Advocating
from domain.erasing import Traits
from domain.memberships import State as Belonging
from domain.moment import Moment
from domain.names import fold
from domain.nominations import OPEN
from domain.nominations import State as Nominated
from domain.people import Standing
from domain.privacy import GONE, NOBODY, Fate, columns_with
from storage import blind, documents
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow, Introduction
from storage.assets import Asset, AssetUse
from storage.audit import Audit
from storage.base import Base
from storage.credit import Unnamed
from storage.database import sealer
from storage.drafts import Draft
from storage.engagements import Engagement
from storage.erasing import Reach
from storage.gifts import GiftRow
from storage.guard import GuardedSession
from storage.mechanisms import MechanismMember
from storage.nominations import Contact, Endorsement, Nomination
from storage.nudges import Newcomer, Nudge, NudgeWish
from storage.people import Person, RoleGrant
from storage.pulse import Answer, Pulse
from storage.receipts import Receipt
from storage.requests import Request
from storage.resistance import ResistanceEntry, ResistanceTalk
from storage.saved_searches import LookUp, SavedSearch
from storage.self_checks import SelfCheckRow

Row = Any
"""A row of one table or another: which columns it has, its class says."""

KEPT_OF_AUDIT = frozenset({"state"})
"""What is left of what an audit entry said: how far something had come is nobody's personal data."""

A_COMPANY = "a company"
"""Stands for a company that is no account: nobody but the person connects it with us."""


def ties(reach: Reach) -> list[tuple[type[Base], ColumnElement[bool], bool]]:
    """Which rows of which table are a person's, and whether they are a customer's."""
    contacts, advocates, people = reach.contacts, reach.advocates, reach.people
    of_customer: list[tuple[type[Base], ColumnElement[bool]]] = [
        (Endorsement, Endorsement.nomination_id.in_(reach.nominations)),
        (Introduction, Introduction.nomination_id.in_(reach.nominations)),
        (Nomination, Nomination.contact_id.in_(contacts)),
        (AssetUse, AssetUse.asset_id.in_(reach.assets)),
        (Asset, Asset.advocate_id.in_(advocates)),
        (ConsentRow, ConsentRow.advocate_id.in_(advocates)),
        (GiftRow, GiftRow.advocate_id.in_(advocates)),
        (InterviewRow, InterviewRow.advocate_id.in_(advocates)),
        (MechanismMember, MechanismMember.advocate_id.in_(advocates)),
        (Engagement, Engagement.advocate_id.in_(advocates)),
        (Request, Request.id.in_(reach.requests)),
        (Advocate, Advocate.contact_id.in_(contacts)),
        (Contact, Contact.id.in_(contacts)),
        (Audit, Audit.subject_id.in_((*reach.subjects, *reach.requests))),
    ]
    of_colleague: list[tuple[type[Base], ColumnElement[bool]]] = [
        (RoleGrant, RoleGrant.person_id.in_(people)),
        (NudgeWish, NudgeWish.person_id.in_(people)),
        (Newcomer, Newcomer.person_id.in_(people)),
        (Unnamed, Unnamed.person_id.in_(people)),
        (SavedSearch, SavedSearch.person_id.in_(people)),
        (SelfCheckRow, SelfCheckRow.person_id.in_(people)),
        (ResistanceTalk, ResistanceTalk.entry_id.in_(reach.entries)),
        (ResistanceEntry, ResistanceEntry.person_id.in_(people)),
        (LookUp, LookUp.person_id.in_(people)),
        (Nudge, Nudge.person_id.in_(people)),
        (Draft, Draft.person_id.in_(people)),
        (Person, Person.id.in_(people)),
        (Audit, Audit.subject_id.in_(people)),
    ]
    both = [(table, which, True) for table, which in of_customer] if contacts else []
    return [*both, *((table, which, False) for table, which in of_colleague if people)]


def clear(session: GuardedSession, moment: Moment, reach: Reach) -> None:
    """Empty, replace or remove all that is about them; what reports count stays as a row that names nobody."""
    _end(session, moment, reach)
    for advocate_id in reach.advocates:
        documents.forget(session, advocate_id)
    for table, which, of_customer in ties(reach):
        name = str(table.__tablename__)
        if columns_with(Fate.REMOVED, name, of_customer=of_customer):
            session.execute(delete(table).where(which), execution_options={"synchronize_session": "fetch"})
            continue
        emptied = columns_with(Fate.EMPTIED, name, of_customer=of_customer)
        replaced = columns_with(Fate.REPLACED, name, of_customer=of_customer)
        for row in session.scalars(select(table).where(which)).all():
            for column in emptied:
                setattr(row, column, _emptied(row, column))
            for column in replaced:
                setattr(row, column, _REPLACED[f"{name}.{column}"](session, row))
    session.execute(delete(Receipt).where(Receipt.outcome.in_(reach.subjects)))
    session.flush()


def _end(session: GuardedSession, moment: Moment, reach: Reach) -> None:
    """What was under way with them is over: these are no moves that anybody makes, so no state machine is asked."""
    of_theirs = Nomination.id.in_(reach.nominations)
    for row in session.scalars(select(Nomination).where(of_theirs, Nomination.state.in_([one.value for one in OPEN]))):
        row.state = Nominated.WITHDRAWN.value
    waiting = (Introduction.nomination_id.in_(reach.nominations), Introduction.made_at.is_(None))
    for introduction in session.scalars(select(Introduction).where(*waiting)):
        introduction.made_at = moment.now
    for advocate in session.scalars(select(Advocate).where(Advocate.contact_id.in_(reach.contacts))):
        advocate.state, advocate.rest_until, advocate.rest_reason = Advocating.RETIRED.value, None, None
        advocate.own_cap_halves = advocate.own_rest_days = advocate.check_asked_on = None
    belongs = MechanismMember.state.in_([Belonging.INVITED.value, Belonging.MEMBER.value])
    for member in session.scalars(
        select(MechanismMember).where(MechanismMember.advocate_id.in_(reach.advocates), belongs)
    ):
        member.state, member.again_on = Belonging.LEFT.value, None
    for asset in session.scalars(select(Asset).where(Asset.id.in_(reach.assets), Asset.withdrawn_at.is_(None))):
        asset.withdrawn_at = moment.now
    session.flush()


def _emptied(row: Row, column: str) -> object:
    """Nothing, as the column can say it."""
    if isinstance(row, Audit) and column != "reason":
        said: Mapping[str, object] = getattr(row, column) or {}
        return {key: value for key, value in said.items() if key in KEPT_OF_AUDIT} or None
    if row.__table__.c[column].nullable:
        return None
    present = getattr(row, column)
    return "" if isinstance(present, str) else type(present)()


def _company(session: GuardedSession, row: Contact) -> str:
    account = session.get(Account, (session.workspace_id, row.account_id)) if row.account_id else None
    return account.name if account is not None else A_COMPANY


_REPLACED: Mapping[str, Callable[[GuardedSession, Row], object]] = {
    "contact.name": lambda _session, _row: NOBODY,
    "contact.name_key": lambda _session, _row: "",
    "contact.identity": lambda _session, row: f"erased:{row.id}",  # unlike any name's key, and unlike another's
    "contact.company": _company,
    "contact.company_key": lambda _session, _row: "",
    "asset.title": lambda _session, _row: GONE,
    "gift.what": lambda _session, _row: GONE,
    "person.name": lambda _session, _row: NOBODY,
    "person.time_zone": lambda _session, _row: "UTC",
    "person.standing": lambda _session, _row: Standing.DEACTIVATED.value,
    "nudge.target": lambda _session, _row: "",
}
"""What stands in a column that must say something."""


def forget_drafts(session: GuardedSession, traits: Traits) -> None:
    """Remove forms that somebody has not sent and that name the person: they are sealed, so each is opened."""
    sealing = sealer(session)
    for draft in session.scalars(select(Draft)).all():
        if traits.name(sealing.open(draft.content) or ""):
            session.delete(draft)


def unlink_answers(session: GuardedSession, traits: Traits) -> None:
    """Let imported answers of a colleague be nobody's: what they are known by in a file is their address or name."""
    pulses = session.execute(select(Pulse.name, Pulse.held_on)).all()
    known = {fold(one) for one in (*traits.emails, *traits.names)}
    digests = [
        digest
        for name, held_on in pulses
        for one in known
        for digest in blind.digests(session, "\0".join(("pulse", fold(name), held_on.isoformat(), one)))
    ]
    for answer in session.scalars(select(Answer).where(Answer.respondent_digest.in_(digests))):
        answer.respondent_digest = None


def searched_tables() -> list[str]:
    """The tables in which other people's texts may name somebody, in the order in which they are searched."""
    return sorted(name for name in classes() if texts_of(name) and name not in ("outbox", "advocate_document"))


def classes() -> dict[str, type[Base]]:
    """The class of each table, by the table's name."""
    return {str(mapper.class_.__tablename__): mapper.class_ for mapper in Base.registry.mappers}


def texts_of(table: str) -> list[str]:
    """Columns that are searched, and those of a person's rows that other people's rows have too."""
    texts = {
        column
        for of_customer in (True, False)
        for fate in (Fate.SEARCHED, Fate.EMPTIED)
        for column in columns_with(fate, table, of_customer=of_customer)
    }
    found = classes()[table].__table__.c
    return sorted(name for name in texts if isinstance(found[name].type, String | JSON))


def naming(session: GuardedSession, table: str, traits: Traits) -> list[Row]:
    """Rows of a table of which a text may name them; which does, `traits` say. One statement."""
    kind, columns = classes()[table], texts_of(table)
    fits = [_text(getattr(kind, name)).ilike(like, escape="/") for name in columns for like in traits.like()]
    return list(session.scalars(select(kind).where(or_(*fits)))) if fits else []


def search(session: GuardedSession, table: str, traits: Traits) -> list[str]:
    """Cut them out of the texts of a table. Answers the ids of advocates whose profile was changed.

    One statement finds what may name them; what does is changed row by row.
    """
    changed = []
    for row in naming(session, table, traits):
        for name in texts_of(table):
            _cut(row, name, traits)
        if row in session.dirty:
            changed.append(row)
    session.flush()
    return [row.id for row in changed if isinstance(row, Advocate)]


def _text(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    return cast(column, Text)


def _cut(row: Row, name: str, traits: Traits) -> None:
    stood = getattr(row, name)
    left = traits.without(stood)
    if left == stood:
        return
    if name == "key":
        left = f"{row.id} {left}"  # what else was cut alike must not become the same
    longest = getattr(row.__table__.c[name].type, "length", None)
    setattr(row, name, left[:longest] if isinstance(left, str) else left)
