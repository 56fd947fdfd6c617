"""What a caller is told when the database cannot do what it should, and that it works again afterwards."""

import asyncio
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import event, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.errors import RuleError
from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession, ReadOnlyError
from storage.nominations import Contact, Nomination
from storage.receipts import Receipt
from tests.worlds import KEYS, START, World

AT_MOST = 2.2
"""Seconds of real time within which a caller has an answer, whatever happens."""

SOON = 0.4
"""A deadline for tests in which it only matters that there is one."""


@pytest.fixture
def workspace(world: World) -> str:
    return world.workspace("T1")


@contextmanager
def hurried(world: World, **options: float) -> Iterator[Database]:
    """The same database with less patience."""
    db = Database(world.db.url, KEYS, **options)  # type: ignore[arg-type]  # deadline or threads
    yield db
    db.close()


@contextmanager
def busy_within(seconds: float = AT_MOST) -> Iterator[None]:
    """The caller hears in time that the database is busy."""
    began = time.monotonic()
    with pytest.raises(DatabaseBusyError):
        yield
    assert time.monotonic() - began < seconds


def keep(session: GuardedSession, key: str = "k") -> str:
    session.add(Receipt(key=key, at=START))
    return key


def keys(session: GuardedSession) -> list[str]:
    return list(session.scalars(select(Receipt.key).order_by(Receipt.key)))


