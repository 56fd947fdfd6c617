"""Finding the contact a nomination is about, and keeping one row of each. Duplicates are up to domain.duplicates."""

from sqlalchemy import case, select

from domain.duplicates import Candidate, Known
from domain.moment import Moment
from domain.names import company_key, normalise_email, person_key
from domain.nominations import Values
from storage.database import sealer
from storage.guard import GuardedSession
from storage.nominations import LIVE_STATES, Contact, Nomination


def candidate(session: GuardedSession, values: Values) -> Candidate:
    """What a new nomination's contact is compared by."""
    return Candidate(
        name_key=person_key(values.contact_name),
        email_digest=digest_of(session, values.email),
        company_key=company_key(values.company),
    )


def digest_of(session: GuardedSession, email: str | None) -> bytes | None:
    """The keyed digest of an address, equal for equal addresses of this workspace."""
    return sealer(session).digest(normalise_email(email)) if email else None


def known_like(session: GuardedSession, new: Candidate) -> tuple[list[Known], dict[str, str]]:
    """Contacts with a live nomination at the same company or the same address. One statement.

    Answers them, and the live nomination's id of each by contact id.
    """
    same = Contact.company_key == new.company_key
    if new.email_digest is not None:
        same |= Contact.email_digest == new.email_digest
    rows = session.execute(
        select(Nomination.id, Contact.id, Contact.name_key, Contact.email_digest, Contact.company_key)
        .join(Contact, Contact.id == Nomination.contact_id)
        .where(same, Nomination.state.in_(LIVE_STATES))
        .order_by(Nomination.id)
    ).all()
    known = [Known(row[1], row.name_key, row.email_digest, row.company_key) for row in rows]
    return known, {row[1]: row[0] for row in rows}


def live_nomination(session: GuardedSession, contact_id: str) -> str | None:
    """The id of the live nomination of this contact: there is one at most."""
    return session.scalar(
        select(Nomination.id).where(Nomination.contact_id == contact_id, Nomination.state.in_(LIVE_STATES))
    )


def keep(
    session: GuardedSession,
    moment: Moment,
    values: Values,
    new: Candidate,
    *,
    somebody_else: bool,
) -> Contact:
    """The contact's row, found again or made, with what is newly known of them. One statement to find it."""
    identity = f"{new.name_key}#{moment.new_id()}" if somebody_else else new.name_key
    found = _same(session, new, identity)
    if found is None:
        found = Contact(id=moment.new_id(), created_at=moment.now, identity=identity, company_key=new.company_key)
        found.name, found.name_key, found.company = values.contact_name, new.name_key, values.company
        session.add(found)
    sealing = sealer(session)
    if values.email:
        found.email, found.email_digest = sealing.seal(values.email), new.email_digest
    if values.phone:
        found.phone = sealing.seal(values.phone)
    found.account_id = values.account_id or found.account_id
    return found


def _same(session: GuardedSession, new: Candidate, identity: str) -> Contact | None:
    """By the address first: it can belong to one contact only, while a namesake may have another one."""
    named = (Contact.company_key == new.company_key) & (Contact.identity == identity)
    if new.email_digest is None:
        return session.scalar(select(Contact).where(named))
    addressed = Contact.email_digest == new.email_digest
    return session.scalars(select(Contact).where(named | addressed).order_by(case((addressed, 0), else_=1))).first()


def rename(session: GuardedSession, contact: Contact, name: str, company: str, account_id: str | None) -> bool:
    """Let a contact be called otherwise. False, and nothing changed, when that name is another contact's."""
    key, name_key = company_key(company), person_key(name)
    same = (Contact.company_key == key) & (Contact.identity == name_key) & (Contact.id != contact.id)
    if session.scalar(select(Contact.id).where(same)) is not None:
        return False
    contact.name, contact.name_key, contact.identity = name, name_key, name_key
    contact.company, contact.company_key, contact.account_id = company, key, account_id
    return True


def details(session: GuardedSession, contact_id: str) -> tuple[str, str, str | None, str | None]:
    """Name, company, email and phone of a contact, opened. The caller has checked who may see them."""
    contact = session.get_one(Contact, (session.workspace_id, contact_id))
    sealing = sealer(session)
    return contact.name, contact.company, sealing.open(contact.email), sealing.open(contact.phone)
