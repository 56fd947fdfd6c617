"""Where a transaction begins and ends. Decides nothing about what happens inside one.

The one way from the event loop to the database is `await db.run(workspace, function, …)`: the function runs
in a thread, in one transaction that is committed when it returns. All the waiting together (for a thread, a
connection, a lock, a statement) stays under `DEADLINE`, so that Slack's ack, due within 3 s, can still say
that it did not work. A transaction that is late is rolled back, never committed behind the person's back.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from storage import guard
from storage.engines import DEADLINE, LATEST, LOCK_WAIT, READING, THREADS, is_passing, is_sqlite, make_engine
from storage.guard import ACROSS, WORKSPACE, GuardedSession
from storage.sealing import Keys, Sealer

P = ParamSpec("P")
T = TypeVar("T")

COMMIT_WAIT = 0.25
"""Seconds more to wait for a commit that had begun when the time was up."""

SEALER = "sealer"
WIPED = "wiped"


class DatabaseBusyError(Exception):
    """The database did not answer in time or is down; nothing was changed, trying again is safe.

    One case in between cannot be told apart: the answer to the commit itself was lost. Acts that must not happen
    twice keep a receipt (storage.receipts), so that trying again finds them done.
    """


class _Outcome:
    """Who was first: the thread that wants to commit, or the loop that has given up waiting."""

    def __init__(self, latest: float | None) -> None:
        self.latest = latest
        self._lock = Lock()
        self._taken = False

    def claim(self) -> bool:
        with self._lock:
            first, self._taken = not self._taken, True
            return first

    def may_commit(self) -> bool:
        return not self.is_late() and self.claim()

    def is_late(self) -> bool:
        return self.latest is not None and time.monotonic() > self.latest


class Database:
    """One engine, its threads and its keys. `url` as SQLAlchemy reads it; sqlite or postgresql+psycopg.

    `dispatcher_url` is another login to the same database, for what runs across workspaces; see storage.isolation.
    """

    def __init__(
        self,
        url: str,
        keys: Keys,
        *,
        dispatcher_url: str | None = None,
        deadline: float = DEADLINE,
        lock_wait: float = LOCK_WAIT,
        threads: int = THREADS,
    ) -> None:
        self.url = url
        self.keys = keys
        self.deadline = deadline
        self.engine = make_engine(url, threads, lock_wait=lock_wait, statement_wait=deadline)
        self.shared = (
            make_engine(dispatcher_url, threads, lock_wait=lock_wait, statement_wait=deadline)
            if dispatcher_url
            else self.engine
        )
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
        return await self._cross(workspace_id, lambda session: function(session, *args, **kwargs))

    async def read(
        self,
        workspace_id: str,
        function: Callable[Concatenate[GuardedSession, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run one reading transaction, which waits for no writer. Raises ReadOnlyError when it changes something."""
        return await self._cross(workspace_id, lambda session: function(session, *args, **kwargs), reading=True)

    async def across(
        self, function: Callable[Concatenate[GuardedSession, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one transaction over all workspaces, on the tables that allow it (outbox, schedules)."""
        return await self._cross(None, lambda session: function(session, *args, **kwargs))

    async def outside(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what opens transactions of its own (Slack's stores) in one of the threads. Raises DatabaseBusyError."""
        work = asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **kwargs))
        try:
            return await work
        except PoolTimeout as error:
            raise DatabaseBusyError("the database is busy") from error
        except DBAPIError as error:
            if isinstance(error, OperationalError) and is_passing(error.orig):
                raise DatabaseBusyError("the database is busy or down") from error
            raise

    def run_now(
        self,
        workspace_id: str | None,
        function: Callable[Concatenate[GuardedSession, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same in the calling thread and without a deadline, for the command line. None means across."""
        return self._attempt(_Outcome(None), workspace_id, lambda session: function(session, *args, **kwargs))

    async def _cross(self, workspace_id: str | None, act: Callable[[GuardedSession], T], *, reading: bool = False) -> T:
        outcome = _Outcome(time.monotonic() + self.deadline)
        options = {READING: True, "postgresql_readonly": True} if reading else {}
        future = asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: self._attempt(outcome, workspace_id, act, options)
        )
        future.add_done_callback(lambda done: done.cancelled() or done.exception())  # there may be nobody left to hear
        # wait, unlike wait_for, lets the thread go on: one that has begun to commit is not to be forgotten.
        await asyncio.wait({future}, timeout=self.deadline)
        if not future.done() and outcome.claim():
            future.cancel()  # if it still waits for a thread, it never begins
            raise DatabaseBusyError("the database did not answer in time")
        await asyncio.wait({future}, timeout=COMMIT_WAIT)
        if not future.done():
            raise DatabaseBusyError("the database did not confirm the commit in time")
        return future.result()

    def _attempt(
        self,
        outcome: _Outcome,
        workspace_id: str | None,
        act: Callable[[GuardedSession], T],
        options: Mapping[str, object] = MappingProxyType({}),
    ) -> T:
        try:
            try:
                return self._once(outcome, workspace_id, act, options)
            except (IntegrityError, StaleDataError):
                # Somebody else was faster by a moment. Their row is there now, so that the same steps find it
                # and answer as they would have a second later.
                return self._once(outcome, workspace_id, act, options)
        except PoolTimeout as error:
            raise DatabaseBusyError("the database is busy") from error
        except DBAPIError as error:
            busy = isinstance(error, OperationalError) and is_passing(error.orig)
            if busy or error.connection_invalidated:
                raise DatabaseBusyError("the database is busy or down") from error
            raise

    def _once(
        self,
        outcome: _Outcome,
        workspace_id: str | None,
        act: Callable[[GuardedSession], T],
        options: Mapping[str, object],
    ) -> T:
        if outcome.is_late():
            raise DatabaseBusyError("the database was too slow")
        with self.session(workspace_id) as session:
            session.info[guard.READING] = READING in options
            connection = session.connection(execution_options={LATEST: outcome.latest, **options})
            if outcome.latest is None and not is_sqlite(self.url):
                # The command line's reports may take their time; past SQLAlchemy, for it is no statement of ours.
                connection.connection.cursor().execute("SET LOCAL statement_timeout = 0")
            result = act(session)
            session.flush()
            if not outcome.may_commit():
                raise DatabaseBusyError("the database was too slow")
            session.commit()
        if session.info.get(WIPED) and is_sqlite(self.url):
            # Nobody waits for it where somebody waits at all: it is committed, and the rest may take its time.
            self._empty_wal() if outcome.latest is None else self._threads.submit(self._empty_wal)
        return result

    def _empty_wal(self) -> None:
        """Write SQLite's log into the database, where what was deleted is written over, and cut it off."""
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    @contextmanager
    def session(self, workspace_id: str | None) -> Iterator[GuardedSession]:
        """A session that is rolled back unless its user commits. None means across workspaces."""
        with self._sessions(bind=self.shared if workspace_id is None else self.engine) as session:
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
        self.shared.dispose()


def leave_no_copy(session: GuardedSession) -> None:
    """What this transaction deletes must not be readable in the file afterwards.

    SQLite writes over what is deleted, but its log still has the pages as they were. While somebody reads, it can't be
    emptied; it then is at the next time that this is asked for. PostgreSQL's old rows go when it vacuums.
    """
    session.info[WIPED] = True


def sealer(session: GuardedSession) -> Sealer:
    """What this transaction seals contact details with."""
    found = session.info[SEALER]
    assert isinstance(found, Sealer)  # noqa: S101  # narrows the type; session() is the only writer
    return found
