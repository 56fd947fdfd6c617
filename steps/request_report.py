"""How requests are answered, for those who may see it. The figures are domain.request_report's."""

from collections.abc import Callable
from datetime import date, timedelta

from domain import permissions
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.request_report import Behind, Counting, Report, Wanted
from steps.periods import between, bounds, last_days
from storage import audit, outbox, request_report, settings
from storage.guard import GuardedSession
from views import request_report as view
from views import request_report_rows
from views.sheets import MOST, Sheet

GOAL = "request_goal_hours"


def read(session: GuardedSession, moment: Moment, first: date | None, last: date | None, wanted: Wanted) -> Report:
    """The figures from one day to another, and those of as many days before; without a last day until today, without a
    first one a month. Two statements, however many requests there are."""
    known = settings.load(session)
    period = between(moment, known.time_zone, first, last)
    since, until = bounds(period, known.time_zone)
    before = period.before()
    earliest = since if before is None else bounds(before, known.time_zone)[0]
    counting = Counting(timedelta(hours=known.numbers[GOAL]), since, moment.now)
    request_report.each(session, earliest, until, wanted, counting.add)
    return counting.report(period, wanted)


def rows(
    session: GuardedSession,
    moment: Moment,
    first: date | None,
    last: date | None,
    wanted: Wanted,
    put: Callable[[Behind], object],
    most: int | None = None,
) -> None:
    """Hand the requests behind the figures to `put`, the newest first, no more than `most`. Two statements."""
    zone = settings.load(session).time_zone
    request_report.behind(session, *bounds(between(moment, zone, first, last), zone), wanted, put, most)


def seen(session: GuardedSession, actor: Actor, moment: Moment, days: int, wanted: Wanted) -> Report:
    """The figures of so many days until today. Raises NotAllowed. Three statements."""
    permissions.check(actor, Action.SEE_VALUE)
    period = last_days(session, moment, days)
    return read(session, moment, period.first, period.last, wanted)


def export(session: GuardedSession, actor: Actor, moment: Moment, days: int, wanted: Wanted) -> Sheet:
    """The requests behind the figures as a file, for whoever asks, the newest first. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_VALUE)
    period, sheet = last_days(session, moment, days), Sheet(request_report_rows.COLUMNS, most=MOST)
    rows(session, moment, period.first, period.last, wanted, lambda one: sheet.put(request_report_rows.cells(one)))
    after = {"rows": sheet.count}
    audit.record(session, moment, actor.person_id, "report.exported", ("report", "requests"), after=after)
    return sheet


def send(session: GuardedSession, actor: Actor, moment: Moment, days: int, wanted: Wanted) -> None:
    """Send whoever asks the figures, a chart of how long answers took, and the newest requests. Raises NotAllowed."""
    found = seen(session, actor, moment, days, wanted)
    newest: list[Behind] = []
    rows(session, moment, found.period.first, found.period.last, wanted, newest.append, view.ROWS)
    message = view.message(found, newest)
    outbox.put(session, moment, Kind.REQUEST_REPORT, actor.slack_user_id, message, subjects=[actor.person_id])
