"""Everything that was brought in or made here, row by row, under the names of columns that an import reads back.

Decides nothing about who may have it. Rows are read a thousand at a time, so that memory does not grow with them.
Answers to pulses are not here: what may be told of them, the report tells.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from domain.advocates import ConsentScope
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow
from storage.assets import Asset
from storage.database import sealer
from storage.engagements import Engagement
from storage.gifts import GiftRow
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.opportunities import Opportunity
from storage.people import Person, RoleGrant

AT_A_TIME = 1000

Cells = dict[str, str]
"""One row by column name; "" for nothing."""

Owner = aliased(Person)

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        ConsentScope.LISTED.value: "listed",
        ConsentScope.CONVERSATIONS.value: "conversations",
        ConsentScope.PUBLIC.value: "public",
    }
)
"""What an import calls what a customer agreed to."""


def _rows(session: GuardedSession, query: Any) -> Iterator[Any]:
    return iter(session.execute(query.execution_options(yield_per=AT_A_TIME)))


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def _list(values: list[str] | None) -> str:
    return "; ".join(values or [])


def _money(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"


def accounts(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """Every account."""
    query = select(Account, Owner).outerjoin(Owner, Owner.id == Account.owner_id).order_by(Account.key, Account.id)
    seal = sealer(session)
    for account, owner in _rows(session, query):
        put(
            {
                "Account name": account.name,
                "Account ID": account.external_id or "",
                "Domain": account.domain or "",
                "Industry": account.industry or "",
                "Country": account.country or "",
                "Region": account.region or "",
                "Segment": account.segment or "",
                "Products": _list(account.products),
                "Health": account.health or "",
                "Renewal date": _day(account.renewal_on),
                "Annual revenue": account.annual_revenue or "",
                "Account Owner Email": (seal.open(owner.email) or owner.name) if owner else "",
            }
        )


def people(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """Every colleague of whom an address is known: without one, an import could not tell them apart."""
    boss = aliased(Person)
    roles: dict[str, list[str]] = {}
    for grant in session.execute(select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.source == "hand")):
        roles.setdefault(grant.person_id, []).append(grant.role)
    query = select(Person, boss).outerjoin(boss, boss.id == Person.manager_id).where(Person.email.is_not(None))
    seal = sealer(session)
    for person, manager in _rows(session, query.order_by(Person.name, Person.id)):
        put(
            {
                "Name": person.name,
                "Email": seal.open(person.email) or "",
                "Function": person.function or "",
                "Title": person.title or "",
                "Manager email": (seal.open(manager.email) or manager.name) if manager else "",
                "Slack user id": person.slack_user_id or "",
                "Roles": _list(sorted(roles.get(person.id, []))),
                "Away until": _day(person.away_until),
            }
        )


def advocates(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """Every advocate with the newest consent."""
    newest = (
        select(ConsentRow.id)
        .where(ConsentRow.advocate_id == Advocate.id)
        .order_by(ConsentRow.recorded_at.desc(), ConsentRow.id.desc())
        .limit(1)
        .correlate(Advocate)
        .scalar_subquery()
    )
    query = (
        select(Advocate, Contact, ConsentRow, InterviewRow.held_at)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(ConsentRow, ConsentRow.id == newest)
        .outerjoin(InterviewRow, InterviewRow.advocate_id == Advocate.id)
        .order_by(Contact.name_key, Advocate.id)
    )
    for row, contact, consent, held_at in _rows(session, query):
        put(
            {
                **_contact(session, contact),
                "Title": row.title or "",
                "Persona": row.persona or "",
                "Industry": row.industry or "",
                "Country": row.country or "",
                "Products": _list(row.products),
                "Use cases": row.use_cases or "",
                "Activities": _list(row.activities),
                "Languages": _list(row.languages),
                "Outcomes": row.outcomes or "",
                "Quotes": row.quotes or "",
                "Topics": row.topics or "",
                "Refused activities": _list(row.refused_activities),
                "Preferred contact": row.preferred_contact or "",
                "Links": row.links or "",
                "State": row.state,
                "Interview date": _day(held_at),
                "Consent date": _day(consent.given_on) if consent else "",
                "Consent scope": _list([SCOPES[one] for one in consent.scopes]) if consent else "",
                "Consent how": consent.how if consent else "",
                "Verified date": _day(row.verified_at),
            }
        )


def _contact(session: GuardedSession, contact: Contact) -> Cells:
    seal = sealer(session)
    return {
        "Contact name": contact.name,
        "Company": contact.company,
        "Email": seal.open(contact.email) or "",
        "Phone": seal.open(contact.phone) or "",
    }


def nominations(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """Every nomination, the oldest first; where it stands is for people to read, an import begins anew."""
    query = (
        select(Nomination, Contact, Person)
        .join(Contact, Contact.id == Nomination.contact_id)
        .outerjoin(Person, Person.id == Nomination.nominator_id)
        .order_by(Nomination.created_at, Nomination.id)
    )
    seal = sealer(session)
    for row, contact, nominator in _rows(session, query):
        put(
            {
                **_contact(session, contact),
                "Title": row.title or "",
                "Persona": row.persona or "",
                "Industry": row.industry or "",
                "Country": row.country or "",
                "Products": _list(row.products),
                "Use cases": row.use_cases or "",
                "Activities": _list(row.activities),
                "Nominated by": (seal.open(nominator.email) or nominator.name) if nominator else "",
                "Why": row.why,
                "Customer knows": "yes" if row.customer_knows else "no",
                "Relationship": row.relationship or "",
                "Evidence": row.evidence_link or "",
                "Nominated on": _day(row.created_at),
                "Where it stands": row.state,
                "Came by": row.source,
            }
        )


def opportunities(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """Every deal."""
    query = (
        select(Opportunity, Account, Owner)
        .outerjoin(Account, Account.id == Opportunity.account_id)
        .outerjoin(Owner, Owner.id == Opportunity.owner_id)
        .order_by(Opportunity.key, Opportunity.id)
    )
    seal = sealer(session)
    for row, account, owner in _rows(session, query):
        put(
            {
                "Opportunity name": row.name,
                "Opportunity ID": row.external_id or "",
                "Account name": account.name if account else row.account_name or "",
                "Amount": _money(row.hundredths),
                "Currency": row.currency or "",
                "Stage": row.stage,
                "Status": row.status,
                "Close date": _day(row.close_on),
                "Created date": _day(row.opened_on),
                "Type": row.kind,
                "Owner email": (seal.open(owner.email) or owner.name) if owner else "",
            }
        )


def assets(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """What customers have approved."""
    query = (
        select(Asset, Contact.name, Contact.company)
        .join(Advocate, Advocate.id == Asset.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .order_by(Asset.approved_at, Asset.id)
    )
    for row, name, company in _rows(session, query):
        put(
            {
                "Advocate": name,
                "Company": company,
                "Kind": row.kind,
                "Title": row.title,
                "Link": row.link or "",
                "Words": row.words or "",
                "Approved on": _day(row.approved_at),
                "Expires on": _day(row.expires_on),
                "Withdrawn on": _day(row.withdrawn_at),
            }
        )


def engagements(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """Every use of an advocate, done or to come."""
    query = (
        select(Engagement, Contact.name, Contact.company, Opportunity.name)
        .join(Advocate, Advocate.id == Engagement.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Opportunity, Opportunity.id == Engagement.opportunity_id)
        .order_by(Engagement.happens_on, Engagement.id)
    )
    for row, name, company, deal in _rows(session, query):
        put(
            {
                "Advocate": name,
                "Company": company,
                "Activity": row.activity,
                "Date": _day(row.happens_on),
                "Stands": row.status,
                "Opportunity": deal or "",
                "Rating": "" if row.rating is None else str(row.rating),
                "Words": row.words or "",
            }
        )


def gifts(session: GuardedSession, put: Callable[[Cells], object]) -> None:
    """What advocates got back."""
    query = (
        select(GiftRow, Contact.name, Contact.company, Person.name)
        .join(Advocate, Advocate.id == GiftRow.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Person, Person.id == GiftRow.given_by_id)
        .order_by(GiftRow.given_on, GiftRow.id)
    )
    for row, name, company, giver in _rows(session, query):
        put(
            {
                "Advocate": name,
                "Company": company,
                "What": row.what,
                "Date": _day(row.given_on),
                "Amount": "" if row.hundredths is None else f"{row.currency} {Decimal(row.hundredths) / 100:.2f}",
                "Given by": giver or "",
            }
        )


EVERY: Mapping[str, Callable[[GuardedSession, Callable[[Cells], object]], None]] = MappingProxyType(
    {
        "accounts": accounts,
        "people": people,
        "advocates": advocates,
        "nominations": nominations,
        "opportunities": opportunities,
        "assets": assets,
        "engagements": engagements,
        "gifts": gifts,
    }
)
"""What can be exported, by its name on the command line."""
