"""What advocacy did for the business, for those who may see it. The figures are domain.value's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from domain import permissions
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.quarters import after, quarter_of
from domain.settings import Settings
from domain.time_zones import zone_of
from domain.value import Brought, Choices, Filters, Period, Report, Row, Value
from storage import audit, outbox, settings, value, value_days
from storage.guard import GuardedSession
from views import value as view
from views import value_rows
from views.sheets import MOST, Sheet

WINDOW = "influence_days"


def read(session: GuardedSession, moment: Moment, filters: Filters) -> Report:
    """The figures, and those of the period before. Three statements at most, however many deals there are."""
    known = settings.load(session)
    today, window = moment.now.astimezone(zone_of(known.time_zone)).date(), known.numbers[WINDOW]
    before = filters.period.before()
    earlier = None
    if before is not None:
        earlier = Value.of(value.sums(session, replace(filters, period=before), window, today))
    return Report(filters, window, Value.of(value.sums(session, filters, window, today)), earlier)


def keep(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Write down what this quarter has brought so far: Home shows that. Five statements."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    first = quarter_of(today)
    last = after(first) - timedelta(days=1)
    filters = Filters(Period(first, last))
    found = Value.of(value.sums(session, filters, known.numbers[WINDOW], today))
    value_days.keep(session, today, Brought.of(first, last, found))
    return False


def rows(session: GuardedSession, moment: Moment, filters: Filters, put: Callable[[Row], object]) -> int:
    """Hand each deal behind the figures to `put`; answers how many there were. Two statements."""
    known = settings.load(session)
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    return value.each(session, filters, known.numbers[WINDOW], today, put)


def export(session: GuardedSession, actor: Actor, moment: Moment, filters: Filters) -> Sheet:
    """The deals behind the figures as a file, for whoever asks. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_VALUE)
    sheet = Sheet(value_rows.COLUMNS, most=MOST)
    rows(session, moment, filters, lambda row: sheet.put(value_rows.cells(row)))
    audit.record(session, moment, actor.person_id, "report.exported", ("report", "value"), after={"rows": sheet.count})
    return sheet


def send(session: GuardedSession, actor: Actor, moment: Moment, filters: Filters) -> None:
    """Send whoever asks the figures, a chart and the largest influenced deals. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_VALUE)
    found = read(session, moment, filters)
    influenced: list[Row] = []
    rows(session, moment, filters, lambda row: influenced.append(row) if row.influenced else None)
    largest = sorted(influenced, key=lambda row: (-(row.hundredths or 0), row.name))[: view.ROWS]
    message = view.message(found, largest)
    outbox.put(session, moment, Kind.VALUE, actor.slack_user_id, message, subjects=[actor.person_id])


def seen(session: GuardedSession, actor: Actor, moment: Moment, filters: Filters) -> tuple[Report, Choices]:
    """The same for whoever may see it, with what can be chosen. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_VALUE)
    return read(session, moment, filters), value.choices(session)


def today(session: GuardedSession, actor: Actor, moment: Moment) -> date:
    """What day it is on the workspace's clock. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_VALUE)
    return moment.now.astimezone(zone_of(settings.load(session).time_zone)).date()
