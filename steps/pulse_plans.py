"""What the leader decides about a pulse: its plan, pausing it, calling it off; and how it stands. The times are in
domain."""

import calendar
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain import permissions
from domain.budget import A_WEEK
from domain.errors import AlreadyDone, IllegalMove, NotFound
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.pulse_audience import Resolved, check, resolve
from domain.pulse_calendar import PER_SECOND, Term, Wave, instant, invitation, next_opening, opens_at, waves
from domain.pulse_overview import Late, Preview, Standing
from domain.pulse_runs import NAME_LIMIT, RUNNING, Plan, State, term_of
from domain.time_zones import zone_of
from steps import pulse_posts, unasked
from steps.working_days import working_in
from storage import audit, batches, pulse_asked, pulse_ballots, pulse_runs, settings
from storage.database import leave_no_copy
from storage.guard import GuardedSession
from storage.outbox import Status
from storage.pulse_runs import PulseRun

OPEN_DAYS, BACKUP_DAYS, SMALLEST = "pulse_open_days", "pulse_backup_days", "pulse_smallest_group"


def today(session: GuardedSession, actor: Actor, moment: Moment) -> date:
    """What day it is on the workspace's clock. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    return moment.now.astimezone(zone_of(settings.load(session).time_zone)).date()


def defaults(session: GuardedSession, actor: Actor, moment: Moment) -> tuple[Plan | None, date, int]:
    """The last plan (None: there was none), what day it is here, and the smallest group. Raises NotAllowed, AlreadyDone
    when one is planned or open."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    _none_at_present(session)
    last = next(iter(pulse_runs.ended(session, State.CLOSED)), None)
    smallest = settings.load(session).numbers[SMALLEST]
    return (plan_of(last) if last else None), today(session, actor, moment), smallest


def plan_of(run: PulseRun) -> Plan:
    """The plan of a pulse."""
    return Plan.of(
        {
            "name": run.name,
            "audience": run.audience,
            "opens_on": run.opens_on.isoformat(),
            "send_at": run.send_at,
            "cadence": run.cadence,
            "smallest": run.smallest,
        }
    )


def preview(session: GuardedSession, actor: Actor, moment: Moment, plan: Plan) -> Preview:
    """What the plan would do. Raises RuleError at `functions` when nobody would be asked, NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    found = settings.load(session)
    term = term_of(plan.opens_on, plan.send_at, found.numbers[OPEN_DAYS], zone_of(found.time_zone))
    resolved = resolve(plan.audience, pulse_asked.candidates(session), term.closes_at.date())
    check(plan.audience, resolved)
    again = next_opening(plan.cadence, plan.opens_on, 1, working_in(found.time_zone))
    spread = _spread(moment.now, term, _by_zone(resolved))
    today = moment.now.astimezone(zone_of(found.time_zone)).date()
    return Preview(plan, resolved, spread, term.closes_at, again, today, _late(session, moment, term, resolved))


def _late(session: GuardedSession, moment: Moment, term: Term, resolved: Resolved) -> Late | None:
    """Who gets it later than others because their week's budget is spent."""
    sent = unasked.ledger(session, moment)
    free = [
        (asked.who.time_zone, max(one.day for one in spent) + A_WEEK)
        for asked in resolved.asked
        if (spent := sent.spent(asked.who.slack_user_id, asked.who.time_zone))
    ]
    late = Counter((zone, day) for zone, day in free if day > term.opens_on)
    if not late:
        return None
    missing = sum(people for (zone, day), people in late.items() if _begins(zone, day, term) >= term.closes_at)
    return Late(late.total(), missing, max(day for _zone, day in late))


def _begins(zone: str, day: date, term: Term) -> datetime:
    """When somebody in this zone gets it who may have it from a day on."""
    from_then = instant(day, time(), zone_of(zone))
    return invitation(zone_of(zone), from_then, term, working_in(zone)).start


def _by_zone(resolved: Resolved) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in resolved.asked:
        found[one.who.time_zone] = found.get(one.who.time_zone, 0) + 1
    return found


def _spread(now: datetime, term: Term, people: dict[str, int]) -> tuple[Wave, ...]:
    """How it spreads over these zones; those that end alike are one wave."""
    windows = [(zone, invitation(zone_of(zone), now, term, working_in(zone)), n) for zone, n in people.items()]
    return tuple(waves(windows))


def start(session: GuardedSession, actor: Actor, moment: Moment, plan: Plan) -> str:
    """Plan it; it opens by itself when the first people's time has come. Answers the pulse's id.

    Raises AlreadyDone when another is planned or open, RuleError when nobody would be asked, NotAllowed.
    """
    permissions.check(actor, Action.EDIT_SCHEDULES)
    pulse_runs.lock_workspace(session)
    _none_at_present(session)
    found = settings.load(session)
    zone = zone_of(found.time_zone)
    if plan.opens_on < moment.now.astimezone(zone).date():
        plan = replace(plan, opens_on=moment.now.astimezone(zone).date())  # the preview stayed open over midnight
    preview(session, actor, moment, plan)
    run = planned(moment, plan, found.numbers, found.time_zone, held=1, planned_by_id=actor.person_id)
    session.add(run)
    after: dict[str, object] = {**plan.stored(), "closes_at": run.closes_at.isoformat()}
    audit.record(session, moment, actor.person_id, "pulse.planned", ("pulse_run", run.id), after=after)
    return run.id


