"""Meetings of a program by hand: planned, changed, called off, counted. What makes sense is in domain.meetings."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from domain import permissions
from domain.errors import AlreadyDone, NotFound, RuleError
from domain.mechanisms import State as ProgramState
from domain.meetings import (
    MOST,
    OFF,
    TOLD_BEFORE,
    Bounds,
    Count,
    Listed,
    Meeting,
    Move,
    Somebody,
    State,
    Values,
    after,
    check_count,
    checked,
)
from domain.moment import Moment
from domain.names import fold
from domain.people import Actor
from domain.permissions import Action
from steps import meeting_news
from steps.mechanisms import GONE as PROGRAM_GONE
from steps.mechanisms import locked, running
from storage import audit, meetings, receipts
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism
from storage.meetings import MeetingRow

GONE = "This meeting isn't here any more. Please open the list again."
CHANGED = "A colleague changed this meeting in the meantime. Please open it again."

PICKED = 100
"""Members that one field of a form holds, and that are offered at once."""


def listed(session: GuardedSession, actor: Actor, moment: Moment, mechanism_id: str) -> Listed:
    """A program's meetings. Two statements. Raises NotAllowed, NotFound."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    program = session.get(Mechanism, (session.workspace_id, mechanism_id))
    if program is None:
        raise NotFound(PROGRAM_GONE)
    return _listed(session, actor, moment, program)


def _listed(session: GuardedSession, actor: Actor, moment: Moment, program: Mechanism) -> Listed:
    found = tuple(meetings.of_mechanism(session, program.id, MOST))
    is_open = program.state == ProgramState.OPEN.value
    return Listed(program.id, program.name, found, is_open, actor.today(moment.now))


def begin(session: GuardedSession, actor: Actor, _moment: Moment, mechanism_id: str) -> Meeting | None:
    """A new meeting's form has nothing in it yet. Raises NotAllowed, NotFound, AlreadyDone."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    running(session, mechanism_id)
    return None


def draft(session: GuardedSession, actor: Actor, _moment: Moment, meeting_id: str) -> Meeting:
    """One meeting, for its form. Raises NotAllowed, NotFound, AlreadyDone."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    return _standing(session, meeting_id)


def _standing(session: GuardedSession, meeting_id: str) -> Meeting:
    meeting = meetings.one(session, meeting_id)
    if meeting is None:
        raise NotFound(GONE)
    if meeting.state is State.CALLED_OFF:
        raise AlreadyDone(OFF)
    return meeting


def plan(
    session: GuardedSession, actor: Actor, moment: Moment, mechanism_id: str, values: Values, receipt: str
) -> Listed:
    """Plan one, or write down one that has been; the same receipt plans one.

    Raises RuleError at the fields, NotAllowed, NotFound, AlreadyDone.
    """
    permissions.check(actor, Action.RUN_MECHANISMS)
    program = running(session, mechanism_id, lock=True)
    if receipts.outcome_of(session, receipt) is None:
        today = actor.today(moment.now)
        on, about = checked(values, _bounds(program), today)
        if meetings.how_many(session, program.id) >= MOST:
            raise RuleError(f"This program has {MOST} meetings already. Please begin a new one.")
        row = MeetingRow(id=moment.new_id(), mechanism_id=program.id, held_on=on, about=about)
        row.state, row.created_by_id, row.created_at = State.PLANNED.value, actor.person_id, moment.now
        row.asked_on = today if on < today else None  # whoever writes it down knows who came
        session.add(row)
        receipts.keep(session, moment, receipt, row.id)
        said = {"program": program.id, "on": on.isoformat(), "about": about}
        audit.record(session, moment, actor.person_id, "meeting.planned", ("meeting", row.id), after=said)
    return _listed(session, actor, moment, program)


def _bounds(program: Mechanism) -> Bounds:
    return Bounds(program.starts_on, program.ends_on)


def change(
    session: GuardedSession, actor: Actor, moment: Moment, meeting_id: str, values: Values, version: int
) -> Listed:
    """Another day, or another subject; who was told of the old day hears of the new one.

    Raises RuleError at the fields, NotAllowed, NotFound, AlreadyDone when a colleague was faster.
    """
    permissions.check(actor, Action.RUN_MECHANISMS)
    program, row = _held(session, meeting_id, version)
    running(session, program.id)
    before, today = _standing(session, row.id), actor.today(moment.now)
    on, about = checked(values, _bounds(program), today, before)
    row.held_on, row.about = on, about
    was = {"on": before.on.isoformat(), "about": before.about}
    now = {"on": on.isoformat(), "about": about}
    audit.record(session, moment, actor.person_id, "meeting.changed", ("meeting", row.id), before=was, after=now)
    session.flush()
    if on != before.on:
        _moved(session, actor, moment, row, before.on, today)
    meeting_news.redraw(session, moment, row.id)
    return _listed(session, actor, moment, program)


