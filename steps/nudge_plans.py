"""What the program leader decides about nudges: when, where, now, and not for the moment. The times are in domain."""

from datetime import time, timedelta

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.nudge_choice import is_silent, why_of
from domain.nudge_overview import Overview, Past, Planned
from domain.nudge_times import DAYS, Plan, check_time, next_time
from domain.nudges import FUNCTION_OF, Audience, fill
from domain.people import Actor
from domain.permissions import Action
from domain.time_zones import check_time_zone, may_speak, zone_of
from steps import nudges as sending
from steps.nudge_desk import Desk, plan_of
from storage import audit, nudge_people, nudge_reports, nudges, settings
from storage.guard import GuardedSession
from storage.nudges import SENT, SILENT, NudgePlan

WEEKS_AHEAD = 4
"""Weeks of the calendar that are shown."""

PAUSED = "nudges_paused"

LATELY = timedelta(days=7)

PAST_SHOWN = 5
"""What was sent last, as much as somebody reads at a glance."""

A_PAGE = 20
"""What was sent, on a page of all of it."""


def overview(session: GuardedSession, actor: Actor, moment: Moment) -> Overview:
    """The plans, what is coming, and what was sent and why. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    found = settings.load(session)
    desk = Desk.of(session, moment, found)
    rows = {row.audience: plan_of(row) for row in nudges.plans(session)}
    planned = tuple(_planned(session, desk, audience, rows.get(audience.value)) for audience in Audience)
    refused = nudge_reports.refused(session, moment.now - LATELY)
    newcomers = len({newcomer.person_id for newcomer, _row in nudge_people.newcomers(session)})
    return Overview(found.nudges_paused, planned, _past(session, PAST_SHOWN), refused, newcomers, found.time_zone)


def _planned(session: GuardedSession, desk: Desk, audience: Audience, plan: Plan | None) -> Planned:
    function = FUNCTION_OF.get(audience)
    people = nudge_people.how_many(session, nudge_people.audience(function.value if function else None))
    group = desk.group(audience)
    if plan is None or not plan.is_on:
        return Planned(audience, plan, group, people)
    zone, coming, at = zone_of(plan.zone), [], desk.moment.now
    for _week in range(WEEKS_AHEAD):
        at = next_time(plan, zone, at)
        coming.append(at)
    silent = [] if plan.is_direct else [t for t in coming if is_silent(desk.seed, plan.id, t.astimezone(zone).date())]
    facts = desk.known(audience).facts()
    history = [] if plan.is_direct else nudges.history_of_plan(session, plan.id)
    choice = desk.shelf(audience).choose(facts, history, plan.id)
    text = fill(choice.entry, facts) if choice is not None else None
    return Planned(audience, plan, group, people, tuple(coming), tuple(silent), text)


def sent(session: GuardedSession, actor: Actor, _moment: Moment, page: int) -> tuple[tuple[Past, ...], bool]:
    """A page of all that was sent, the newest first, and whether there is more. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    found = _past(session, A_PAGE + 1, page * A_PAGE)
    return found[:A_PAGE], len(found) > A_PAGE


def _past(session: GuardedSession, most: int, skip: int = 0) -> tuple[Past, ...]:
    """What was sent, each with its why; direct messages of one day and text together."""
    rows = nudge_reports.past(session, most, skip)
    return tuple(
        Past(
            row.at,
            Audience(row.audience),
            row.place,
            row.people,
            row.text,
            why_of(row.why) if row.why else None,
            row.outcome == SILENT,
            row.did,
        )
        for row in rows
    )


