"""Imported contacts: customers whom somebody nominated are brought up to date, all others are left out.

A CRM holds many people who never heard of the program. Whom colleagues did not nominate, Everboard does not store.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.imports.kinds import ContactRow
from domain.imports.report import Outcome, Result
from domain.moment import Moment
from domain.names import company_key, person_key
from steps import findable
from steps.imports.batch import Job, brought_back, checked_address, digest_of, each, result_of
from storage import imports, settings
from storage.accounts import Account
from storage.advocates import Advocate
from storage.database import sealer
from storage.guard import GuardedSession
from storage.nominations import Contact


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    accounts: dict[str, Account]
    advocates: dict[str, Advocate]
    by_digest: dict[bytes, Contact]
    by_identity: dict[tuple[str, str], Contact]
    retitled: list[str] = field(default_factory=list)


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[ContactRow]) -> list[Outcome]:
    """Bring the contacts of these lines up to date. Four statements, and one for each that changed."""
    batch = _batch(session, rows)
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    session.flush()
    for advocate_id in batch.retitled:
        findable.of_advocate(session, advocate_id, moment.now.date(), settings.load(session))
    return outcomes


def known(session: GuardedSession, rows: Sequence[ContactRow]) -> list[tuple[Contact, Advocate | None]]:
    """Those of these lines who are known here, each with their profile, if there is one. Three statements."""
    batch = _batch(session, rows)
    found = {contact.id: contact for row in rows if (contact := _known(batch, row, row.email)) is not None}
    return [(contact, batch.advocates.get(contact.id)) for contact in found.values()]


def _batch(session: GuardedSession, rows: Sequence[ContactRow]) -> _Batch:
    keys = {company_key(row.company) for row in rows}
    digests = {digest for row in rows if (digest := digest_of(session, row.email))}
    found = imports.contacts_like(session, digests, keys)
    return _Batch(
        session,
        imports.accounts_by_key(session, keys),
        imports.advocates_of(session, {contact.id for contact in found}),
        {contact.email_digest: contact for contact in found if contact.email_digest is not None},
        {(contact.company_key, contact.identity): contact for contact in found},
    )


def _keep_one(batch: _Batch, row: ContactRow) -> Outcome:
    email = checked_address(row.email)
    contact = _known(batch, row, email)
    if contact is None:
        return Outcome(row.line, Result.UNKNOWN)
    changed = _sealed(batch, contact, row, email)
    changed = _account(batch, contact) or changed
    changed = _title(batch, contact, row) or changed
    changed = brought_back(contact) or changed
    return Outcome(row.line, result_of(added=False, changed=changed))


def _known(batch: _Batch, row: ContactRow, email: str | None) -> Contact | None:
    """By the address; by name and company only where neither says another address: a namesake is somebody else."""
    digest = digest_of(batch.session, email)
    if digest is not None and digest in batch.by_digest:
        return batch.by_digest[digest]
    found = batch.by_identity.get((company_key(row.company), person_key(row.contact_name)))
    if found is None or digest is None or found.email_digest in {None, digest}:
        return found
    return None


def _sealed(batch: _Batch, contact: Contact, row: ContactRow, email: str | None) -> bool:
    sealing, changed = sealer(batch.session), False
    if email and contact.email_digest is None:
        contact.email, contact.email_digest = sealing.seal(email), digest_of(batch.session, email)
        changed = True
    if row.phone and sealing.open(contact.phone) != row.phone:
        contact.phone, changed = sealing.seal(row.phone), True
    return changed


def _account(batch: _Batch, contact: Contact) -> bool:
    account = batch.accounts.get(contact.company_key)
    if account is None or contact.account_id is not None:
        return False
    contact.account_id = account.id
    return True


def _title(batch: _Batch, contact: Contact, row: ContactRow) -> bool:
    """Where the profile names none: what the team wrote there, people have checked."""
    advocate = batch.advocates.get(contact.id)
    if advocate is None or advocate.title or not row.title:
        return False
    advocate.title = row.title
    batch.retitled.append(advocate.id)
    return True
