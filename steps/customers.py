"""The customers that somebody looks after, and how much each of them is asked for. Decides no rule."""

from domain.capacity import capacity
from domain.loads import Load, fullest_first
from domain.moment import Moment
from domain.people import Actor
from steps import protection
from storage import loads as stored
from storage import settings
from storage.guard import GuardedSession


def loads(session: GuardedSession, actor: Actor, moment: Moment) -> tuple[Load, ...]:
    """The active advocates of one's own accounts, those with the least left first. One statement."""
    today, known = actor.today(moment.now), settings.load(session)
    return fullest_first(
        Load(
            one.advocate_id,
            one.name,
            one.company,
            capacity(one.uses, protection.limits(known, one.cap_halves, one.rest_days), today),
        )
        for one in stored.of_owner(session, actor.person_id, today - protection.LOOK_BACK)
    )
