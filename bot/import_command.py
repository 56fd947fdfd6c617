"""`everboard import`: the progress bar, the report, the exit status. How a file comes in is `imports`' matter."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.imports import Advance, run_import
from domain.errors import RuleError
from domain.imports.dates import DayOrder
from domain.imports.kinds import ImportKind
from domain.imports.report import Report
from domain.moment import Moment
from storage.database import Database, DatabaseBusyError

DONE, FAILED, WRONG_USE = 0, 1, 2


def import_command(
    db: Database,
    workspace_id: str,
    kind: ImportKind,
    path: Path,
    *,
    moment_source: Callable[[], Moment],
    dry_run: bool = False,
    dates: DayOrder | None = None,
    sheet: str | None = None,
    strict: bool = False,
    as_json: bool = False,
    refused_to: Path | None = None,
    out: TextIO = sys.stdout,
    error: TextIO = sys.stderr,
) -> int:
    """What the command does: import, print the report, answer the exit status."""
    try:
        with _bar(error) as advance:
            report = run_import(
                db,
                workspace_id,
                kind,
                path,
                dry_run=dry_run,
                dates=dates,
                sheet=sheet,
                moment_source=moment_source,
                progress=advance,
            )
        if refused_to is not None:
            write_refused(report, refused_to)
    except RuleError as refusal:
        error.write(f"{refusal.message}\n")
        return WRONG_USE
    except DatabaseBusyError:
        error.write("The database did not answer. What was stored stays; the same command again goes on from there.\n")
        return FAILED
    out.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(report.sentences()))
    out.write("\n")
    return FAILED if strict and report.refused else DONE


@contextmanager
def _bar(error: TextIO) -> Iterator[Advance]:
    """A progress bar on a terminal; nothing where nobody looks."""
    console = Console(file=error)
    columns = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("lines")
        yield lambda done, lines: bar.update(task, completed=done, total=lines)


def write_refused(report: Report, path: Path) -> None:
    """All refused lines with their reasons, as CSV. Raises RuleError when the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            write = csv.writer(file)
            write.writerow(("Line", "Reason"))
            write.writerows((one.line, _no_formula(one.reason)) for one in report.refused)
    except OSError as error:
        raise RuleError(f"{path} can't be written: {(error.strerror or 'unknown reason').lower()}.") from error


def _no_formula(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula; an apostrophe says that it is text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
