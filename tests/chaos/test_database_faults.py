"""The database fails while people work: restarted, cut off, locked, full, out of connections, in conflict with itself.

Whoever waits is told before Slack gives up, nothing is half done, and everything goes on by itself once the database
does. On PostgreSQL the faults come at random instants, and the oracle is the one of the kills.
"""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import event
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from sandbox.delivery.exchange import ACK_SECONDS
from storage.engines import DEADLINE, THREADS
from storage.nominations import Contact, Nomination
from tests.chaos.crowd import Crowd
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.office import Office, office
from tests.chaos.oracle import Watch, breaches, settled
from tests.chaos.rules import no_row_breaks_a_rule
from tests.chaos.scale import SCALE, a_seed, said
from tests.databases import OWNER, as_login
from tests.e2e.acts import alert
from tests.e2e.conftest import Company, running
from tests.patience import PATIENCE, stopwatch

pytestmark = [pytest.mark.slow, pytest.mark.timeout(SCALE.longest)]

BUSY = "Everboard can't reach its data just now. Nothing was changed; please try again in a moment."

TABLES = ("outbox", "nomination", "person", "participation", "ballot", "receipt", "audit", "pace")


class Server:
    """The hands of whoever runs the PostgreSQL server, on one database of it."""

    def __init__(self, url: str) -> None:
        owner = make_url(as_login(url, OWNER)).set(drivername="postgresql")
        self._name = str(owner.database)
        self.url = owner.render_as_string(hide_password=False)
        self._elsewhere = owner.set(database="postgres").render_as_string(hide_password=False)

    def do(self, statement: Any, *values: Any) -> None:
        """One statement, from another database."""
        with psycopg.connect(self._elsewhere, autocommit=True) as connection:
            connection.execute(statement, values)

    def cut(self) -> None:
        """End every connection to the database."""
        self.do("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", self._name)

    def cancel(self) -> None:
        """Stop what they are doing, and leave them their connections."""
        self.do(
            "select pg_cancel_backend(pid) from pg_stat_activity where datname = %s and state <> 'idle'", self._name
        )

    def connections(self, *, allowed: bool) -> None:
        """Whether anybody may connect anew: nobody may while a server starts."""
        word = SQL("true" if allowed else "false")
        self.do(SQL("alter database {} allow_connections {}").format(Identifier(self._name), word))


async def cut(server: Server, _rng: random.Random) -> None:
    await asyncio.to_thread(server.cut)


async def cancelled(server: Server, _rng: random.Random) -> None:
    for _ in range(20):
        await asyncio.to_thread(server.cancel)


async def restarted(server: Server, rng: random.Random) -> None:
    """Nobody gets in for a while, and whoever was in is out."""
    await asyncio.to_thread(server.connections, allowed=False)
    try:
        await asyncio.to_thread(server.cut)
        await asyncio.sleep(rng.uniform(0.5, 4.0))
    finally:
        await asyncio.to_thread(server.connections, allowed=True)


async def locked(server: Server, rng: random.Random) -> None:
    """Somebody holds a table for longer than anybody waits for it."""
    async with await psycopg.AsyncConnection.connect(server.url) as other:
        await other.execute(SQL("lock table {} in access exclusive mode").format(Identifier(rng.choice(TABLES))))
        await asyncio.sleep(rng.uniform(0.2, 3.0))
        await other.rollback()


async def rows_locked(server: Server, rng: random.Random) -> None:
    """Somebody holds every row of a table."""
    async with await psycopg.AsyncConnection.connect(server.url) as other:
        await other.execute(SQL("select 1 from {} for update").format(Identifier(rng.choice(TABLES))))
        await asyncio.sleep(rng.uniform(0.2, 3.0))
        await other.rollback()


FAULTS = (cut, cancelled, restarted, locked, rows_locked)


async def test_whatever_postgresql_does_nothing_is_lost_and_nothing_said_twice(
    postgresql_url: str, tmp_path: Path
) -> None:
    seed = a_seed()
    rng, server = random.Random(seed), Server(postgresql_url)
    faults = [*FAULTS, *(rng.choice(FAULTS) for _ in range(SCALE.faults - len(FAULTS)))]
    rng.shuffle(faults)
    async with office(postgresql_url, SCALE.people) as company, fleet(company, tmp_path) as running_bots:
        await (await running_bots.start()).serves()
        crowd, watch = Crowd(company, seed), Watch(company)
        async with asyncio.TaskGroup() as tasks:
            # The oracle looks into the database as well, and waits until it may.
            work = tasks.create_task(crowd.work())
            for fault in faults:
                await fault(server, rng)
                await asyncio.sleep(rng.uniform(0.5, 2.0))
            await asyncio.sleep(SCALE.afterwards)
            crowd.stop()
            await work
        company.world.db.engine.dispose()
        await settled(company, SCALE.settling)
        in_order(company, crowd, watch, running_bots)
        assert crowd.told.nominated


