"""Imported accounts: found by their id in the other system, else by the company's name however it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.errors import RuleError
from domain.imports.kinds import AccountRow
from domain.imports.report import Outcome
from domain.moment import Moment
from domain.names import company_key
from domain.query import Facet
from domain.regions import region_of
from steps.imports.batch import Colleagues, Job, brought_back, each, fill, put, result_of
from steps.imports.words import taken_up
from storage import imports
from storage.accounts import Account
from storage.guard import GuardedSession
from storage.imports import Draft

_PLAIN = ("domain", "industry", "country", "segment", "health", "renewal_on", "annual_revenue", "external_id")


Company = Account | Draft
"""One that is stored, or that earlier lines of the batch add."""


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    owners: Colleagues
    by_external_id: dict[str, Company]
    by_key: dict[str, Company]
    ids: Iterator[str]
    added: dict[str, Draft] = field(default_factory=dict)


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[AccountRow]) -> list[Outcome]:
    """Add or change the accounts of these lines."""
    keys = {company_key(row.name) for row in rows}
    by_key = imports.accounts_by_key(session, keys)
    batch = _Batch(
        session,
        moment,
        Colleagues(session, [row.owner for row in rows]),
        {**imports.accounts_by_external_id(session, {row.external_id for row in rows if row.external_id})},
        {**by_key},
        iter(moment.new_ids(len(keys) - len(by_key))),
    )
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    session.flush()
    imports.add_drafts(session, Account, batch.added.values())
    for contact in imports.contacts_without_account(session, batch.added.keys()):
        contact.account_id = batch.added[contact.company_key].id
    return taken_up(session, moment, outcomes, {row.line: _words(row) for row in rows})


def _words(row: AccountRow) -> Iterator[tuple[Facet, str]]:
    if row.industry:
        yield Facet.INDUSTRY, row.industry
    if row.segment:
        yield Facet.SEGMENT, row.segment
    yield from ((Facet.PRODUCT, product) for product in row.products or ())


def _keep_one(batch: _Batch, row: AccountRow) -> Outcome:
    key = company_key(row.name)
    found = _known(batch, row, key)
    facts = _facts(batch, row, key)
    account = found or _new(batch, row, key, facts)
    changed = found is not None and put(found, facts)
    changed = brought_back(account) or changed
    batch.by_key[account.key] = account
    if account.external_id:
        batch.by_external_id[account.external_id] = account
    remarks = batch.owners.remark(row.owner, "the owner is left as it is")
    return Outcome(row.line, result_of(added=found is None, changed=changed), remarks=remarks)


def _known(batch: _Batch, row: AccountRow, key: str) -> Company | None:
    by_id = batch.by_external_id.get(row.external_id) if row.external_id else None
    by_name = batch.by_key.get(key)
    if by_id and by_name and by_id is not by_name:
        raise RuleError(f"“{row.name}” is the name of another account; Everboard keeps one account a company")
    if by_id is None and by_name and row.external_id and by_name.external_id not in {None, row.external_id}:
        raise RuleError(
            f"“{row.name}” is there already under the id {by_name.external_id}; Everboard keeps one account a company"
        )
    return by_id or by_name


def _new(batch: _Batch, row: AccountRow, key: str, facts: Mapping[str, object]) -> Draft:
    account = imports.blank(
        Account, id=next(batch.ids), name=row.name, key=key, products=[], created_at=batch.moment.now
    )
    fill(account, facts)
    batch.added[key] = account
    return account


def _facts(batch: _Batch, row: AccountRow, key: str) -> dict[str, object]:
    owner = batch.owners.find(row.owner)
    facts: dict[str, object] = {name: getattr(row, name) for name in _PLAIN}
    facts["region"] = row.region or (region_of(row.country) if row.country else None)
    facts["products"] = None if row.products is None else list(row.products)
    facts["owner_id"] = owner.id if owner else None
    # By its id a company was found under whatever name; by name alone the spelling in use stays.
    renamed = row.external_id in batch.by_external_id
    return facts | ({"name": row.name, "key": key} if renamed else {})
