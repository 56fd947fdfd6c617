"""Looking up at once whatever a batch of imported lines may be about. Decides nothing about what an import changes."""

from collections.abc import Collection, Iterable, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, inspect, select

from domain.moment import Moment
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow
from storage.among import among
from storage.audit import Audit
from storage.base import Base
from storage.guard import WORKSPACE, GuardedSession
from storage.many import add_rows
from storage.nominations import Contact, Nomination
from storage.opportunities import Opportunity
from storage.people import Person, RoleGrant
from storage.receipts import Receipt

T = TypeVar("T")


class Draft(SimpleNamespace):
    """A row that is to be added, as values: a batch of them is written in one go, which mapped objects are not."""


class AccountRef(NamedTuple):
    """An account as another row points at it."""

    id: str
    key: str
    external_id: str | None


def blank(kind: type[Base], /, **values: object) -> Draft:
    """A new row of this table, in which nothing else is said yet."""
    known = _COLUMNS.get(kind)
    if known is None:
        names = (column.key for column in inspect(kind).columns)
        known = _COLUMNS[kind] = {name: None for name in names if name != WORKSPACE}
    draft = Draft()
    vars(draft).update(known, **values)
    return draft


_COLUMNS: dict[type[Base], dict[str, None]] = {}


def add_drafts(session: GuardedSession, kind: type[Base], drafts: Iterable[Draft]) -> None:
    """Insert these rows. One statement."""
    add_rows(session, kind, [vars(draft) for draft in drafts])


def _all(session: GuardedSession, query: Select[T], wanted: Collection[object]) -> list[T]:
    return list(session.scalars(query)) if wanted else []


def people_by_digest(session: GuardedSession, digests: Collection[bytes]) -> dict[bytes, Person]:
    """People by the digest of their address."""
    found = _all(session, select(Person).where(Person.email_digest.in_(digests)), digests)
    return {person.email_digest: person for person in found if person.email_digest is not None}


def people_by_slack_id(session: GuardedSession, slack_user_ids: Collection[str]) -> dict[str, Person]:
    """People by their Slack account."""
    found = _all(session, select(Person).where(among(Person.slack_user_id, slack_user_ids)), slack_user_ids)
    return {person.slack_user_id: person for person in found if person.slack_user_id is not None}


def people_by_name(session: GuardedSession, names: Collection[str]) -> dict[str, list[Person]]:
    """People by their name, as it is written; several may bear one name."""
    by_name: dict[str, list[Person]] = {}
    for person in _all(session, select(Person).where(among(Person.name, names)), names):
        by_name.setdefault(person.name, []).append(person)
    return by_name


def roles_of(session: GuardedSession, person_ids: Collection[str]) -> set[tuple[str, str]]:
    """Who holds which role, from any source."""
    rows = session.execute(select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(person_ids)))
    return {(row.person_id, row.role) for row in rows}


def managers(session: GuardedSession) -> dict[str, str]:
    """Everybody's manager, by id."""
    rows = session.execute(select(Person.id, Person.manager_id).where(Person.manager_id.is_not(None)))
    return {row.id: row.manager_id for row in rows}


def accounts_by_external_id(session: GuardedSession, external_ids: Collection[str]) -> dict[str, Account]:
    """Accounts by their id in another system."""
    found = _all(session, select(Account).where(among(Account.external_id, external_ids)), external_ids)
    return {account.external_id: account for account in found if account.external_id is not None}


def accounts_by_key(session: GuardedSession, keys: Collection[str]) -> dict[str, Account]:
    """Accounts by the key of their name."""
    return {account.key: account for account in _all(session, select(Account).where(among(Account.key, keys)), keys)}


def account_refs(session: GuardedSession, external_ids: Collection[str]) -> dict[str, AccountRef]:
    """Accounts by their id in another system. One statement."""
    query = select(Account.id, Account.key, Account.external_id).where(among(Account.external_id, external_ids))
    return {one.external_id: one for one in _refs(session, query, external_ids) if one.external_id is not None}


def account_refs_by_key(session: GuardedSession, keys: Collection[str]) -> dict[str, AccountRef]:
    """Accounts by the key of their name. One statement."""
    query = select(Account.id, Account.key, Account.external_id).where(among(Account.key, keys))
    return {one.key: one for one in _refs(session, query, keys)}


def _refs(session: GuardedSession, query: Any, wanted: Collection[str]) -> list[AccountRef]:
    return [AccountRef(*row) for row in session.execute(query)] if wanted else []


def opportunities_by_external_id(session: GuardedSession, external_ids: Collection[str]) -> dict[str, Opportunity]:
    """Deals by their id in the CRM."""
    found = _all(session, select(Opportunity).where(among(Opportunity.external_id, external_ids)), external_ids)
    return {deal.external_id: deal for deal in found if deal.external_id is not None}


