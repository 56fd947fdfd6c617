"""The database for commands that need no Slack: opened, and which workspace is meant. Decides nothing else."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import SystemClock
from bot.settings import Environment
from domain.moment import Moment
from storage import workspaces
from storage.database import Database
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
