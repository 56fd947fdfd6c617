"""Days that reports count, on the workspace's clock. Decides nothing about what is counted."""

from datetime import date, datetime, time, timedelta

from domain.moment import Moment
from domain.time_zones import zone_of
from domain.value import Period
from storage import settings
from storage.guard import GuardedSession

USUAL_DAYS = 30
"""A month: long enough for everybody to have had an occasion, short enough to see what a nudge or a talk changed."""

ONE_DAY = timedelta(days=1)


def last_days(session: GuardedSession, moment: Moment, days: int) -> Period:
    """So many days until today, on the workspace's clock. One statement."""
    today = moment.now.astimezone(zone_of(settings.load(session).time_zone)).date()
    return Period(today - (days - 1) * ONE_DAY, today)


def between(moment: Moment, zone: str, first: date | None, last: date | None) -> Period:
    """From one day to another, both included; without a last day until today, without a first one a month."""
    end = last or max(moment.now.astimezone(zone_of(zone)).date(), first or date.min)
    return Period(first or end - (USUAL_DAYS - 1) * ONE_DAY, end)


def bounds(period: Period, zone: str) -> tuple[datetime, datetime]:
    """The first instant of the period, and the first one after it."""
    first, last = period.first or date.min, period.last or date.max - ONE_DAY
    start, end = (datetime.combine(day, time(0), zone_of(zone)) for day in (first, last + ONE_DAY))
    return start, end
