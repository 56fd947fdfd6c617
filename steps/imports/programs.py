"""Imported programs that customers belong to, and whose a line about one is: by the program's name and first day.

A file begins programs and brings them up to date. It closes none that runs here, and opens none that is closed.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Protocol

from domain.errors import RuleError
from domain.imports.kinds import ProgramRow
from domain.imports.report import Outcome
from domain.mechanisms import LONGEST, End, State
from domain.moment import Moment
from domain.names import fold
from domain.targets import as_stored
from steps.imports.batch import Colleagues, Job, each, put, result_of
from storage import imported_programs
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism

STANDS = "Is {here} here, which a file does not change to “{there}”."


class OfProgram(Protocol):
    """A line that names a program."""

    @property
    def program(self) -> str:
        """Its name."""

    @property
    def begun_on(self) -> date | None:
        """Its first day, where the line says it."""


class Programs:
    """The programs that lines may name. One statement."""

    def __init__(self, session: GuardedSession) -> None:
        self._by_name: dict[str, list[Mechanism]] = {}
        for row in imported_programs.programs(session):
            self.add(row)

    def add(self, row: Mechanism) -> None:
        """One more."""
        self._by_name.setdefault(fold(row.name), []).append(row)

    def called(self, name: str, begun_on: date | None) -> list[Mechanism]:
        """Those of a name, and of a first day where it is known."""
        return [row for row in self._by_name.get(fold(name), []) if begun_on in {None, row.starts_on}]

    def ids(self, rows: Iterable[OfProgram]) -> list[str]:
        """The programs of these lines, each once."""
        return list({one.id: None for row in rows for one in self.called(row.program, row.begun_on)})

    def of(self, row: OfProgram) -> Mechanism:
        """The program of a line. Raises RuleError for none, and for several of one name."""
        found = self.called(row.program, row.begun_on)
        if not found:
            raise RuleError(f"the program “{row.program}” is not here; import programs, then this file again")
        if len(found) > 1:
            raise RuleError(f"several programs are called “{row.program}”; say in “Program begins on” which one it is")
        return found[0]


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[ProgramRow]) -> list[Outcome]:
    """Add or change the programs of these lines; one is known by its name, kind and first day. Three statements."""
    programs, owners = Programs(session), Colleagues(session, [row.owner for row in rows])

    def one(row: ProgramRow) -> Outcome:
        _check(row)
        same = [one for one in programs.called(row.name, row.starts_on) if one.kind == row.kind.value]
        owner = owners.find(row.owner)
        facts = {
            "name": row.name,
            "purpose": row.purpose,
            "size": row.size,
            "ends_on": row.ends_on,
            "criteria": None if row.criteria is None else as_stored(row.criteria),
            "owner_id": owner.id if owner else None,
        }
        program = same[0] if same else _new(moment, row)
        changed = put(program, facts)
        remarks = owners.remark(row.owner, "nobody is named as its owner")
        if not same:
            session.add(program)
            programs.add(program)
        elif row.state is not None and row.state.value != program.state:
            remarks += (STANDS.format(here=program.state, there=row.state.value),)
        return Outcome(row.line, result_of(added=not same, changed=changed), remarks=remarks)

    outcomes = each(rows, one)
    session.flush()
    return outcomes


def _check(row: ProgramRow) -> None:
    if row.ends_on is not None and not row.starts_on <= row.ends_on <= row.starts_on + LONGEST:
        raise RuleError("its last day is before its first, or more than five years behind it")


def _new(moment: Moment, row: ProgramRow) -> Mechanism:
    state = row.state or State.OPEN
    made = Mechanism(id=moment.new_id(), kind=row.kind.value, starts_on=row.starts_on, state=state.value, criteria={})
    made.created_at = moment.now
    if state is State.CLOSED:
        made.end = (row.end or End.STOPPED).name
        made.closed_at = at(row.closed_on or row.ends_on) or moment.now
    return made


def at(day: date | None) -> datetime | None:
    """The beginning of a day that a file names."""
    return datetime.combine(day, time(), UTC) if day else None
