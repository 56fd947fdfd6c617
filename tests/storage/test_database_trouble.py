"""What a caller is told when the database cannot do what it should, and that it works again afterwards."""

import asyncio
import socket
from collections.abc import Iterator
from threading import Event

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import event, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession
from storage.receipts import Receipt
from tests.patience import PATIENCE, stopwatch
from tests.storage.waiting import (
    AT_MOST,
    SOON,
    busy_within,
    hurried,
    keep,
    keys,
    locked,
    plain,
    stored,
    works_again,
    workspace,
)
from tests.worlds import KEYS, World

pytestmark = pytest.mark.slow  # each waits for a database that does not answer

__all__ = ["workspace"]


async def test_a_mistake_in_a_statement_is_not_called_busy(world: World, workspace: str) -> None:
    wrong = text("SELECT nothing FROM nowhere WHERE workspace_id = :workspace_id")
    with pytest.raises(DBAPIError):
        await world.db.run(workspace, lambda session: session.execute(wrong, {"workspace_id": workspace}))


async def test_a_lock_that_another_program_holds(world: World, workspace: str) -> None:
    with locked(world.db.url), busy_within():
        await world.db.run(workspace, keep)
    await works_again(world.db, workspace)
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
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000000) "
    "SELECT count(*) FROM n WHERE :workspace_id <> ''",
    "postgresql": "SELECT pg_sleep(600) WHERE CAST(:workspace_id AS text) <> ''",
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
    assert await asyncio.to_thread(ended.wait, PATIENCE / 2)
    await works_again(world.db, workspace)
    assert stored(world, workspace) == ["next"]


async def test_who_comes_too_late_commits_nothing(world: World, workspace: str) -> None:
    go_on, ended = Event(), Event()

    def dawdle(session: GuardedSession) -> None:
        keep(session)
        go_on.wait(PATIENCE)
        ended.set()

    with hurried(world, deadline=SOON) as db:
        with busy_within():
            await db.run(workspace, dawdle)
        go_on.set()
        assert await asyncio.to_thread(ended.wait, PATIENCE)
    assert stored(world, workspace) == []


async def test_all_threads_busy(world: World, workspace: str) -> None:
    go_on, begun = Event(), []

    def wait(session: GuardedSession) -> None:
        go_on.wait(PATIENCE)

    with hurried(world, deadline=SOON, threads=2) as db:
        waiting = [asyncio.create_task(db.read(workspace, wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with busy_within():
            await db.run(workspace, lambda session: begun.append(keep(session)))
        go_on.set()
        assert all(
            isinstance(one, DatabaseBusyError | None) for one in await asyncio.gather(*waiting, return_exceptions=True)
        )
        await works_again(db, workspace)
    assert begun == []
    assert stored(world, workspace) == ["next"]


async def test_no_connection_left(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS, threads=2))
    workspace = world.workspace("T1")
    with world.db.engine.connect(), world.db.engine.connect(), busy_within():
        await world.db.run(workspace, keep)
    await works_again(world.db, workspace)
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
    await works_again(world.db, workspace)
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
    await works_again(world.db, workspace)
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


async def test_two_that_wait_for_each_other(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")
    for key in ("a", "b"):
        world.do(workspace, keep, key)
    held = {"a": Event(), "b": Event()}

    def cross(session: GuardedSession, first: str, second: str) -> None:
        session.execute(update(Receipt).where(Receipt.key == first).values(outcome=first))
        held[first].set()
        held[second].wait(PATIENCE)
        session.execute(update(Receipt).where(Receipt.key == second).values(outcome=first))

    with stopwatch() as taken:
        answers = await asyncio.gather(
            world.db.run(workspace, cross, "a", "b"), world.db.run(workspace, cross, "b", "a"), return_exceptions=True
        )
    assert taken() < AT_MOST
    assert any(isinstance(answer, DatabaseBusyError) for answer in answers)
    assert all(isinstance(answer, DatabaseBusyError | None) for answer in answers)
    await works_again(world.db, workspace)
    world.db.close()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """An empty world with the real deadlines, which are what this is about."""
    db = Database(database_url, KEYS)
    yield World(db)
    db.close()


@pytest.mark.parametrize("error", ["LockNotAvailable", "QueryCanceled", "SerializationFailure", "DeadlockDetected"])
def test_what_passes_by_itself_is_an_operational_error_of_the_driver(error: str) -> None:
    assert issubclass(getattr(psycopg.errors, error), psycopg.OperationalError)


async def test_a_commit_that_does_not_end_is_not_waited_for(world: World, workspace: str) -> None:
    go_on = Event()
    with hurried(world, deadline=SOON) as db:
        event.listen(db.engine, "commit", lambda _connection: go_on.wait(PATIENCE))
        with busy_within():
            await db.run(workspace, keep)
        go_on.set()
    # The one case in which trying again may find it done.
    assert stored(world, workspace) == ["k"]
