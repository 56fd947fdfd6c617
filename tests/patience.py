"""How long tests wait for what must come: a slow and busy machine fails none. Decides no deadline of Everboard's."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TypedDict

from slack_bolt.async_app import AsyncApp
from sqlalchemy import Connection, event

from storage.database import Database
from storage.engines import is_sqlite, make_engine
from storage.sealing import Keys
from tests.databases import OWNER, as_login, variables

PATIENCE = 60
"""Seconds. Waiting longer never slows a test that passes."""

TICK = 0.02


class Unhurried(TypedDict):
    """What the local workspace waits for."""

    ack_seconds: float
    trigger_seconds: float


UNHURRIED: Unhurried = {"ack_seconds": PATIENCE, "trigger_seconds": PATIENCE}
"""For a local workspace whose apps have to answer, but not as fast as Slack asks for."""


def unhurry(app: AsyncApp) -> None:
    """Let Bolt wait for its listeners, too: by itself it drops what they acknowledge after three seconds."""
    for listener in app._async_listeners:
        listener.ack_timeout = PATIENCE


def patient(url: str, keys: Keys) -> Database:
    """A database whose deadlines are not what the test is about, as the bot has it: with the logins that are bound."""
    return bound(url, keys, deadline=PATIENCE, lock_wait=PATIENCE)


def bound(url: str, keys: Keys, **options: Any) -> Database:
    """A database as the bot has it: on PostgreSQL with two logins, of which neither may see whatever it likes."""
    said = variables(url)
    return Database(said["DATABASE_URL"], keys, dispatcher_url=said.get("DATABASE_DISPATCHER_URL"), **options)


@contextmanager
def owner(db: Database) -> Iterator[Connection]:
    """A connection that sees every row, past every guard, and is committed."""
    url = db.url if is_sqlite(db.url) else as_login(db.url, OWNER)
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def wait_for_locks(db: Database) -> None:
    """Give a database that is there already, of Everboard's own making, as much time, from its next connection on."""
    db.deadline = PATIENCE
    if is_sqlite(db.url):
        event.listen(db.engine, "connect", lambda opened, _record: opened.execute(f"PRAGMA busy_timeout={PATIENCE}000"))


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Seconds since the beginning, without those in which the machine did not let this process run.

    For deadlines that are the subject: a thread that only sleeps tells by how much it wakes too late.
    """
    began, over, late = time.monotonic(), Event(), [0.0]

    def tick() -> None:
        while not over.is_set():
            due = time.monotonic() + TICK
            over.wait(TICK)
            late[0] += max(0.0, time.monotonic() - due)

    thread = Thread(target=tick, name="stopwatch", daemon=True)
    thread.start()
    try:
        yield lambda: time.monotonic() - began - late[0]
    finally:
        over.set()
        thread.join()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that has no bell of its own."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  # rows in a database ring no bell
            await asyncio.sleep(TICK)
