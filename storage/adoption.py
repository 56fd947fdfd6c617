"""How many people of which function and manager took part in a period. Decides nothing about what is told of them."""

from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.adoption import Count
from domain.people import Function, Standing
from storage.guard import GuardedSession
from storage.nominations import Endorsement, Nomination
from storage.nudges import SENT, Nudge
from storage.people import Person
from storage.requests import Follower, Request
from storage.saved_searches import LookUp


def counts(session: GuardedSession, since: datetime, until: datetime) -> list[Count]:
    """Full members by function and manager, with what they did from `since` on and before `until`. One statement."""

    def did(
        who: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], at: InstrumentedAttribute[datetime]
    ) -> ColumnElement[bool]:
        return Person.id.in_(select(who).where(at >= since, at < until, who.is_not(None)))

    def in_channel() -> ColumnElement[bool]:
        sent = (Nudge.person_id.is_(None), Nudge.outcome == SENT, Nudge.created_at >= since, Nudge.created_at < until)
        return Person.function.in_(select(Nudge.audience).where(*sent))

    def by_message() -> ColumnElement[bool]:
        sent = (Nudge.outcome == SENT, Nudge.created_at >= since, Nudge.created_at < until)
        return Person.id.in_(select(Nudge.person_id).where(*sent, Nudge.person_id.is_not(None)))

    nominated = or_(
        did(Nomination.nominator_id, Nomination.created_at), did(Endorsement.person_id, Endorsement.created_at)
    )
    requested = or_(did(Request.requester_id, Request.created_at), did(Follower.person_id, Follower.created_at))
    looked_up = did(LookUp.person_id, LookUp.at)
    columns = (or_(in_channel(), by_message()), nominated, looked_up, requested, or_(nominated, looked_up, requested))
    of_group = (Person.function, Person.manager_id)
    query = (
        select(*of_group, func.count(), *(func.count(case((condition, 1))) for condition in columns))
        .where(Person.standing == Standing.MEMBER.value, Person.slack_user_id.is_not(None))
        .group_by(*of_group)
        .order_by(*of_group)
    )
    return [
        Count(Function(function) if function else None, team, *numbers)
        for function, team, *numbers in session.execute(query)
    ]
