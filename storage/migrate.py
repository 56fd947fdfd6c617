"""Brings a database to the present tables. Decides nothing about data."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from storage.database import make_engine

MIGRATIONS = Path(__file__).parent / "migrations"

NEWER = "DATABASE_URL: the database belongs to a later version of Everboard; please install that version."


class NewerDatabaseError(Exception):
    """The database was migrated by a later version of Everboard than this one."""


def config() -> Config:
    """Alembic's settings without a file of their own."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings


def upgrade(url: str) -> None:
    """Run every migration that is missing. Safe to run again. Raises NewerDatabaseError."""
    database = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    try:
        if not is_known(engine):
            raise NewerDatabaseError(NEWER)
        settings = config()
        with engine.connect() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            connection.commit()
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the tables that this version expects."""
    return _revision(engine) == ScriptDirectory.from_config(config()).get_current_head()


def is_known(engine: Engine) -> bool:
    """Whether this version knows the migration that the database stands at."""
    revision = _revision(engine)
    scripts = ScriptDirectory.from_config(config())
    return revision is None or revision in {script.revision for script in scripts.walk_revisions()}


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
