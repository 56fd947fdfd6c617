"""All that is held on one person, as plain values: their rows, what they did, who else's texts name them, messages.

Decides nothing about who may have it. Answers to pulses are not here: they are stored so that nobody can tell whose
they are, and while a pulse is open nobody may ask.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, inspect, select

from domain.erasing import Traits
from storage import erased, erased_posts
from storage.base import Base, UtcTime
from storage.database import sealer
from storage.erasing import Reach
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.sealed import SEALED

Values = dict[str, object]
"""One row, by column."""

NOT_TOLD = frozenset({"participation", "ballot", "answer"})
"""Whether somebody has answered an open pulse is told to nobody."""

UNSAID = frozenset({"workspace_id", "version"})
"""Columns that say nothing of anybody."""


def rows(session: GuardedSession, reach: Reach) -> dict[str, list[Values]]:
    """Their own rows by table, opened; tables without any are left out. One statement a table."""
    found: dict[str, list[Values]] = {}
    for table, which, _of_customer in erased.ties(reach):
        here = [_values(session, row) for row in session.scalars(select(table).where(which)).all()]
        if here:
            found.setdefault(str(table.__tablename__), []).extend(here)
    return found


def _values(session: GuardedSession, row: Any) -> Values:
    sealed = SEALED.get(type(row), ())
    shown = [column.name for column in row.__table__.c if column.name not in UNSAID]
    values = {name: getattr(row, name) for name in shown}
    opened = {name: sealer(session).open(values[name]) for name in sealed}
    return {
        name: opened.get(name, _plain(value))
        for name, value in values.items()
        if name in opened or not isinstance(value, bytes)
    }


def _plain(value: Any) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def acts(session: GuardedSession, reach: Reach) -> list[Values]:
    """What a colleague did, as which table's row, in which part, and when; what it is about is others' data."""
    own = {table for table, _which, of_customer in erased.ties(reach) if not of_customer}
    found: list[Values] = []
    for table in erased.classes().values() if reach.people else ():
        if table in own or table.__tablename__ in NOT_TOLD:
            continue
        for column in _of_people(table):
            for row in session.scalars(select(table).where(getattr(table, column).in_(reach.people))):
                found.append({"table": str(table.__tablename__), "as": column, "at": _when(row), **_id(row)})
    return found


def _of_people(table: type[Base]) -> Iterator[str]:
    """The columns that point at a person."""
    for constraint in table.__table__.foreign_key_constraints:  # type: ignore[attr-defined]  # every table of ours has it
        if constraint.referred_table.name == "person":
            yield next(name for name in constraint.column_keys if name != "workspace_id")


def _when(row: Any) -> str | None:
    """The first instant that the row knows of."""
    times = [column.name for column in row.__table__.c if isinstance(column.type, UtcTime | DateTime)]
    said = [value for name in times if (value := getattr(row, name)) is not None]
    return min(said).isoformat() if said else None


def _id(row: Any) -> Values:
    key = [column.key for column in inspect(type(row)).primary_key if column.key != "workspace_id"]
    return {"id": " ".join(str(getattr(row, name)) for name in key)}


def mentions(session: GuardedSession, reach: Reach, traits: Traits) -> list[Values]:
    """Texts in other rows that name them, whole. One statement a table."""
    own = {values["id"] for table in rows(session, reach).values() for values in table if "id" in values}
    found: list[Values] = []
    for table in erased.searched_tables():
        for row in erased.naming(session, table, traits):
            if getattr(row, "id", None) in own:
                continue
            for name in erased.texts_of(table):
                if traits.name(getattr(row, name)):
                    found.append({"table": table, "column": name, "text": getattr(row, name), **_id(row)})
    return found


def messages(session: GuardedSession, reach: Reach) -> list[Values]:
    """Messages of Everboard that are about them: when, where, and what they said as long as that is kept."""
    query = select(Message).where(Message.id.in_(erased_posts.ids_about(reach.subjects))).order_by(Message.created_at)
    return [
        {"kind": row.kind, "at": row.created_at.isoformat(), "channel": row.channel or row.target, "text": row.text}
        for row in session.scalars(query)
    ]
