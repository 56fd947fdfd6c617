"""Everything that was brought in or made here, row by row, under the names of columns that an import reads back.

Decides nothing about who may have it. Rows are read a page at a time, each behind the last one's id, so that memory
does not grow with them and whatever is cut can go on.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from domain.advocates import ConsentScope
from domain.assets import Scope
from domain.query import Facet
from storage import program_exports
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow, newest_consent
from storage.assets import Asset
from storage.database import sealer
from storage.engagements import Engagement
from storage.export_sheets import Cells, Sheet, day, listed, money
from storage.gifts import GiftRow
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.opportunities import Opportunity
from storage.people import Person, RoleGrant

Owner = aliased(Person)

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        ConsentScope.LISTED.value: "listed",
        ConsentScope.CONVERSATIONS.value: "conversations",
        ConsentScope.PUBLIC.value: "public",
    }
)
"""What an import calls what a customer agreed to."""


def page(session: GuardedSession, name: str, after: str, most: int) -> list[tuple[str, Cells]]:
    """So many rows of a kind behind the one with this id ("" from the beginning), each with its id, oldest first."""
    sheet = EVERY[name](session)
    query = sheet.query.add_columns(sheet.key).where(sheet.key > after).order_by(sheet.key).limit(most)
    return [(row[-1], sheet.cells(row)) for row in session.execute(query)]


def _accounts(session: GuardedSession) -> Sheet:
    """Every account."""
    query = select(Account, Owner).outerjoin(Owner, Owner.id == Account.owner_id)
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        account, owner, *_rest = found
        return {
            "Account name": account.name,
            "Account ID": account.external_id or "",
            "Domain": account.domain or "",
            "Industry": account.industry or "",
            "Country": account.country or "",
            "Region": account.region or "",
            "Segment": account.segment or "",
            "Products": listed(account.products),
            "Health": account.health or "",
            "Renewal date": day(account.renewal_on),
            "Annual revenue": account.annual_revenue or "",
            "Account Owner Email": (seal.open(owner.email) or owner.name) if owner else "",
        }

    return Sheet(Account.id, query, cells)


def _people(session: GuardedSession) -> Sheet:
    """Every colleague of whom an address is known: without one, an import could not tell them apart."""
    boss = aliased(Person)
    roles: dict[str, list[str]] = {}
    for grant in session.execute(select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.source == "hand")):
        roles.setdefault(grant.person_id, []).append(grant.role)
    query = select(Person, boss).outerjoin(boss, boss.id == Person.manager_id).where(Person.email.is_not(None))
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        person, manager, *_rest = found
        return {
            "Name": person.name,
            "Email": seal.open(person.email) or "",
            "Function": person.function or "",
            "Title": person.title or "",
            "Manager email": (seal.open(manager.email) or manager.name) if manager else "",
            "Slack user id": person.slack_user_id or "",
            "Roles": listed(sorted(roles.get(person.id, []))),
            "Away until": day(person.away_until),
        }

    return Sheet(Person.id, query, cells)


def _advocates(session: GuardedSession) -> Sheet:
    """Every advocate with the newest consent."""
    query = (
        select(Advocate, Contact, ConsentRow, InterviewRow.held_at)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(ConsentRow, ConsentRow.id == newest_consent())
        .outerjoin(InterviewRow, InterviewRow.advocate_id == Advocate.id)
    )

    def cells(found: Any) -> Cells:
        row, contact, consent, held_at, *_rest = found
        return {
            **_contact(session, contact),
            **_about(row),
            "Languages": listed(row.languages),
            "Outcomes": row.outcomes or "",
            "Quotes": row.quotes or "",
            "Topics": row.topics or "",
            "Refused activities": listed(row.refused_activities),
            "Preferred contact": row.preferred_contact or "",
            "Links": row.links or "",
            "State": row.state,
            "Interview date": day(held_at),
            "Consent date": day(consent.given_on) if consent else "",
            "Consent until": day(consent.ends_on) if consent else "",
            "Consent scope": listed([SCOPES[one] for one in consent.scopes]) if consent else "",
            "Consent how": consent.how if consent else "",
            "Verified date": day(row.verified_at),
        }

    return Sheet(Advocate.id, query, cells)


def _contact(session: GuardedSession, contact: Contact) -> Cells:
    seal = sealer(session)
    return {
        "Contact name": contact.name,
        "Company": contact.company,
        "Email": seal.open(contact.email) or "",
        "Phone": seal.open(contact.phone) or "",
    }


def _about(row: Advocate | Nomination) -> Cells:
    """What a nomination says of a customer already, and a profile in the same columns."""
    return {
        "Title": row.title or "",
        "Persona": row.persona or "",
        "Industry": row.industry or "",
        "Country": row.country or "",
        "Products": listed(row.products),
        "Use cases": row.use_cases or "",
        "Activities": listed(row.activities),
    }


def _nominations(session: GuardedSession) -> Sheet:
    """Every nomination, the oldest first; where it stands is for people to read, an import begins anew."""
    query = (
        select(Nomination, Contact, Person)
        .join(Contact, Contact.id == Nomination.contact_id)
        .outerjoin(Person, Person.id == Nomination.nominator_id)
    )
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        row, contact, nominator, *_rest = found
        return {
            **_contact(session, contact),
            **_about(row),
            "Nominated by": (seal.open(nominator.email) or nominator.name) if nominator else "",
            "Why": row.why,
            "Customer knows": "yes" if row.customer_knows else "no",
            "Relationship": row.relationship or "",
            "Evidence": row.evidence_link or "",
            "Nominated on": day(row.created_at),
            "Where it stands": row.state,
            "Came by": row.source,
        }

    return Sheet(Nomination.id, query, cells)


def _opportunities(session: GuardedSession) -> Sheet:
    """Every deal."""
    query = (
        select(Opportunity, Account, Owner)
        .outerjoin(Account, Account.id == Opportunity.account_id)
        .outerjoin(Owner, Owner.id == Opportunity.owner_id)
    )
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        row, account, owner, *_rest = found
        return {
            "Opportunity name": row.name,
            "Opportunity ID": row.external_id or "",
            "Account name": account.name if account else row.account_name or "",
            "Amount": money(row.hundredths),
            "Currency": row.currency or "",
            "Stage": row.stage,
            "Status": row.status,
            "Close date": day(row.close_on),
            "Created date": day(row.opened_on),
            "Type": row.kind,
            "Owner email": (seal.open(owner.email) or owner.name) if owner else "",
        }

    return Sheet(Opportunity.id, query, cells)


def _named(facets: Mapping[str, object], facet: Facet) -> list[str]:
    found = facets.get(facet.value)
    return [str(one) for one in found] if isinstance(found, list) else []


def _assets(_session: GuardedSession) -> Sheet:
    """What customers have approved."""
    query = (
        select(Asset, Contact.name, Contact.company)
        .join(Advocate, Advocate.id == Asset.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
    )

    def cells(found: Any) -> Cells:
        row, name, company, *_rest = found
        return {
            "Advocate": name,
            "Company": company,
            "Kind": row.kind,
            "Title": row.title,
            "Link": row.link or "",
            "Words": row.words or "",
            "Use": "in public" if row.scope == Scope.PUBLIC.name.lower() else "in private",
            "Products": listed(_named(row.facets, Facet.PRODUCT)),
            "Languages": listed(_named(row.facets, Facet.LANGUAGE)),
            "Approved on": day(row.approved_at),
            "Expires on": day(row.expires_on),
            "Withdrawn on": day(row.withdrawn_at),
        }

    return Sheet(Asset.id, query, cells)


def _engagements(_session: GuardedSession) -> Sheet:
    """Every use of an advocate, done or to come."""
    query = (
        select(Engagement, Contact.name, Contact.company, Opportunity.name, Opportunity.external_id)
        .join(Advocate, Advocate.id == Engagement.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Opportunity, Opportunity.id == Engagement.opportunity_id)
    )

    def cells(found: Any) -> Cells:
        row, name, company, deal, deal_id, *_rest = found
        return {
            "Advocate": name,
            "Company": company,
            "Activity": row.activity,
            "Date": day(row.happens_on),
            "Stands": row.status,
            "Opportunity": deal or "",
            "Opportunity ID": deal_id or "",
            "Rating": "" if row.rating is None else str(row.rating),
            "Words": row.words or "",
        }

    return Sheet(Engagement.id, query, cells)


def _gifts(session: GuardedSession) -> Sheet:
    """What advocates got back."""
    seal = sealer(session)
    query = (
        select(GiftRow, Contact.name, Contact.company, Person)
        .join(Advocate, Advocate.id == GiftRow.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Person, Person.id == GiftRow.given_by_id)
    )

    def cells(found: Any) -> Cells:
        row, name, company, giver, *_rest = found
        return {
            "Advocate": name,
            "Company": company,
            "What": row.what,
            "Date": day(row.given_on),
            "Amount": "" if row.hundredths is None else f"{row.currency} {Decimal(row.hundredths) / 100:.2f}",
            "Given by": (seal.open(giver.email) or giver.name) if giver else "",
        }

    return Sheet(GiftRow.id, query, cells)


EVERY: Mapping[str, Callable[[GuardedSession], Sheet]] = MappingProxyType(
    {
        "accounts": _accounts,
        "people": _people,
        "advocates": _advocates,
        "nominations": _nominations,
        "opportunities": _opportunities,
        "assets": _assets,
        "engagements": _engagements,
        "gifts": _gifts,
        **program_exports.SHEETS,
    }
)
"""What can be exported, by its name on the command line."""
