"""A file in batches of transactions, and what became of its lines. Decides nothing about a line.

The file is read twice: first as a whole, because a day's meaning and a broken end concern every line; then a batch
at a time. A batch that clashes with somebody else's work is done again in halves, so that one line is refused and not
its neighbours.
"""

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import dropwhile, islice
from pathlib import Path

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from bot.table_files import Table, open_table
from domain.errors import RuleError
from domain.imports.dates import NO_DAYS, DayOrder, Days, DaysRead
from domain.imports.kinds import ImportKind
from domain.imports.layout import Layout, Read, Reader, days_at, read_header
from domain.imports.report import Outcome, Report, Result, summed_up, together
from domain.moment import Moment
from steps.imports import PASSES, Job, Pass
from storage import import_progress, imports
from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession
from storage.import_progress import KEPT, Begun

BATCH = 50
"""Lines in one transaction: on SQLite the bot waits meanwhile, and 50 lines take well under a second."""

LARGE_BATCH = 2000
"""The same for kinds of which a whole batch takes a handful of statements: about a tenth of a second."""

LARGE = frozenset({ImportKind.ACCOUNTS, ImportKind.OPPORTUNITIES})

NOTED_EVERY = 4
"""Batches between notes of how far an import is: so many at most are gone through again after it was cut."""

TOLD_EVERY = 10
"""Lines between two moves of the progress bar, which takes as long as a line does."""

ATTEMPTS = 5
"""How often a batch is tried while the database is busy; each attempt has itself waited for the lock."""

Advance = Callable[[int, int], None]
"""Told how many steps are done, of how many."""

Write = Callable[[Pass, Sequence[Read]], list[Outcome]]
"""One batch's way into the database."""

CLASH = "it clashes with another line or with what somebody is changing at this moment; please import it again"


@dataclass(frozen=True, slots=True)
class _Run:
    db: Database
    workspace_id: str
    file: Table
    layout: Layout
    days: DaysRead
    job: Job
    moment_source: Callable[[], Moment]
    file_key: str | None = None
    """By what a cut import of the same file is known again; None where none is taken up."""
    begun: Begun | None = None


def run_import(
    db: Database,
    workspace_id: str,
    kind: ImportKind,
    path: Path,
    *,
    dry_run: bool = False,
    dates: DayOrder | None = None,
    sheet: str | None = None,
    moment_source: Callable[[], Moment],
    progress: Advance | None = None,
) -> Report:
    """Import a file, or with `dry_run` only say what an import would do. `dates` is the order of numbers in its days,
    where somebody says it; `sheet` the one to read of several in a workbook.

    Raises RuleError when the file as a whole cannot be used (then nothing is written), and DatabaseBusyError when
    the database gives no answer: what is stored by then stays, and the same file again goes on from there.
    """
    file = open_table(path, kind.value, sheet)
    layout, days, lines = _survey(file, read_header(kind, file.header), dates)
    file_key = None if dry_run or kind in COUNTED else _key_of(path, kind, dates, sheet)
    begun = db.run_now(workspace_id, import_progress.begun, moment_source(), file_key) if file_key else None
    job = Job(begun.import_id if begun else moment_source().new_id(), lines)
    run = _Run(db, workspace_id, file, layout, days, job, moment_source, file_key, begun)
    outcomes = _tried(run) if dry_run else _done(run)
    if progress is not None:
        outcomes = _telling(outcomes, lines, progress)
    with _unswept():
        report = summed_up(
            kind,
            path.name,
            file.form,
            _once_a_line(kind, outcomes),
            layout.ignored,
            dry_run=dry_run,
            days=run.days,
            went_on_behind=begun.line if begun else 0,
        )
    if file_key:
        db.run_now(workspace_id, import_progress.ended, file_key)
    return report


@contextmanager
def _unswept() -> Iterator[None]:
    """Leave the program itself out of the search for garbage, which would go through all of it every few thousand
    lines and take longer than they do."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


COUNTED = frozenset({ImportKind.GIFTS, ImportKind.ENGAGEMENTS, ImportKind.ASSETS})
"""Kinds of which the whole file must be gone through each time, for the same line twice in it means two things."""


def _key_of(path: Path, kind: ImportKind, dates: DayOrder | None, sheet: str | None) -> str:
    """The same for the same file, read the same way."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(f"\0{kind.value}\0{dates.value if dates else ''}\0{sheet or ''}".encode())
    return digest.hexdigest()


def take_in(
    db: Database,
    workspace_id: str,
    kind: ImportKind,
    table: Table,
    job: Job,
    moment_source: Callable[[], Moment],
) -> Iterator[Outcome]:
    """Import a table from another program, part of a `job` of several: its days are written as 2026-05-31.

    Raises RuleError when its columns cannot be used, and DatabaseBusyError.
    """
    layout = replace(read_header(kind, table.header), order=DayOrder.ISO)
    yield from _once_a_line(kind, _done(_Run(db, workspace_id, table, layout, NO_DAYS, job, moment_source)))


