"""Deals that an advocate may have influenced, counted set by set: a million in one statement. Decides no figure.

A deal is influenced when a use that took place, or an approved asset that was taken, falls into the days before it
closes (of an open one: before today), as many as the window has, and
- was for this very deal (a request or a touch that names it), or
- was for another deal of the same account, or
- was by an advocate of the account itself, where the deal is a renewal or an expansion.
Each deal counts once, however many uses there were.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Subquery,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from domain.assets import ANSWERS
from domain.opportunities import DealKind
from domain.opportunities import Status as Fate
from domain.query import Facet
from domain.value import Choices, Filters, Row, Sum
from storage import vocabulary
from storage.accounts import Account
from storage.advocates import Advocate
from storage.assets import Asset, AssetUse
from storage.days import days_between
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.opportunities import Opportunity

AT_A_TIME = 1000
"""Rows fetched at once: memory does not grow with how many there are."""


def sums(session: GuardedSession, filters: Filters, window: int, today: date) -> list[Sum]:
    """The deals that count, by what they have in common. One statement."""
    touched = _influenced(filters.activities, window, today)
    is_influenced = touched.c.id.is_not(None)
    cycle = case(
        (
            Opportunity.opened_on <= Opportunity.close_on,
            case((Opportunity.status != Fate.OPEN.value, days_between(Opportunity.close_on, Opportunity.opened_on))),
        )
    )
    columns = (Opportunity.status, Opportunity.kind, Opportunity.currency, is_influenced.label("influenced"))
    counted = (
        func.count(),
        func.coalesce(func.sum(Opportunity.hundredths), 0),
        func.coalesce(func.sum(cycle), 0),
        func.count(cycle),
    )
    query = select(*columns, *counted).select_from(Opportunity)
    query = _filtered(query, filters).outerjoin(touched, touched.c.id == Opportunity.id)
    return [
        Sum(Fate(status), DealKind(kind), currency, bool(influenced), n, int(hundredths), int(days), timed)
        for status, kind, currency, influenced, n, hundredths, days, timed in session.execute(
            query.group_by(Opportunity.status, Opportunity.kind, Opportunity.currency, is_influenced)
        )
    ]


def each(session: GuardedSession, filters: Filters, window: int, today: date, put: Callable[[Row], object]) -> int:
    """Hand each deal behind the figures to `put`, by the day on which they close; answers how many there were. One
    statement, a thousand rows at a time."""
    touched = _influenced(filters.activities, window, today)
    account = func.coalesce(Account.name, Opportunity.account_name)
    columns = (
        Opportunity.name,
        account,
        Opportunity.status,
        Opportunity.kind,
        Opportunity.stage,
        Opportunity.hundredths,
        Opportunity.currency,
        Opportunity.opened_on,
        Opportunity.close_on,
        Opportunity.external_id,
        touched.c.id.is_not(None).label("influenced"),
    )
    query: Any = select(*columns).select_from(Opportunity)
    query = _filtered(query, filters, always=True)
    query = query.outerjoin(touched, touched.c.id == Opportunity.id)
    order = (Opportunity.close_on.is_(None), Opportunity.close_on, Opportunity.key, Opportunity.id)
    number = 0
    for row in session.execute(query.order_by(*order).execution_options(yield_per=AT_A_TIME)):
        told: list[Any] = list(row)
        put(Row(*told))
        number += 1
    return number


def choices(session: GuardedSession) -> Choices:
    """Every industry and region of an account that has a deal, and every product that has a word. Two statements."""
    query = select(Account.industry, Account.region).join(Opportunity, Opportunity.account_id == Account.id)
    pairs = session.execute(query.distinct()).all()
    products = [term.value for term in vocabulary.terms(session) if term.facet == Facet.PRODUCT.value]
    words = ({industry for industry, _region in pairs}, {region for _industry, region in pairs}, products)
    return Choices(*(tuple(sorted(filter(None, some), key=str.casefold)) for some in words))


def _filtered(query: Select[Any], filters: Filters, *, always: bool = False) -> Select[Any]:
    conditions = _of_period(filters)
    of_account = _of_accounts(filters)
    if of_account or always:
        query = query.outerjoin(Account, Account.id == Opportunity.account_id)
    return query.where(Opportunity.gone_at.is_(None), *conditions, *of_account)


def _of_period(filters: Filters) -> list[ColumnElement[bool]]:
    found = []
    if filters.period.first is not None:
        found.append(Opportunity.close_on >= filters.period.first)
    if filters.period.last is not None:
        found.append(Opportunity.close_on <= filters.period.last)
    return found


def _of_accounts(filters: Filters) -> list[ColumnElement[bool]]:
    columns = ((Account.industry, filters.industries), (Account.region, filters.regions))
    found: list[ColumnElement[bool]] = [func.lower(column).in_(_lower(some)) for column, some in columns if some]
    if filters.countries:
        found.append(func.lower(Account.country).in_(_lower(filters.countries)))
    if filters.products:
        listed = func.lower(cast(Account.products, String))
        found.append(or_(*(listed.contains(json.dumps(one.lower()), autoescape=True) for one in filters.products)))
    return found


def _lower(some: Sequence[str]) -> list[str]:
    return [one.lower() for one in some]


def _influenced(activities: Sequence[str], window: int, today: date) -> Subquery:
    """The ids of all deals that were influenced, each once."""
    for_deal = _served(activities).subquery("for_deal")
    other = aliased(Opportunity)
    for_account = (
        select(other.account_id.label("account_id"), for_deal.c.on_day)
        .join(for_deal, for_deal.c.deal_id == other.id)
        .where(other.account_id.is_not(None))
        .distinct()
        .subquery("for_account")
    )
    own = (
        select(Contact.account_id.label("account_id"), Engagement.happens_on.label("on_day"))
        .join(Advocate, Advocate.contact_id == Contact.id)
        .join(Engagement, Engagement.advocate_id == Advocate.id)
        .where(Contact.account_id.is_not(None), *_took_place(activities))
        .distinct()
        .subquery("own")
    )
    existing = (DealKind.RENEWAL.value, DealKind.EXPANSION.value)
    deal = Opportunity.id.label("id")
    ways = (
        select(deal).join(for_deal, for_deal.c.deal_id == Opportunity.id).where(_in_time(for_deal, window, today)),
        select(deal)
        .join(for_account, for_account.c.account_id == Opportunity.account_id)
        .where(_in_time(for_account, window, today)),
        select(deal)
        .join(own, own.c.account_id == Opportunity.account_id)
        .where(Opportunity.kind.in_(existing), _in_time(own, window, today)),
    )
    return union(*ways).subquery("influenced")


def _in_time(served: Subquery, window: int, today: date) -> ColumnElement[bool]:
    now = literal(today, Date)
    ends = case((Opportunity.status == Fate.OPEN.value, now), else_=func.coalesce(Opportunity.close_on, now))
    return days_between(type_coerce(ends, Date), served.c.on_day).between(0, window)


def _took_place(activities: Sequence[str]) -> list[ColumnElement[bool]]:
    done = [Engagement.status == Status.DONE.value]
    return [*done, Engagement.activity.in_(activities)] if activities else done


def _served(activities: Sequence[str]) -> Any:
    """Deals for which an advocate was used, or an asset taken, and the day."""
    used = select(Engagement.opportunity_id.label("deal_id"), Engagement.happens_on.label("on_day")).where(
        Engagement.opportunity_id.is_not(None), *_took_place(activities)
    )
    taken = (
        select(AssetUse.opportunity_id.label("deal_id"), type_coerce(func.date(AssetUse.at), Date).label("on_day"))
        .join(Asset, Asset.id == AssetUse.asset_id)
        .where(AssetUse.opportunity_id.is_not(None))
    )
    if activities:
        kinds = [kind.value for kind, activity in ANSWERS.items() if activity.value in activities]
        taken = taken.where(Asset.kind.in_(kinds))
    return union_all(used, taken)
