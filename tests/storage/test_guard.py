"""Sessions across workspaces and without one, text, and the ways around the guard; on both databases."""

import re
from pathlib import Path

import pytest
from sqlalchemy import (
    delete,
    literal_column,
    select,
    text,
    update,
)

from storage.accounts import Account
from storage.guard import GuardedSession, TenantError
from storage.outbox import Message, Post
from storage.people import Person
from storage.receipts import Receipt
from storage.workspaces import Workspace
from tests.storage.look_alikes import MINE, two
from tests.worlds import START, World

pytestmark = pytest.mark.one_login  # row-level security would hide the gaps of the guard

__all__ = ["two"]


def test_a_session_across_workspaces_sees_only_what_is_meant_for_it(world: World, two: tuple[str, str]) -> None:
    with world.db.session(None) as session:
        session.execute(select(Message)).all()
        session.execute(select(Post.slot)).all()
        assert session.scalars(select(Workspace.id).order_by(Workspace.id)).all() == sorted(two)
        for statement in (
            select(Person),
            select(Message).where(Message.target.in_(select(Person.slack_user_id))),
            select(Message).outerjoin(Account, Account.id == Message.id),
            update(Person).values(name="changed"),
            delete(Receipt),
            text("SELECT * FROM person"),
            select(literal_column("(SELECT max(name) FROM person)")),
        ):
            with pytest.raises(TenantError):
                session.execute(statement)
        session.add(Receipt(workspace_id=two[0], key="new", at=START, outcome=""))
        with pytest.raises(TenantError):
            session.flush()


def test_a_session_without_a_workspace_reads_nothing(world: World, two: tuple[str, str]) -> None:
    with GuardedSession(world.db.engine) as session:
        with pytest.raises(TenantError):
            session.execute(select(Person))
        with pytest.raises(TenantError):
            _ = session.workspace_id
        session.add(Receipt(workspace_id=two[0], key="new", at=START, outcome=""))
        with pytest.raises(TenantError):
            session.flush()


def test_text_is_bound_to_the_session_s_workspace(world: World, two: tuple[str, str]) -> None:
    bound = text("SELECT name FROM person WHERE workspace_id = :workspace_id")
    with world.db.session(two[0]) as session:
        assert session.scalars(bound, {"workspace_id": two[0]}).all() == [MINE]
        for statement, given in (
            (bound, {"workspace_id": two[1]}),
            (bound, {}),
            (bound.bindparams(workspace_id=two[1]), None),
            (text("SELECT name FROM person"), {"workspace_id": two[0]}),
        ):
            with pytest.raises(TenantError):
                session.execute(statement, given)


def test_nobody_goes_round_the_session_to_the_connection() -> None:
    """What runs on a bare connection is seen by no guard; only the edge and the migrations have one, and Slack's own
    stores of tokens, which hold no tenant's row: whose tenant somebody is, is asked of them first."""
    root = Path(__file__).parents[2]
    edge = {"storage/database.py", "storage/engines.py", "storage/migrate.py", "storage/migrations/env.py"}
    edge |= {"storage/installations.py"}
    edge |= {"storage/many.py"}  # writes the session's own workspace into each row of a file
    edge |= {"storage/guard.py"}  # the guard itself, which tells PostgreSQL whose transaction it is
    passing = re.compile(r"\.connection\(|\.get_bind\(\)(?!\.dialect)|\.engine\b|exec_driver_sql|create_engine")
    files = [path for folder in ("storage", "steps", "handlers", "schedules") for path in (root / folder).rglob("*.py")]
    found = {str(path.relative_to(root)) for path in files if passing.search(path.read_text())}
    assert found - edge == set()
