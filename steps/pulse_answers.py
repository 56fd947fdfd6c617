"""Answering a pulse: the form as it stands, and sending it. The rules are in domain.pulse_answers.

These steps take a Slack id instead of an actor: whoever is not asked in the pulse is not let in, and nothing else about
a person matters. Nothing of it is audited and no receipt is written, for that would tell whose ballot is whose.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.pulse_answers import ANSWERED_ELSEWHERE, CALLED_OFF, CLOSED, NOT_ASKED, Given
from domain.pulse_runs import RUNNING, State
from storage import batches, pulse_ballots, pulse_runs
from storage.database import sealer
from storage.guard import GuardedSession
from storage.pulse_ballots import Seat

Place = tuple[str, str]
"""Channel and ts of a message."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows: the pulse, the group whose statements it asks, what was answered before (None: nothing) and
    how often, and where the person's messages about it stand."""

    run_id: str
    name: str
    group: str
    closes_at: datetime
    smallest: int
    backup_days: int
    before: Given | None
    changes: int
    places: tuple[Place, ...]


def form(session: GuardedSession, slack_user_id: str, moment: Moment, run_id: str) -> Form:
    """The form for this person. Raises RuleError when they are not asked, or it is over."""
    at = _seat(session, slack_user_id, moment, run_id, lock=False)
    run = pulse_runs.by_id(session, run_id)
    if run is None:
        raise RuleError(NOT_ASKED)
    found = pulse_ballots.find(session, run_id, _key(session, at)) if at.has_answered else None
    before, changes = found or (None, 0)
    kinds = (Kind.PULSE, *([Kind.PULSE_REMINDER] if at.reminded else []))
    places = [place for kind in kinds if (place := batches.place_of(session, run_id, kind, slack_user_id))]
    return Form(
        run_id, run.name, at.group, run.closes_at, run.smallest, run.backup_days, before, changes, tuple(places)
    )


def submit(
    session: GuardedSession, slack_user_id: str, moment: Moment, run_id: str, seen: int, given: Given
) -> datetime:
    """Keep the answers; `seen` is how often they had been sent when the form was opened. Answers when the pulse closes.

    The same answers sent twice change nothing. Raises RuleError when it is over, when the person is not asked, or when
    they have sent other answers since the form was opened.
    """
    at = _seat(session, slack_user_id, moment, run_id, lock=True)
    key = _key(session, at)
    if not at.has_answered:
        pulse_ballots.cast(session, at, key, given)
        if at.reminded:  # one may be on its way in the queue
            batches.forget_kind(session, run_id, Kind.PULSE_REMINDER, slack_user_id)
        return at.closes_at
    found = pulse_ballots.find(session, run_id, key)
    if found is None or found[0] == given:
        return at.closes_at
    if found[1] != seen:
        raise RuleError(ANSWERED_ELSEWHERE)
    pulse_ballots.change(session, run_id, key, given)
    return at.closes_at


def _seat(session: GuardedSession, slack_user_id: str, moment: Moment, run_id: str, *, lock: bool) -> Seat:
    at = pulse_ballots.seat(session, run_id, slack_user_id, lock=lock)
    if at is None:
        run = pulse_runs.by_id(session, run_id)
        state = State(run.state) if run is not None else None
        over = {State.CLOSED: CLOSED, State.CALLED_OFF: CALLED_OFF}
        raise RuleError(over.get(state, NOT_ASKED) if state else NOT_ASKED)
    if State(at.state) not in RUNNING or moment.now >= at.closes_at:
        raise RuleError(CLOSED)
    return at


def _key(session: GuardedSession, at: Seat) -> bytes:
    return pulse_ballots.key_of(sealer(session).open(at.secret) or "", at.person_id)
