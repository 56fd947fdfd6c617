"""The entries of the resistance log: what a colleague needs, what came of conversations, and the next one.

Who may is decided in steps.resistance. What is written stays out of the audit: it holds who did what, not the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import NotFound, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.pulse import Element
from domain.pulse_statements import Motive
from domain.resistance import (
    MONTH,
    NEED_LIMIT,
    STEP_LIMIT,
    TALK_LIMIT,
    Entry,
    Move,
    State,
    Switch,
    after,
    check_careful,
    check_next,
    check_room,
    check_talks,
    check_version,
    found,
    is_to_be_reminded,
)
from domain.settings import Settings
from steps.checks import colleague, needed, optional
from steps.resistance import check_on, check_reader, readers_here, switch_of, today_in
from storage import audit, outbox, resistance, settings
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person
from storage.resistance import ResistanceEntry, ResistanceTalk
from storage.workspaces import Workspace
from views import resistance_messages as messages


@dataclass(frozen=True, slots=True)
class Written:
    """What the form of an entry says. `person` only where it is new; `coach_id` None: whoever writes it."""

    person: str | None
    element: Element
    motive: Motive | None
    need: str
    next_step: str
    next_on: date | None
    coach_id: str | None


@dataclass(frozen=True, slots=True)
class Talked:
    """What the form of a conversation says. `closes`: nothing more is needed."""

    words: str
    next_step: str
    next_on: date | None
    closes: bool


def _may(session: GuardedSession, actor: Actor) -> tuple[Switch, Settings]:
    known = settings.load(session)
    switch = switch_of(session, known)
    check_reader(actor, switch)
    check_on(switch)
    return switch, known


def form(
    session: GuardedSession, actor: Actor, moment: Moment, entry_id: str | None
) -> tuple[Switch, Entry | None, str]:
    """What the form opens with: who may be the coach, the entry, and the writer's id. Raises NotAllowed, RuleError."""
    switch, _known = _may(session, actor)
    return switch, one(session, actor, moment, entry_id) if entry_id else None, actor.person_id


def one(session: GuardedSession, actor: Actor, _moment: Moment, entry_id: str) -> Entry:
    """One entry, for its forms. Raises NotAllowed, RuleError, NotFound."""
    _may(session, actor)
    return found(resistance.entries(session), entry_id)


def save(
    session: GuardedSession, actor: Actor, moment: Moment, said: Written, entry_id: str | None, version: int
) -> None:
    """Write down what a colleague needs, or change it. Raises NotAllowed, RuleError at the fields."""
    switch, known = _may(session, actor)
    today = today_in(moment, known)
    need = needed(said.need, NEED_LIMIT, "need", "What would help them?")
    step = optional(said.next_step, STEP_LIMIT, "next_step")
    check_careful(need, "need")
    check_careful(step, "next_step")
    coach_id = said.coach_id or actor.person_id
    if coach_id not in {one.person_id for one in switch.readers}:
        sentence = "Please pick one of those who may read it."
        raise RuleError(sentence, {"coach": sentence})
    row = _here(session, entry_id) if entry_id else None
    if row is None or said.next_on != row.next_on:
        check_next(step, said.next_on, today)
    else:
        check_next(step, said.next_on, min(today, said.next_on or today))
    if row is None:
        row = _new(session, actor, moment, said.person, today)
        before = None
    else:
        after(State(row.state), Move.CHANGE)
        check_version(version, row.version)
        before, row.version = _said(row), row.version + 1
    if row.next_on != said.next_on or row.coach_id != coach_id:
        row.reminded_on = None
    seal = sealer(session)
    row.element, row.motive = said.element.value, said.motive.value if said.motive else None
    row.need, row.next_step = seal.seal(need) or b"", seal.seal(step)
    row.next_on, row.coach_id = said.next_on, coach_id
    session.add(row)
    _noted(session, actor, moment, row, "changed" if before else "added", before)


def _new(session: GuardedSession, actor: Actor, moment: Moment, slack_id: str | None, today: date) -> ResistanceEntry:
    if not slack_id:
        raise RuleError("Whom is it about?", {"person": "Please pick a colleague."})
    about = colleague(session, slack_id, "person")
    if about.id == actor.person_id:
        sentence = "This log is about colleagues. For yourself there is the self-check."
        raise RuleError(sentence, {"person": sentence})
    # Two who think of the same colleague at once: the second one finds the first one's entry.
    session.get_one(Workspace, session.workspace_id, with_for_update={"key_share": True})
    if resistance.open_of(session, about.id):
        sentence = "There is an open entry about this colleague already. Please note it there."
        raise RuleError(sentence, {"person": sentence})
    check_room(resistance.how_many_open(session))
    row = ResistanceEntry(id=moment.new_id(), person_id=about.id, written_by_id=actor.person_id, written_on=today)
    row.state, row.version = State.OPEN.value, 1
    return row