def stored(world: World, workspace: str) -> list[str]:
    found: list[str] = world.do(workspace, keys)
    return found


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program holds whatever `keep` needs, until the end of the block."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    with psycopg.connect(plain(url)) as connection:
        connection.execute("LOCK TABLE receipt IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


def plain(url: str, database: str | None = None) -> str:
    parsed = make_url(url).set(drivername="postgresql")
    return (parsed.set(database=database) if database else parsed).render_as_string(hide_password=False)


async def test_a_transaction_is_committed_and_answers(world: World, workspace: str) -> None:
    assert await world.db.run(workspace, keep, "one") == "one"
    assert await world.db.read(workspace, keys) == ["one"]
    assert await world.db.across(lambda session: session.info["across"]) is True


@pytest.mark.parametrize("error", [RuleError("no"), ValueError("no"), TimeoutError("its own"), KeyError("k")])
async def test_an_error_leaves_nothing_behind_and_passes_through(
    world: World, workspace: str, error: Exception
) -> None:
    def fail(session: GuardedSession) -> None:
        keep(session)
        session.flush()
        raise error

    with pytest.raises(type(error)) as caught:
        await world.db.run(workspace, fail)
    assert str(caught.value) == str(error)
    assert stored(world, workspace) == []


async def test_a_mistake_in_a_statement_is_not_called_busy(world: World, workspace: str) -> None:
    wrong = text("SELECT nothing FROM nowhere WHERE workspace_id = :workspace_id")
    with pytest.raises(DBAPIError):
        await world.db.run(workspace, lambda session: session.execute(wrong, {"workspace_id": workspace}))


async def test_a_lock_that_another_program_holds(world: World, workspace: str) -> None:
    with locked(world.db.url), busy_within():
        await world.db.run(workspace, keep)
    assert await world.db.run(workspace, keep, "next") == "next"
    assert stored(world, workspace) == ["next"]


async def test_a_row_that_another_transaction_holds(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")
    world.do(workspace, keep)

    def change(session: GuardedSession) -> None:
        keep(session, "with it")
        session.execute(update(Receipt).where(Receipt.key == "k").values(outcome="changed"))

    with world.db.session(workspace) as holder:
        holder.execute(update(Receipt).values(outcome="held"))
        with busy_within():
            await world.db.run(workspace, change)
    assert stored(world, workspace) == ["k"]
    await world.db.run(workspace, change)
    assert stored(world, workspace) == ["k", "with it"]
    world.db.close()


SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
    "SELECT count(*) FROM n WHERE :workspace_id <> ''",
    "postgresql": "SELECT pg_sleep(60) WHERE CAST(:workspace_id AS text) <> ''",
}


async def test_a_statement_that_takes_too_long_is_stopped(world: World, workspace: str) -> None:
    ended = Event()

    def slow(session: GuardedSession) -> None:
        keep(session)
        session.flush()
        try:
            session.execute(text(SLOW[session.get_bind().dialect.name]), {"workspace_id": workspace})
        finally:
            ended.set()

    with busy_within():
        await world.db.run(workspace, slow)
    # Nobody waits for it any more, and it holds no lock against the next one.
    assert await asyncio.to_thread(ended.wait, 1)
    assert await world.db.run(workspace, keep, "next") == "next"
    assert stored(world, workspace) == ["next"]


async def test_who_comes_too_late_commits_nothing(world: World, workspace: str) -> None:
    go_on, ended = Event(), Event()

    def dawdle(session: GuardedSession) -> None:
        keep(session)
        go_on.wait(10)
        ended.set()

    with hurried(world, deadline=SOON) as db:
        with busy_within(SOON + 0.3):
            await db.run(workspace, dawdle)
        go_on.set()
        assert await asyncio.to_thread(ended.wait, 5)
    assert stored(world, workspace) == []


async def test_all_threads_busy(world: World, workspace: str) -> None:
    go_on, begun = Event(), []

    def wait(session: GuardedSession) -> None:
        go_on.wait(10)

    with hurried(world, deadline=SOON, threads=2) as db:
        waiting = [asyncio.create_task(db.read(workspace, wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with busy_within(SOON + 0.3):
            await db.run(workspace, lambda session: begun.append(keep(session)))
        go_on.set()
        assert all(
            isinstance(one, DatabaseBusyError | None) for one in await asyncio.gather(*waiting, return_exceptions=True)
        )
        assert await db.run(workspace, keep, "next") == "next"
    assert begun == []
    assert stored(world, workspace) == ["next"]


async def test_no_connection_left(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS, threads=2))
    workspace = world.workspace("T1")
    with world.db.engine.connect(), world.db.engine.connect(), busy_within():
        await world.db.run(workspace, keep)
    assert await world.db.run(workspace, keep, "next") == "next"
    world.db.close()


async def test_a_server_that_goes_away_and_comes_back(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")
    name = Identifier(str(make_url(postgresql_url).database))
    with psycopg.connect(plain(postgresql_url, "postgres"), autocommit=True) as administration:
        administration.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        administration.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [make_url(postgresql_url).database],
        )
        with busy_within():
            await world.db.run(workspace, keep)
        administration.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
    assert await world.db.run(workspace, keep, "next") == "next"
    assert stored(world, workspace) == ["next"]
    world.db.close()


async def test_a_connection_lost_in_the_middle_of_a_transaction(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")

    def cut_off(session: GuardedSession) -> None:
        keep(session)
        session.flush()
        with psycopg.connect(plain(postgresql_url, "postgres"), autocommit=True) as administration:
            administration.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [make_url(postgresql_url).database],
            )
        keys(session)

    with busy_within():
        await world.db.run(workspace, cut_off)
    assert await world.db.run(workspace, keep, "next") == "next"
    assert stored(world, workspace) == ["next"]
    world.db.close()


async def test_a_host_where_nobody_listens() -> None:
    db = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", KEYS)
    with busy_within():
        await db.run("w", keep)
    db.close()


async def test_a_host_that_accepts_and_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        db = Database(f"postgresql+psycopg://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing", KEYS)
        with busy_within():
            await db.run("w", keep)
    db.close()


async def test_a_file_that_cannot_be_opened(tmp_path: object) -> None:
    db = Database(f"sqlite:///{tmp_path}/missing/everboard.db", KEYS)
    with busy_within():
        await db.run("w", keep)
    db.close()


async def test_two_who_insert_the_same_row_are_one_after_the_other(world: World, workspace: str) -> None:
    calls: list[bool] = []

    def once(session: GuardedSession) -> str:
        """As if the other one's row had appeared between the look and the insert."""
        known = session.get(Receipt, (workspace, "k")) is not None and len(calls) > 0
        calls.append(known)
        return "known" if known else keep(session)

    world.do(workspace, keep)
    assert await world.db.run(workspace, once) == "known"
    assert calls == [False, True]


async def test_a_row_that_is_in_the_way_for_good_is_reported_after_the_second_try(world: World, workspace: str) -> None:
    calls: list[str] = []
    world.do(workspace, keep)
    with pytest.raises(IntegrityError):
        await world.db.run(workspace, lambda session: calls.append(keep(session)))
    assert len(calls) == 2


def nominated(session: GuardedSession) -> None:
    session.add(Contact(id="c", name="n", name_key="n", identity="n", company="c", company_key="c", created_at=START))
    session.add(
        Nomination(
            id="n", contact_id="c", source="web", state="submitted", why="", customer_knows=True, created_at=START
        )
    )


async def test_a_row_that_somebody_changed_meanwhile_is_looked_at_again(world: World, workspace: str) -> None:
    world.do(workspace, nominated)
    seen: list[int] = []

    def change(session: GuardedSession) -> None:
        row = session.get_one(Nomination, (workspace, "n"))
        seen.append(row.version)
        if len(seen) == 1:
            # As if another transaction had committed in between; it is rolled back with this one.
            session.execute(update(Nomination).values(version=9), execution_options={"synchronize_session": False})
        row.why = "changed"

    await world.db.run(workspace, change)
    assert seen == [1, 1]


async def test_a_second_try_that_meets_a_lock_is_busy_too(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")
    world.do(workspace, keep)
    with psycopg.connect(plain(postgresql_url)) as other:
        tries: list[int] = []

        def insert(session: GuardedSession) -> None:
            tries.append(1)
            if len(tries) == 2:
                other.execute("LOCK TABLE receipt IN ACCESS EXCLUSIVE MODE")
            keep(session)

        with busy_within():
            await world.db.run(workspace, insert)
        assert len(tries) == 2
        other.rollback()
    world.db.close()


async def test_two_that_wait_for_each_other(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")
    for key in ("a", "b"):
        world.do(workspace, keep, key)
    held = {"a": Event(), "b": Event()}

    def cross(session: GuardedSession, first: str, second: str) -> None:
        session.execute(update(Receipt).where(Receipt.key == first).values(outcome=first))
        held[first].set()
        held[second].wait(5)
        session.execute(update(Receipt).where(Receipt.key == second).values(outcome=first))

    began = time.monotonic()
    answers = await asyncio.gather(
        world.db.run(workspace, cross, "a", "b"), world.db.run(workspace, cross, "b", "a"), return_exceptions=True
    )
    assert time.monotonic() - began < AT_MOST
    assert any(isinstance(answer, DatabaseBusyError) for answer in answers)
    assert all(isinstance(answer, DatabaseBusyError | None) for answer in answers)
    assert await world.db.run(workspace, keep, "next") == "next"
    world.db.close()


@pytest.mark.parametrize("error", ["LockNotAvailable", "QueryCanceled", "SerializationFailure", "DeadlockDetected"])
def test_what_passes_by_itself_is_an_operational_error_of_the_driver(error: str) -> None:
    assert issubclass(getattr(psycopg.errors, error), psycopg.OperationalError)


WRITES: dict[str, Callable[[GuardedSession], object]] = {
    "a new row": keep,
    "a changed row": lambda session: setattr(session.get_one(Receipt, (session.workspace_id, "k")), "outcome", "x"),
    "a statement": lambda session: session.execute(update(Receipt).values(outcome="changed")),
    "text": lambda session: session.execute(
        text("UPDATE receipt SET outcome = 'x' WHERE workspace_id = :workspace_id"),
        {"workspace_id": session.workspace_id},
    ),
}


@pytest.mark.parametrize("write", WRITES)
async def test_a_reading_transaction_cannot_write(world: World, workspace: str, write: str) -> None:
    world.do(workspace, keep)
    with pytest.raises((ReadOnlyError, DBAPIError)):
        await world.db.read(workspace, WRITES[write])
    assert world.do(workspace, lambda session: session.scalars(select(Receipt.outcome)).all()) == [""]


async def test_a_connection_that_read_can_write_afterwards(world: World, workspace: str) -> None:
    with hurried(world, threads=1) as db:
        assert await db.read(workspace, keys) == []
        assert await db.run(workspace, keep, "next") == "next"
        assert await db.read(workspace, keys) == ["next"]


async def test_a_reader_waits_for_no_writer(world: World, workspace: str) -> None:
    world.do(workspace, keep)
    with world.db.session(workspace) as writer:
        writer.execute(update(Receipt).values(outcome="held"))
        began = time.monotonic()
        assert await world.db.read(workspace, keys) == ["k"]
        assert time.monotonic() - began < 0.5


async def test_a_commit_that_does_not_end_is_not_waited_for(world: World, workspace: str) -> None:
    go_on = Event()
    with hurried(world, deadline=SOON) as db:
        event.listen(db.engine, "commit", lambda _connection: go_on.wait(10))
        with busy_within(SOON + 0.6):
            await db.run(workspace, keep)
        go_on.set()
    # The one case in which trying again may find it done.
    assert stored(world, workspace) == ["k"]


async def test_a_caller_that_goes_away_stops_nothing(world: World, workspace: str) -> None:
    begun, go_on = Event(), Event()

    def act(session: GuardedSession) -> None:
        begun.set()
        go_on.wait(10)
        keep(session)

    task = asyncio.create_task(world.db.run(workspace, act))
    assert await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await asyncio.to_thread(world.db.close)
    again = World(Database(world.db.url, KEYS))
    assert stored(again, workspace) == ["k"]
    again.db.close()


async def test_fifty_at_once_all_get_in(world: World, workspace: str) -> None:
    answers = await asyncio.gather(*(world.db.run(workspace, keep, f"{place:02}") for place in range(50)))
    assert stored(world, workspace) == sorted(answers)
