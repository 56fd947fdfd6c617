"""Whose rows are erased, and how far that has come. Decides no right to do so; what becomes of rows: storage.erased.

An erasure is a row of its own, so that one that was interrupted goes on. Until it is done it holds, sealed, what the
person is recognised by; afterwards it names nobody.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, func, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column
from sqlalchemy.types import JSON

from domain.erasing import Subject, Traits, is_telling
from domain.names import company_key, normalise_email, person_key
from storage.advocates import Advocate
from storage.assets import Asset
from storage.base import ID_LENGTH, Base, TenantRow
from storage.database import sealer
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.people import Person
from storage.requests import Request
from storage.resistance import ResistanceEntry


class Erasure(TenantRow, Base):
    """One erasure: what is `left` to do, and whom it is about until then; `subjects` are ids of rows."""

    __tablename__ = "erasure"
    __table_args__ = (Index(None, "workspace_id", "done_at"),)

    begun_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    begun_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    traits: Mapped[bytes | None] = mapped_column(LargeBinary)
    subjects: Mapped[list[str]] = mapped_column(JSON)
    requests: Mapped[list[str]] = mapped_column(JSON)
    left: Mapped[list[str]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Reach:
    """The ids of all that is about one person."""

    contacts: tuple[str, ...] = ()
    nominations: tuple[str, ...] = ()
    advocates: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    """Of the log about what a colleague needs."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """Under which messages about them are indexed. A request is its colleague's, and may go on."""
        return (*self.contacts, *self.nominations, *self.advocates, *self.assets, *self.people)


def by_address(session: GuardedSession, email: str) -> Subject:
    """Whoever has this address, as customer and as colleague. Five statements."""
    digest = sealer(session).digest(normalise_email(email))
    contacts = session.scalars(select(Contact.id).where(Contact.email_digest == digest)).all()
    people = session.scalars(select(Person.id).where(Person.email_digest == digest)).all()
    return Subject(_kin(session, contacts), tuple(people))


def by_name(session: GuardedSession, name: str, company: str) -> list[Subject]:
    """Customers of this name at this company: several where namesakes were told apart."""
    named = (Contact.name_key == person_key(name), Contact.company_key == company_key(company))
    found = session.scalars(select(Contact.id).where(*named).order_by(Contact.id))
    return list(dict.fromkeys(Subject(_kin(session, [one])) for one in found))


def by_ids(session: GuardedSession, subject: Subject) -> Subject:
    """The same, as far as they are still here and not erased already."""
    contacts = session.scalars(select(Contact.id).where(Contact.id.in_(subject.contact_ids), Contact.name_key != ""))
    return Subject(_kin(session, contacts.all()), subject.person_ids)


def _kin(session: GuardedSession, contact_ids: Collection[str]) -> tuple[str, ...]:
    """These contacts and all whose nominations were merged with theirs: they are one person. Ordered."""
    known, fresh = set(contact_ids), set(contact_ids)
    one, other = aliased(Nomination), aliased(Nomination)
    merged = select(one.contact_id, other.contact_id).join(other, one.merged_into_id == other.id)
    while fresh:
        pairs = session.execute(merged.where(or_(one.contact_id.in_(fresh), other.contact_id.in_(fresh)))).all()
        fresh = {contact_id for pair in pairs for contact_id in pair} - known
        known |= fresh
    return tuple(sorted(known))


def reach_of(session: GuardedSession, subject: Subject) -> Reach:
    """All that is about them. Five statements."""
    contacts = subject.contact_ids
    nominations = session.scalars(select(Nomination.id).where(Nomination.contact_id.in_(contacts))).all()
    advocates = session.scalars(select(Advocate.id).where(Advocate.contact_id.in_(contacts))).all()
    assets = session.scalars(select(Asset.id).where(Asset.advocate_id.in_(advocates))).all()
    requests = session.scalars(select(Request.id).where(Request.advocate_id.in_(advocates)).order_by(Request.id)).all()
    entries = session.scalars(select(ResistanceEntry.id).where(ResistanceEntry.person_id.in_(subject.person_ids))).all()
    return Reach(
        contacts,
        tuple(nominations),
        tuple(advocates),
        tuple(assets),
        tuple(requests),
        tuple(subject.person_ids),
        tuple(entries),
    )


def traits_of(session: GuardedSession, subject: Subject) -> Traits:
    """What they are recognised by in texts: of names, those that nobody else bears. Four statements."""
    sealing = sealer(session)
    contacts = session.scalars(select(Contact).where(Contact.id.in_(subject.contact_ids))).all()
    people = session.scalars(select(Person).where(Person.id.in_(subject.person_ids))).all()
    written = select(Nomination.written_name).where(Nomination.contact_id.in_(subject.contact_ids))
    rows: list[Contact | Person] = [*contacts, *people]
    names = {*(one.name for one in rows), *filter(None, session.scalars(written))}
    emails = {opened for one in rows if (opened := sealing.open(one.email))}
    return Traits(
        names=tuple(sorted(name for name in names if is_telling(name) and not _is_shared(session, name, subject))),
        emails=tuple(sorted(emails | {normalise_email(one) for one in emails})),
        phones=tuple(sorted({opened for one in contacts if (opened := sealing.open(one.phone))})),
        slack_ids=tuple(sorted(one.slack_user_id for one in people if one.slack_user_id)),
    )


def _is_shared(session: GuardedSession, name: str, subject: Subject) -> bool:
    """Whether somebody else has this name too: then a text that says it may mean them."""
    namesakes = select(Contact.id).where(Contact.name_key == person_key(name), Contact.id.not_in(subject.contact_ids))
    colleagues = select(Person.id).where(
        func.lower(Person.name) == func.lower(name), Person.id.not_in(subject.person_ids)
    )
    return any(session.scalar(query.limit(1)) is not None for query in (namesakes, colleagues))


def called(session: GuardedSession, subject: Subject) -> str:
    """What the person is called here, with the company of a customer."""
    row = session.execute(
        select(Contact.name, Contact.company).where(Contact.id.in_(subject.contact_ids)).order_by(Contact.id)
    ).first()
    if row is not None:
        return f"{row.name}, {row.company}"
    return session.scalar(select(Person.name).where(Person.id.in_(subject.person_ids)).limit(1)) or ""


def unfinished(session: GuardedSession, *, lock: bool = False) -> Erasure | None:
    """The oldest erasure that is not done."""
    query = select(Erasure).where(Erasure.done_at.is_(None)).order_by(Erasure.begun_at, Erasure.id).limit(1)
    return session.scalars(query.with_for_update(skip_locked=True) if lock else query).first()


def is_of_customer(session: GuardedSession, row: Erasure) -> bool:
    """Whether an unfinished erasure is about a customer, and not about a colleague alone."""
    return session.scalar(select(Contact.id).where(Contact.id.in_(row.subjects)).limit(1)) is not None


def traits_in(session: GuardedSession, row: Erasure) -> Traits:
    """Whom an unfinished erasure is about."""
    return Traits.of(json.loads(sealer(session).open(row.traits) or "{}"))


def sealed(session: GuardedSession, traits: Traits) -> bytes | None:
    """The same, to be kept until it is done."""
    return sealer(session).seal(json.dumps(traits.stored()))
