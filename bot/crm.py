"""Reading the CRM: a page at a time through the imports, so that a record twice changes nothing. Decides no rule.

After each page it is noted how far the reading is: what is cut, whatever by, goes on from there.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import Progress as RichProgress
from rich.progress import TextColumn

from bot.connectors import Connector, CrmError, Record
from bot.imports import take_in
from domain.crm import Fields, Refused, Thing
from domain.errors import RuleError
from domain.imports.dates import DayOrder
from domain.imports.kinds import ContactRow, ImportKind
from domain.imports.layout import Line, Reader, read_header
from domain.imports.report import Result
from domain.moment import Moment
from steps import crm, crm_deletions
from steps.imports import Job
from storage import crm as stored
from storage.database import Database
from storage.guard import GuardedSession

DONE, FAILED, WRONG_USE = 0, 1, 2

NONE = (
    "No CRM is connected. For Salesforce set SALESFORCE_URL, SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET; the "
    "README says how a Salesforce admin makes them."
)

Progress = Callable[[Thing, int], None]


@dataclass(frozen=True, slots=True)
class PageOfRecords:
    """Some records as a table that an import reads; a line's number is that of the record among all that were read."""

    path: Path
    form: str
    header: tuple[str, ...]
    first: int
    records: Sequence[Record]

    def rows(self) -> Iterator[Line]:
        """A line a record."""
        for number, record in enumerate(self.records, start=self.first):
            yield Line(number, record.cells)


