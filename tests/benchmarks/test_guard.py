"""What the guard costs: it looks at every statement, so it has to stay small beside the statement itself."""

import time
import timeit
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage import cards
from storage.database import Database
from storage.nominations import Nomination
from storage.people import Person
from tests.worlds import KEYS, World

ADDED = 3.0
"""Times what the statement takes without the guard, on an embedded database; seen: 1.8 for both."""

NUMBER = 200
ROUNDS = 5

STATEMENTS: dict[str, Callable[[], Select[Any]]] = {
    "one table": lambda: select(Person).where(Person.slack_user_id == "UREP"),
    "nine tables": lambda: cards._query().where(Nomination.state == "submitted"),  # the widest there is
}


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    db = Database(sqlite_url, KEYS)
    yield World(db)
    db.close()


@pytest.mark.slow
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_guard_costs_less_than_the_statement_does(world: World, statement: str) -> None:
    workspace_id = world.workspace("T1")
    world.nominate(workspace_id, world.member(workspace_id, "UREP"))
    build = STATEMENTS[statement]
    bare, scoped = [], []
    for _round in range(ROUNDS):
        with Session(world.db.engine) as session:
            bare.append(seconds(session, build))
        with world.db.session(workspace_id) as session:
            scoped.append(seconds(session, build))
    without, guarded = min(bare), min(scoped)
    assert guarded < without * ADDED, f"{without:.6f} s without, {guarded:.6f} s with the guard"


def seconds(session: Session, build: Callable[[], Select[Any]]) -> float:
    """What building and running the statement takes of this thread, whatever else the machine does."""
    return timeit.timeit(lambda: session.execute(build()).all(), number=NUMBER, timer=time.thread_time) / NUMBER
