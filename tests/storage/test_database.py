"""Transactions: committed once or not at all, tried again when somebody was faster, and read without writing."""

import asyncio
from collections.abc import Callable
from threading import Event

import psycopg
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.errors import RuleError
from storage.database import Database
from storage.guard import GuardedSession, ReadOnlyError
from storage.nominations import Contact, Nomination
from storage.receipts import Receipt
from tests.patience import PATIENCE, patient
from tests.storage.waiting import busy_within, hurried, keep, keys, plain, stored, workspace
from tests.worlds import KEYS, START, World

__all__ = ["workspace"]


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
    with hurried(world, threads=1, deadline=PATIENCE) as db:
        assert await db.read(workspace, keys) == []
        assert await db.run(workspace, keep, "next") == "next"
        assert await db.read(workspace, keys) == ["next"]


async def test_a_reader_waits_for_no_writer(world: World, workspace: str) -> None:
    world.do(workspace, keep)
    with world.db.session(workspace) as writer:
        writer.execute(update(Receipt).values(outcome="held"))
        # Whoever waited would be told that the database is busy: the writer does not end before.
        assert await world.db.read(workspace, keys) == ["k"]


async def test_a_caller_that_goes_away_stops_nothing(world: World, workspace: str) -> None:
    begun, go_on = Event(), Event()

    def act(session: GuardedSession) -> None:
        begun.set()
        go_on.wait(PATIENCE)
        keep(session)

    task = asyncio.create_task(world.db.run(workspace, act))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await asyncio.to_thread(world.db.close)
    again = World(patient(world.db.url, KEYS))
    assert stored(again, workspace) == ["k"]
    again.db.close()


async def test_fifty_at_once_all_get_in(world: World, workspace: str) -> None:
    answers = await asyncio.gather(*(world.db.run(workspace, keep, f"{place:02}") for place in range(50)))
    assert stored(world, workspace) == sorted(answers)


def test_a_replica_that_stands_still_in_a_transaction_keeps_no_other_from_connecting(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    workspace = world.workspace("T1")
    with world.db.session(workspace) as holder:
        keep(holder)
        holder.flush()
        assert world.workspace("T1") == workspace
    world.db.close()
