"""Sending a pulse and its reminders: to each person at their own time of day, a thousand at a time.

What is put into the outbox bears the end of the reader's day; what did not leave by then (everything was down, or
somebody paused it) gets the next working day.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from domain.budget import first_day_of_week
from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.pulse_calendar import Term, Window, instant, invitation, next_window, reminders
from domain.pulse_runs import term_of
from domain.time_zones import zone_of
from steps.pulse_plans import plan_of
from steps.working_days import working_in
from storage import batches, letters, pulse_asked
from storage.guard import GuardedSession
from storage.letters import Batch, Direct
from storage.pulse_runs import PulseRun
from views import pulse_ballot as view

AT_A_TIME = 1000
"""People in one transaction: it takes a fraction of the time that others would wait for it."""


def term(run: PulseRun) -> Term:
    """How this pulse runs."""
    return term_of(run.opens_on, plan_of(run).send_at, run.open_days, zone_of(run.zone))


def invite(session: GuardedSession, moment: Moment, run: PulseRun) -> bool:
    """Send it to a thousand of those whose time it is. True when there were any.

    Whoever has got something else within the week that they did not ask for gets it when that week is over.
    """
    known, to_invite = term(run), pulse_asked.to_invite(run.id)
    for zone in pulse_asked.zones(session, to_invite):
        window = invitation(zone_of(zone), moment.now, known, working_in(zone))
        if window.start > moment.now or window.start >= known.closes_at:
            continue
        today = moment.now.astimezone(zone_of(zone)).date()
        rested = pulse_asked.rested(session.workspace_id, instant(first_day_of_week(today), time(), zone_of(zone)))
        people = pulse_asked.reachable(session, (*to_invite, rested), zone, today, AT_A_TIME)
        if people:
            _put(session, moment, Kind.PULSE, run, people, window, lambda group: view.invitation(_told(run), group))
            # Whoever gets it late is not reminded at once of what the others were reminded of before.
            gone = sum(one.start <= moment.now for one in reminders(zone_of(zone), known, working_in(zone)))
            pulse_asked.note_invited(session, run.id, [person_id for person_id, _slack, _group in people], gone)
            return True
    return False


def remind(session: GuardedSession, moment: Moment, run: PulseRun) -> bool:
    """Remind a thousand of those who have not answered, whose time it is. True when there were any."""
    known = term(run)
    for zone in pulse_asked.zones(session, pulse_asked.to_remind(run.id, len(known.reminder_days))):
        times, window = _reminder(zone, moment.now, known)
        if window is None:
            continue
        today = moment.now.astimezone(zone_of(zone)).date()
        people = pulse_asked.reachable(session, pulse_asked.to_remind(run.id, times), zone, today, AT_A_TIME)
        if people:
            _put(session, moment, Kind.PULSE_REMINDER, run, people, window, lambda _group: view.reminder(_told(run)))
            pulse_asked.note_reminded(session, run.id, [person_id for person_id, _slack, _group in people], times)
            return True
    return False


def _reminder(zone: str, now: datetime, known: Term) -> tuple[int, Window | None]:
    """The reminder whose time has come in this zone, counted from 1, and its window; None outside of all hours.

    Of two that were missed the later one alone is sent.
    """
    there, working = zone_of(zone), working_in(zone)
    times = sum(window.start <= now for window in reminders(there, known, working))
    window = next_window(there, now, known.send_at, working)
    is_now = times > 0 and window.start <= now < known.closes_at
    return times, window if is_now else None


def _told(run: PulseRun) -> view.Told:
    return view.Told(run.id, run.name, run.closes_at, run.smallest, run.backup_days)


def _put(
    session: GuardedSession,
    moment: Moment,
    kind: Kind,
    run: PulseRun,
    people: Sequence[tuple[str, str, str]],
    window: Window,
    draw: Callable[[str], Rendered],
) -> None:
    drawn = {group: draw(group) for group in {group for _person, _slack, group in people}}
    direct = [Direct(slack_id, drawn[group], (person_id,)) for person_id, slack_id, group in people]
    letters.put_many(session, moment, kind, direct, Batch(run.id, min(window.end, run.closes_at)))


def put_off(session: GuardedSession, moment: Moment, run: PulseRun) -> None:
    """Give what did not leave in its time the next working day. One statement when there is nothing of it."""
    if not batches.overdue(session, run.id, moment.now):
        return
    known = term(run)
    for zone in pulse_asked.zones(session, pulse_asked.of_run(run.id)):
        window = next_window(zone_of(zone), moment.now, known.send_at, working_in(zone))
        end = min(window.end, run.closes_at)
        batches.put_off(session, run.id, moment.now, zone, window.start, end)


def coming(session: GuardedSession, now: datetime, run: PulseRun) -> list[datetime]:
    """The next times after `now` at which somebody is to be sent something."""
    known, found = term(run), []
    for zone in pulse_asked.zones(session, pulse_asked.to_invite(run.id)):
        found.append(invitation(zone_of(zone), now, known, working_in(zone)).start)
    for zone in pulse_asked.zones(session, pulse_asked.to_remind(run.id, len(known.reminder_days))):
        found += [window.start for window in reminders(zone_of(zone), known, working_in(zone))]
    return [time for time in found if now < time < known.closes_at]
