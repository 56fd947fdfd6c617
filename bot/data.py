"""The database for commands that need no Slack: prepared and opened, and which workspace is meant. Decides no more."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import SystemClock
from bot.settings import Environment, SettingsError
from domain.moment import Moment
from storage import migrate as migrations
from storage import workspaces
from storage.database import Database
from storage.engines import make_engine
from storage.sealing import Keys


@contextmanager
def opened(settings: Environment) -> Iterator[Database]:
    """The database, closed again at the end."""
    db = Database(settings.database_url, Keys.of(settings.secret_key.get_secret_value()))
    try:
        yield db
    finally:
        db.close()


def moment() -> Moment:
    """Now, with ids from the system's randomness."""
    return Moment(SystemClock().now(), secrets.randbits)


def chosen(db: Database, now: Moment, name: str | None) -> str:
    """The workspace with this name, else the only one; an empty database gets one, which Slack adopts later.

    Raises LookupError when there are several and none is named, or none of that name.
    """
    if name is None:
        return db.run_now(None, workspaces.only, now)
    found = db.run_now(None, workspaces.named, name)
    if found is None:
        raise LookupError(f"--workspace: there is no workspace {name}")
    return found


def prepare(settings: Environment) -> None:
    """SQLite is ours alone and migrated by itself; a shared PostgreSQL is migrated when its operator says so."""
    if settings.database_url.startswith("sqlite"):
        upgrade(settings)
        return
    engine = make_engine(settings.database_url)
    try:
        if not migrations.is_known(engine):
            raise migrations.NewerDatabaseError(migrations.NEWER)
        if not migrations.is_current(engine):
            raise SettingsError("DATABASE_URL: the database lacks tables of this version; run: everboard migrate")
    finally:
        engine.dispose()


def upgrade(settings: Environment) -> None:
    """Bring the database to this version's tables. Raises SettingsError for a place that can't be made."""
    try:
        migrations.upgrade(settings.database_url)
    except OSError as error:  # the folder of a SQLite file cannot be made
        raise SettingsError(f"DATABASE_URL: {reason(error)}") from error


def reason(error: BaseException | None) -> str:
    """The first line: what follows is for a debugger."""
    return (str(error).splitlines() or ["no reason given"])[0]
