"""A database with workspaces, people and nominations in it, for tests of storage and of steps."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from domain.moment import Moment
from domain.nominations import Card, Source, Values
from domain.people import Actor, Role
from steps import nominations
from storage import members, people, workspaces
from storage.database import Database
from storage.guard import GuardedSession
from storage.sealing import Keys
from tests.patience import PATIENCE, patient

SECRET = "0123456789abcdef" * 2
KEYS = Keys.of(SECRET)
START = datetime(2026, 9, 1, 9, tzinfo=UTC)

ADA = Values(
    contact_name="Ada Lovelace",
    company="Analytical Engines Ltd",
    why="She runs our largest rollout.",
    email="ada@engines.example",
    phone="+44 20 7946 0958",
    customer_knows=True,
    title="Chief Engineer",
    industry="Computing",
    country="GB",
    products=("Loom",),
    activities=("reference call",),
)


@dataclass
class World:
    """A database, a clock that goes on by a millisecond a look, and seeded ids."""

    db: Database
    now: datetime = START
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def moment(self) -> Moment:
        """Now, a millisecond later than the last time."""
        self.now += timedelta(milliseconds=1)
        return Moment(self.now, self.rng.getrandbits)

    def workspace(self, team_id: str) -> str:
        """A connected workspace; answers its id."""
        return self.db.run_now(None, workspaces.connect, self.moment(), team_id, "", team_id, "UBOT")

    def do(self, workspace_id: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One committed transaction."""
        return self.db.run_now(workspace_id, function, *args, **kwargs)

    def member(self, workspace_id: str, slack_user_id: str, *roles: Role, **facts: object) -> Actor:
        """A Slack member with these roles."""

        def make(session: GuardedSession) -> Actor:
            user = {"id": slack_user_id, "profile": {"real_name": f"Name of {slack_user_id}", **facts}}
            members.keep(session, self.moment(), user)
            person = people.by_slack_id(session, slack_user_id)
            assert person is not None
            for role in roles:
                people.grant(session, person.id, role)
            session.flush()
            actor = people.actor_of(session, slack_user_id)
            assert actor is not None
            return actor

        made: Actor = self.do(workspace_id, make)
        return made

    def nominate(self, workspace_id: str, actor: Actor, values: Values = ADA, receipt: str | None = None) -> Card:
        """A stored nomination."""
        moment = self.moment()
        submitted = self.do(
            workspace_id, nominations.submit, actor, moment, values, Source.COMMAND, receipt or moment.new_id()
        )
        assert isinstance(submitted, nominations.Submitted)
        return submitted.card


@pytest.fixture
def world(database_url: str, request: pytest.FixtureRequest) -> Iterator[World]:
    """An empty world, once an engine. With the mark `one_login` nothing but the session's guard keeps rows apart."""
    alone = request.node.get_closest_marker("one_login") is not None
    db = Database(database_url, KEYS, deadline=PATIENCE, lock_wait=PATIENCE) if alone else patient(database_url, KEYS)
    yield World(db)
    db.close()


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    engines = {db.engine, db.shared}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
