"""What tests of a busy database share: an impatient copy, a lock that somebody else holds, and the wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from storage.database import COMMIT_WAIT, Database, DatabaseBusyError
from storage.engines import DEADLINE
from storage.guard import GuardedSession
from storage.receipts import Receipt
from tests.patience import PATIENCE, stopwatch
from tests.worlds import KEYS, START, World

AT_MOST = DEADLINE + COMMIT_WAIT + 0.5
"""Seconds of real time within which a caller has an answer, whatever happens: Slack waits three."""

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
    with stopwatch() as taken, pytest.raises(DatabaseBusyError):
        yield
    assert taken() < seconds


async def works_again(db: Database, workspace: str) -> None:
    """Whatever was wrong is over: with the time that it needs, the next transaction goes through."""
    db.deadline = PATIENCE
    assert await db.run(workspace, keep, "next") == "next"


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