def _moved(session: GuardedSession, actor: Actor, moment: Moment, row: MeetingRow, was: date, today: date) -> None:
    """Who was told hears of it; where it lies further ahead now, they are told once more a week before."""
    if row.told_on is not None and row.held_on >= today:
        meeting_news.tell(session, moment, row.id, today, was=was, by=actor)
        if row.held_on > today + TOLD_BEFORE:
            row.told_on = None
    if row.held_on >= today:
        row.asked_on = None


def call_off(session: GuardedSession, actor: Actor, moment: Moment, meeting_id: str) -> Listed:
    """It does not take place, or did not. Raises NotAllowed, NotFound, AlreadyDone."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    program, row = _held(session, meeting_id)
    meeting_news.call_off(session, moment, row, actor.today(moment.now), actor)
    return _listed(session, actor, moment, program)


def count_form(session: GuardedSession, actor: Actor, moment: Moment, meeting_id: str) -> Count:
    """Who came, as it is known. Three statements. Raises NotAllowed, NotFound, AlreadyDone,
    RuleError before its day."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    meeting = _standing(session, meeting_id)
    check_count(meeting.on, actor.today(moment.now))
    came = meetings.who_came(session, meeting.id)
    if len(came) <= PICKED:
        return Count(meeting, tuple(came), all_but=False, noted=len(came))
    there = {one.member_id for one in came}
    missed = [
        one for one in meetings.could_come(session, meeting.mechanism_id, meeting.on) if one.member_id not in there
    ]
    return Count(
        meeting, tuple(missed) if len(missed) <= PICKED else (), all_but=len(missed) <= PICKED, noted=len(came)
    )


def suggest(session: GuardedSession, actor: Actor, _moment: Moment, meeting_id: str, typed: str) -> list[Somebody]:
    """Members who can be picked, by a part of their name or company. Two statements. Raises NotAllowed, NotFound."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    meeting, wanted = _standing(session, meeting_id), fold(typed)
    some = meetings.could_come(session, meeting.mechanism_id, meeting.on)
    return [one for one in some if wanted in fold(f"{one.name} {one.company}")][:PICKED]


def count(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    meeting_id: str,
    picked: Collection[str],
    version: int,
    *,
    all_but: bool,
) -> Listed:
    """These were there, or everybody but them. Raises NotAllowed, NotFound, AlreadyDone when a colleague was faster,
    RuleError before its day or where somebody who was picked does not belong to it."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    program, row = _held(session, meeting_id, version)
    check_count(row.held_on, actor.today(moment.now))
    before, row.state = row.state, after(State(row.state), Move.COUNT).value
    noted = {one.member_id for one in meetings.who_came(session, row.id)}
    could = noted | {one.member_id for one in meetings.could_come(session, program.id, row.held_on)}
    if not could.issuperset(picked):
        sentence = "Somebody you picked does not belong to it any more. Please pick again."
        raise RuleError(sentence, {"who": sentence})
    came = could - set(picked) if all_but else set(picked)
    meetings.note_who_came(session, row.id, came)
    flag_modified(row, "state")  # so that a second one who counts at the same time is told
    audit.record(
        session,
        moment,
        actor.person_id,
        "meeting.counted",
        ("meeting", row.id),
        before={"state": before, "came": sorted(noted)},
        after={"state": row.state, "came": sorted(came)},
    )
    session.flush()
    meeting_news.redraw(session, moment, row.id)
    return _listed(session, actor, moment, program)


def _held(session: GuardedSession, meeting_id: str, version: int | None = None) -> tuple[Mechanism, MeetingRow]:
    """A meeting with its program, which is held: of two who change a meeting one waits and then sees.

    Raises NotFound, AlreadyDone where the version is another.
    """
    known = session.get(MeetingRow, (session.workspace_id, meeting_id))
    program = locked(session, known.mechanism_id) if known is not None else None
    if known is None or program is None:
        raise NotFound(GONE)
    row = session.get_one(MeetingRow, (session.workspace_id, meeting_id), populate_existing=True)
    if version is not None and row.version != version:
        raise AlreadyDone(CHANGED)
    return program, row
