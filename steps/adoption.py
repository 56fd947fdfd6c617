"""Who takes part, for those who may see it: every group, or one's own team. What may be told is domain.adoption's."""

from collections.abc import Iterable
from datetime import date

from domain import permissions
from domain.adoption import Count, Report, Row, rows_of, team_of
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action, Relation
from domain.value import Period
from steps.periods import between, bounds, last_days
from storage import adoption, funnel, outbox, people, settings
from storage.guard import GuardedSession
from views import adoption as view


def read(session: GuardedSession, moment: Moment, first: date | None, last: date | None) -> Report:
    """Every function and team from one day to another; without a last day until today, without a first one a month.
    Five statements, however many people there are."""
    zone = settings.load(session).time_zone
    period = between(moment, zone, first, last)
    whole, functions = rows_of(*_counts(session, period, zone))
    names = _names(session, functions)
    return Report(period, whole, functions, names, funnel.by_source(session, *bounds(period, zone)))


def _counts(session: GuardedSession, period: Period, zone: str) -> tuple[list[Count], list[Count]]:
    now = adoption.counts(session, *bounds(period, zone))
    return now, adoption.counts(session, *bounds(period.before() or period, zone))


def _names(session: GuardedSession, functions: Iterable[Row]) -> dict[str, str]:
    teams = {team.team for row in functions for team in row.teams if team.team is not None and team.now is not None}
    return {person.id: person.name for person in people.by_ids(session, teams)} if teams else {}


def seen(session: GuardedSession, actor: Actor, moment: Moment, days: int) -> Report:
    """What this person may see of the last days: every group, or their own team. Raises NotAllowed. Six statements."""
    period = last_days(session, moment, days)
    if permissions.may(actor, Action.SEE_ADOPTION):
        return read(session, moment, period.first, period.last)
    if not people.leads_anybody(session, actor.person_id):
        permissions.check(actor, Action.SEE_ADOPTION)
    permissions.check(actor, Action.SEE_TEAM_ADOPTION, [Relation.MANAGER_OF])
    zone = settings.load(session).time_zone
    team = team_of(actor.person_id, *_counts(session, period, zone))
    return Report(period, team, (), is_own_team=True)


def send(session: GuardedSession, actor: Actor, moment: Moment, days: int) -> None:
    """Send whoever asks what they may see of the last days, with a chart. Raises NotAllowed."""
    message = view.message(seen(session, actor, moment, days))
    outbox.put(session, moment, Kind.ADOPTION, actor.slack_user_id, message, subjects=[actor.person_id])