def deal_ids(
    session: GuardedSession, external_ids: Collection[str], keys: Collection[str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Ids of deals by their id in the CRM, and by the key of their name, which several may bear. A statement each."""
    columns = select(Opportunity.id, Opportunity.external_id, Opportunity.key)
    by_id = session.execute(columns.where(among(Opportunity.external_id, external_ids))).all() if external_ids else []
    by_name: dict[str, list[str]] = {}
    for row in session.execute(columns.where(among(Opportunity.key, keys))) if keys else ():
        by_name.setdefault(row.key, []).append(row.id)
    return {row.external_id: row.id for row in by_id if row.external_id is not None}, by_name


def is_a_deal_without_id(session: GuardedSession) -> bool:
    """Whether there is a deal that no CRM knows by an id. One statement."""
    return session.scalar(select(Opportunity.id).where(Opportunity.external_id.is_(None)).limit(1)) is not None


def accounts_by_id(session: GuardedSession, account_ids: Collection[str]) -> dict[str, Account]:
    """Accounts by their id here."""
    found = _all(session, select(Account).where(among(Account.id, account_ids)), account_ids)
    return {account.id: account for account in found}


def opportunities_named(
    session: GuardedSession,
    keys: Collection[str],
    account_ids: Collection[str],
    account_names: Collection[str],
    keys_of_any: Collection[str] = (),
) -> list[Opportunity]:
    """Deals with one of these keys at one of these accounts, at an unknown one of these names, or at none.

    The oldest first. Those that the CRM knows by an id only under `keys_of_any`: others of one name may be very many.
    """
    nameless = Opportunity.account_name.is_(None) | among(Opportunity.account_name, account_names)
    here = among(Opportunity.account_id, account_ids) | (Opportunity.account_id.is_(None) & nameless)
    wanted = Opportunity.external_id.is_(None) | among(Opportunity.key, keys_of_any)
    query = select(Opportunity).where(among(Opportunity.key, keys), here, wanted).order_by(Opportunity.id)
    return _all(session, query, keys)


def add_in_order(session: GuardedSession, rows: Iterable[Base]) -> None:
    """Insert rows table by table, those that others point at first: between mapped classes nothing else says so."""
    waiting: dict[str, list[Base]] = {}
    for row in rows:
        waiting.setdefault(row.__tablename__, []).append(row)
    for table in Base.metadata.sorted_tables:
        session.add_all(waiting.get(table.name, ()))
        session.flush()


def contacts_without_account(session: GuardedSession, company_keys: Collection[str]) -> list[Contact]:
    """Contacts at these companies that were known before the company's account."""
    query = select(Contact).where(among(Contact.company_key, company_keys), Contact.account_id.is_(None))
    return _all(session, query, company_keys)


def contacts_like(session: GuardedSession, digests: Collection[bytes], company_keys: Collection[str]) -> list[Contact]:
    """Contacts with one of these addresses, or at one of these companies."""
    same = Contact.email_digest.in_(digests) | among(Contact.company_key, company_keys)
    return list(session.scalars(select(Contact).where(same)))


def advocates_of(session: GuardedSession, contact_ids: Collection[str]) -> dict[str, Advocate]:
    """Advocates by their contact."""
    found = _all(session, select(Advocate).where(among(Advocate.contact_id, contact_ids)), contact_ids)
    return {advocate.contact_id: advocate for advocate in found}


def nominations_of(session: GuardedSession, contact_ids: Collection[str]) -> dict[str, list[Nomination]]:
    """All nominations of each contact, oldest first."""
    query = select(Nomination).where(among(Nomination.contact_id, contact_ids)).order_by(Nomination.id)
    by_contact: dict[str, list[Nomination]] = {}
    for nomination in _all(session, query, contact_ids):
        by_contact.setdefault(nomination.contact_id, []).append(nomination)
    return by_contact


def consents_of(session: GuardedSession, advocate_ids: Collection[str]) -> dict[str, ConsentRow]:
    """The newest consent of each advocate."""
    query = select(ConsentRow).where(among(ConsentRow.advocate_id, advocate_ids))
    found = _all(session, query.order_by(ConsentRow.recorded_at, ConsentRow.id), advocate_ids)
    return {consent.advocate_id: consent for consent in found}


def interviews_of(session: GuardedSession, advocate_ids: Collection[str]) -> dict[str, InterviewRow]:
    """The interview of each advocate."""
    query = select(InterviewRow).where(among(InterviewRow.advocate_id, advocate_ids))
    return {interview.advocate_id: interview for interview in _all(session, query, advocate_ids)}


def handled(session: GuardedSession, keys: Iterable[str]) -> set[str]:
    """Which of these acts were handled before."""
    return set(session.scalars(select(Receipt.key).where(Receipt.key.in_(list(keys)))))


def tally(session: GuardedSession, moment: Moment, import_id: str, action: str, counts: Mapping[str, int]) -> None:
    """Add to the import's one audit row, in each of its transactions, so that it always says what is stored."""
    row = session.get(Audit, (session.workspace_id, import_id))
    if row is None:
        row = Audit(id=import_id, at=moment.now, action=action, subject_type="import", subject_id=import_id)
        session.add(row)
    before = row.after or {}
    row.after = {**before, **{name: _number(before.get(name)) + count for name, count in counts.items()}}


def counted(session: GuardedSession, import_id: str, name: str) -> int:
    """What the import's earlier transactions counted under this name."""
    row = session.get(Audit, (session.workspace_id, import_id))
    return _number((row.after or {}).get(name)) if row is not None else 0


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
