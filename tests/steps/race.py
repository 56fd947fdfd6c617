"""Several people acting in the same moment, each in a thread and a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from domain.errors import RuleError
from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession
from tests.patience import PATIENCE

ROUNDS = 4
"""Whether two really meet is up to the machine: each race is run a few times."""


def at_once(db: Database, workspace_id: str, *acts: Callable[[GuardedSession], object]) -> list[object]:
    """What each of them heard: an answer, or the refusal as it would be shown."""
    start = Barrier(len(acts))

    def act(one: Callable[[GuardedSession], object]) -> object:
        start.wait(PATIENCE)
        try:
            return db.run_now(workspace_id, one)
        except (RuleError, DatabaseBusyError) as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(act, acts))
