"""Imported deals: found by their id in the CRM, else by name and account. A newer file says what is true now.

A deal of an account that nobody knows is kept with the account's name, and tied to it by a later import.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.currencies import likeliest
from domain.errors import RuleError
from domain.imports.cells import shown
from domain.imports.deal_cells import NO_CODE
from domain.imports.kinds import OpportunityRow
from domain.imports.report import Outcome
from domain.moment import Moment
from domain.money import plain_hundredths
from domain.names import company_key
from domain.opportunities import DealKind, Status, amount_in_file, changed_fates, deal_key, hundredths
from domain.settings import Settings
from domain.stages import status_of, usual_status
from steps import opportunities
from steps.imports.batch import Colleagues, Job, brought_back, each, fill, put, result_of
from storage import imports, settings
from storage.guard import GuardedSession
from storage.imports import AccountRef, Draft
from storage.opportunities import Opportunity

SOURCE = "import"

UNKNOWN_ACCOUNT = (
    "Everboard doesn't know the account, so the deal is kept with the account's name alone. Import accounts, then this "
    "file again, to tie them."
)
NO_ACCOUNT = "No account is named, so the deal is kept without one."

Places = dict[str, list["Deal"]]
"""Deals of one name by their account's id, or by the key of the account's name where the account is not known."""

Deal = Opportunity | Draft
"""One that is stored, or that earlier lines of the batch add."""


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    job: Job
    known: Settings
    owners: Colleagues
    accounts_by_id: dict[str, AccountRef]
    accounts_by_key: dict[str, AccountRef]
    by_external_id: dict[str, Deal]
    by_name: dict[str, Places] = field(default_factory=dict)
    stored: dict[str, Deal] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    added: list[Draft] = field(default_factory=list)
    ids: Iterator[str] = field(default_factory=lambda: iter(()))


def keep(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[OpportunityRow]) -> list[Outcome]:
    """Add or change the deals of these lines, and write down which of them have another fate now."""
    batch = _batch(session, moment, job, rows)
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    session.flush()
    imports.add_drafts(session, Opportunity, batch.added)
    changes = changed_fates(batch.before, {deal_id: batch.stored[deal_id].status for deal_id in batch.before})
    opportunities.record_fates(session, moment, None, changes)
    return outcomes


def _batch(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[OpportunityRow]) -> _Batch:
    account_ids = {row.account_external_id for row in rows if row.account_external_id}
    by_id = imports.account_refs(session, account_ids)
    named = {row.account for row in rows if row.account and row.account_external_id not in by_id}
    batch = _Batch(
        session,
        moment,
        job,
        settings.load(session),
        Colleagues(session, [row.owner for row in rows]),
        by_id,
        imports.account_refs_by_key(session, set(map(company_key, named))),
        {**imports.opportunities_by_external_id(session, {row.external_id for row in rows if row.external_id})},
    )
    stored = [*batch.by_external_id.values(), *_named(batch, rows)]
    for deal in stored[len(batch.by_external_id) :]:
        _place(batch, deal)
    batch.stored = {deal.id: deal for deal in stored}
    batch.before = {deal.id: deal.status for deal in stored}
    batch.ids = iter(moment.new_ids(sum(row.external_id not in batch.by_external_id for row in rows)))
    return batch


def _named(batch: _Batch, rows: Sequence[OpportunityRow]) -> list[Opportunity]:
    """Deals that lines without an id, or with one that nobody knows, may mean by their name."""
    unmet = [row for row in rows if row.external_id not in batch.by_external_id]
    of_any = {deal_key(row.name) for row in unmet if row.external_id is None}
    if not unmet or not (of_any or imports.is_a_deal_without_id(batch.session)):
        return []
    return imports.opportunities_named(
        batch.session,
        {deal_key(row.name) for row in unmet},
        {account.id for account in (*batch.accounts_by_id.values(), *batch.accounts_by_key.values())},
        {row.account for row in unmet if row.account},
        of_any,
    )


def _place(batch: _Batch, deal: Deal) -> None:
    """Let later lines find it by its name."""
    here = deal.account_id or company_key(deal.account_name or "")
    same = batch.by_name.setdefault(deal.key, {}).setdefault(here, [])
    if not any(deal is one for one in same):
        same.append(deal)


def _keep_one(batch: _Batch, row: OpportunityRow) -> Outcome:
    _check_says_something(row)
    account = _account(batch, row)
    facts = _facts(batch, row)
    found = _known(batch, row, account)
    deal = found or _new(batch, facts)
    changed = found is not None and put(found, facts)
    changed = _put_account(deal, row, account) or changed
    changed = brought_back(deal) or changed
    if deal.external_id:
        batch.by_external_id[deal.external_id] = deal
    _place(batch, deal)
    remarks = (*_account_remarks(deal), *_again(batch, row, deal))
    if row.owner:
        remarks += batch.owners.remark(row.owner, "the owner is left as it is")
    return Outcome(row.line, result_of(added=found is None, changed=changed), remarks=remarks)


def _account(batch: _Batch, row: OpportunityRow) -> AccountRef | None:
    found = batch.accounts_by_id.get(row.account_external_id) if row.account_external_id else None
    if found is None and row.account and batch.accounts_by_key:
        return batch.accounts_by_key.get(company_key(row.account))
    return found


def _check_says_something(row: OpportunityRow) -> None:
    """Reports end with lines of their own: a title, a copyright notice."""
    if not any(
        (row.external_id, row.account, row.account_external_id, row.amount, row.stage, row.status, row.close_on)
    ):
        raise RuleError(
            "it says nothing but a name; is it the end of a report? A deal has an account, a stage or a day"
        )


def _known(batch: _Batch, row: OpportunityRow, account: AccountRef | None) -> Deal | None:
    if row.external_id and row.external_id in batch.by_external_id:
        return batch.by_external_id[row.external_id]
    same = _namesakes(batch, row, account)
    if row.external_id:
        return next((deal for deal in same if deal.external_id is None), None)
    if len(same) > 1:
        ids = ", ".join(deal.external_id or "none" for deal in same)
        raise RuleError(f"several deals have this name and account; which one is it? Their CRM ids: {shown(ids)}")
    return same[0] if same else None


def _namesakes(batch: _Batch, row: OpportunityRow, account: AccountRef | None) -> list[Deal]:
    """Deals of this name at this account; where there is none, such as somebody typed without a company."""
    places = batch.by_name.get(deal_key(row.name))
    if not places:
        return []
    at_account = places.get(account.id, []) if account else []
    found = at_account or places.get(company_key(row.account) if row.account else "", [])
    return found or [deal for deal in places.get("", []) if deal.source == opportunities.FORM]


def _new(batch: _Batch, facts: Mapping[str, object]) -> Draft:
    deal = imports.blank(
        Opportunity,
        id=next(batch.ids),
        kind=DealKind.NEW.value,
        stage="",
        status=Status.OPEN.value,
        source=SOURCE,
        created_at=batch.moment.now,
    )
    fill(deal, facts)
    batch.added.append(deal)
    return deal


def _facts(batch: _Batch, row: OpportunityRow) -> dict[str, object]:
    owner, stage, worth = batch.owners.find(row.owner), _stage(row), _amount(row, batch.known.currency)
    return {
        "name": row.name,
        "key": deal_key(row.name),
        "external_id": row.external_id,
        "owner_id": owner.id if owner else None,
        "kind": row.kind.value if row.kind else None,
        "stage": stage,
        "status": status_of(stage, batch.known.stage_map).value if stage else None,
        "hundredths": worth[0] if worth else None,
        "currency": worth[1] if worth else None,
        "opened_on": row.opened_on,
        "close_on": row.close_on,
        "source": SOURCE,
    }


def _stage(row: OpportunityRow) -> str | None:
    """Some CRMs leave a deal in its last stage and say won or lost beside it."""
    if row.status and usual_status(row.status) is not Status.OPEN and usual_status(row.stage or "") is Status.OPEN:
        return row.status
    return row.stage or row.status


def _amount(row: OpportunityRow, own: str) -> tuple[int, str] | None:
    """The amount in hundredths and its currency, the workspace's `own` where the line names none."""
    if row.amount is None:
        return _read(row.company_amount, own) if row.company_amount else None
    beside = _code(row.currency, own) if row.currency else None
    found = _read(row.amount, beside or own)
    if beside and found[1] != beside:
        raise RuleError(f"the amount is in {found[1]}, but the currency beside it is {beside}")
    return found


