"""How a database is connected to: pragmas, time limits, the pool. Decides nothing about transactions.

Every wait is bounded, so that a person gets an answer whatever the database does. Migrations are patient instead:
what they began they finish.
"""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

DEADLINE = 1.9
"""Seconds from the call to an answer, whatever the database does; Slack waits 3 for the ack."""

LOCK_WAIT = 1.0
"""Seconds to wait for a lock: leaves time to look again once and to answer."""

POOL_WAIT = 0.5
"""Seconds to wait for a free connection."""

CONNECT_WAIT = 2
"""Seconds to wait for a server to answer a new connection; psycopg knows no less."""

PATIENCE = 60.0
"""Seconds that a migration waits for locks: another process that migrates, or transactions under way."""

THREADS = 8
"""Threads, and PostgreSQL connections, of one process."""

READING = "everboard_reading"
LATEST = "everboard_latest"
"""Options of a transaction: that it only reads, and the monotonic time after which nobody waits for it."""

GONE_SILENT = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""Notice within seconds that a server vanished without a word, or its connections would hold threads for hours."""

STEPS_BETWEEN_LOOKS = 20_000
"""SQLite's own steps between two looks at the clock: a millisecond or two."""


def make_engine(
    url: str, threads: int = THREADS, *, lock_wait: float = LOCK_WAIT, statement_wait: float = DEADLINE
) -> Engine:
    """An engine whose every wait is bounded. SQLite: WAL, foreign keys on, one writer at a time from the start."""
    if is_sqlite(url):
        return _sqlite(url, lock_wait)
    return _postgresql(url, threads, lock_wait=lock_wait, statement_wait=statement_wait)


def make_patient_engine(url: str) -> Engine:
    """An engine for migrations: waits long for locks, and lets a statement take its time."""
    return _sqlite(url, PATIENCE) if is_sqlite(url) else _postgresql(url, 1, lock_wait=PATIENCE, statement_wait=0)


def is_sqlite(url: str) -> bool:
    """Whether the database is a file here rather than a server."""
    return make_url(url).get_backend_name() == "sqlite"


def is_passing(error: BaseException | None) -> bool:
    """Whether a driver's OperationalError means busy or down, so that trying again may help.

    With SQLite it may also be a mistake in a statement, or a write where nothing may be written.
    """
    if not isinstance(error, sqlite3.Error):
        return True
    return error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_READONLY}


def _postgresql(url: str, threads: int, *, lock_wait: float, statement_wait: float) -> Engine:
    limits = {"lock_timeout": lock_wait, "statement_timeout": statement_wait}
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=threads,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        pool_pre_ping=True,
        connect_args={
            "options": " ".join(f"-c {name}={int(seconds * 1000)}" for name, seconds in limits.items()),
            "connect_timeout": CONNECT_WAIT,
            **GONE_SILENT,
        },
    )


def _sqlite(url: str, lock_wait: float) -> Engine:
    # An error's text goes into the log, and a statement's values are people's names and words: they stay out of it.
    waits = {"timeout": lock_wait, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, pool_timeout=POOL_WAIT, connect_args=waits)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        driver: Any = connection.connection.dbapi_connection
        _stop_at(driver, options.get(LATEST))
        reading = bool(options.get(READING))
        driver.execute(f"PRAGMA query_only={reading:d}")
        # IMMEDIATE: a transaction that reads first and writes later could otherwise fail half way (SQLITE_BUSY).
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _stop_at(connection: Any, latest: float | None) -> None:
    """Interrupt what still runs then: SQLite has no time limit of its own, and a writer keeps all others waiting."""
    late = None if latest is None else lambda: time.monotonic() > latest
    connection.set_progress_handler(late, STEPS_BETWEEN_LOOKS)
