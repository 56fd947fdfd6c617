"""How evenly customers are asked, for those who may see it. The figures are domain.use_report's."""

from collections.abc import Callable, Collection
from datetime import date

from domain import permissions
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.use_report import Figures, Named, Report, Used
from domain.value import Period
from domain.vocabulary import Activity
from steps.periods import between, last_days
from storage import audit, outbox, portfolio, settings, use_report
from storage.guard import GuardedSession
from views import use_report as view
from views.sheets import MOST, Sheet
from views.use_report_words import COLUMNS


def read(
    session: GuardedSession, moment: Moment, first: date | None, last: date | None, activity: Activity | None
) -> Report:
    """The figures from one day to another, beside those of as many days before; without a last day until today, without
    a first one a month. Seven statements, however many uses and advocates there are."""
    period = between(moment, settings.load(session).time_zone, first, last)
    before = period.before() or period
    used, active = use_report.by_advocate(session, period, activity), use_report.active(session)
    return Report(
        period,
        activity,
        Figures.of(used, active),
        Figures.of(use_report.by_advocate(session, before, activity), active),
        tuple(use_report.by_activity(session, period, before)),
        _named(session, used),
        tuple(use_report.idle(session, period, activity, view.LISTED)),
        active - sum(row.is_active for row in used),
    )


def _named(session: GuardedSession, used: Collection[Used]) -> tuple[Named, ...]:
    most = sorted(used, key=lambda row: (-row.uses, -row.halves, row.advocate_id))[: view.LISTED]
    found = portfolio.shown(session, [row.advocate_id for row in most])
    names = {advocate_id: (name, company) for advocate_id, name, company, _title in found}
    return tuple(Named(row.advocate_id, *names[row.advocate_id], row.uses, row.halves) for row in most)


def rows(
    session: GuardedSession,
    moment: Moment,
    first: date | None,
    last: date | None,
    activity: Activity | None,
    put: Callable[[list[str]], object],
) -> None:
    """Hand the uses behind the figures to `put`, as `storage.use_report.each` does. Two statements."""
    period = between(moment, settings.load(session).time_zone, first, last)
    use_report.each(session, period, activity, put)


def seen(session: GuardedSession, actor: Actor, moment: Moment, days: int, activity: Activity | None) -> Report:
    """The figures of so many days until today. Raises NotAllowed. Eight statements."""
    permissions.check(actor, Action.SEE_VALUE)
    period: Period = last_days(session, moment, days)
    return read(session, moment, period.first, period.last, activity)


def export(session: GuardedSession, actor: Actor, moment: Moment, days: int, activity: Activity | None) -> Sheet:
    """The uses behind the figures as a file, for whoever asks, the newest first. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_VALUE)
    period, sheet = last_days(session, moment, days), Sheet(COLUMNS, most=MOST)
    rows(session, moment, period.first, period.last, activity, sheet.put)
    audit.record(session, moment, actor.person_id, "report.exported", ("report", "load"), after={"rows": sheet.count})
    return sheet


def send(session: GuardedSession, actor: Actor, moment: Moment, days: int, activity: Activity | None) -> None:
    """Send whoever asks the figures with a chart of the activities. Raises NotAllowed."""
    message = view.message(seen(session, actor, moment, days, activity))
    outbox.put(session, moment, Kind.USE_REPORT, actor.slack_user_id, message, subjects=[actor.person_id])
