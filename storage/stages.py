"""Deals by their name, and all deals by the stages they are in. Decides nothing about what a stage means."""

from collections.abc import Collection

from sqlalchemy import case, func, select, update

from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from storage.requests import Request

MOST_NAMESAKES = 20
"""Deals of one name that are looked at: whoever has more needs the CRM's id to tell them apart."""


def named(
    session: GuardedSession, key: str, account_id: str | None, company: str = "", most: int = MOST_NAMESAKES
) -> list[Opportunity]:
    """Deals with this key: those at this account or company first, then those without one; of these the open ones
    first, then the newest. One statement."""
    place = case(
        (Opportunity.account_id == (account_id or ""), 0),
        (func.lower(Opportunity.account_name) == company.lower(), 0),
        (Opportunity.account_id.is_(None) & Opportunity.account_name.is_(None), 1),
        else_=2,
    )
    order = (place, Opportunity.status != "open", Opportunity.id.desc())
    return list(session.scalars(select(Opportunity).where(Opportunity.key == key).order_by(*order).limit(most)))


def seen(session: GuardedSession) -> list[tuple[str, int]]:
    """Each stage as the CRM writes it, with how many deals are in it. One statement."""
    rows = session.execute(select(Opportunity.stage, func.count(Opportunity.id)).group_by(Opportunity.stage))
    return [(row[0], row[1]) for row in rows]


def awaited(session: GuardedSession, names: Collection[str], status: str) -> dict[str, str]:
    """The status by id of those deals in these stages that have another one, and that a request is for."""
    asked_for = select(Request.opportunity_id).where(Request.opportunity_id.is_not(None))
    other = (Opportunity.stage.in_(names), Opportunity.status != status, Opportunity.id.in_(asked_for))
    rows = session.execute(select(Opportunity.id, Opportunity.status).where(*other))
    return {row.id: row.status for row in rows}


def restate(session: GuardedSession, names: Collection[str], status: str) -> None:
    """Give all deals in these stages this status. One statement, however many there are."""
    other = (Opportunity.stage.in_(names), Opportunity.status != status)
    session.execute(update(Opportunity).where(*other).values(status=status))
