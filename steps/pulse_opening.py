"""A pulse's day has come: who is asked is settled, and what makes the keys of their ballots is drawn."""

from domain.messages import Kind
from domain.moment import Moment
from domain.pulse_audience import Audience, resolve
from domain.pulse_runs import State
from storage import outbox, pulse_asked
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person
from storage.pulse_runs import PulseRun
from views import pulse_posts as view

SECRET_BITS = 256


def open_run(session: GuardedSession, moment: Moment, run: PulseRun) -> None:
    """Open the pulse for whoever is chosen and here now; where that is nobody, call it off and say so.

    One statement a thousand people beside five.
    """
    resolved = resolve(Audience.of(run.audience), pulse_asked.candidates(session), run.closes_at.date())
    if not resolved.asked:
        run.state, run.ended_at = State.CALLED_OFF.value, moment.now
        _tell_planner(session, moment, run)
        return
    # Ordered by person: the order in which rows are written must say nothing but that.
    pulse_asked.ask(session, run.id, [(one.who.person_id, one.group, one.team) for one in resolved.asked])
    run.secret = sealer(session).seal(f"{moment.random_bits(SECRET_BITS):064x}")
    run.asked, run.state = len(resolved.asked), State.OPEN.value


def _tell_planner(session: GuardedSession, moment: Moment, run: PulseRun) -> None:
    planner = session.get(Person, (session.workspace_id, run.planned_by_id)) if run.planned_by_id else None
    if planner is not None and planner.slack_user_id:
        outbox.put(session, moment, Kind.NOTICE, planner.slack_user_id, view.nobody_left(run.name))
