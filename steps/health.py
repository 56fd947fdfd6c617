"""How the program stands, for leader and champion. The figures and the verdict are domain.health's."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from domain import permissions
from domain.health import Figures, Report, disagreements, judge, judged
from domain.health_figures import PULSE_LASTS, WINDOW, Coverage, voice_of
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.quarters import before, quarter_of
from domain.request_rates import Rates
from domain.self_checks import Summary, newest, summaries
from domain.settings import Settings
from domain.time_zones import zone_of
from steps import portfolio, pulse
from storage import adoption, health, health_days, outbox, self_checks, settings, targets
from storage.guard import GuardedSession
from views import health as view

GOAL = "request_goal_hours"

A_YEAR = timedelta(days=365)


def read(session: GuardedSession, moment: Moment) -> Report:
    """All of it. Sixteen statements at most, however many people, requests and advocates there are."""
    known = settings.load(session)
    trend = summaries(self_checks.answered(session))
    figures = _figures(session, moment, known, trend)
    found = judge(figures.values())
    return Report(figures, found, disagreements(figures, found), trend)


def _figures(session: GuardedSession, moment: Moment, known: Settings, trend: Sequence[Summary]) -> Figures:
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    zone = zone_of(known.time_zone)
    first = today - WINDOW + timedelta(days=1)
    since, until = (datetime.combine(day, time(0), zone) for day in (first, today + timedelta(days=1)))
    nominations, earlier = health.nominations(session, since - WINDOW, since)
    return Figures(
        first=first,
        last=today,
        adoption=adoption.counts(session, since, until),
        requests=Rates.of(health.requests(session, since), timedelta(hours=known.numbers[GOAL]), moment.now),
        voice=voice_of(pulse.results(session), today - PULSE_LASTS),
        coverage=_coverage(session, moment, known),
        nudged=health.nudged(session, since),
        nominations=nominations,
        nominations_before=earlier,
        # The quarter before still counts: at the beginning of one nobody has answered yet.
        self_checks=newest(trend, before(quarter_of(today))),
    )


def _coverage(session: GuardedSession, moment: Moment, known: Settings) -> Coverage | None:
    wanted = [portfolio.target_of(held) for held in targets.every(session)]
    if not wanted:
        return None
    census = portfolio.Census.take(session, moment, known)
    return Coverage.of([census.measured(one) for one in wanted])


def keep(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Write down how the program stands today: Home shows that, and the chart what came before."""
    found = read(session, moment)
    health_days.keep(session, moment.now.astimezone(zone_of(known.time_zone)).date(), found.health.attained)
    return False


def send(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    """Send whoever asks the figures, with a chart of the last year. Raises NotAllowed."""
    found = seen(session, actor, moment)
    days = [(day, judged(attained)) for day, attained in health_days.since(session, found.figures.last - A_YEAR)]
    message = view.message(found, [(day, one) for day, one in days if day < found.figures.last])
    outbox.put(session, moment, Kind.HEALTH, actor.slack_user_id, message, subjects=[actor.person_id])


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Report:
    """The same for whoever may see it. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_HEALTH)
    return read(session, moment)


def checks_seen(session: GuardedSession, actor: Actor, moment: Moment) -> Report:
    """The same for whoever may see what leader and champion said of themselves. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_CHECKLISTS)
    return read(session, moment)
