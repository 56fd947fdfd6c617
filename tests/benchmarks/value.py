"""The business value over a million deals and a hundred thousand uses, beside its own SQL through the bare driver, and
beside an aggregate of the same deals that knows nothing of influence."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from domain.moment import Moment
from domain.value import Filters
from steps import value
from storage import migrate
from storage.database import Database
from storage.sealing import Keys
from tests.benchmarks.measuring import Figure, in_turns, ratio
from tests.benchmarks.storing import postgresql
from tests.worlds import SECRET, World

DEALS, USES, ACCOUNTS = 1_000_000, 100_000, 100_000
ROUNDS = 3
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
_DAY = {
    "sqlite": "date('2024-01-01', '+' || ({0}) || ' days')",
    "postgresql": "(date '2024-01-01' + CAST({0} AS integer))",
}

_FILL = (
    """INSERT INTO account (workspace_id, id, name, key, products, created_at)
       {numbers} SELECT :workspace, 'A' || i, 'Account ' || i, 'a' || i, '[]', '2026-01-01' FROM n""",
    """INSERT INTO opportunity (workspace_id, id, name, key, account_id, kind, stage, status, hundredths, currency,
         opened_on, close_on, source, created_at)
       {numbers} SELECT :workspace, 'O' || i, 'Deal ' || i, 'd' || i, 'A' || (i % :accounts),
         CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'renewal' ELSE 'expansion' END, '',
         CASE i % 4 WHEN 0 THEN 'open' WHEN 1 THEN 'lost' ELSE 'won' END, i % 100000, 'USD',
         {opened}, {closed}, 'file', '2026-01-01' FROM n""",
    """INSERT INTO contact (workspace_id, id, name, name_key, identity, company, company_key, account_id, created_at)
       VALUES (:workspace, 'C', 'C', 'C', 'C', 'C', 'C', 'A1', '2026-01-01')""",
    """INSERT INTO nomination (workspace_id, id, contact_id, source, state, why, customer_knows, products, activities,
         version, created_at)
       VALUES (:workspace, 'N', 'C', 'web', 'accepted', '', {yes}, '[]', '[]', 1, '2026-01-01')""",
    """INSERT INTO advocate (workspace_id, id, contact_id, nomination_id, state, languages, products, activities,
         refused_activities, created_at, version) VALUES (:workspace, 'V', 'C', 'N', 'active', '[]', '[]', '[]', '[]',
         '2026-01-01', 1)""",
    """INSERT INTO engagement (workspace_id, id, advocate_id, activity, halves, happens_on, status, source,
         opportunity_id, over_cap, created_at)
       {numbers} SELECT :workspace, 'E' || i, 'V', 'reference call', 2, {opened}, 'done', 'touch', 'O' || (i * 7), {no},
         '2026-01-01' FROM n""",
)

BARE = """SELECT status, kind, currency, count(*), sum(hundredths) FROM opportunity
          WHERE workspace_id = :workspace GROUP BY status, kind, currency"""
"""What anybody would write who knows nothing of influence: stated, since the two do not answer the same question."""


def figures() -> list[Figure]:
    """For each database: how often the time of its bare SQL the report takes, and of an aggregate without influence."""
    with tempfile.TemporaryDirectory() as folder:
        found = _of("SQLite", f"sqlite:///{Path(folder) / 'value.db'}")
    with postgresql() as url:
        return [*found, *_of("PostgreSQL", url)]


def _of(name: str, url: str) -> list[Figure]:
    migrate.upgrade(url)
    world = World(Database(url, Keys.of(SECRET)))
    try:
        workspace_id = world.workspace("TBENCH")
        _fill(world, workspace_id)
        moment = Moment(NOW, world.rng.getrandbits)

        def ours() -> None:
            found = world.do(workspace_id, value.read, moment, Filters())
            assert sum(found.value.all.counts.values()) == DEALS
            assert sum(found.value.influenced.counts.values()) > USES // 2

        def bare() -> None:
            with world.db.engine.connect() as connection:
                assert connection.execute(text(BARE), {"workspace": workspace_id}).all()

        statement, parameters = _own_sql(world, ours)

        def driven() -> None:
            with world.db.engine.connect() as connection:
                cursor = connection.connection.cursor()
                if world.db.engine.dialect.name == "postgresql":
                    cursor.execute("SET statement_timeout = 0")
                cursor.execute(statement, parameters)
                assert cursor.fetchall()

        one, same, other = Timed(ours), Timed(driven), Timed(bare)
        pairs = in_turns(ROUNDS, one, same)
        plain = in_turns(ROUNDS, one, other)
    finally:
        world.db.close()
    note = f"{DEALS:,} deals, {USES:,} uses; bare {same.last * 1000:.0f} ms"
    without = f"without influence {other.last * 1000:.0f} ms"
    return [
        Figure(f"{name}, value report: time of its SQL by the driver", ratio(pairs), "×", 2, at_most=True, note=note),
        Figure(f"{name}, value report: time of an aggregate without influence", ratio(plain), "×", note=without),
    ]


def _own_sql(world: World, act: Callable[[], None]) -> tuple[str, Any]:
    """The statement that finds influence, as it reaches the driver."""
    found: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        if "influenced" in given[2]:
            found.append((given[2], given[3]))

    event.listen(world.db.engine, "before_cursor_execute", note)
    act()
    event.remove(world.db.engine, "before_cursor_execute", note)
    return found[0]


class Timed:
    """An act, in seconds."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self.last = 0.0

    def __call__(self) -> float:
        """Do it once."""
        began = time.perf_counter()
        self._act()
        self.last = time.perf_counter() - began
        return self.last


def _fill(world: World, workspace_id: str) -> None:
    dialect = world.db.engine.dialect.name
    opened, closed = _DAY[dialect].format("i % 700"), _DAY[dialect].format("i % 700 + 60")
    yes, no = ("1", "0") if dialect == "sqlite" else ("true", "false")
    with world.db.engine.begin() as connection:
        if dialect == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement, last in zip(_FILL, (ACCOUNTS - 1, DEALS - 1, 0, 0, 0, USES - 1), strict=True):
            made = statement.format(numbers=_NUMBERS, opened=opened, closed=closed, yes=yes, no=no)
            values = {"workspace": workspace_id, "last": last, "accounts": ACCOUNTS}
            used = {key: value for key, value in values.items() if f":{key}" in made}
            connection.execute(text(made), used)
        connection.execute(text("ANALYZE"))