def note(session: GuardedSession, actor: Actor, moment: Moment, entry_id: str, version: int, said: Talked) -> None:
    """Note what came of a conversation, and what is next. Raises NotAllowed, RuleError at the fields."""
    _switch, known = _may(session, actor)
    today = today_in(moment, known)
    words = needed(said.words, TALK_LIMIT, "words", "What was said, or tried?")
    step = optional(said.next_step, STEP_LIMIT, "next_step")
    check_careful(words, "words")
    check_careful(step, "next_step")
    if not said.closes:
        check_next(step, said.next_on, today)
    row = _here(session, entry_id)
    state = after(State(row.state), Move.CLOSE if said.closes else Move.CHANGE)
    check_version(version, row.version)
    check_talks(resistance.how_many_talks(session, row.id))
    before, row.version = _said(row), row.version + 1
    seal = sealer(session)
    talk = ResistanceTalk(id=moment.new_id(), entry_id=row.id, by_id=actor.person_id, held_on=today)
    talk.words = seal.seal(words) or b""
    session.add(talk)
    row.state, row.reminded_on = state.value, None
    row.next_step, row.next_on = (None, None) if said.closes else (seal.seal(step), said.next_on)
    row.closed_at = moment.now if said.closes else None
    _noted(session, actor, moment, row, "noted", before)


def close(session: GuardedSession, actor: Actor, moment: Moment, entry_id: str, version: int) -> None:
    """Nothing more is needed. Raises NotAllowed, RuleError."""
    row, before = _moved(session, actor, entry_id, Move.CLOSE, version)
    row.closed_at = moment.now
    row.next_step = row.next_on = row.reminded_on = None
    _noted(session, actor, moment, row, "closed", before)


def reopen(session: GuardedSession, actor: Actor, moment: Moment, entry_id: str, version: int) -> None:
    """Something is needed after all. Raises NotAllowed, RuleError."""
    _may(session, actor)
    row = _here(session, entry_id)
    if row.state == State.CLOSED.value and resistance.open_of(session, row.person_id):
        raise RuleError("There is a newer open entry about this colleague. Please note it there.")
    check_room(resistance.how_many_open(session))
    row, before = _moved(session, actor, entry_id, Move.REOPEN, version)
    row.closed_at = None
    _noted(session, actor, moment, row, "reopened", before)


def remove(session: GuardedSession, actor: Actor, moment: Moment, entry_id: str, version: int) -> None:
    """Delete an entry with all that was noted in it. Raises NotAllowed, RuleError."""
    _may(session, actor)
    row = _here(session, entry_id)
    check_version(version, row.version)
    about = ("resistance_entry", row.id)
    audit.record(session, moment, actor.person_id, "resistance.deleted", about, before=_said(row))
    session.expunge(row)
    resistance.remove(session, entry_id)


def _moved(
    session: GuardedSession, actor: Actor, entry_id: str, move: Move, version: int
) -> tuple[ResistanceEntry, Mapping[str, object]]:
    _may(session, actor)
    row = _here(session, entry_id)
    state = after(State(row.state), move)
    check_version(version, row.version)
    before = _said(row)
    row.state, row.version = state.value, row.version + 1
    return row, before


def _here(session: GuardedSession, entry_id: str) -> ResistanceEntry:
    row = resistance.locked(session, entry_id)
    if row is None:
        raise NotFound("This entry isn't there any more.")
    return row


def _noted(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    row: ResistanceEntry,
    what: str,
    before: Mapping[str, object] | None,
) -> None:
    about = ("resistance_entry", row.id)
    audit.record(session, moment, actor.person_id, f"resistance.{what}", about, before=before, after=_said(row))


def _said(row: ResistanceEntry) -> Mapping[str, object]:
    """What the audit holds: no word of anybody's, and nothing of what somebody lacks."""
    return {"state": row.state, "coach": row.coach_id, "next_on": row.next_on.isoformat() if row.next_on else None}


def remind(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Tell each coach how many conversations of theirs are for today or were before; the message names nobody.

    Whoever may not read any more is not told: then another reader is. Three statements, and what is written.
    """
    if not known.log_on:
        return False
    today = today_in(moment, known)
    rows = resistance.due(session, today)
    fresh = [row for row in rows if row.next_on and is_to_be_reminded(row.next_on, row.reminded_on, today)]
    readers = {one.id: one for one in readers_here(session, switch_of(session, known))} if fresh else {}
    here = {key: one for key, one in readers.items() if one.away_until is None or one.away_until < today}
    for reader in here.values():
        own = [row for row in rows if _coach_of(row, readers) == reader.id]
        if any(row in fresh for row in own):
            _remind(session, moment, reader, own, today)
    return False


def _coach_of(row: ResistanceEntry, readers: Mapping[str, Person]) -> str | None:
    return row.coach_id if row.coach_id in readers else next(iter(readers), None)


def _remind(session: GuardedSession, moment: Moment, reader: Person, own: list[ResistanceEntry], today: date) -> None:
    for row in own:
        row.reminded_on = today
    message = messages.due(len(own))
    outbox.put(session, moment, Kind.CONVERSATION, reader.slack_user_id or "", message, subjects=[reader.id])


def forget(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Delete what was written longer ago than entries are kept, also while the log is off."""
    before = today_in(moment, known) - known.numbers["log_months"] * MONTH
    for entry_id in resistance.forget(session, before):
        audit.record(session, moment, None, "resistance.forgotten", ("resistance_entry", entry_id))
    return False
