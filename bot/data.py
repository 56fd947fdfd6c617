"""The database for commands that need no Slack: prepared and opened, and which workspace is meant. Decides no more."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.errors import InsufficientPrivilege, UndefinedObject
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from bot.clock import SystemClock
from bot.settings import Environment, SettingsError
from domain.moment import Moment
from storage import migrate as migrations
from storage import workspaces
from storage.database import Database
from storage.engines import make_engine
from storage.isolation import LoginError, Logins
from storage.sealing import Keys


def database(settings: Environment) -> Database:
    """The database as these settings say."""
    keys = Keys.of(settings.secret_key.get_secret_value())
    return Database(settings.database_url, keys, dispatcher_url=settings.dispatcher_url)


@contextmanager
def opened(settings: Environment) -> Iterator[Database]:
    """The database, closed again at the end."""
    db = database(settings)
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
    except ProgrammingError as error:  # a login that was given nothing yet
        raise SettingsError(
            f"DATABASE_URL: {reason(error.orig)}; run with the owner's login: everboard migrate"
        ) from error
    finally:
        engine.dispose()


def upgrade(settings: Environment) -> None:
    """Bring the database to this version's tables. Raises SettingsError for a place that can't be made, or a login that
    isn't there or may not do it.
    """
    try:
        migrations.upgrade(settings.owner_url or settings.database_url, _logins(settings))
    except LoginError as error:
        raise SettingsError(str(error)) from error
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedObject | InsufficientPrivilege):
            raise
        raise SettingsError(f"DATABASE_OWNER_URL: {reason(error.orig)}") from error
    except OSError as error:  # the folder of a SQLite file cannot be made
        raise SettingsError(f"DATABASE_URL: {reason(error)}") from error


def _logins(settings: Environment) -> Logins | None:
    if settings.dispatcher_url is None:
        return None
    if settings.owner_url is None:
        raise SettingsError("DATABASE_OWNER_URL: is not set; the owner's login is what changes the tables")
    app, dispatcher = (make_url(url).username or "" for url in (settings.database_url, settings.dispatcher_url))
    return Logins(app, dispatcher)


def reason(error: BaseException | None) -> str:
    """The first line: what follows is for a debugger."""
    return (str(error).splitlines() or ["no reason given"])[0]
