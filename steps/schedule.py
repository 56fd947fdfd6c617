"""What is coming in the next weeks, for whoever plans it. The times are those of the plans themselves."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain import permissions, quarters
from domain.digest import month_before
from domain.moment import Moment
from domain.nudge_choice import Group
from domain.nudge_overview import Overview
from domain.people import Actor
from domain.permissions import Action
from domain.pulse_calendar import next_working_day, reminders
from domain.pulse_runs import State
from domain.schedule import Calendar, Entry, Next, What
from domain.settings import Settings
from domain.time_zones import zone_of
from steps import nudge_plans
from steps.pulse_sending import term
from steps.working_days import working_in
from storage import campaigns, launch_plan, pulse_runs, settings, targets, team_goals
from storage.guard import GuardedSession


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Calendar:
    """The calendar of the next four weeks. Raises NotAllowed. As many statements whatever there is."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    known = settings.load(session)
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    plans = nudge_plans.overview(session, actor, moment)
    entries = [
        *_nudges(plans, known),
        *_pulses(session, moment, known),
        *_aims(session),
        *_goals(session, today, known),
        *_launch(session),
        *_of_the_calendar(today, known),
    ]
    return Calendar.of(
        today, entries, is_paused=plans.is_paused, newcomers=plans.newcomers, nudges=_next(plans, moment)
    )


def _on(at: datetime, known: Settings) -> date:
    return at.astimezone(zone_of(known.time_zone)).date()


def _nudges(plans: Overview, known: Settings) -> Iterator[Entry]:
    for one in plans.planned:
        for at in () if plans.is_paused else one.coming:
            why = "silent on purpose, to see what the others bring" if at in one.silent else _reason(one.group)
            where = one.plan.place if one.plan is not None else None
            yield Entry(_on(at, known), at, What.NUDGE, f"Nudge for {one.audience}", where, why)


def _next(plans: Overview, moment: Moment) -> Iterator[Next]:
    for one in plans.planned:
        if plans.is_paused or one.plan is None or not one.coming:
            continue
        shifted = one.plan.is_shifted_after(moment.now)
        moved = (one.plan.shifted_from, one.plan.shifted_to) if shifted else (None, None)
        yield Next(one.audience, one.coming[0], one.coming[0].astimezone(zone_of(one.plan.zone)).date(), *moved)


def _reason(group: Group) -> str:
    return "nothing holds them back" if group.is_free else f"what holds them back: {group.element}"


def _pulses(session: GuardedSession, moment: Moment, known: Settings) -> Iterator[Entry]:
    run = pulse_runs.current(session)
    if run is None:
        return
    zone, window = zone_of(known.time_zone), term(run)
    if run.state == State.PLANNED.value:
        yield Entry(run.opens_on, None, What.PULSE, f"Pulse {run.name} begins", None, "by each person's own clock")
    for at in (one.start for one in reminders(zone, window, working_in(known.time_zone))):
        if at > moment.now:
            why = "for whoever has not answered; by each person's own clock"
            yield Entry(_on(at, known), None, What.PULSE, f"Reminder of the pulse {run.name}", None, why)
    why = "then every channel is told its result, all at once"
    yield Entry(_on(run.closes_at, known), run.closes_at, What.PULSE, f"Pulse {run.name} closes", None, why)


def _aims(session: GuardedSession) -> Iterator[Entry]:
    names = {}
    for held in targets.every(session):
        row = held.row
        names[row.id] = row.name
        yield Entry(row.due_on, None, What.TARGET, f"Target {row.name} is due", None, "as it was set")
    for one in campaigns.unclosed(session):
        title = f"Campaign for {names.get(one.target_id, 'a target')} ends"
        yield Entry(one.ends_on, None, What.CAMPAIGN, title, None, "or before, once enough advocates have come")


def _goals(session: GuardedSession, today: date, known: Settings) -> Iterator[Entry]:
    quarter = quarters.quarter_of(today)
    if not team_goals.how_many(session, quarter):
        return
    working, end = working_in(known.time_zone), quarters.after(quarter)
    month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    if month < end:
        why = "how far each team is, to its channel, once its week has room"
        yield Entry(next_working_day(month, working), None, What.GOAL, "Team goals", None, why)
    why = "each manager hears how it ended, and the teams' channels too"
    yield Entry(next_working_day(end, working), None, What.GOAL, "Team goals of the quarter end", None, why)


def _launch(session: GuardedSession) -> Iterator[Entry]:
    plan = launch_plan.running(session)
    for task in launch_plan.tasks(session, plan.id) if plan else []:
        if task.is_open:
            why = "once the channel's week has room" if task.is_post else f"a task of {task.owner}"
            place = task.place if task.is_post else None
            yield Entry(task.due, None, What.PLAN, f"Launch plan: {task.title}", place, why)


def _of_the_calendar(today: date, known: Settings) -> Iterator[Entry]:
    working = working_in(known.time_zone)
    month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    for first in (today.replace(day=1), month):
        came = month_before(first).first
        title = f"Digest of {came:%B %Y}" if came else "Monthly digest"
        why = "to leader and champion, on the first working day, if there is anything to say"
        yield Entry(next_working_day(first, working), None, What.DIGEST, title, None, why)
        title = f"Thanks for {came:%B %Y}" if came else "Monthly thanks"
        why = "drafted for the champion, if there is anybody to thank"
        yield Entry(next_working_day(first, working), None, What.DIGEST, title, None, why)
    quarter = quarters.after(quarters.quarter_of(today))
    why = "to leader and champion, at the beginning of each quarter"
    yield Entry(next_working_day(quarter, working), None, What.SELF_CHECK, "Self-check", None, why)
