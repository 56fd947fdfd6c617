"""Imported meetings of programs and who was there. Of one that is planned people hear as of any other."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import RuleError
from domain.imports.kinds import AttendanceRow, MeetingRow
from domain.imports.report import Outcome, Result
from domain.meetings import State
from domain.moment import Moment
from domain.names import fold
from steps.imports.batch import Job, each
from steps.imports.programs import STANDS, Programs
from steps.imports.whose import Advocates
from steps.memberships import today_of
from storage import imported_programs as stored
from storage import meetings, settings
from storage.guard import GuardedSession
from storage.mechanisms import MechanismMember
from storage.meetings import MeetingRow as Stored


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[MeetingRow]) -> list[Outcome]:
    """Add the meetings of these lines; one is known by its program, day and subject. Three statements."""
    programs, today = Programs(session), today_of(settings.load(session), moment.now)
    there = {_key(one): one for one in stored.meetings(session, programs.ids(rows))}

    def one(row: MeetingRow) -> Outcome:
        program = programs.of(row)
        state = row.state or (State.COUNTED if row.held_on < today else State.PLANNED)
        if state is State.COUNTED and row.held_on > today:
            raise RuleError(f"{row.held_on.isoformat()} is still to come, so nobody can have been there")
        found = there.get((program.id, row.held_on, fold(row.about)))
        if found is not None:
            stands = row.state is None or found.state == row.state.value
            said = () if stands or row.state is None else (STANDS.format(here=found.state, there=row.state.value),)
            return Outcome(row.line, Result.UNCHANGED, remarks=said)
        made = Stored(id=moment.new_id(), mechanism_id=program.id, held_on=row.held_on, about=row.about)
        made.state, made.created_at = state.value, moment.now
        session.add(made)
        there[_key(made)] = made
        return Outcome(row.line, Result.ADDED)

    outcomes = each(rows, one)
    session.flush()
    return outcomes


Key = tuple[str, object, str]


def _key(row: Stored) -> Key:
    return row.mechanism_id, row.held_on, fold(row.about)


@dataclass(slots=True)
class _Batch:
    programs: Programs
    advocates: Advocates
    members: dict[tuple[str, str], MechanismMember]
    meetings: dict[tuple[str, object], list[Stored]]


def keep_attendance(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[AttendanceRow]) -> list[Outcome]:
    """Note who was at the meetings of these lines. A meeting at which somebody was took place. Eight statements."""
    today = today_of(settings.load(session), moment.now)
    batch = _batch(session, rows)
    there = stored.attended(session, [one.id for some in batch.meetings.values() for one in some])
    added: list[tuple[str, str]] = []

    def one(row: AttendanceRow) -> Outcome:
        meeting, member = _meeting(batch, row), _member(batch, row)
        if meeting.state == State.CALLED_OFF.value:
            raise RuleError("this meeting was called off here, so nobody can have been there")
        if meeting.held_on > today:
            raise RuleError(f"{meeting.held_on.isoformat()} is still to come, so nobody can have been there")
        if (meeting.id, member.id) in there:
            return Outcome(row.line, Result.UNCHANGED)
        there.add((meeting.id, member.id))
        added.append((meeting.id, member.id))
        meeting.state = State.COUNTED.value
        return Outcome(row.line, Result.ADDED)

    outcomes = each(rows, one)
    session.flush()
    meetings.note_more(session, added)
    return outcomes


def _batch(session: GuardedSession, rows: Sequence[AttendanceRow]) -> _Batch:
    programs, advocates = Programs(session), Advocates(session, rows)
    ids = programs.ids(rows)
    by_day: dict[tuple[str, object], list[Stored]] = {}
    for one in stored.meetings(session, ids):
        by_day.setdefault((one.mechanism_id, one.held_on), []).append(one)
    return _Batch(programs, advocates, stored.members(session, ids, advocates.ids), by_day)


def _meeting(batch: _Batch, row: AttendanceRow) -> Stored:
    program = batch.programs.of(row)
    of_day = batch.meetings.get((program.id, row.held_on), [])
    found = [one for one in of_day if row.about is None or fold(one.about) == fold(row.about)]
    if not found:
        raise RuleError(
            f"“{program.name}” has no such meeting on {row.held_on.isoformat()}; import meetings, then this file again"
        )
    if len(found) > 1:
        raise RuleError(f"“{program.name}” has several meetings on that day; say in “About” which one it is")
    return found[0]


def _member(batch: _Batch, row: AttendanceRow) -> MechanismMember:
    program = batch.programs.of(row)
    found = batch.members.get((program.id, batch.advocates.of(row).id))
    if found is None:
        raise RuleError(f"{row.contact_name} does not belong to “{program.name}”; import members, then this file again")
    return found
