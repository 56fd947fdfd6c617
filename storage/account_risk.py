"""Accounts of active advocates, and what the team was told of them. Decides nothing about risk."""

from collections import defaultdict

from sqlalchemy import or_, select, update

from domain.account_risk import Risk, Standing
from domain.advocates import State
from storage.accounts import Account
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact

ROWS_A_STATEMENT = 500


def standing(session: GuardedSession) -> list[Standing]:
    """Every account that has active advocates and a health, a renewal or something told, with their names in order.
    One statement."""
    said = or_(Account.health.is_not(None), Account.renewal_on.is_not(None), Account.risk_told.is_not(None))
    query = (
        select(Account.id, Account.name, Account.health, Account.renewal_on, Account.risk_told, Contact.name)
        .join(Contact, Contact.account_id == Account.id)
        .join(Advocate, Advocate.contact_id == Contact.id)
        .where(Advocate.state == State.ACTIVE.value, said)
        .order_by(Account.id, Contact.name)
    )
    names: defaultdict[str, list[str]] = defaultdict(list)
    facts = {}
    for account_id, company, health, renewal_on, told, name in session.execute(query):
        names[account_id].append(name)
        facts[account_id] = (company, health, renewal_on, Risk(told) if told else None)
    return [
        Standing(account_id, company, health, renewal_on, tuple(names[account_id]), told)
        for account_id, (company, health, renewal_on, told) in facts.items()
    ]


def note_told(session: GuardedSession, told: dict[str, Risk | None]) -> None:
    """The team knows this of these accounts. One statement a few hundred of each risk."""
    for risk in (*Risk, None):
        ids = sorted(account_id for account_id, one in told.items() if one is risk)
        for start in range(0, len(ids), ROWS_A_STATEMENT):
            session.execute(
                update(Account)
                .where(Account.id.in_(ids[start : start + ROWS_A_STATEMENT]))
                .values(risk_told=risk.value if risk else None)
                .execution_options(synchronize_session=False)
            )
