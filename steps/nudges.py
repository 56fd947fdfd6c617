"""Sending what is due: the nudge of the week for channels and people. What is chosen and when is in domain.

Every occasion leaves a row that says what came of it and why, under a key that lets it come once; the messages are
committed with it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from domain.budget import A_CHANNEL, has_room
from domain.messages import UNASKED, Kind
from domain.moment import Moment
from domain.nudge_choice import is_silent
from domain.nudge_times import Not, Plan, due_day, next_time
from domain.nudges import FUNCTION_OF, fill
from domain.settings import ChannelRole, Settings
from domain.time_zones import zone_of
from steps.nudge_desk import Desk, plan_of
from steps.nudge_letters import decide, keep
from storage import letters, nudge_people, nudges, outbox
from storage.guard import GuardedSession
from storage.nudges import SENT, SILENT, SKIPPED, Nudge
from storage.outbox import TO_CHANNEL_ROLE
from views import nudges as view

AT_A_TIME = 500
"""People decided on in one transaction, so that nobody waits for it."""

SKIPPED_KEPT = timedelta(days=30)
"""For so long it is known why somebody got nothing, and what others were told."""

REST_AFTER_WELCOME = timedelta(days=6)
"""From the last message of the track until the first nudge of the week: not both on one day."""

REMEMBERED = timedelta(days=400)
"""What somebody got before may come again anyway: every text has come since."""


def run(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Send what is due now in every plan. True when there may be more people to decide on.

    People are decided on in one plan at a time, so that the next one sees what was just sent.
    """
    if settings.nudges_paused:
        return False
    due = [found for row in nudges.plans(session) if (found := _due(session, plan_of(row), moment))]
    if not due:
        return False
    desk = Desk.of(session, moment, settings)
    due.sort(key=lambda one: one[0].is_direct)
    return any(_run_plan(session, desk, plan, days) for plan, days in due)


def _due(session: GuardedSession, plan: Plan, moment: Moment) -> tuple[Plan, Mapping[date, list[str]]] | None:
    """A plan with the days that are due, and the zones in which they are; None when there is nothing to do."""
    if not plan.is_on:
        return None
    days: defaultdict[date, list[str]] = defaultdict(list)
    for zone in nudge_people.zones(session) if plan.is_direct else [plan.zone]:
        day = due_day(plan, zone_of(zone), moment.now)
        if day is not None and (plan.is_direct or not is_done(session, plan, day)):
            days[day].append(zone)
    return (plan, days) if days else None


def is_done(session: GuardedSession, plan: Plan, day: date) -> bool:
    """Whether a channel has had its nudge of that day, or its turn was passed over."""
    return nudges.has_occasion(session, _occasion(plan, day))


def _occasion(plan: Plan, day: date, person_id: str | None = None) -> str:
    return ":".join([plan.id, *([person_id] if person_id else []), day.isoformat()])


def _run_plan(session: GuardedSession, desk: Desk, plan: Plan, days: Mapping[date, list[str]]) -> bool:
    if plan.is_direct:
        return any(to_people(session, desk, plan, day, zones) for day, zones in days.items())
    to_channel(session, desk, plan, max(days))
    return False


def to_channel(session: GuardedSession, desk: Desk, plan: Plan, day: date) -> Nudge:
    """Post a channel's nudge of that day, or note why there is none."""
    moment, place = desk.moment, plan.place or ""
    today = moment.now.astimezone(zone_of(plan.zone)).date()
    row = Nudge(
        id=moment.new_id(),
        occasion=_occasion(plan, day),
        plan_id=plan.id,
        audience=plan.audience.value,
        target=place,
        due_on=day,
        outcome=SKIPPED,
        created_at=moment.now,
    )
    session.add(row)
    spent = [one for target in _names_of(place, desk.settings) for one in desk.ledger.spent(target, plan.zone)]
    if not has_room(spent, today, UNASKED[Kind.CHANNEL_NUDGE], A_CHANNEL):
        row.reason = Not.BUDGET.value
    elif is_silent(desk.seed, plan.id, day):
        row.outcome = SILENT
    else:
        _post(session, desk, plan, row)
    return row


def _names_of(place: str, settings: Settings) -> set[str]:
    """A channel by its id, and by what it is for."""
    chosen = {f"{TO_CHANNEL_ROLE}{role.value}": settings.channels.get(role) for role in ChannelRole}
    same = {role for role, channel in chosen.items() if place in (role, channel)}
    return {place, *same, *(channel for role in same if (channel := chosen[role]))}


def _post(session: GuardedSession, desk: Desk, plan: Plan, row: Nudge) -> None:
    known = desk.known(plan.audience)
    choice = desk.shelf(plan.audience).choose(known.facts(), nudges.history_of_plan(session, plan.id), plan.id)
    if choice is None:
        row.reason = Not.NOTHING.value
        return
    entry = choice.entry
    row.outcome, row.entry_id, row.why = SENT, entry.id, choice.why.stored()
    row.text = fill(entry, known.facts())
    # What still waits, because the bot is not in the channel yet, is old by now: one nudge a week, not five at once.
    letters.withdraw(session, desk.moment, Kind.CHANNEL_NUDGE, row.target)
    message = view.nudge(row.text, entry.button, row.id)
    subjects = known.spoken_of(entry.needs)
    outbox.put(session, desk.moment, Kind.CHANNEL_NUDGE, row.target, message, subjects=subjects)


def to_people(
    session: GuardedSession, desk: Desk, plan: Plan, day: date, zones: Sequence[str], most: int = AT_A_TIME
) -> bool:
    """Decide on people of an audience of whom nothing is decided yet for this day. True when there were any.

    The same number of statements however many they are.
    """
    function = FUNCTION_OF.get(plan.audience)
    condition = nudge_people.audience(function.value if function else None)
    rows = nudge_people.undecided(session, plan.id, condition, zones, day, most)
    if not rows:
        return False
    first, last = rows[0].person_id, rows[-1].person_id
    histories = nudge_people.histories(session, first, last, day - REMEMBERED)
    unwanted = nudge_people.unwanted(session, first, last)
    welcomed = nudge_people.being_welcomed(session, desk.moment.now - REST_AFTER_WELCOME)
    decided = []
    for row in rows:
        reader = desk.reader(row, on_track=row.person_id in welcomed)
        history, not_mine = histories.get(row.person_id, []), unwanted.get(row.person_id, set())
        one = decide(desk, plan.audience, reader, Kind.NUDGE, desk.shelf(plan.audience), history, not_mine)
        one.occasion, one.plan_id, one.due_on = _occasion(plan, day, row.person_id), plan.id, day
        decided.append(one)
    keep(session, desk, Kind.NUDGE, decided)
    return True


def tidy(session: GuardedSession, moment: Moment) -> None:
    """Forget what nobody asks for any more: to whom nothing was sent, and what was said long ago."""
    nudges.forget(session, moment.now - SKIPPED_KEPT, moment.now - REMEMBERED)


def coming(session: GuardedSession, now: datetime) -> datetime | None:
    """The next instant after `now` at which a plan's time comes anywhere."""
    plans = [plan for row in nudges.plans(session) if (plan := plan_of(row)).is_on]
    direct = nudge_people.zones(session) if any(plan.is_direct for plan in plans) else []
    times = (
        next_time(plan, zone_of(zone), now) for plan in plans for zone in (direct if plan.is_direct else [plan.zone])
    )
    return min(times, default=None)
