"""The results of pulses with a million answers, beside the bare aggregate of the same rows in the same database."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

from domain.pulse import ELEMENTS
from steps import pulse
from storage import migrate
from storage.database import Database
from storage.sealing import Keys
from tests.benchmarks.measuring import Figure, in_turns, ratio
from tests.benchmarks.storing import postgresql
from tests.worlds import SECRET, World

ANSWERS, PULSES, GROUPS = 1_000_000, 10, 20
ROUNDS = 5
GOAL = 2.0
"""Times the bare aggregate: what the barrier of each person may cost beyond means alone."""

_PULSES = """WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < :pulses - 1)
INSERT INTO pulse (workspace_id, id, name, key, held_on, created_at)
SELECT :workspace, 'P' || i, 'Pulse ' || i, 'pulse ' || i, '2026-01-01', '2026-01-01 00:00:00' FROM n"""

_ANSWERS = """WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < :answers - 1)
INSERT INTO answer (workspace_id, id, pulse_id, group_name, awareness, desire, knowledge, ability, reinforcement)
SELECT :workspace, 'A' || i, 'P' || (i % :pulses), 'Group ' || (i / :pulses % :groups),
  1 + i * 7919 / 3 % 5, 1 + i * 104729 / 7 % 5, 1 + i * 1299 / 11 % 5, 1 + i * 15485 / 13 % 5, 1 + i * 32452 / 17 % 5
FROM n"""
"""Whole-number division scatters the scores, so that nearly all of the 3,125 combinations occur."""

BARE = text(
    f"SELECT pulse_id, group_name, count(*), {', '.join(f'avg({element})' for element in ELEMENTS)} "  # noqa: S608  # ours
    "FROM answer WHERE workspace_id = :workspace GROUP BY pulse_id, group_name"
)


def figures() -> list[Figure]:
    """For each database: how often the time of the bare aggregate."""
    with tempfile.TemporaryDirectory() as folder:
        found = _of("SQLite", f"sqlite:///{Path(folder) / 'pulses.db'}")
    with postgresql() as url:
        return [found, _of("PostgreSQL", url)]


def _of(name: str, url: str) -> Figure:
    migrate.upgrade(url)
    world = World(Database(url, Keys.of(SECRET), deadline=600))
    try:
        workspace_id = world.workspace("TBENCH")
        _fill(world.db.engine, workspace_id)
        ours, bare = _ours(world, workspace_id), _bare(world.db.engine, workspace_id)
        seen = in_turns(ROUNDS, ours, bare)
    finally:
        world.db.close()
    note = f"{ANSWERS:,} answers, {PULSES} pulses of {GROUPS} groups; bare {min(one for _, one in seen) * 1000:.0f} ms"
    return Figure(f"{name}, results of all pulses: time of the bare aggregate", ratio(seen), "×", GOAL, True, note)


def _fill(engine: Engine, workspace_id: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(_PULSES), {"workspace": workspace_id, "pulses": PULSES})
        sizes = {"answers": ANSWERS, "pulses": PULSES, "groups": GROUPS}
        connection.execute(text(_ANSWERS), {"workspace": workspace_id, **sizes})
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def _ours(world: World, workspace_id: str) -> Callable[[], float]:
    def look() -> float:
        began = time.perf_counter()
        found = world.do(workspace_id, pulse.results)
        assert [len(one.groups) for one in found] == [GROUPS] * PULSES
        assert sum(group.told.n for one in found for group in one.groups if group.told) == ANSWERS
        return time.perf_counter() - began

    return look


def _bare(engine: Engine, workspace_id: str) -> Callable[[], float]:
    def look() -> float:
        with engine.connect() as connection:
            began = time.perf_counter()
            assert len(connection.execute(BARE, {"workspace": workspace_id}).all()) == PULSES * GROUPS
            return time.perf_counter() - began

    return look
