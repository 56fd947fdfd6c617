"""An import of accounts and deals, beside a bare executemany of the same rows into the same table of another database.

Each line of a file is read twice, checked and looked up, the bare way does none of that; both keep every constraint and
index, and write to the disk in earnest. A file is imported in parts, after each of which its rows are written barely,
so that what else the machine does slows both. The shape is that of 100,000 accounts with 1,000,000 deals; how many are
measured is up to EVERBOARD_BENCH_DEALS, for the whole of it takes long.
"""

import csv
import os
import secrets
import sqlite3
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Json
from sqlalchemy import make_url

from bot.imports import LARGE_BATCH, run_import
from domain.imports.kinds import ImportKind
from domain.imports.report import Result
from domain.moment import Moment
from storage import migrate, workspaces
from storage.database import Database
from storage.sealing import Keys
from tests.benchmarks.measuring import Figure
from tests.benchmarks.storing import postgresql
from tests.worlds import SECRET

DEALS = int(os.environ.get("EVERBOARD_BENCH_DEALS", "20000"))
"""The whole is 1,000,000."""

DEALS_OF_AN_ACCOUNT = 10
PARTS = 5
GOAL, MOST_MEMORY = 0.3, 200

HEADINGS = {
    ImportKind.ACCOUNTS: "Account ID,Account name,Industry,Country",
    ImportKind.OPPORTUNITIES: "Opportunity ID,Opportunity name,Account ID,Account name,Amount,Stage,Close date",
}
TABLES = {ImportKind.ACCOUNTS: "account", ImportKind.OPPORTUNITIES: "opportunity"}

Row = Sequence[Any]


class Bare:
    """Rows by the driver alone: from one database into the same table of another."""

    def __init__(self, here: Any, there: Any, mark: str) -> None:
        self._here, self._there, self._mark = here, there, mark
        self._last = dict.fromkeys(("workspace", *TABLES.values()), "")

    def new(self, table: str) -> list[Row]:
        """What was added to the first database since the last call, as the driver takes it."""
        query = f"select * from {table} where id > {self._mark} order by id"  # noqa: S608  # names of our own tables
        cursor = self._here.execute(query, (self._last[table],))
        at = [column[0] for column in cursor.description].index("id")
        rows: list[Row] = [[Json(one) if isinstance(one, list | dict) else one for one in row] for row in cursor]
        self._here.rollback()
        self._last[table] = str(rows[-1][at]) if rows else self._last[table]
        return rows

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """A transaction for as many rows as an import has in one."""
        for first in range(0, len(rows), LARGE_BATCH):
            some = rows[first : first + LARGE_BATCH]
            marks = ", ".join([self._mark] * len(some[0]))
            self._there.cursor().executemany(f"insert into {table} values ({marks})", some)  # noqa: S608
            self._there.commit()

    def close(self) -> None:
        """Let both go."""
        self._here.close()
        self._there.close()


def figures() -> list[Figure]:
    """For each database: rows a second as a share of the bare way's, and the memory that the import itself takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = {kind: [_write(folder, kind, part) for part in range(PARTS)] for kind in HEADINGS}
        with _sqlite(folder) as (url, bare):
            found = _of("SQLite", url, parts, bare)
        with _postgresql() as (url, bare):
            return [*found, *_of("PostgreSQL", url, parts, bare)]


def _write(folder: Path, kind: ImportKind, part: int) -> Path:
    path = folder / f"{kind.value}-{part}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEADINGS[kind]}\n")
        csv.writer(file).writerows(_rows(kind, part))
    return path


def _rows(kind: ImportKind, part: int) -> Iterator[Row]:
    accounts = DEALS // DEALS_OF_AN_ACCOUNT
    if kind is ImportKind.ACCOUNTS:
        of_part = accounts // PARTS
        for one in range(part * of_part, (part + 1) * of_part):
            yield f"A{one}", f"Company {one} Ltd", "Healthcare", "DE"
        return
    for one in range(part * DEALS // PARTS, (part + 1) * DEALS // PARTS):
        at = one % accounts
        day = date(2026, 1, 1) + timedelta(days=one % 365)
        yield f"D{one}", f"Deal {one}", f"A{at}", f"Company {at} Ltd", f"EUR {one}.50", "Closed Won", day.isoformat()


def _of(name: str, url: str, parts: dict[ImportKind, list[Path]], bare: Bare) -> list[Figure]:
    db = Database(url, Keys.of(SECRET))
    try:
        workspace_id = db.run_now(None, workspaces.only, _moment())
        bare.write("workspace", bare.new("workspace"))
        found = [_shares(name, kind, paths, db, workspace_id, bare) for kind, paths in parts.items()]
        memory = _memory(db, workspace_id, parts[ImportKind.OPPORTUNITIES])
    finally:
        db.close()
        bare.close()
    note = f"tracemalloc's peak over the import's start, {DEALS:,} deals that are there already"
    return [*found, Figure(f"{name}, deals imported: memory", memory, "MB", MOST_MEMORY, at_most=True, note=note)]


def _shares(name: str, kind: ImportKind, paths: list[Path], db: Database, workspace_id: str, bare: Bare) -> Figure:
    speeds = []
    for path in paths:
        imported = _imported(db, workspace_id, kind, path)
        rows = bare.new(TABLES[kind])
        began = time.perf_counter()
        bare.write(TABLES[kind], rows)
        speeds.append((imported, len(rows) / (time.perf_counter() - began)))
    ours, plain = (statistics.median(column) for column in zip(*speeds, strict=True))
    share = statistics.median(one / other for one, other in speeds)
    note = f"{ours:,.0f} rows/s; bare {plain:,.0f}; medians of {PARTS} parts"
    return Figure(f"{name}, {kind.value} imported: share of a bare executemany", share, "×", GOAL, note=note)


def _moment() -> Moment:
    return Moment(datetime.now(UTC), secrets.randbits)


def _imported(db: Database, workspace_id: str, kind: ImportKind, path: Path) -> float:
    began = time.perf_counter()
    report = run_import(db, workspace_id, kind, path, moment_source=_moment)
    added = report.counts[Result.ADDED]
    assert not report.refused, report.refused[0].sentence
    return added / (time.perf_counter() - began)


def _memory(db: Database, workspace_id: str, paths: list[Path]) -> float:
    """Megabytes for the same lines again in one file, apart from the timing: tracing slows everything."""
    whole = paths[0].with_name("whole.csv")
    with whole.open("w", encoding="utf-8") as file:
        for number, path in enumerate(paths):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            file.writelines(lines[number > 0 :])
    tracemalloc.start()
    try:
        run_import(db, workspace_id, ImportKind.OPPORTUNITIES, whole, moment_source=_moment)
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()


@contextmanager
def _sqlite(folder: Path) -> Iterator[tuple[str, Bare]]:
    files = [folder / "imported.db", folder / "bare.db"]
    for file in files:
        migrate.upgrade(f"sqlite:///{file}")
    here, there = (sqlite3.connect(file) for file in files)
    there.executescript("PRAGMA synchronous=FULL; PRAGMA foreign_keys=on")
    yield f"sqlite:///{files[0]}", Bare(here, there, "?")


@contextmanager
def _postgresql() -> Iterator[tuple[str, Bare]]:
    with postgresql() as url:
        other = make_url(url).set(database="bare").render_as_string(hide_password=False)
        with psycopg.connect(_plain(url), autocommit=True) as administration:
            administration.execute("create database bare")
        for one in (url, other):
            migrate.upgrade(one)
        yield url, Bare(psycopg.connect(_plain(url)), psycopg.connect(_plain(other)), "%s")


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
