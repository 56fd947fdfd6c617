"""The portfolio over 100,000 advocates and 200 targets, beside a bare reading of the rows that it is counted from.

The bare way reads every advocate's words, consent and limits through the driver and counts nothing: what lies between
the two is deciding who is available, for each of the targets and for every value that anybody has.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from domain.portfolio import Portfolio
from domain.vocabulary import INDUSTRIES, PERSONAS
from steps import portfolio
from storage import migrate
from storage.engines import is_sqlite
from storage.guard import GuardedSession
from storage.sealing import Keys
from storage.targets import TargetRow
from tests.benchmarks.advocates import NOW, fill_postgresql, fill_sqlite
from tests.benchmarks.measuring import Figure, in_turns, ratio
from tests.benchmarks.storing import postgresql
from tests.databases import LOGINS
from tests.patience import bound
from tests.worlds import SECRET, World, counted

ADVOCATES, TARGETS, ROUNDS = 100_000, 200, 3
MOST_STATEMENTS = 9
"""However many advocates and targets there are."""

ROWS = (
    (
        "SELECT d.advocate_id, d.facets, d.offered, c.account_id, a.state, a.verified_at, a.refused_activities, "
        "a.rest_until FROM advocate_document d JOIN advocate a ON a.workspace_id = d.workspace_id AND "
        "a.id = d.advocate_id JOIN contact c ON c.workspace_id = a.workspace_id AND c.id = a.contact_id "
        "WHERE d.workspace_id = {mark}"
    ),
    "SELECT advocate_id, scopes, given_on, how FROM consent WHERE workspace_id = {mark} ORDER BY recorded_at, id",
    "SELECT advocate_id, happens_on, halves, activity, status FROM engagement WHERE workspace_id = {mark}",
)
"""What anybody has to read who counts the same."""


def figures() -> list[Figure]:
    """For each database: how often the time of the bare reading, seconds, and statements."""
    with tempfile.TemporaryDirectory() as folder:
        found = _of("SQLite", f"sqlite:///{Path(folder) / 'portfolio.db'}")
    with postgresql() as url:
        return [*found, *_of("PostgreSQL", url)]


def _of(name: str, url: str) -> list[Figure]:
    migrate.upgrade(url, None if is_sqlite(url) else LOGINS)
    world = World(bound(url, Keys.of(SECRET)), now=NOW)
    try:
        workspace_id = world.workspace("TBENCH")
        _fill(url, workspace_id)
        world.do(workspace_id, _targets, world)

        def ours() -> None:
            found: Portfolio = world.do(workspace_id, portfolio.read, world.moment())
            assert len(found.targets) == TARGETS
            assert sum(one.active for one in found.targets) > 0

        with counted(world.db) as statements:
            ours()
        pairs = in_turns(ROUNDS, _timed(ours), _timed(_bare(url, workspace_id)))
    finally:
        world.db.close()
    note = f"bare {pairs[-1][1]:.2f} s; {ADVOCATES:,} advocates, {TARGETS} targets"
    return [
        Figure(f"{name}, portfolio: time of a bare reading of its rows", ratio(pairs), "×", note=note),
        Figure(f"{name}, portfolio: last round", pairs[-1][0], "s"),
        Figure(f"{name}, portfolio: statements", len(statements), "", MOST_STATEMENTS, at_most=True),
    ]


def _fill(url: str, workspace_id: str) -> None:
    if is_sqlite(url):
        fill_sqlite(make_url(url).database or "", [(workspace_id, ADVOCATES)])
    else:
        fill_postgresql(_plain(url), [(workspace_id, ADVOCATES)])


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _targets(session: GuardedSession, world: World) -> None:
    for number in range(TARGETS):
        criteria = {
            "industry": [INDUSTRIES[number % len(INDUSTRIES)]],
            "persona": [PERSONAS[number % len(PERSONAS)]],
        }
        row = TargetRow(id=world.moment().new_id(), name=f"Target {number}", criteria=criteria, count=5)
        row.due_on, row.created_at = NOW.date() + timedelta(days=90), NOW
        session.add(row)


def _timed(act: Callable[[], object]) -> Callable[[], float]:
    def once() -> float:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began

    return once


def _bare(url: str, workspace_id: str) -> Callable[[], None]:
    def read(connection: Any, mark: str) -> None:
        for query in ROWS:
            connection.execute(query.format(mark=mark), (workspace_id,)).fetchall()
        connection.rollback()

    def once() -> None:
        if is_sqlite(url):
            connection = sqlite3.connect(make_url(url).database or "")
            read(connection, "?")
            connection.close()
            return
        with psycopg.connect(_plain(url)) as server:
            read(server, "%s")

    return once
