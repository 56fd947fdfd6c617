"""Home for each role: how long it takes to read and draw, in a small program and in one a hundred times larger."""

import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from domain.people import Actor, Role
from steps import home
from storage import migrate
from storage.database import Database
from storage.sealing import Keys
from tests.benchmarks.advocates import NOW
from tests.benchmarks.looking_up import fill
from tests.benchmarks.measuring import Figure, percentile
from tests.benchmarks.storing import postgresql
from tests.worlds import SECRET, World, counted
from views import home as view

SMALL, LARGE = (100, 1_000), (10_000, 100_000)
"""Advocates, and nominations beside theirs."""

ROUNDS = 40
TIMES = 2
"""What the 95th percentile may grow by from the small program to the large one."""

MOST_STATEMENTS = 8

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
_MORE = (
    """INSERT INTO contact (workspace_id, id, name, name_key, identity, company, company_key, created_at)
       {numbers} SELECT :workspace, 'M' || i, 'Person ' || i, 'm' || i, 'm' || i, 'More', 'more', :now FROM n""",
    """INSERT INTO nomination (workspace_id, id, contact_id, nominator_id, source, state, why, customer_knows, products,
         activities, version, created_at)
       {numbers} SELECT :workspace, 'M' || i, 'M' || i, CASE WHEN i % 500 = 0 THEN :rep END, 'command',
         CASE WHEN i % 200 = 1 THEN 'submitted' ELSE 'declined' END, 'Because', :yes, '[]', '[]', 1, :now FROM n""",
)
"""Many nominations: one in five hundred by the same rep, one in two hundred still to be reviewed."""


def figures(small: tuple[int, int] = SMALL, large: tuple[int, int] = LARGE) -> list[Figure]:
    """On both databases."""
    with tempfile.TemporaryDirectory() as folder:
        found = _of("SQLite", f"sqlite:///{Path(folder) / 'home.db'}", small, large)
    with postgresql() as url:
        return [*found, *_of("PostgreSQL", url, small, large)]


def _of(name: str, url: str, small: tuple[int, int], large: tuple[int, int]) -> list[Figure]:
    migrate.upgrade(url)
    world = World(Database(url, Keys.of(SECRET)), now=NOW)
    try:
        programs = [(world.workspace(f"T{size[0]}"), size) for size in (small, large)]
        people = {workspace: _people(world, workspace) for workspace, _size in programs}
        fill(url, [(workspace, size[0]) for workspace, size in programs])
        for workspace, size in programs:
            _add(world.db.engine, workspace, size[1], people[workspace]["member"].person_id)
        roles = list(people[programs[0][0]])
        return [figure for role in roles for figure in _role(name, world, role, programs, people)]
    finally:
        world.db.close()


def _people(world: World, workspace: str) -> dict[str, Actor]:
    roles = {"member": (), "team": (Role.TEAM,), "leader": (Role.LEADER,), "champion": (Role.CHAMPION,)}
    return {name: world.member(workspace, f"U{name.upper()}", *some) for name, some in roles.items()}


def _add(engine: Engine, workspace: str, many: int, rep: str) -> None:
    values = {"workspace": workspace, "last": many - 1, "now": NOW.replace(tzinfo=None), "rep": rep, "yes": True}
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in _MORE:
            made = statement.format(numbers=_NUMBERS)
            connection.execute(text(made), {key: value for key, value in values.items() if f":{key}" in made})


def _role(
    name: str, world: World, role: str, programs: list[tuple[str, tuple[int, int]]], people: dict[str, dict[str, Actor]]
) -> list[Figure]:
    taken: dict[str, list[float]] = {workspace: [] for workspace, _size in programs}
    for turn in range(ROUNDS + 1):
        for workspace, _size in programs:
            began = time.perf_counter()
            _draw(world, workspace, people[workspace][role])
            if turn:
                taken[workspace].append(time.perf_counter() - began)
    small, large = (percentile(taken[workspace], 0.95) * 1000 for workspace, _size in programs)
    note = f"{small:.1f} ms in the small one, {large:.1f} ms in the large one"
    workspace = programs[-1][0]
    statements = _statements(world, workspace, people[workspace][role])
    return [
        Figure(f"{name}, Home of a {role}: large beside small", large / small, "×", TIMES, at_most=True, note=note),
        Figure(f"{name}, Home of a {role}: statements", statements, "", MOST_STATEMENTS, at_most=True),
    ]


def _draw(world: World, workspace: str, actor: Actor) -> Any:
    found = world.do(workspace, home.seen, actor, world.moment())
    return view.drawn(found, actor.slack_user_id, world.now)


def _statements(world: World, workspace: str, actor: Actor) -> int:
    def read(session: Any) -> int:
        with counted(world.db) as statements:
            home.seen(session, actor, world.moment())
        return len(statements)

    number: int = world.do(workspace, read)
    return number
