"""Who brought what, for everybody to see; and whether one is named there. The rules are in domain.credit."""

from collections.abc import Callable
from datetime import date

from domain import permissions
from domain.credit import Board, Credit, ranked, together
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.time_zones import zone_of
from domain.value import Period
from steps.periods import bounds
from storage import audit, credit, people, settings
from storage.guard import GuardedSession


def seen(session: GuardedSession, actor: Actor, moment: Moment, period_of: Callable[[date], Period]) -> Board:
    """The list of a period (a function of today), one's own part, and that of one's team. Raises NotAllowed. Ten
    statements, however many people there are."""
    permissions.check(actor, Action.NOMINATE)
    zone = settings.load(session).time_zone
    period = period_of(moment.now.astimezone(zone_of(zone)).date())
    since, until = bounds(period, zone)
    whole = together(credit.brought(session, since, until, period.first, period.last))
    ever = together(credit.brought(session, None, None, None, None))
    unnamed, team = credit.unnamed(session), credit.led_by(session, actor.person_id)
    slack_ids = {one.id: one.slack_user_id for one in people.by_ids(session, whole) if one.slack_user_id}
    mine = Credit(actor.person_id)
    return Board(
        period,
        ranked(whole.values(), slack_ids, unnamed),
        whole.get(actor.person_id, mine),
        ever.get(actor.person_id, mine),
        ranked((one for one in whole.values() if one.person_id in team), slack_ids, unnamed),
        actor.person_id not in unnamed,
        permissions.may(actor, Action.SEND_THANKS),
    )


def name_me(session: GuardedSession, actor: Actor, moment: Moment, *, named: bool) -> None:
    """Whether one is named where colleagues are thanked. Raises NotAllowed."""
    permissions.check(actor, Action.NOMINATE)
    credit.name(session, actor.person_id, moment.now, named=named)
    after = {"named": named}
    audit.record(session, moment, actor.person_id, "credit.named", ("person", actor.person_id), after=after)
    session.flush()
