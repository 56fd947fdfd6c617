"""Many new rows into one table at once. Decides nothing about what is in them.

Past the session's statements, in which each row's values would be named, checked and bound one by one: for a million of
them that takes longer than all the rest. The workspace is therefore written into each row here, from the session.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Dialect, Table, inspect

from storage.base import Base, Tenant
from storage.guard import WORKSPACE, GuardedSession


def add_rows(session: GuardedSession, kind: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert these rows of a tenant's table, each with a value for every column but the workspace. One statement."""
    table = inspect(kind).local_table
    assert isinstance(table, Table)  # noqa: S101  # narrows the type; every mapped class has one
    assert issubclass(kind, Tenant)  # noqa: S101  # no other table has a workspace to write into
    if not rows:
        return
    columns = [column for column in table.columns if column.key != WORKSPACE]
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(*_as_one_document(table, columns, session.workspace_id, rows, connection.dialect))
    else:
        connection.exec_driver_sql(*_as_tuples(table, columns, session.workspace_id, rows, connection.dialect))


def _as_tuples(
    table: Table, columns: Sequence[Column[Any]], workspace: str, rows: Sequence[Mapping[str, object]], dialect: Dialect
) -> tuple[str, list[tuple[object, ...]]]:
    """For the driver's own loop, column by column, for most need nothing done to their values."""
    names = ", ".join((WORKSPACE, *(column.name for column in columns)))
    marks = ", ".join("?" * (len(columns) + 1))
    values = [_bound(column, list(map(itemgetter(column.key), rows)), dialect) for column in columns]
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608  # names of our own tables
    return statement, list(zip([workspace] * len(rows), *values, strict=True))


def _bound(column: Column[Any], values: list[object], dialect: Dialect) -> list[object]:
    process: Callable[[object], object] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    first = next((value for value in values if value is not None), None)
    if isinstance(first, list):  # of texts: few combinations of them
        values = [None if value is None else tuple(value) for value in values]  # type: ignore[arg-type]  # all are lists
    elif not isinstance(first, date):  # many rows share a few days
        return [process(value) for value in values]
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]


def _as_one_document(
    table: Table, columns: Sequence[Column[Any]], workspace: str, rows: Sequence[Mapping[str, object]], dialect: Dialect
) -> tuple[str, tuple[str, str]]:
    """For a server that takes a parameter's way there and back for each row: all of them in one."""
    names = ", ".join(column.name for column in columns)
    types = ", ".join(f"{column.name} {column.type.compile(dialect)}" for column in columns)
    statement = (
        f"INSERT INTO {table.name} ({WORKSPACE}, {names}) "  # noqa: S608  # names of our own tables
        f"SELECT %s, {names} FROM json_to_recordset(%s) AS given({types})"
    )
    return statement, (workspace, json.dumps(rows, default=_text, ensure_ascii=False))


def _text(value: object) -> str:
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise ValueError("a time in the database needs a zone")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is nothing that a document of rows can hold")
