"""What time brings for a pulse: it opens, reaches people, counts, reminds and closes. One small step at a time."""

from datetime import datetime

from domain.moment import Moment
from domain.pulse_calendar import invitation, next_window
from domain.pulse_runs import BETWEEN_COUNTS, RUNNING, State
from domain.settings import Settings
from domain.time_zones import may_speak, zone_of
from steps import pulse_closing, pulse_opening, pulse_posts, pulse_sending
from steps.working_days import working_in
from storage import pulse_runs
from storage import settings as settings_rows
from storage.guard import GuardedSession
from storage.pulse_runs import PulseRun


def run(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Do what is due now. True when there may be more of it. One statement when there is no pulse."""
    found = pulse_runs.current(session)
    one = pulse_runs.by_id(session, found.id, lock=True) if found is not None else None
    if one is None:
        return False
    state = State(one.state)
    if state is State.PLANNED:
        return _open(session, moment, one)
    if state in RUNNING and moment.now >= one.closes_at:
        pulse_closing.close(session, moment, one, settings)
    elif state is State.OPEN:
        return _go_on(session, moment, one, settings)
    return False


def _go_on(session: GuardedSession, moment: Moment, one: PulseRun, settings: Settings) -> bool:
    pulse_sending.put_off(session, moment, one)
    if pulse_sending.invite(session, moment, one) or pulse_sending.remind(session, moment, one):
        return True
    if _may_post(one, moment.now):
        pulse_posts.count(session, moment, one, settings)
    return False


def begin(session: GuardedSession, moment: Moment) -> bool:
    """The same as soon as a pulse was planned: whose time it is does not wait for the quarter of an hour."""
    return run(session, moment, settings_rows.load(session))


def _open(session: GuardedSession, moment: Moment, one: PulseRun) -> bool:
    if moment.now < one.opens_at:
        return False
    pulse_opening.open_run(session, moment, one)
    return one.state == State.OPEN.value


def _may_post(one: PulseRun, now: datetime) -> bool:
    """The first post comes with the workspace's own morning; later ones are changed without a sound."""
    zone = zone_of(one.zone)
    if one.counted_at is not None:
        return may_speak(zone, now)
    return invitation(zone, now, pulse_sending.term(one), working_in(one.zone)).start <= now


def coming(session: GuardedSession, now: datetime, _settings: Settings) -> datetime | None:
    """The next instant after `now` at which there will be something to do."""
    one = pulse_runs.current(session)
    if one is None:
        return None
    if one.state == State.PLANNED.value:
        return one.opens_at if one.opens_at > now else None
    found = [one.closes_at]
    if one.state == State.OPEN.value:
        found += pulse_sending.coming(session, now, one)
        zone, working, known = zone_of(one.zone), working_in(one.zone), pulse_sending.term(one)
        if one.counted_at is None:
            found.append(invitation(zone, now, known, working).start)
        else:
            found.append(max(one.counted_at + BETWEEN_COUNTS, next_window(zone, now, known.send_at, working).start))
    return min((time for time in found if time > now), default=None)
