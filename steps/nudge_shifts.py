"""Moving or leaving out one coming nudge of an audience, and taking that back. Its plan stays as it is."""

from datetime import date

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.nudge_times import Plan, check_shift, next_time, other_day
from domain.nudges import Audience
from domain.people import Actor
from domain.permissions import Action
from domain.time_zones import zone_of
from steps.nudge_desk import plan_of
from storage import audit, nudges
from storage.guard import GuardedSession
from storage.nudges import NudgePlan

GONE = "This nudge has come already, or its plan has changed. Please open the calendar again."


def asked(session: GuardedSession, actor: Actor, moment: Moment, audience: Audience, day: date) -> tuple[Plan, date]:
    """What the form for another day opens with: the plan, and the day proposed. Raises NotAllowed, RuleError."""
    row = _row(session, actor, audience)
    plan = plan_of(row)
    _check_next(plan, moment, day)
    return plan, other_day(day)


def skip(session: GuardedSession, actor: Actor, moment: Moment, audience: Audience, day: date) -> None:
    """Leave out the one of that day. Raises NotAllowed, RuleError."""
    _shift(session, actor, moment, audience, day, None)


def move(session: GuardedSession, actor: Actor, moment: Moment, audience: Audience, day: date, to: date | None) -> None:
    """Let the one of that day come on another. Raises NotAllowed, RuleError at `to`."""
    plan = plan_of(_row(session, actor, audience))
    today = moment.now.astimezone(zone_of(plan.zone)).date()
    _shift(session, actor, moment, audience, day, check_shift(plan, day, to, today))


def _shift(
    session: GuardedSession, actor: Actor, moment: Moment, audience: Audience, day: date, to: date | None
) -> None:
    row = _row(session, actor, audience)
    _check_next(plan_of(row), moment, day)
    before, row.shifted_from, row.shifted_to = _said(row), day, to
    what = "nudges.moved" if to else "nudges.skipped"
    audit.record(session, moment, actor.person_id, what, ("nudge_plan", row.id), before=before, after=_said(row))


def undo(session: GuardedSession, actor: Actor, moment: Moment, audience: Audience) -> None:
    """Let it come as planned after all. Raises NotAllowed, RuleError when that is too late."""
    row = _row(session, actor, audience)
    today = moment.now.astimezone(zone_of(row.zone)).date()
    if row.shifted_from is None or row.shifted_from < today or (row.shifted_to or today) < today:
        raise RuleError(GONE)
    if row.shifted_to == today and moment.now.astimezone(zone_of(row.zone)).time() >= plan_of(row).at:
        raise RuleError(GONE)
    before, row.shifted_from, row.shifted_to = _said(row), None, None
    audit.record(session, moment, actor.person_id, "nudges.unshifted", ("nudge_plan", row.id), before=before)


def _row(session: GuardedSession, actor: Actor, audience: Audience) -> NudgePlan:
    permissions.check(actor, Action.EDIT_SCHEDULES)
    row = nudges.plan_locked(session, audience.value)
    if row is None or not row.is_on:
        raise RuleError(GONE)
    return row


def _check_next(plan: Plan, moment: Moment, day: date) -> None:
    """Raises RuleError unless that day is the next on which it comes as planned: what somebody saw may be old."""
    zone = zone_of(plan.zone)
    if plan.is_shifted_after(moment.now) or next_time(plan, zone, moment.now).astimezone(zone).date() != day:
        raise RuleError(GONE)


def _said(row: NudgePlan) -> dict[str, object]:
    days = {"shifted_from": row.shifted_from, "shifted_to": row.shifted_to}
    return {key: day.isoformat() if day else None for key, day in days.items()}
