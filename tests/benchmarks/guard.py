"""What the session's guard adds to a statement, on SQLite in memory-like speed: the dearest case for it."""

import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from storage import migrate
from storage.database import Database
from tests.benchmarks.measuring import Figure, in_turns, ratio
from tests.benchmarks.test_guard import STATEMENTS, seconds
from tests.worlds import KEYS, World

ROUNDS = 3


def figures() -> list[Figure]:
    """How often the statement's own time, and how many microseconds more."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'guard.db'}"
        migrate.upgrade(url)
        world = World(Database(url, KEYS))
        try:
            return [found for name in STATEMENTS for found in _of(world, name)]
        finally:
            world.db.close()


def _of(world: World, name: str) -> list[Figure]:
    workspace_id = world.workspace(f"T{name}")
    world.nominate(workspace_id, world.member(workspace_id, "UREP"))
    with Session(world.db.engine) as plain, world.db.session(workspace_id) as guarded:
        # One after the other: each session holds a transaction, and SQLite has one writer.
        def without() -> float:
            return _and_over(plain, name)

        def with_guard() -> float:
            return _and_over(guarded, name)

        pairs = in_turns(ROUNDS, with_guard, without)
    added = min(one for one, _ in pairs) - min(other for _, other in pairs)
    return [
        Figure(f"guard, {name}: time of the same statement without it", ratio(pairs), "×"),
        Figure(f"guard, {name}: added", added * 1e6, "µs"),
    ]


def _and_over(session: Session, name: str) -> float:
    found = seconds(session, STATEMENTS[name])
    session.rollback()
    return found
