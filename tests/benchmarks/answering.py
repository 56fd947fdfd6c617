"""Ten thousand people who answer a pulse: what is committed before the ack, beside a bare insert by the same driver.

People send while others do (`AT_ONCE` at any time), as in the minutes after ten; each bare insert is a transaction of
its own with a row as large as a ballot. Nothing may be lost: the ballots are counted. And opening the pulse for them.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import local

import psycopg
from sqlalchemy import insert, make_url, text

from domain.moment import Moment
from domain.people import Function, Role
from domain.pulse_answers import Given
from domain.pulse_audience import Audience
from domain.pulse_calendar import Cadence
from domain.pulse_runs import Plan
from steps import pulse_answers, pulse_clock, pulse_plans
from steps.pulse_answers import Sent
from storage import migrate
from storage.database import Database
from storage.guard import GuardedSession
from storage.people import Person
from storage.pulse_ballots import Ballot
from storage.sealing import Keys
from storage.together import Together
from tests.benchmarks.measuring import Figure, percentile, ratio
from tests.benchmarks.storing import postgresql
from tests.worlds import SECRET, World, counted

PEOPLE = 10_000
ROUNDS = 5
AT_ONCE = 200
"""People who are sending at any time."""

THREADS = {"SQLite": 1, "PostgreSQL": 8}
"""Of the bare inserts: SQLite has one writer, and more threads only wait for one another."""

MORNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
TABLE = "create table bare (number integer primary key, words text not null)"
WORDS = "01ARZ3NDEKTSV4RRFFQ69G5FAV 01ARZ3NDEKTSV4RRFFQ69G5FAV Customer success 4 2 4 4 5 belonging More time for it."


def figures() -> list[Figure]:
    """For each database: submissions a second over bare inserts a second, how long one takes, what opening costs."""
    with tempfile.TemporaryDirectory() as folder:
        found = _of("SQLite", f"sqlite:///{Path(folder) / 'answering.db'}", _sqlite)
    with postgresql() as url:
        return [*found, *_of("PostgreSQL", url, _psycopg)]


@dataclass
class Poll:
    """An open pulse, and the people who answer it."""

    world: World
    workspace_id: str
    run_id: str
    moment: Moment

    def sent(self, number: int) -> Sent:
        """What this person sends."""
        given = Given((4, 2, 4, 4, 5), None, "More time for it.")
        return Sent(f"U{number:05}", self.run_id, 0, given, self.moment.now)

    async def answer(self, together: Together, numbers: Iterator[int], taken: list[float]) -> None:
        """One after the other sends, as long as there is somebody."""
        for number in numbers:
            began = time.perf_counter()
            closes_at = await together.run(self.workspace_id, pulse_answers.submit, self.sent(number))
            taken.append(time.perf_counter() - began)
            assert isinstance(closes_at, datetime)


def _of(name: str, url: str, bare: Callable[[str], Callable[[int], None]]) -> list[Figure]:
    migrate.upgrade(url)
    world = World(Database(url, Keys.of(SECRET)))
    try:
        poll, statements, seconds = opened(world)
        with counted(world.db) as of_one:
            world.do(poll.workspace_id, pulse_answers.submit, [poll.sent(0)])
        share, pairs, insert_one = (PEOPLE - 1) // ROUNDS, [], bare(url)
        taken: list[float] = []
        for start in range(1, share * ROUNDS, share):
            numbers = range(start, start + share)
            ours = asyncio.run(_answered(poll, numbers, taken))
            pairs.append((ours, _rate(THREADS[name], insert_one, numbers)))
        kept = world.do(poll.workspace_id, lambda session: session.query(Ballot).count())
        assert kept == 1 + share * ROUNDS, "an answer was lost"
    finally:
        world.db.close()
    bare_rate = sum(theirs for _ours, theirs in pairs) / len(pairs)
    note = f"{len(of_one)} statements alone, {AT_ONCE} at once; bare {bare_rate:.0f} a second; all {kept:,} kept"
    return [
        Figure(f"{name}, pulse answered: rate beside a bare insert", ratio(pairs), "×", 0.6, note=note),
        Figure(f"{name}, pulse answered", sum(ours for ours, _theirs in pairs) / len(pairs), "a second"),
        Figure(f"{name}, pulse answered: 99th percentile", percentile(taken, 0.99) * 1000, "ms"),
        Figure(f"{name}, pulse of {PEOPLE:,} opened and queued", seconds, "s", note=f"{statements} statements"),
    ]


async def _answered(poll: Poll, numbers: range, taken: list[float]) -> float:
    together, everybody = Together(poll.world.db), iter(numbers)
    began = time.perf_counter()
    await asyncio.gather(*(poll.answer(together, everybody, taken) for _ in range(AT_ONCE)))
    return len(numbers) / (time.perf_counter() - began)


def _rate(threads: int, act: Callable[[int], None], numbers: range) -> float:
    with ThreadPoolExecutor(threads) as people:
        began = time.perf_counter()
        list(people.map(act, numbers))
        return len(numbers) / (time.perf_counter() - began)


def opened(world: World) -> tuple[Poll, int, float]:
    """A pulse that is open for ten thousand people, in how many statements, and in how many seconds."""
    workspace_id = world.workspace("TBENCH")
    leader = world.member(workspace_id, "ULEADER", Role.LEADER)
    world.do(workspace_id, _hire, world)
    with world.db.engine.begin() as connection:  # as the server does by itself within a minute
        connection.execute(text("ANALYZE"))
    world.now = MORNING - timedelta(hours=1)
    plan = Plan("Spring", Audience((Function.SALES,)), MORNING.date(), cadence=Cadence.ONCE)
    run_id = world.do(workspace_id, pulse_plans.start, leader, world.moment(), plan)
    moment = Moment(MORNING, world.rng.getrandbits)
    began = time.perf_counter()
    with counted(world.db) as statements:
        while world.do(workspace_id, pulse_clock.begin, moment):
            pass
    return Poll(world, workspace_id, run_id, moment), len(statements), time.perf_counter() - began


def _hire(session: GuardedSession, world: World) -> None:
    own: dict[str, object] = {
        "workspace_id": session.workspace_id,
        "function": "sales",
        "time_zone": "UTC",
        "standing": "member",
    }
    own |= {"is_slack_admin": False, "updated_at": world.now}
    people = [{**own, "id": f"P{n:05}", "slack_user_id": f"U{n:05}", "name": f"Person {n}"} for n in range(PEOPLE)]
    session.execute(insert(Person), people)


def _sqlite(url: str) -> Callable[[int], None]:
    mine, path = local(), str(make_url(url).database)
    sqlite3.connect(path).execute(TABLE)

    def insert_one(number: int) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            mine.connection.execute("PRAGMA synchronous=FULL")
        mine.connection.execute("BEGIN IMMEDIATE")
        mine.connection.execute("insert into bare values (?, ?)", (number, WORDS))
        mine.connection.execute("COMMIT")

    return insert_one


def _psycopg(url: str) -> Callable[[int], None]:
    mine, address = local(), make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.execute(TABLE)

    def insert_one(number: int) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = psycopg.connect(address)
        mine.connection.execute("insert into bare values (%s, %s)", (number, WORDS))
        mine.connection.commit()

    return insert_one