def form(session: GuardedSession, actor: Actor, _moment: Moment, audience: Audience) -> tuple[Plan | None, str, int]:
    """An audience's plan, the workspace's time zone, and how many people it is. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    row = nudges.plan_of(session, audience.value)
    function = FUNCTION_OF.get(audience)
    people = nudge_people.how_many(session, nudge_people.audience(function.value if function else None))
    return (plan_of(row) if row else None), settings.load(session).time_zone, people


def save(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    audience: Audience,
    place: str | None,
    day: str,
    at: time | None,
    zone: str | None,
    *,
    is_on: bool,
) -> None:
    """Set when and where an audience gets its nudge; nothing is sent for times that have passed.

    Raises RuleError at `day`, `at` or `zone`, NotAllowed.
    """
    permissions.check(actor, Action.EDIT_SCHEDULES)
    checked = check_time(day, at)
    zone = _checked_zone(zone or settings.load(session).time_zone)
    row = nudges.plan_of(session, audience.value)
    before = _said(row) if row else None
    if row is None:
        row = NudgePlan(id=moment.new_id(), audience=audience.value)
        session.add(row)
    row.place, row.day, row.at, row.zone, row.is_on = place, day, f"{checked:%H:%M}", zone, is_on
    if (after := _said(row)) == before:
        return
    row.since, row.run_on = moment.now, None
    row.shifted_from = row.shifted_to = None
    audit.record(session, moment, actor.person_id, "nudges.planned", ("nudge_plan", row.id), before=before, after=after)


def _checked_zone(zone: str) -> str:
    try:
        return check_time_zone(zone)
    except RuleError as error:
        raise RuleError(error.message, {"zone": error.message}) from error


def _said(row: NudgePlan) -> dict[str, object]:
    return {"place": row.place, "day": row.day, "at": row.at, "zone": row.zone, "is_on": row.is_on}


def pause(session: GuardedSession, actor: Actor, moment: Moment, *, paused: bool) -> None:
    """Send none for now, or go on; what would have come meanwhile is not caught up. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    if settings.load(session).nudges_paused == paused:
        return
    settings.save(session, moment, actor.person_id, PAUSED, paused)
    if not paused:
        for row in nudges.plans(session):
            row.since = moment.now
    what = "nudges.paused" if paused else "nudges.resumed"
    audit.record(session, moment, actor.person_id, what, ("workspace", session.workspace_id))


def run_now(session: GuardedSession, actor: Actor, moment: Moment, audience: Audience) -> str:
    """Send an audience's nudge today, whatever the day of its plan; answers what happened, in a sentence.

    Budget, wishes and quiet hours hold as ever. Raises RuleError, NotAllowed.
    """
    permissions.check(actor, Action.EDIT_SCHEDULES)
    found = settings.load(session)
    row = nudges.plan_of(session, audience.value)
    if row is None or not row.is_on:
        raise RuleError("This one is not switched on yet. Please set it up first.")
    if found.nudges_paused:
        raise RuleError("All nudges are paused. Please go on with them first.")
    zone = zone_of(row.zone)
    if not may_speak(zone, moment.now) or moment.now.astimezone(zone).weekday() >= len(DAYS):
        raise RuleError(f"Nudges go out on working days between 06:00 and 20:00, and it is not so in {row.zone} now.")
    row.run_on = moment.now.astimezone(zone).date()
    audit.record(session, moment, actor.person_id, "nudges.run", ("nudge_plan", row.id))
    session.flush()
    plan = plan_of(row)
    if plan.is_direct:
        return "It goes out within a quarter of an hour, to everybody for whom it is a good time of day."
    return _post_now(session, Desk.of(session, moment, found), plan)


def _post_now(session: GuardedSession, desk: Desk, plan: Plan) -> str:
    day = plan.run_on or desk.moment.now.date()
    if sending.is_done(session, plan, day):
        raise RuleError("This channel has had its turn today.")
    posted = sending.to_channel(session, desk, plan, day)
    if posted.outcome == SENT:
        return "It is on its way."
    if posted.outcome == SILENT:
        return "This week is a silent one for this channel, so that the effect of the others can be seen."
    return f"Nothing was sent: the channel {posted.reason}."
