"""The customers that somebody looks after, and how much each of them is asked for. Decides no rule."""

from sqlalchemy import select

from domain.advocates import State
from domain.capacity import capacity
from domain.loads import Load, fullest_first
from domain.moment import Moment
from domain.people import Actor
from steps import protection
from storage import engagements, settings
from storage.accounts import Account
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact

MOST = 200
"""Advocates of one owner that are counted: more than anybody looks after."""


def loads(session: GuardedSession, actor: Actor, moment: Moment) -> tuple[Load, ...]:
    """The active advocates of one's own accounts, those with the least left first. Two statements."""
    rows = session.execute(
        select(Advocate.id, Contact.name, Contact.company, Advocate.own_cap_halves, Advocate.own_rest_days)
        .join(Contact, Contact.id == Advocate.contact_id)
        .join(Account, Account.id == Contact.account_id)
        .where(Account.owner_id == actor.person_id, Advocate.state == State.ACTIVE.value)
        .order_by(Advocate.id)
        .limit(MOST)
    ).all()
    if not rows:
        return ()
    today, known = actor.today(moment.now), settings.load(session)
    uses = engagements.uses_of(session, [row.id for row in rows], today - protection.LOOK_BACK)
    return fullest_first(
        Load(
            row.id,
            row.name,
            row.company,
            capacity(uses.get(row.id, ()), protection.limits(known, row.own_cap_halves, row.own_rest_days), today),
        )
        for row in rows
    )