def in_order(company: Office, crowd: Crowd, watch: Watch, bots: Fleet) -> None:
    watch.look()
    told = crowd.told
    said(f"{len(told.nominated)} nominations, {len(told.answered)} answers, {told.unanswered} times without an answer")
    found = [*breaches(company, told), *watch.breaches(), *no_row_breaks_a_rule(company.world.db)]
    assert not found, "\n".join(found)
    # What gives up after half a minute of trying says so; it is no error of ours.
    assert [line for line in bots.unforeseen() if "database busy for long" not in line] == []


Trouble = Callable[[Company], Any]


@contextmanager
def full(company: Company) -> Iterator[None]:
    """The disk takes no page more."""
    engine = company.everboard.db.engine

    def limit(connection: Any, _record: object = None) -> None:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count={pages}")

    def lift(connection: Any) -> None:
        connection.execute("pragma max_page_count=1073741823")

    fill(company)
    event.listen(engine, "connect", limit)
    opened = held(engine)
    for one in opened:
        limit(one.connection.dbapi_connection)
    release(opened)
    try:
        yield
    finally:
        event.remove(engine, "connect", limit)
        opened = held(engine)
        for one in opened:
            lift(one.connection.dbapi_connection)
        release(opened)


def held(engine: Any) -> list[Any]:
    """Every connection of the pool."""
    return [engine.connect() for _ in range(engine.pool.size())]


def release(connections: list[Any]) -> None:
    for one in connections:
        one.close()


def fill(company: Company) -> None:
    """Use up what is free in the file: rows that were deleted leave room."""
    with sqlite3.connect(
        str(make_url(company.everboard.db.url).database), isolation_level=None, timeout=PATIENCE
    ) as file:
        file.execute("vacuum")


@contextmanager
def exhausted(company: Company) -> Iterator[None]:
    """Every connection that there may be is in somebody's hands."""
    engines = {company.everboard.db.engine, company.everboard.db.shared}
    with ExitStack() as stack:
        for engine in engines:
            for _ in range(THREADS):
                stack.enter_context(engine.connect())
        yield


@contextmanager
def in_conflict(company: Company) -> Iterator[None]:
    """PostgreSQL finds that two transactions do not go together, and ends ours."""
    with psycopg.connect(Server(company.everboard.db.url).url, autocommit=True) as other:
        other.execute(
            "create function conflict() returns trigger language plpgsql as "
            "$$ begin raise exception 'could not serialize access' using errcode = '40001'; end $$"
        )
        other.execute("create trigger conflict before insert on nomination for each row execute function conflict()")
        try:
            yield
        finally:
            other.execute("drop trigger conflict on nomination")


@asynccontextmanager
async def a_company(url: str) -> AsyncIterator[Company]:
    # Kept, not written: writing an error to a terminal in colours takes seconds.
    with capture_logs():
        async with running(url, "http", hurried=True) as company:
            yield company


async def told_in_time(company: Company, trouble: Trouble) -> None:
    """A form that is sent meanwhile stays open and says why, in time; sent again afterwards it is stored, once."""
    async with company.person("desmond") as rep, company.person("priyanka") as team:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        await rep.modal("nominate", containing="Ada Okafor")
        await company.delivered()
        with trouble(company):
            company.everboard.db.deadline = DEADLINE
            with stopwatch() as taken:
                sent = await rep.submit({})
            assert taken() < ACK_SECONDS
            assert sent.errors == {"contact_name": BUSY}
            assert "runs our rollout" in rep.text_of(await rep.modal("nominate"))
        company.everboard.db.deadline = PATIENCE
        assert company.rows(Contact, Contact.name == "Ada Okafor") == []
        assert (await rep.submit({})).result == "update"
        await alert(team, "Ada Okafor")
    contact = company.row(Contact, Contact.name == "Ada Okafor")
    assert company.row(Nomination, Nomination.contact_id == contact.id).state == "submitted"
    await company.delivered()
    assert no_row_breaks_a_rule(company.everboard.db) == []


async def test_a_full_disk_is_told_and_forgotten(sample_url: str) -> None:
    async with a_company(sample_url) as company:
        await told_in_time(company, full)


@pytest.mark.parametrize("trouble", [exhausted, in_conflict])
async def test_postgresql_without_a_free_connection_or_in_conflict_is_told_and_forgotten(
    trouble: Trouble, postgresql_url: str
) -> None:
    async with a_company(postgresql_url) as company:
        await told_in_time(company, trouble)
