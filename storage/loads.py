"""What a relationship owner's customers are asked for, as rows. Decides nothing about what is too much."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from domain.advocates import State
from domain.capacity import Use
from storage.accounts import Account
from storage.advocates import Advocate
from storage.engagements import COUNTING, Engagement, use_of
from storage.guard import GuardedSession
from storage.nominations import Contact

MOST = 200
"""Advocates of one owner that are counted: more than anybody looks after."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An active advocate with their own limits (None: the usual ones), and each use that counts, oldest first."""

    advocate_id: str
    name: str
    company: str
    cap_halves: int | None
    rest_days: int | None
    uses: tuple[Use, ...]


def of_owner(session: GuardedSession, owner_id: str, since: date) -> list[Asked]:
    """The advocates of somebody's own accounts with their uses from a day on. One statement."""
    theirs = (
        select(Advocate.id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .join(Account, Account.id == Contact.account_id)
        .where(Account.owner_id == owner_id, Advocate.state == State.ACTIVE.value)
        .order_by(Advocate.id)
        .limit(MOST)
    )
    counts = and_(
        Engagement.advocate_id == Advocate.id, Engagement.happens_on >= since, Engagement.status.in_(COUNTING)
    )
    rows = session.execute(
        select(Advocate.id, Contact.name, Contact.company, Advocate.own_cap_halves, Advocate.own_rest_days, Engagement)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Engagement, counts)
        .where(Advocate.id.in_(select(theirs.subquery().c.id)))
        .order_by(Advocate.id, Engagement.happens_on, Engagement.id)
    )
    found: dict[str, Asked] = {}
    for advocate_id, name, company, cap_halves, rest_days, engagement in rows:
        before = found[advocate_id].uses if advocate_id in found else ()
        uses = (*before, use_of(engagement)) if engagement is not None else before
        found[advocate_id] = Asked(advocate_id, name, company, cap_halves, rest_days, uses)
    return list(found.values())