def _once_a_line(kind: ImportKind, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """One outcome a line. What is gone through once is handed on at once: a million outcomes need not be held."""
    if len(PASSES[kind]) == 1:
        yield from outcomes
        return
    held: dict[int, Outcome] = {}
    for outcome in outcomes:
        earlier = held.get(outcome.line)
        held[outcome.line] = together(earlier, outcome) if earlier else outcome
    yield from held.values()


def _telling(outcomes: Iterator[Outcome], lines: int, progress: Advance) -> Iterator[Outcome]:
    done = 0
    for done, outcome in enumerate(outcomes, start=1):
        if done % TOLD_EVERY == 0:
            progress(min(done, lines), lines)  # a second pass goes over the same lines
        yield outcome
    progress(min(done, lines), lines)


def _survey(file: Table, layout: Layout, dates: DayOrder | None) -> tuple[Layout, DaysRead, int]:
    """What only the whole file can say: how its days are read, and how many lines it has.

    Raises RuleError for a file without lines, without a proper end, or with days other than `dates` says.
    """
    lines, days, places = 0, Days(), days_at(layout)
    for line in file.rows():
        lines += 1
        for at in places:
            if at < len(line.cells):
                days.look(line.cells[at])
    if not lines:
        raise RuleError(f"{file.path.name} has a first line and nothing below it, so there is nothing to import.")
    found = days.read(dates)
    return replace(layout, order=found.order), found, lines


def _batches(run: _Run, after: int = 0) -> Iterator[tuple[list[Read], list[Outcome]]]:
    """The file behind this line in batches: the lines that could be read, and those refused for what they say."""
    rows = run.file.rows()
    if after:
        rows = dropwhile(lambda line: line.number <= after, rows)
    size = LARGE_BATCH if run.layout.kind in LARGE else BATCH
    reader = Reader(run.layout)
    while some := list(islice(rows, size)):
        read, refused = [], []
        for line in some:
            try:
                read.append(reader.read(line))
            except RuleError as error:
                refused.append(Outcome(line.number, Result.REFUSED, error.message))
        yield read, refused


def _done(run: _Run) -> Iterator[Outcome]:
    return _passes(run, lambda step, read: _patiently(run, partial(_in_transaction, run=run, step=step, read=read)))


def _tried(run: _Run) -> Iterator[Outcome]:
    """The same in one transaction that is never committed, so that later lines see what earlier ones would add."""
    try:
        with run.db.session(run.workspace_id) as session:

            def attempt(step: Pass, read: Sequence[Read]) -> list[Outcome]:
                with session.begin_nested():
                    return _in_transaction(session, run, step, read)

            yield from _passes(run, attempt)
    except OperationalError as error:
        raise DatabaseBusyError("the database is busy or down") from error


def _passes(run: _Run, write: Write) -> Iterator[Outcome]:
    begun = run.begun or Begun(run.job.id, 0, 0, ())
    yield from (Outcome(line, Result.REFUSED, reason) for line, reason in begun.refused)
    refused_so_far = [*begun.refused]
    for number, step in enumerate(PASSES[run.layout.kind]):
        if number < begun.stage:
            continue
        for batch, (read, refused) in enumerate(_batches(run, begun.line if number == begun.stage else 0), start=1):
            remarks = {one.row.line: one.remarks for one in read if one.remarks} if number == 0 else {}
            outcomes = [*refused, *_with_remarks(_written(step, read, write), remarks)]
            if len(refused_so_far) < KEPT:
                refused_so_far += [(one.line, one.reason) for one in outcomes if one.result is Result.REFUSED]
            if run.file_key and batch % NOTED_EVERY == 0:
                last = max(*(one.row.line for one in read), *(one.line for one in refused), begun.line)
                _note(run, Begun(run.job.id, number, last, tuple(refused_so_far[:KEPT])))
            yield from outcomes


def _note(run: _Run, begun: Begun) -> None:
    if run.file_key:
        run.db.run_now(run.workspace_id, import_progress.note, run.moment_source(), run.file_key, begun)


def _written(step: Pass, read: Sequence[Read], write: Write) -> list[Outcome]:
    try:
        return write(step, read)
    except (IntegrityError, StaleDataError):
        if len(read) > 1:
            half = len(read) // 2  # so that one line among many is found without trying each
            return [*_written(step, read[:half], write), *_written(step, read[half:], write)]
        return [Outcome(one.row.line, Result.REFUSED, CLASH) for one in read]


def _with_remarks(outcomes: Sequence[Outcome], remarks: Mapping[int, tuple[str, ...]]) -> list[Outcome]:
    if not remarks:
        return [*outcomes]
    return [one._replace(remarks=(*said, *one.remarks)) if (said := remarks.get(one.line)) else one for one in outcomes]


def _patiently(run: _Run, transaction: Callable[[GuardedSession], list[Outcome]]) -> list[Outcome]:
    for _attempt in range(ATTEMPTS - 1):
        try:
            return run.db.run_now(run.workspace_id, transaction)
        except DatabaseBusyError:
            continue
    return run.db.run_now(run.workspace_id, transaction)


def _in_transaction(session: GuardedSession, run: _Run, step: Pass, read: Sequence[Read]) -> list[Outcome]:
    moment = run.moment_source()
    outcomes = step(session, moment, run.job, [one.row for one in read])
    session.flush()
    counted = Counter(one.result for one in outcomes)
    counts = {result.name.lower(): counted[result] for result in Result}
    imports.tally(session, moment, run.job.id, f"import.{run.layout.kind.value}", counts)
    return outcomes
