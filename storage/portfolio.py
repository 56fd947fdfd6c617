"""Everybody who is published and every account, as a census needs them: columns of all, in one statement each.

Decides nothing about who is available; the words are those of the full-text index (see storage.documents).
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from storage.accounts import Account
from storage.advocates import Advocate
from storage.documents import Document
from storage.guard import GuardedSession
from storage.nominations import Contact


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Whom the index knows: with their values as words of the index, and their account."""

    advocate_id: str
    facets: str
    offered: bool
    account_id: str | None
    state: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What a target could name of an account."""

    id: str
    industry: str | None
    country: str | None
    region: str | None
    segment: str | None
    products: list[str]


def members(session: GuardedSession) -> list[MemberRow]:
    """Whom the index knows, the oldest first. One statement."""
    query = (
        select(Document.advocate_id, Document.facets, Document.offered, Contact.account_id, Advocate.state)
        .join(Advocate, Advocate.id == Document.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .order_by(Document.number)
    )
    return [MemberRow(*row) for row in session.execute(query)]


def accounts(session: GuardedSession) -> list[AccountRow]:
    """Every account but those that were deleted in the CRM. One statement."""
    columns = (Account.id, Account.industry, Account.country, Account.region, Account.segment, Account.products)
    there = select(*columns).where(Account.gone_at.is_(None))
    return [AccountRow(*row) for row in session.execute(there.order_by(Account.id))]


def shown(session: GuardedSession, advocate_ids: Collection[str]) -> list[tuple[str, str, str, str | None]]:
    """Id, name, company and title of these advocates, in the order given. One statement."""
    query = (
        select(Advocate.id, Contact.name, Contact.company, Advocate.title)
        .join(Contact, Contact.id == Advocate.contact_id)
        .where(Advocate.id.in_(advocate_ids))
    )
    found = {row.id: (row.id, row.name, row.company, row.title) for row in session.execute(query)}
    return [found[advocate_id] for advocate_id in advocate_ids if advocate_id in found]
