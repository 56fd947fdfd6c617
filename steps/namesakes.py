"""Which deal is meant by a name. Two companies' deals are never taken for one, so what could be either is asked for.

Decides nothing about deals with a CRM id that is known: the id says which one it is.
"""

from collections.abc import Sequence

from domain.errors import RuleError
from domain.names import company_key
from domain.opportunities import Status, TypedDeal, deal_key
from storage import imports, stages
from storage.accounts import Account
from storage.guard import GuardedSession
from storage.opportunities import Opportunity

NAMED = 5
"""Companies that a question names; whoever reads more of them picks from the list faster."""


def account_of(session: GuardedSession, company: str | None) -> Account | None:
    """The account of this name, if there is one."""
    key = company_key(company or "")
    return imports.accounts_by_key(session, {key}).get(key) if key else None


def meant(session: GuardedSession, deal: TypedDeal, account_id: str | None) -> Opportunity | None:
    """The deal of this name, None for one that is not here yet.

    Of a company that was typed, its own deal is meant, else one that nobody has said a company of. Without a company,
    the one at `account_id` (the advocate's account), else one without a company where no company has one of the name.
    Raises RuleError, at the field `opportunity`, where it could be several.
    """
    typed = account_of(session, deal.company)
    here_id = (typed.id if typed else None) if deal.company else account_id
    same = stages.named(session, deal_key(deal.name), here_id, deal.company or "")
    if deal.external_id:
        same = [row for row in same if row.external_id is None]
    here = [row for row in same if _is_at(row, here_id, deal.company)]
    loose = [row for row in same if row.account_id is None and not row.account_name]
    elsewhere = [row for row in same if row not in here and row not in loose]
    if here or deal.company:
        return _one_of(session, deal, here or loose)
    if not elsewhere:
        return _one_of(session, deal, loose)
    if deal.external_id:
        return None  # an id of its own says that it is none of those
    raise _several(session, [*loose, *elsewhere])


def _is_at(row: Opportunity, account_id: str | None, company: str | None) -> bool:
    if row.account_id is not None:
        return row.account_id == account_id
    return bool(company and row.account_name) and company_key(row.account_name or "") == company_key(company or "")


def _one_of(session: GuardedSession, deal: TypedDeal, some: Sequence[Opportunity]) -> Opportunity | None:
    open_ones = [row for row in some if row.status == Status.OPEN.value]
    if len(some) < 2 or len(open_ones) == 1:
        return next(iter(open_ones or some), None)
    if deal.external_id:
        return None
    raise _several(session, some)


def _several(session: GuardedSession, some: Sequence[Opportunity]) -> RuleError:
    accounts = imports.accounts_by_id(session, {row.account_id for row in some if row.account_id})
    known = [accounts[row.account_id].name if row.account_id else row.account_name for row in some[:NAMED]]
    named = ", ".join(f"at {name}" if name else "without a company" for name in known)
    if len(some) == 1:
        sentence = (
            f"A deal of this name is known {named}. If you mean that one, please pick it from the list; else write "
            "the company into the name of yours."
        )
    else:
        sentence = f"Several deals have this name ({named}). Please pick one from the list, or add its CRM id."
    return RuleError(sentence, {"opportunity": sentence})
