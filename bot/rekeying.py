"""`everboard rekey`: everything sealed gets the new key. Decides no cipher; the steps are in storage.rekeying."""

from collections.abc import Callable

import typer
from rich.progress import Progress

from bot.data import database, moment, opened, prepare
from bot.settings import Environment, Rekeying, SettingsError, read
from domain.moment import Moment
from storage import installations, rekeying, workspaces
from storage.database import Database
from storage.sealing import Keys, WrongKeyError

UNDER_WAY = (
    "EVERBOARD_SECRET_KEY: a change of the key was begun and not ended; run everboard rekey again, with the old key in "
    "EVERBOARD_OLD_SECRET_KEY"
)
NEITHER = (
    "EVERBOARD_OLD_SECRET_KEY: something was sealed under neither of the two keys. What was done stays done; run it "
    "again with the key under which the database was filled"
)


def rekey() -> None:
    """Seal everything anew, from EVERBOARD_OLD_SECRET_KEY to EVERBOARD_SECRET_KEY. Stop the bot first, every replica.

    It may be interrupted and run again; it then goes on where it stood.
    """
    settings = read(Rekeying)
    prepare(settings)
    old = Keys.of(settings.old_secret_key.get_secret_value())
    with opened(settings) as db, Progress(transient=True) as shown:
        task = shown.add_task("Sealing anew", total=None)
        try:
            sealed = seal_all(db, old, moment, lambda: shown.advance(task))
        except WrongKeyError as error:
            raise SettingsError(NEITHER) from error
    typer.echo(
        f"{sealed:,} values have the new key's seal. The old key is needed no more but for older backups.", err=True
    )


def seal_all(db: Database, old: Keys, now: Callable[[], Moment], done: Callable[[], None]) -> int:
    """Every workspace, step by step, with a call of `done` after each. Answers how many values were sealed anew.

    What only digests are left of goes first, in every workspace, so that nothing can be added between two runs.
    """
    every = db.run_now(None, workspaces.all_there_are)
    for workspace_id in every:
        db.run_now(workspace_id, rekeying.retire, now(), old)
        done()
    sealed = installations.seal_anew(db, old)
    for workspace_id in every:
        for table in rekeying.TABLES:
            step = rekeying.Done(0, "")
            while step.last is not None:
                step = db.run_now(workspace_id, rekeying.seal_some, old, table, step.last or None)
                sealed += step.sealed
                done()
        db.run_now(workspace_id, rekeying.conclude, now())
    return sealed


def check_key(settings: Environment) -> None:
    """Raises SettingsError while a change of key is under way, WrongKeyError when the key is not the database's."""
    db = database(settings)
    try:
        found = [db.run_now(one, rekeying.is_under_way) for one in db.run_now(None, workspaces.all_there_are)]
    finally:
        db.close()
    if any(found):
        raise SettingsError(UNDER_WAY)