def renamed(plan: Plan, opens_on: date) -> Plan:
    """The same plan for another day; its name says the month, so that two of a series can be told apart."""
    base = _MONTH.sub("", plan.name).strip() or plan.name
    return replace(plan, opens_on=opens_on, name=f"{base[: NAME_LIMIT - 16].rstrip()} {opens_on:%B %Y}")


_MONTH = re.compile(rf"\b({'|'.join(calendar.month_name[1:])}) \d{{4}}$")


def planned(
    moment: Moment, plan: Plan, numbers: Mapping[str, int], zone: str, *, held: int, planned_by_id: str | None
) -> PulseRun:
    """A pulse that waits for its day; how long it is open and what is promised is fixed with it."""
    days = numbers[OPEN_DAYS]
    return PulseRun(
        id=moment.new_id(),
        state=State.PLANNED.value,
        name=plan.name,
        audience=plan.audience.stored(),
        cadence=plan.cadence.value,
        held=held,
        opens_on=plan.opens_on,
        send_at=f"{plan.send_at:%H:%M}",
        open_days=days,
        smallest=plan.smallest,
        backup_days=numbers[BACKUP_DAYS],
        zone=zone,
        opens_at=opens_at(plan.opens_on, plan.send_at),
        closes_at=term_of(plan.opens_on, plan.send_at, days, zone_of(zone)).closes_at,
        counts={},
        planned_by_id=planned_by_id,
        created_at=moment.now,
    )


def _none_at_present(session: GuardedSession) -> None:
    run = pulse_runs.current(session)
    if run is not None:
        what = "is planned" if run.state == State.PLANNED.value else "is open"
        raise AlreadyDone(f"The pulse “{run.name}” {what}, and people get one at a time. /pulse shows how it stands.")


def standing(session: GuardedSession, actor: Actor, moment: Moment) -> Standing | None:
    """How the present pulse stands; None when there is none. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    run = pulse_runs.current(session)
    return None if run is None else _standing(session, moment, run)


def _standing(session: GuardedSession, moment: Moment, run: PulseRun) -> Standing:
    progress = batches.progress(session, run.id, Kind.PULSE)
    queued = sum(progress.get(status, 0) for status in (Status.WAITING, Status.SENDING))
    uninvited = pulse_asked.zones(session, pulse_asked.to_invite(run.id)) if run.state != State.PLANNED.value else {}
    term = term_of(run.opens_on, plan_of(run).send_at, run.open_days, zone_of(run.zone))
    spread = _spread(moment.now + timedelta(seconds=queued / PER_SECOND), term, uninvited)
    done = max((wave.finish for wave in spread), default=moment.now + timedelta(seconds=queued / PER_SECOND))
    return Standing(
        run.id,
        run.name,
        State(run.state),
        run.opens_at,
        run.closes_at,
        run.asked,
        progress.get(Status.DELIVERED, 0),
        progress.get(Status.DEAD, 0) + progress.get(Status.DROPPED, 0),
        done if queued or uninvited or progress.get(Status.PAUSED) else None,
        {group: told if isinstance(told, int) else None for group, told in run.counts.items()},
        moment.now,
    )


def pause(session: GuardedSession, actor: Actor, moment: Moment, run_id: str, *, paused: bool) -> None:
    """Send nothing more for now, or go on. Whoever has it can answer all the while. Raises RuleError, NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    run = _locked(session, run_id)
    before, after = (State.OPEN, State.PAUSED) if paused else (State.PAUSED, State.OPEN)
    if run.state == after.value:
        return
    if run.state != before.value:
        raise IllegalMove("Only a pulse that is open can be paused, and only a paused one goes on.")
    run.state = after.value
    (batches.hold_back if paused else batches.go_on)(session, run.id)
    what = "pulse.paused" if paused else "pulse.resumed"
    audit.record(session, moment, actor.person_id, what, ("pulse_run", run.id))


def call_off(session: GuardedSession, actor: Actor, moment: Moment, run_id: str) -> None:
    """End it without results: what was answered is deleted. Raises RuleError, NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    run = _locked(session, run_id)
    if run.state == State.CALLED_OFF.value:
        return
    if State(run.state) not in (State.PLANNED, *RUNNING):
        raise IllegalMove("That pulse has closed already; /pulse shows what it said.")
    was_open = run.state != State.PLANNED.value
    run.state, run.ended_at, run.secret, run.counts = State.CALLED_OFF.value, moment.now, None, {}
    batches.give_up(session, moment, run.id)
    batches.forget_kind(session, run.id, Kind.PULSE_REMINDER)
    leave_no_copy(session)
    groups = pulse_asked.answered(session, run.id)
    pulse_asked.forget_participation(session, run.id)
    pulse_ballots.forget(session, run.id)
    if was_open:
        pulse_posts.ended(session, moment, run, groups, settings.load(session))
    audit.record(session, moment, actor.person_id, "pulse.called_off", ("pulse_run", run.id))


def _locked(session: GuardedSession, run_id: str) -> PulseRun:
    run = pulse_runs.by_id(session, run_id, lock=True)
    if run is None:
        raise NotFound("That pulse isn't here any more.")
    return run
