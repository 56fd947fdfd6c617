"""`/advocates …` beside the bare full-text query with the same filters: three sizes of workspaces, both databases.

The largest workspace stands in a table of a million advocates over fifty workspaces.
"""

import random
import sqlite3
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url, text

from domain import query
from domain.people import Actor
from steps import lookup, querying, vocabulary
from storage import isolation, migrate, search
from storage.documents import Document
from storage.engines import is_sqlite
from storage.guard import GuardedSession
from storage.sealing import Keys
from tests.benchmarks.advocates import NOW, fill_postgresql, fill_sqlite, made
from tests.benchmarks.measuring import Figure, percentile
from tests.benchmarks.storing import postgresql
from tests.databases import LOGINS
from tests.patience import bound
from tests.worlds import SECRET, World, counted

SIZES = (1_000, 10_000, 100_000)
NEIGHBOURS = 47
NEIGHBOUR = 18_913
"""Fifty workspaces, a million advocates: the three sizes, and 47 others that share the rest."""

ROUNDS = 3
EXTRA_MS = 5
TIMES = 1.5
GROWTH = 4
MEMORY = 1.2
"""How much more of the process's memory a broad look-up may take in a hundred times larger workspace. A selective one
finds more in the larger one, and holds what it finds; a broad one finds as many as may be in each."""

BROAD = ("healthcare", "banking", "retail", "automotive", "insurance", "cloud", "audit", "english", "emea", "dach")
"""One facet, which a twentieth or more of all answer, or one word that most have."""


def selective(workspace_id: str, size: int) -> list[str]:
    """What reps type who know whom they look for: three facets and a word of somebody who is there."""
    drawn = random.Random(11)
    return [_line(workspace_id, drawn.randrange(size)) for _ in range(40)]


def _line(workspace_id: str, number: int) -> str:
    rows = dict(made(workspace_id, number))
    shown = rows["advocate"]
    word = shown["use_cases"].split()[0]
    return f'industry:"{shown["industry"]}" role:"{shown["persona"]}" country:{shown["country"]} {word}'


def figures(sizes: Sequence[int] = SIZES, neighbours: int = NEIGHBOURS) -> list[Figure]:
    """For each database and size: the 95th percentile beside the bare query's, and how it grows."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'looking_up.db'}"
        found = _of("SQLite", url, sizes, neighbours)
    with postgresql() as url:
        return [*found, *_of("PostgreSQL", url, sizes, neighbours)]


def _of(name: str, url: str, sizes: Sequence[int], neighbours: int) -> list[Figure]:
    migrate.upgrade(url, None if is_sqlite(url) else LOGINS)
    world = World(bound(url, Keys.of(SECRET)), now=NOW)
    try:
        mine = [(world.workspace(f"T{size}"), size) for size in sizes]
        actors = {workspace_id: world.member(workspace_id, "UREP") for workspace_id, _size in mine}
        others = [(world.workspace(f"TN{number}"), NEIGHBOUR) for number in range(neighbours)]
        fill(url, [*mine, *others])
        return [*_at_each_size(name, world, url, mine, actors)]
    finally:
        world.db.close()


def fill(url: str, workspaces: Sequence[tuple[str, int]]) -> None:
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        fill_sqlite(str(found.database), workspaces)
    else:
        fill_postgresql(found.set(drivername="postgresql").render_as_string(hide_password=False), workspaces)


def _at_each_size(
    name: str, world: World, url: str, mine: Sequence[tuple[str, int]], actors: dict[str, Actor]
) -> Iterator[Figure]:
    first: dict[str, float] = {}
    least: dict[str, float] = {}
    for workspace_id, size in mine:
        for kind, lines in (("selective", selective(workspace_id, size)), ("broad", BROAD)):
            looked, bare, statements = _measured(world, url, workspace_id, actors[workspace_id], lines)
            note = f"bare {bare:.1f} ms, look-up {looked:.1f} ms at the 95th percentile, {statements} statements"
            more = max(0.0, looked - EXTRA_MS) / bare
            yield Figure(
                f"{name}, {size:,} advocates, {kind}: times the bare query, less {EXTRA_MS} ms",
                more,
                "×",
                TIMES,
                at_most=True,
                note=note,
            )
            grown = looked / first.setdefault(kind, looked)
            taken = _memory(world, workspace_id, actors[workspace_id], lines)
            more_taken = taken / least.setdefault(kind, taken)
            if size != mine[0][1]:
                small = f"{mine[0][1]:,}"
                note = f"{taken / 1024:.0f} kB at most"
                what = f"{name}, {kind}: memory of a look-up, {size:,} beside {small}"
                most = MEMORY if kind == "broad" else None
                yield Figure(what, more_taken, "×", most, at_most=True, note=note)
                goal = GROWTH if kind == "selective" else None
                yield Figure(f"{name}, {kind}: {size:,} beside {mine[0][1]:,}", grown, "×", goal, at_most=True)


def _measured(
    world: World, url: str, workspace_id: str, actor: Actor, lines: Sequence[str]
) -> tuple[float, float, int]:
    """Milliseconds at the 95th percentile, of the look-up and of the bare query, taken in turns; and its statements."""
    bare = _bare(url)
    asked = [_statement(world, workspace_id, line) for line in lines]

    def look(line: str) -> Any:
        return world.do(workspace_id, lookup.look_up, actor, world.moment(), line, 0)

    with counted(world.db) as statements:
        look(lines[0])
    looked, plain = [], []
    for turn in range(ROUNDS + 1):
        for line, (statement, values) in zip(lines, asked, strict=True):
            a, b = _seconds(lambda: look(line)), _seconds(lambda: bare(statement, values))  # noqa: B023  # called at once
            if turn:
                looked.append(a)
                plain.append(b)
    return percentile(looked, 0.95) * 1000, percentile(plain, 0.95) * 1000, len(statements)


def _memory(world: World, workspace_id: str, actor: Actor, lines: Sequence[str]) -> float:
    """Bytes that look-ups take at most while they run, beyond what there was before."""
    tracemalloc.start()
    try:
        most = 0
        for line in lines:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            world.do(workspace_id, lookup.look_up, actor, world.moment(), line, 0)
            most = max(most, tracemalloc.get_traced_memory()[1] - before)
        return most
    finally:
        tracemalloc.stop()


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _statement(world: World, workspace_id: str, line: str) -> tuple[str, dict[str, Any]]:
    """The index's own statement for a line, as the look-up runs it."""

    def make(session: GuardedSession) -> tuple[str, dict[str, Any]]:
        terms = vocabulary.load(session)
        wanted = querying.wanted(query.parse(line, terms), terms, NOW.date())
        return search.statement(session, wanted, lookup.MOST)

    found: tuple[str, dict[str, Any]] = world.do(workspace_id, make)
    return found


def _bare(url: str) -> Callable[[str, dict[str, Any]], object]:
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(found.database))
        return lambda statement, values: connection.execute(statement, values).fetchall()
    uri = found.set(drivername="postgresql").render_as_string(hide_password=False)
    server = psycopg.connect(uri, autocommit=True)
    from sqlalchemy.dialects.postgresql import psycopg as dialect

    def run(statement: str, values: dict[str, Any]) -> object:
        # The bare query knows of no isolation: it reads the table as its owner.
        table = statement.replace(isolation.FOUND, Document.__tablename__)
        compiled = str(text(table).compile(dialect=dialect.dialect()))  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        return server.execute(compiled, values).fetchall()

    return run
