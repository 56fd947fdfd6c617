"""What was deleted in the CRM is marked here: a company is not active any more, a deal counts in no report, and of a
person their relationship owner hears. Nothing is deleted here, and what the CRM brings back is there again.
"""

from collections.abc import Sequence

from domain.advocates import State
from domain.crm import Thing
from domain.imports.kinds import ContactRow
from domain.messages import Kind
from domain.moment import Moment
from steps.imports import known_contacts
from steps.progress import TEAM_CHANNEL
from storage import audit, imports, outbox
from storage.accounts import Account
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.memberships import can_be_asked
from storage.nominations import Contact
from storage.opportunities import Opportunity
from storage.people import Person
from views import crm as view

WHAT = {Thing.ACCOUNTS: "account", Thing.OPPORTUNITIES: "opportunity"}


def records(session: GuardedSession, moment: Moment, thing: Thing, ids: Sequence[str]) -> int:
    """Companies or deals of these ids are gone there; answers how many were not known to be. One statement, and one
    for each that is."""
    gone: list[Account | Opportunity] = (
        [*imports.accounts_by_external_id(session, ids).values()]
        if thing is Thing.ACCOUNTS
        else [*imports.opportunities_by_external_id(session, ids).values()]
    )
    fresh = [row for row in gone if row.gone_at is None]
    for row in fresh:
        row.gone_at = moment.now
        audit.record(session, moment, None, f"{WHAT[thing]}.deleted_in_crm", (WHAT[thing], row.id))
    return len(fresh)


def people(session: GuardedSession, moment: Moment, crm: str, rows: Sequence[ContactRow]) -> int:
    """These people are gone there. Whoever looks after one who is known here is told, once; answers how many are."""
    fresh = [(one, advocate) for one, advocate in known_contacts.known(session, rows) if one.gone_at is None]
    for contact, advocate in fresh:
        contact.gone_at = moment.now
        audit.record(session, moment, None, "contact.deleted_in_crm", ("contact", contact.id))
        if advocate is None or advocate.state != State.RETIRED.value:
            _tell(session, moment, crm, contact, advocate)
    return len(fresh)


def _tell(session: GuardedSession, moment: Moment, crm: str, contact: Contact, advocate: Advocate | None) -> None:
    owner = _owner(session, contact)
    is_asked = can_be_asked(owner, moment.now.date())
    active = advocate.id if advocate is not None and advocate.state == State.ACTIVE.value else None
    message = view.has_left_crm(contact.name, contact.company, crm, active)
    subjects = [contact.id, *([advocate.id] if advocate else [])]
    if is_asked and owner is not None and owner.slack_user_id:
        outbox.put(session, moment, Kind.NOTICE, owner.slack_user_id, message, subjects=subjects)
    else:
        outbox.put(session, moment, Kind.PROFILE_NEWS, TEAM_CHANNEL, message, subjects=subjects)


def _owner(session: GuardedSession, contact: Contact) -> Person | None:
    account = session.get(Account, (session.workspace_id, contact.account_id)) if contact.account_id else None
    return session.get(Person, (session.workspace_id, account.owner_id)) if account and account.owner_id else None
