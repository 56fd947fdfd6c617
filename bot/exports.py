"""`everboard export`: what there is, as CSV that an import reads back, or as JSON. Decides nothing about who may.

Rows are read some at a time. Into a file, it is noted after each page how far that is: what was cut, whatever by, goes
on from there when the same command is given again.
"""

import csv
import io
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TextColumn

from domain.errors import RuleError
from domain.formulas import neutral
from domain.moment import Moment
from storage import audit, exports
from storage.database import Database
from storage.export_sheets import Cells
from storage.guard import GuardedSession

AT_A_TIME = 1000
"""Rows of a page: some hundred kilobytes, and a read that nobody waits for."""

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is: of what, in which form, the last row's id, and the rows and bytes that are written."""

    workspace_id: str
    name: str
    as_json: bool
    last: str = ""
    rows: int = 0
    size: int = 0


def export(
    db: Database,
    workspace_id: str,
    name: str,
    *,
    as_json: bool,
    out: TextIO,
    moment: Moment,
    progress: Advance | None = None,
) -> int:
    """Write every row of a kind; answers how many. Raises RuleError for a kind that there is not."""
    _begin(db, workspace_id, name, moment)
    done = Progress(workspace_id, name, as_json)
    while page := _page(db, done):
        out.write(_text(page, done))
        done = _after(done, page, 0)
        if progress is not None:
            progress(done.rows)
    out.write(_end(done))
    return done.rows


def export_to(
    db: Database,
    workspace_id: str,
    name: str,
    path: Path,
    *,
    as_json: bool,
    moment: Moment,
    progress: Advance | None = None,
) -> tuple[int, int]:
    """The same into a file, which is there only when it is whole; answers how many rows it has, and how many of them an
    earlier run wrote that was cut.

    Raises RuleError when the file cannot be written, too.
    """
    _begin(db, workspace_id, name, moment)
    part, note = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json")
    try:
        begun = _noted(note, part, Progress(workspace_id, name, as_json))
        done = begun
        with part.open("r+b" if begun.rows else "wb") as file:
            file.truncate(begun.size)
            file.seek(begun.size)
            while page := _page(db, done):
                file.write(_text(page, done).encode())
                _settle(file)
                done = _after(done, page, file.tell())
                _write_note(note, done)
                if progress is not None:
                    progress(done.rows)
            file.write(_end(done).encode())
            _settle(file)
        part.replace(path)
        note.unlink(missing_ok=True)
    except OSError as error:
        raise RuleError(f"{path} can't be written: {(error.strerror or 'unknown reason').lower()}.") from error
    return done.rows, begun.rows


@contextmanager
def bar(error: TextIO) -> Iterator[Advance]:
    """The number of rows that are written, on a terminal; nothing where nobody looks."""
    console = Console(file=error)
    columns = (TextColumn("Exporting"), TextColumn("{task.completed:,} rows"))
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task("rows", total=None)
        yield lambda rows: shown.update(task, completed=rows)


def _begin(db: Database, workspace_id: str, name: str, moment: Moment) -> None:
    if name not in exports.EVERY:
        raise RuleError(f"There is no {name} to export; there are: {', '.join(exports.EVERY)}.")

    def note(session: GuardedSession) -> None:
        audit.record(session, moment, None, f"export.{name}", ("workspace", session.workspace_id))

    db.run_now(workspace_id, note)


def _page(db: Database, done: Progress) -> Sequence[tuple[str, Cells]]:
    return db.run_now(done.workspace_id, exports.page, done.name, done.last, AT_A_TIME)


def _after(done: Progress, page: Sequence[tuple[str, Cells]], size: int) -> Progress:
    return Progress(done.workspace_id, done.name, done.as_json, page[-1][0], done.rows + len(page), size)


def _text(page: Sequence[tuple[str, Cells]], done: Progress) -> str:
    rows = [cells for _id, cells in page]
    return _json(rows, is_first=not done.rows) if done.as_json else _csv(rows, is_first=not done.rows)


def _csv(rows: Sequence[Cells], *, is_first: bool) -> str:
    """Rows as lines, the columns' names before the first of all; text that begins like a formula is kept from it."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    if is_first:
        write.writerow(rows[0])
    write.writerows([neutral(cell) for cell in cells.values()] for cells in rows)
    return out.getvalue()


def _json(rows: Sequence[Cells], *, is_first: bool) -> str:
    """Rows of one list, a row a line."""
    lines = ",\n".join(json.dumps(cells, ensure_ascii=False) for cells in rows)
    return f"[\n{lines}" if is_first else f",\n{lines}"


def _end(done: Progress) -> str:
    if not done.as_json:
        return ""
    return "\n]\n" if done.rows else "[]\n"


def _settle(file: BinaryIO) -> None:
    """Bring it to the disk, before it is noted that it is there."""
    file.flush()
    os.fsync(file.fileno())


def _write_note(note: Path, done: Progress) -> None:
    new = note.with_suffix(".new")
    new.write_text(json.dumps(asdict(done)), encoding="utf-8")
    new.replace(note)


def _noted(note: Path, part: Path, asked: Progress) -> Progress:
    """How far a cut run came that was asked for the same; from the beginning where there was none."""
    try:
        found = Progress(**json.loads(note.read_text(encoding="utf-8")))
        is_there = part.stat().st_size >= found.size
    except (FileNotFoundError, ValueError, TypeError):
        return asked
    same = (found.workspace_id, found.name, found.as_json) == (asked.workspace_id, asked.name, asked.as_json)
    return found if same and is_there else asked