def _code(said: str, own: str) -> str:
    if len(said) == 3 and said.isascii() and said.isupper():
        return said
    if (found := likeliest(said, own)) is None:
        raise RuleError(f"the currency “{shown(said)}” {NO_CODE}")
    return found


def _read(text: str, currency: str) -> tuple[int, str]:
    if (plain := plain_hundredths(text, currency)) is not None:
        return plain
    try:
        money = amount_in_file(text, currency)
    except RuleError as error:
        raise RuleError(f"the amount “{shown(text)}” won't do: {error.message}") from None
    return hundredths(money), money.currency


def _put_account(deal: Deal, row: OpportunityRow, account: AccountRef | None) -> bool:
    if account is None and row.account is None:
        return False
    wanted = (account.id, None) if account else (None, row.account)
    changed = (deal.account_id, deal.account_name) != wanted
    deal.account_id, deal.account_name = wanted
    return changed


def _account_remarks(deal: Deal) -> tuple[str, ...]:
    if deal.account_id:
        return ()
    return (UNKNOWN_ACCOUNT if deal.account_name else NO_ACCOUNT,)


def _again(batch: _Batch, row: OpportunityRow, deal: Deal) -> tuple[str, ...]:
    first = batch.job.first_lines.of(deal.id, row.line)
    return () if first == row.line else ("Is in the file before, too; the later line counts.",)
