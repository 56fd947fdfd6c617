"""A workspace into which tests import files, and ways to look at what came of it."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from sqlalchemy import event, select

from bot.import_command import import_command
from bot.imports import run_import
from domain.imports.kinds import ImportKind
from domain.imports.report import Report, Result
from domain.moment import Moment
from storage import workspaces
from storage.base import Base
from storage.database import Database
from storage.guard import GuardedSession
from storage.people import Person
from storage.sealing import Keys
from tests.patience import patient

T = TypeVar("T")

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
PEOPLE = (
    "Name,Email,Function,Roles,Manager email\nAda,ada@q.example,sales,,bob@q.example\nBob,bob@q.example,sales,admin,\n"
)


@dataclass
class Office:
    """A workspace, and a folder of files to import into it."""

    db: Database
    workspace_id: str
    folder: Path
    random: Random = field(default_factory=lambda: Random(7))
    now: datetime = NOW

    def moment(self) -> Moment:
        return Moment(self.now, self.random.getrandbits)

    def file(self, text: str | bytes, name: str = "file.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def load(self, kind: ImportKind, text: str | bytes, *, dry_run: bool = False) -> Report:
        path = self.file(text)
        return run_import(self.db, self.workspace_id, kind, path, dry_run=dry_run, moment_source=self.moment)

    def command(self, kind: ImportKind, path: Path, **options: Any) -> tuple[int, str, str]:
        out, error = io.StringIO(), io.StringIO()
        status = import_command(
            self.db, self.workspace_id, kind, path, moment_source=self.moment, out=out, error=error, **options
        )
        return status, out.getvalue(), error.getvalue()

    def see(self, look: Callable[[GuardedSession], T]) -> T:
        with self.db.session(self.workspace_id) as session:
            return look(session)

    def do(self, act: Callable[[GuardedSession], T]) -> T:
        return self.db.run_now(self.workspace_id, act)

    def every(self, row: type[T]) -> list[T]:
        return self.see(lambda session: list(session.scalars(select(row))))

    def person(self, name: str) -> Person:
        return next(person for person in self.every(Person) if person.name == name)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    db = patient(database_url, Keys.of("k" * 32))
    moment = Moment(NOW, Random(3).getrandbits)
    yield Office(db, db.run_now(None, workspaces.only, moment), tmp_path)
    db.close()


def counts(report: Report) -> dict[Result, int]:
    return {result: count for result, count in report.counts.items() if count}


def reasons(report: Report) -> list[str]:
    return [outcome.sentence for outcome in report.refused]


def as_csv(*rows: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def rows_of_everything(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    def look(session: GuardedSession) -> dict[str, list[tuple[Any, ...]]]:
        tables = {}
        for mapper in Base.registry.mappers:
            rows = session.scalars(select(mapper.class_)).all() if "workspace_id" in mapper.columns else []
            tables[mapper.class_.__name__] = [
                tuple(getattr(row, column.key) for column in mapper.column_attrs) for row in rows
            ]
        return tables

    return office.see(look)


def statements_of(office: Office, kind: ImportKind, text: str) -> int:
    seen = 0

    def count(*_args: object) -> None:
        nonlocal seen
        seen += 1

    event.listen(office.db.engine, "before_cursor_execute", count)
    try:
        report = office.load(kind, text)
    finally:
        event.remove(office.db.engine, "before_cursor_execute", count)
    assert not report.refused
    return seen