@dataclass(slots=True)
class Reading:
    """What came of reading one kind of thing."""

    thing: Thing
    counts: dict[Result, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    remarks: dict[str, int] = field(default_factory=dict)
    trouble: str = ""
    gone: int = 0
    """Records known here that were deleted there."""

    @property
    def number(self) -> int:
        """Records that were read."""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """As plain values; keys may be added, never renamed."""
        return {
            "thing": self.thing.value,
            "read": self.number,
            **{result.name.lower(): self.counts.get(result, 0) for result in Result},
            "refusals": [{"id": one.id, "name": one.name, "reason": one.reason} for one in self.refused],
            "remarks": [{"text": text, "records": number} for text, number in self.remarks.items()],
            "trouble": self.trouble or None,
            "gone": self.gone,
        }

    def sentences(self) -> Iterator[str]:
        """As a person reads it, a line each."""
        sums = ", ".join(f"{self.counts[result]:,} {result.value}" for result in Result if self.counts.get(result))
        yield f"{self.thing.value.capitalize()}: {sums or 'nothing has changed'}."
        if self.gone:
            yield f"  {self.gone:,} known here were deleted there, and are marked so; nothing is deleted here."
        yield from (f"  {number:,} of them: {text}" if number else f"  {text}" for text, number in self.remarks.items())
        yield from (f"  {one.name} ({one.id}): {one.reason}" for one in self.refused)
        if self.trouble:
            yield f"  {self.trouble}"


@dataclass(frozen=True, slots=True)
class _Way:
    """From where to where records go."""

    db: Database
    workspace_id: str
    connector: Connector
    moment_source: Callable[[], Moment]
    progress: Progress | None
    go_on: Callable[[], bool]


def read(
    db: Database,
    workspace_id: str,
    connector: Connector,
    moment_source: Callable[[], Moment],
    progress: Progress | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> list[Reading]:
    """Read what has changed since the last time, and write back what is to be told, where somebody switched that on.

    Between pages `go_on` is asked; where it says no, the next reading begins there. What cannot be read is in the
    readings, and whoever can act is told. Raises DatabaseBusyError.
    """
    plan = db.run_now(workspace_id, crm.plan)
    found = []
    for thing in Thing:
        reading = Reading(thing)
        found.append(reading)
        try:
            if not _read_one(_Way(db, workspace_id, connector, moment_source, progress, go_on), plan, reading):
                return found
        except CrmError as error:
            reading.trouble = error.sentence
            db.run_now(workspace_id, crm.failed, moment_source(), thing, connector.name, error.sentence)
            if error.everything:
                return found
    if plan.write_field:
        _tell(db, workspace_id, connector, moment_source, plan.write_field, found[-1])
    return found


def _read_one(way: _Way, plan: crm.Plan, reading: Reading) -> bool:
    """Read one kind of thing; answers whether to its end."""
    thing = reading.thing
    fields, sentences = way.connector.readable(thing, plan.fields[thing])
    reading.remarks |= dict.fromkeys(sentences, 0)
    job = Job(way.moment_source().new_id(), 0)
    _mark_deleted(way, plan, fields, reading)
    for records in way.connector.pages(thing, fields, plan.since[thing]):
        if not way.go_on():
            return False
        name = way.connector.name
        page = PageOfRecords(Path(name), name, tuple(fields), reading.number + 1, records)
        came = _taken(way, page, reading, job)
        way.db.run_now(way.workspace_id, partial(_note, thing=thing, page=page, came=came))
        if way.progress is not None:
            way.progress(thing, reading.number)
    _mark_deleted(way, plan, fields, reading)  # once more: a long reading moves on behind what was deleted meanwhile
    way.db.run_now(way.workspace_id, crm.finished, way.moment_source(), thing, reading.refused)
    return True


def _mark_deleted(way: _Way, plan: crm.Plan, fields: Fields, reading: Reading) -> None:
    """Mark what was deleted since the last reading. Before the first there is nothing here that could have been.

    It comes first, so that where it fails the reading's mark stays, and the next one asks again.
    """
    thing, since = reading.thing, plan.since[reading.thing]
    if since is None:
        return
    for found in way.connector.deleted(thing, fields, since):
        if thing is Thing.CONTACTS:
            name = way.connector.name
            rows = _people(PageOfRecords(Path(name), name, tuple(fields), 1, found))
            gone = way.db.run_now(way.workspace_id, crm_deletions.people, way.moment_source(), name, rows)
        else:
            ids = [one.mark.id for one in found]
            gone = way.db.run_now(way.workspace_id, crm_deletions.records, way.moment_source(), thing, ids)
        reading.gone += gone


def _people(page: PageOfRecords) -> list[ContactRow]:
    """Those of the deleted people of whom enough is said to know them by."""
    reader = Reader(replace(read_header(ImportKind.CONTACTS, page.header), order=DayOrder.ISO))
    rows = []
    for line in page.rows():
        try:
            row = reader.read(line).row
        except RuleError:
            continue  # nobody here was known by that
        if isinstance(row, ContactRow):
            rows.append(row)
    return rows


def _note(session: GuardedSession, *, thing: Thing, page: PageOfRecords, came: list[str]) -> None:
    crm.taken(session, thing, came)
    crm.page_taken(session, thing, page.records[-1].mark)


def _taken(way: _Way, page: PageOfRecords, reading: Reading, job: Job) -> list[str]:
    """Take a page in; answers the ids of the records that came in."""
    came = []
    for outcome in take_in(way.db, way.workspace_id, reading.thing.kind, page, job, way.moment_source):
        record = page.records[outcome.line - page.first]
        reading.counts[outcome.result] = reading.counts.get(outcome.result, 0) + 1
        if outcome.result is Result.REFUSED:
            reading.refused.append(Refused(reading.thing, record.mark.id, record.name, outcome.reason))
            continue
        came.append(record.mark.id)
        for remark in outcome.remarks:
            reading.remarks[remark] = reading.remarks.get(remark, 0) + 1
    return came


def _tell(
    db: Database,
    workspace_id: str,
    connector: Connector,
    moment_source: Callable[[], Moment],
    into: str,
    reading: Reading,
) -> None:
    """Write what advocates did into each deal of which the CRM does not know it. One deal's refusal is one deal's."""
    for what in db.run_now(workspace_id, crm.to_tell):
        try:
            connector.tell(what.external_id, {into: what.said})
        except CrmError as error:
            reading.refused.append(Refused(reading.thing, what.external_id, what.name, error.sentence))
            if error.everything:
                reading.trouble = error.sentence
                break
        else:
            db.run_now(workspace_id, crm.was_told, moment_source(), what)
    db.run_now(workspace_id, crm.finished, moment_source(), reading.thing, reading.refused)
    if reading.trouble:
        db.run_now(workspace_id, crm.failed, moment_source(), reading.thing, connector.name, reading.trouble)


@contextmanager
def bar(error: TextIO) -> Iterator[Progress]:
    """The number of records that were read, on a terminal; nothing where nobody looks."""
    console = Console(file=error)
    columns = (TextColumn("Reading {task.description}"), TextColumn("{task.completed:,}"))
    with RichProgress(*columns, console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task("the CRM", total=None)
        yield lambda thing, number: shown.update(task, description=thing.value, completed=number)


def command(found: Sequence[Reading], *, as_json: bool, out: TextIO) -> int:
    """Print what was read; answers the exit status."""
    if as_json:
        out.write(json.dumps({"readings": [one.as_json() for one in found]}, ensure_ascii=False, indent=2))
    else:
        out.write("\n".join(sentence for one in found for sentence in one.sentences()))
    out.write("\n")
    return FAILED if any(one.trouble for one in found) else DONE


def status(db: Database, workspace_id: str, out: TextIO) -> None:
    """Print how far each kind of thing is read, and what could not be taken."""

    def look(session: GuardedSession) -> list[str]:
        rows = stored.readings(session)
        return [sentence for thing in Thing for sentence in _standing(thing, rows.get(thing))]

    for sentence in db.run_now(workspace_id, look):
        out.write(f"{sentence}\n")


def _standing(thing: Thing, row: stored.CrmReading | None) -> Iterator[str]:
    if row is None or (row.read_at is None and row.trouble is None and row.mark is None):
        yield f"{thing.value.capitalize()}: not read yet."
        return
    read_at = f"read to the end {row.read_at:%Y-%m-%d %H:%M} UTC" if row.read_at else "not read to the end yet"
    going_on = "" if row.is_whole else "; the last reading was cut and goes on where it stopped"
    yield f"{thing.value.capitalize()}: {read_at}{going_on}."
    if row.trouble:
        yield f"  {row.trouble}"
    yield from (f"  {name} ({record_id}): {reason}" for record_id, name, reason in row.refused or [])
