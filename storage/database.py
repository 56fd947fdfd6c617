"""Where a transaction begins and ends. Decides nothing about what happens inside one.

The one way from the event loop to the database is `await db.run(workspace, function, …)`: the function runs
in a thread, in one transaction that is committed when it returns. All the waiting together (for a thread, a
connection, a lock, a statement) stays under `DEADLINE`, so that Slack's ack, due within 3 s, can still say
that it did not work. A transaction that is late is rolled back, never committed behind the person's back.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from storage.guard import ACROSS, WORKSPACE, GuardedSession
from storage.sealing import Keys, Sealer

P = ParamSpec("P")
T = TypeVar("T")

DEADLINE = 1.9
"""Seconds from the call to an answer, whatever the database does; Slack waits 3 for the ack."""

LOCK_WAIT = 1.0
"""Seconds to wait for a lock: leaves time to look again once and to answer."""

POOL_WAIT = 0.5
"""Seconds to wait for a free connection."""

THREADS = 8
"""Threads, and PostgreSQL connections, of one process."""

SEALER = "sealer"
READING = "everboard_reading"


class DatabaseBusyError(Exception):
    """The database did not answer in time or is down; nothing was changed, trying again is safe."""


class _Outcome:
    """Who was first: the thread that wants to commit, or the loop that has given up waiting."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self._lock = Lock()
        self._taken = False

    def claim(self) -> bool:
        with self._lock:
            first, self._taken = not self._taken, True
            return first


class Database:
    """One engine, its threads and its keys. `url` as SQLAlchemy reads it; sqlite or postgresql+psycopg."""

    def __init__(self, url: str, keys: Keys, *, deadline: float = DEADLINE, threads: int = THREADS) -> None:
        self.url = url
        self.keys = keys
        self.deadline = deadline
        self.engine = make_engine(url, threads)
        self._sessions = sessionmaker(self.engine, class_=GuardedSession, expire_on_commit=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def run(
        self,
        workspace_id: str,
        function: Callable[Concatenate[GuardedSession, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run one writing transaction for a workspace. Raises DatabaseBusyError, or what the function raises."""
        return await self._cross(lambda outcome: self._attempt(outcome, workspace_id, function, args, kwargs))

    async def read(
        self,
        workspace_id: str,
        function: Callable[Concatenate[GuardedSession, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run one reading transaction: it waits for no writer on SQLite and cannot write on PostgreSQL."""

        def reading(session: GuardedSession) -> T:
            session.connection(execution_options={READING: True, "postgresql_readonly": True})
            return function(session, *args, **kwargs)

        return await self._cross(lambda outcome: self._attempt(outcome, workspace_id, reading, (), {}))

    async def across(
        self, function: Callable[Concatenate[GuardedSession, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one transaction over all workspaces, on the tables that allow it (outbox, schedules)."""
        return await self._cross(lambda outcome: self._attempt(outcome, None, function, args, kwargs))

    def run_now(
        self,
        workspace_id: str | None,
        function: Callable[Concatenate[GuardedSession, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same in the calling thread and without a deadline, for the command line. None means across."""
        return self._attempt(None, workspace_id, function, args, kwargs)

    async def _cross(self, attempt: Callable[[_Outcome], T]) -> T:
        outcome = _Outcome(time.monotonic() + self.deadline)
        future = asyncio.get_running_loop().run_in_executor(self._threads, attempt, outcome)
        try:
            return await asyncio.wait_for(asyncio.shield(future), self.deadline)
        except TimeoutError:
            if outcome.claim():
                future.add_done_callback(lambda done: done.cancelled() or done.exception())
                raise DatabaseBusyError("the database did not answer in time") from None
            return await future

    def _attempt(
        self,
        outcome: _Outcome | None,
        workspace_id: str | None,
        function: Callable[..., T],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        try:
            return self._once(outcome, workspace_id, function, args, kwargs)
        except (IntegrityError, StaleDataError):
            # Somebody else was faster by a moment. Their row is there now, so that the same steps find it
            # and answer as they would have a second later.
            return self._once(outcome, workspace_id, function, args, kwargs)
        except (OperationalError, PoolTimeout) as error:
            raise DatabaseBusyError("the database is busy or down") from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseBusyError("the connection to the database was lost") from error
            raise

    def _once(
        self,
        outcome: _Outcome | None,
        workspace_id: str | None,
        function: Callable[..., T],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        with self.session(workspace_id) as session:
            result = function(session, *args, **kwargs)
            session.flush()
            if outcome is not None and (time.monotonic() > outcome.deadline or not outcome.claim()):
                raise DatabaseBusyError("the database was too slow")
            session.commit()
            return result

    @contextmanager
    def session(self, workspace_id: str | None) -> Iterator[GuardedSession]:
        """A session that is rolled back unless its user commits. None means across workspaces."""
        with self._sessions() as session:
            if workspace_id is None:
                session.info[ACROSS] = True
            else:
                session.info[WORKSPACE] = workspace_id
                session.info[SEALER] = self.keys.sealer(workspace_id)
            yield session

    def close(self) -> None:
        """Finish what runs, then close the connections."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def sealer(session: GuardedSession) -> Sealer:
    """What this transaction seals contact details with."""
    found = session.info[SEALER]
    assert isinstance(found, Sealer)  # noqa: S101  # narrows the type; session() is the only writer
    return found


def make_engine(url: str, threads: int = THREADS) -> Engine:
    """An engine whose every wait is bounded. SQLite: WAL, foreign keys on, one writer at a time from the start."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    timeouts = f"-c lock_timeout={int(LOCK_WAIT * 1000)} -c statement_timeout={int(DEADLINE * 1000)}"
    return create_engine(
        url,
        pool_size=threads,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        pool_pre_ping=True,
        connect_args={"options": timeouts, "connect_timeout": 2},
    )


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": LOCK_WAIT, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # IMMEDIATE: a transaction that reads first and writes later could otherwise fail half way (SQLITE_BUSY).
        reading = connection.get_execution_options().get(READING)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
