"""Answering a pulse: the form as it stands, and sending it. The rules are in domain.pulse_answers.

These steps take a Slack id instead of an actor: whoever is not asked in the pulse is not let in, and nothing else about
a person matters. Nothing of it is audited and no receipt is written, for that would tell whose ballot is whose.
"""

from collections.abc import Sequence
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
from storage.pulse_runs import PulseRun

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


@dataclass(frozen=True, slots=True)
class Sent:
    """Answers that somebody sends at `now`; `seen` is how often they had been sent when the form was opened."""

    slack_user_id: str
    run_id: str
    seen: int
    given: Given
    now: datetime


Told = datetime | Exception
"""When the pulse closes, or the RuleError with which the answers were refused."""


def form(session: GuardedSession, slack_user_id: str, moment: Moment, run_id: str) -> Form:
    """The form for this person. Raises RuleError when they are not asked, or it is over."""
    at = pulse_ballots.seats(session, run_id, [slack_user_id], lock=False).get(slack_user_id)
    run = pulse_runs.by_id(session, run_id)
    refused = _refusal(run, at, moment.now)
    if at is None or run is None or refused is not None:
        raise refused or RuleError(NOT_ASKED)
    key = _key(session, at)
    before, changes = pulse_ballots.find(session, run_id, [key]).get(key, (None, 0)) if at.has_answered else (None, 0)
    kinds = (Kind.PULSE, *([Kind.PULSE_REMINDER] if at.reminded else []))
    places = [place for kind in kinds if (place := batches.place_of(session, run_id, kind, slack_user_id))]
    return Form(
        run_id, run.name, at.group, run.closes_at, run.smallest, run.backup_days, before, changes, tuple(places)
    )


def submit(session: GuardedSession, sent: Sequence[Sent]) -> list[Told]:
    """Keep what several people send at the same moment, and say of each what came of it.

    The same answers sent twice change nothing. Refused is whoever is not asked, sends after the end, or has sent other
    answers since the form was opened. Four statements for any number of first answers.
    """
    told: list[Told] = [RuleError(NOT_ASKED)] * len(sent)
    for run_id in dict.fromkeys(one.run_id for one in sent):
        places = [place for place, one in enumerate(sent) if one.run_id == run_id]
        for place, answer in zip(places, _submit(session, run_id, [sent[place] for place in places]), strict=True):
            told[place] = answer
    return told


def _submit(session: GuardedSession, run_id: str, sent: Sequence[Sent]) -> list[Told]:
    seats = pulse_ballots.seats(session, run_id, {one.slack_user_id for one in sent}, lock=True)
    run = None if len(seats) == len({one.slack_user_id for one in sent}) else pulse_runs.by_id(session, run_id)
    keys = {slack_id: _key(session, at) for slack_id, at in seats.items()}
    again = [keys[slack_id] for slack_id, at in seats.items() if at.has_answered]
    box = _Box(session, run_id, pulse_ballots.find(session, run_id, again) if again else {})
    told: list[Told] = []
    for one in sent:
        at = seats.get(one.slack_user_id)
        refused = _refusal(run, at, one.now)
        if at is None or refused is not None:
            told.append(refused or RuleError(NOT_ASKED))
        else:
            told.append(box.put(at, keys[one.slack_user_id], one))
    box.close()
    return told


class _Box:
    """Ballots as they stand, and those that are new."""

    def __init__(self, session: GuardedSession, run_id: str, found: dict[bytes, tuple[Given, int]]) -> None:
        self._session, self._run_id, self._found = session, run_id, found
        self._new: dict[bytes, tuple[Seat, Sent]] = {}

    def put(self, at: Seat, key: bytes, one: Sent) -> Told:
        """Keep a ballot."""
        before, changes = self._found.get(key, (None, 0))
        if before is None:
            self._new[key] = (at, one)
        elif before != one.given and changes != one.seen:
            return RuleError(ANSWERED_ELSEWHERE)
        elif before != one.given and key in self._new:  # opened and sent again within the same moment
            self._new[key] = (at, one)
        elif before != one.given:
            pulse_ballots.change(self._session, self._run_id, key, one.given)
        if before != one.given:
            self._found[key] = (one.given, changes + 1)
        return at.closes_at

    def close(self) -> None:
        """Write what is new, and take back the reminders that still wait."""
        if not self._new:
            return
        new = [(at, key, one.given) for key, (at, one) in self._new.items()]
        pulse_ballots.cast(self._session, self._run_id, new)
        reminded = [one.slack_user_id for at, one in self._new.values() if at.reminded]
        if reminded:
            batches.forget_kind(self._session, self._run_id, Kind.PULSE_REMINDER, reminded)


def _refusal(run: PulseRun | None, at: Seat | None, now: datetime) -> RuleError | None:
    """Why this person may not answer; None when they may."""
    if at is not None:
        return None if State(at.state) in RUNNING and now < at.closes_at else RuleError(CLOSED)
    over = {State.CLOSED: CLOSED, State.CALLED_OFF: CALLED_OFF}
    return RuleError(NOT_ASKED if run is None else over.get(State(run.state), NOT_ASKED))


def _key(session: GuardedSession, at: Seat) -> bytes:
    return pulse_ballots.key_of(sealer(session).open(at.secret) or "", at.person_id)
