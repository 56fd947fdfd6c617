"""Brings a database to the present tables. Decides nothing about data."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.engine import make_url

from storage import isolation
from storage.engines import is_sqlite, make_patient_engine

MIGRATIONS = Path(__file__).parent / "migrations"

NEWER = "DATABASE_URL: the database belongs to a later version of Everboard; please install that version."

ONE_AT_A_TIME = 0x45766572
"""The key of the advisory lock under which PostgreSQL is migrated; any number that nobody else uses."""


class NewerDatabaseError(Exception):
    """The database was migrated by a later version of Everboard than this one."""


def config() -> Config:
    """Alembic's settings without a file of their own."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings


def upgrade(url: str, logins: isolation.Logins | None = None) -> None:
    """Run every migration that is missing, all or none; of several processes at once, one after the other.

    On PostgreSQL `url` is the tables' owner's, and `logins` get what they need. Safe to run again. Raises
    NewerDatabaseError, LoginError.
    """
    database = make_url(url).database
    if is_sqlite(url) and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = make_patient_engine(url)
    try:
        with engine.begin() as connection:
            if not is_sqlite(url):  # on SQLite the transaction itself lets only one in
                connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
            if not _is_known(_revision(connection)):
                raise NewerDatabaseError(NEWER)
            if not is_sqlite(url):
                isolation.check(connection, logins)
            settings = config()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            if not is_sqlite(url):
                isolation.protect(connection, logins)
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the tables that this version expects."""
    with engine.connect() as connection:
        return _revision(connection) == ScriptDirectory.from_config(config()).get_current_head()


def is_known(engine: Engine) -> bool:
    """Whether this version knows the migration that the database stands at."""
    with engine.connect() as connection:
        return _is_known(_revision(connection))


def _is_known(revision: str | None) -> bool:
    scripts = ScriptDirectory.from_config(config())
    return revision is None or revision in {script.revision for script in scripts.walk_revisions()}


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
