"""No statement of one workspace's session reaches another workspace's rows, whatever its shape; on both databases."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    case,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    union,
    update,
)
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased

from storage.accounts import Account
from storage.base import Base
from storage.database import Database
from storage.guard import GuardedSession, TenantError
from storage.outbox import Message, Post
from storage.people import Person
from storage.receipts import Receipt
from storage.workspaces import Workspace
from tests.worlds import KEYS, START, World

MINE, THEIRS = "mine", "theirs"
"""In every row of one workspace and of the other."""

PEOPLE, ACCOUNTS, RECEIPTS = (Base.metadata.tables[name] for name in ("person", "account", "receipt"))


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """Two workspaces whose rows look alike but for one word; their ids."""
    ids = world.workspace("T1"), world.workspace("T2")
    for workspace_id, word in zip(ids, (MINE, THEIRS), strict=True):
        world.do(workspace_id, fill, world, word)
    return ids


def fill(session: GuardedSession, world: World, word: str) -> None:
    """A person "p" who owns an account "a"; the ids are the same in both workspaces."""
    now = world.moment().now
    session.add(Person(id="p", slack_user_id="U1", name=word, updated_at=now))
    session.flush()
    session.add(Account(id="a", name=word, key="acme", owner_id="p", created_at=now))
    session.add(Receipt(key="r", at=now, outcome=word))


Other, Again = aliased(Person), aliased(Account)

READS: dict[str, Callable[[], Any]] = {
    "entity": lambda: select(Person),
    "columns": lambda: select(Person.name, Person.id),
    "where": lambda: select(Person.name).where(Person.id == "p"),
    "either": lambda: select(Person.name).where((Person.id == "p") | (Person.id != "p")),
    "alias": lambda: select(Other),
    "alias column": lambda: select(Other.name),
    "inner join": lambda: select(Person.name, Account.name).join(Account, Account.owner_id == Person.id),
    "outer join": lambda: select(Person.name, Account.name).outerjoin(Account, Account.owner_id == Person.id),
    "outer join of an alias": lambda: select(Person.name, Again.name).outerjoin(Again, Again.owner_id == Person.id),
    "full join": lambda: select(Person.name, Account.name).join(Account, Account.owner_id == Person.id, full=True),
    "self join": lambda: select(Person.name, Other.name).join(Other, Other.id == Person.id),
    "cartesian": lambda: select(Person.name, Account.name).join(Account, Account.id != Person.id),
    "subquery": lambda: select(select(Person.name).subquery().c.name),
    "subquery as an entity": lambda: select(aliased(Person, select(Person).subquery())),
    "common table expression": lambda: select(select(Person.name).cte("people").c.name),
    "scalar subquery": lambda: select(Person.name, select(Account.name).where(Account.id == "a").scalar_subquery()),
    "scalar subquery of others": lambda: select(select(func.max(Account.name)).scalar_subquery()),
    "union": lambda: union(select(Person.name), select(Account.name)),
    "union inside": lambda: select(union(select(Person.name), select(Account.name)).subquery().c.name),
    "entity of a union": lambda: select(Person).from_statement(select(Person).union(select(Person))),
    "aggregate": lambda: select(func.max(Person.name)),
    "group": lambda: select(Person.name, func.count()).group_by(Person.name),
    "case": lambda: select(case((Person.name == THEIRS, Person.name), else_=Person.id)),
    "window": lambda: select(Person.name, func.count().over(partition_by=Person.id)),
    "limit": lambda: select(Person.name).order_by(Person.name.desc()).limit(1),
    "lock": lambda: select(Person).with_for_update(),
    "table": lambda: select(PEOPLE),
    "table column": lambda: select(PEOPLE.c.name),
    "table alias": lambda: select(PEOPLE.alias().c.name),
    "table beside an entity": lambda: select(Person.id, ACCOUNTS.c.name),
    "table below an entity": lambda: select(Person.name).where(Person.id.in_(select(ACCOUNTS.c.owner_id))),
    "table alias beside an entity": lambda: select(Person.id, PEOPLE.alias().c.name),
    "table joined": lambda: select(Person.id, ACCOUNTS.c.name).join(ACCOUNTS, ACCOUNTS.c.owner_id == Person.id),
    "table joined, column by text": lambda: select(Person.id, literal_column("account.name")).join(
        ACCOUNTS, literal_column("account.owner_id") == Person.id
    ),
    "table in exists": lambda: select(Person.name).where(exists().where(ACCOUNTS.c.name == THEIRS)),
    "lightweight table": lambda: select(table("person", column("name")).c.name),
    "lightweight table beside an entity": lambda: select(Person.id, table("account", column("name")).c.name),
    "text": lambda: text("SELECT name FROM person"),
    "text with a foreign binding": lambda: text("SELECT name FROM person WHERE id = :id").bindparams(id="p"),
    "text columns": lambda: text("SELECT name FROM person").columns(column("name")),
    "text in from": lambda: select(text("name")).select_from(text("person")),
    "text in a condition": lambda: select(Person.name).where(text("1 = 1) OR (1 = 1")),
    "text as an entity": lambda: select(Person).from_statement(text("SELECT * FROM person")),
    "literal column": lambda: select(literal_column("(SELECT max(name) FROM person)")),
    "literal column beside an entity": lambda: select(Person.id, literal_column("(SELECT max(name) FROM account)")),
}


REFUSED = ("table", "lightweight", "text", "literal")
"""How the shapes begin in which the guard cannot see everything."""


@pytest.mark.parametrize("shape", READS)
def test_a_read_shows_the_session_s_workspace_or_is_refused(world: World, two: tuple[str, str], shape: str) -> None:
    for workspace_id, theirs in zip(two, (THEIRS, MINE), strict=True):
        with world.db.session(workspace_id) as session:
            if shape.startswith(REFUSED):
                with pytest.raises(TenantError):
                    session.execute(READS[shape]())
            else:
                rows = session.execute(READS[shape]()).all()
                assert rows
                assert all(theirs not in words(row) for row in rows)


def words(row: Any) -> set[object]:
    return {getattr(value, "name", value) for value in row}


def test_a_lateral_subquery_is_scoped(postgresql_url: str) -> None:
    world = World(Database(postgresql_url, KEYS))
    ids = world.workspace("T1"), world.workspace("T2")
    for workspace_id, word in zip(ids, (MINE, THEIRS), strict=True):
        world.do(workspace_id, fill, world, word)
    query = select(select(Person.name).where(Person.id == "p").lateral().c.name)
    with world.db.session(ids[0]) as session:
        assert session.scalars(query).all() == [MINE]
    world.db.close()


SECRETS: dict[str, Callable[[str], Any]] = {
    "where": lambda word: select(Person.id).where(Person.name == word),
    "in a subquery": lambda word: select(Person.id).where(
        Person.id.in_(select(Account.owner_id).where(Account.name == word))
    ),
    "in a subquery of an alias": lambda word: select(Person.id).where(
        Person.id.in_(select(Again.owner_id).where(Again.name == word))
    ),
    "exists": lambda word: select(Person.id).where(exists().where(Account.name == word)),
    "exists correlated": lambda word: select(Person.id).where(
        exists().where(Account.owner_id == Person.id, Account.name == word)
    ),
    "exists of itself": lambda word: select(Person.id).where(exists().where(Other.id == Person.id, Other.name == word)),
    "exists alone": lambda word: select(Workspace.id).where(exists().where(Person.name == word)),
    "outer join": lambda word: select(Person.id).outerjoin(Account, Account.name == word).where(Account.id == "a"),
    "having": lambda word: (
        select(Person.id)
        .join(Account, Account.owner_id == Person.id)
        .group_by(Person.id)
        .having(func.max(Account.name) == word)
    ),
    "scalar subquery": lambda word: select(Person.id).where(
        select(func.count()).select_from(Account).where(Account.name == word).scalar_subquery() > 0
    ),
}


@pytest.mark.parametrize("shape", SECRETS)
def test_no_condition_tells_what_another_workspace_holds(world: World, two: tuple[str, str], shape: str) -> None:
    for workspace_id, own, theirs in zip(two, (MINE, THEIRS), (THEIRS, MINE), strict=True):
        with world.db.session(workspace_id) as session:
            assert session.execute(SECRETS[shape](own)).all()
            assert not session.execute(SECRETS[shape](theirs)).all()


def test_the_same_statement_serves_one_workspace_after_the_other(world: World, two: tuple[str, str]) -> None:
    statement = select(Person.name)
    for _ in range(3):
        for workspace_id, word in zip(two, (MINE, THEIRS), strict=True):
            with world.db.session(workspace_id) as session:
                assert session.scalars(statement).all() == [word]


def test_get_with_the_key_of_another_workspace_finds_nothing(world: World, two: tuple[str, str]) -> None:
    with world.db.session(two[0]) as session:
        assert session.get(Person, (two[1], "p")) is None
        assert session.get(Receipt, (two[1], "r"), with_for_update=True) is None
        with pytest.raises(NoResultFound):
            session.get_one(Account, (two[1], "a"))


WRITES: dict[str, Callable[[str], Any]] = {
    "update": lambda _theirs: update(Person).values(name="changed"),
    "update where": lambda _theirs: update(Person).where(Person.id == "p").values(name="changed"),
    "update by their key": lambda theirs: update(Person).where(Person.workspace_id == theirs).values(name="changed"),
    "update from another table": lambda _theirs: (
        update(Person).where(Person.id == Account.owner_id, Account.name == THEIRS).values(name="changed")
    ),
    "update with their value": lambda _theirs: update(Person).values(
        name=func.coalesce(select(func.max(Account.name)).where(Account.name == THEIRS).scalar_subquery(), "none")
    ),
    "update in a subquery": lambda _theirs: (
        update(Person)
        .where(Person.id.in_(select(Account.owner_id).where(Account.name == THEIRS)))
        .values(name="changed")
    ),
    "update returning": lambda _theirs: update(Person).values(name="changed").returning(Person.name),
    "update of the table": lambda _theirs: update(PEOPLE).values(name="changed"),
    "delete": lambda _theirs: delete(Receipt),
    "delete where": lambda _theirs: delete(Receipt).where(Receipt.key == "r"),
    "delete by their key": lambda theirs: delete(Receipt).where(Receipt.workspace_id == theirs),
    "delete in a subquery": lambda _theirs: delete(Receipt).where(exists().where(Account.name == THEIRS)),
    "delete of the table": lambda _theirs: delete(RECEIPTS),
    "insert": lambda theirs: insert(Receipt).values(workspace_id=theirs, key="new", at=START, outcome=""),
    "insert of many": lambda theirs: insert(Receipt).values(
        [{"workspace_id": theirs, "key": "new", "at": START, "outcome": ""}]
    ),
    "insert from a query": lambda _theirs: insert(Receipt).from_select(
        ["workspace_id", "key", "at", "outcome"], select(Person.workspace_id, Person.name, Person.updated_at, Person.id)
    ),
    "insert into the table": lambda theirs: insert(RECEIPTS).values(
        workspace_id=theirs, key="new", at=START, outcome=""
    ),
    "text": lambda _theirs: text("UPDATE person SET name = 'changed'"),
}


@pytest.mark.parametrize("shape", WRITES)
def test_no_write_changes_a_row_of_another_workspace(world: World, two: tuple[str, str], shape: str) -> None:
    before = everything(world, two[1])
    with world.db.session(two[0]) as session:
        try:
            session.execute(WRITES[shape](two[1]), execution_options={"synchronize_session": False})
            session.commit()
        except TenantError:
            session.rollback()
    assert everything(world, two[1]) == before
    assert THEIRS not in str(everything(world, two[0]))


def everything(world: World, workspace_id: str) -> list[list[tuple[object, ...]]]:
    with world.db.session(workspace_id) as session:
        queries = (
            select(Person.id, Person.name).order_by(Person.id),
            select(Account.id, Account.name).order_by(Account.id),
            select(Receipt.key, Receipt.outcome).order_by(Receipt.key),
        )
        return [[tuple(row) for row in session.execute(query)] for query in queries]


def test_writes_through_mapped_classes_reach_ones_own_rows(world: World, two: tuple[str, str]) -> None:
    with world.db.session(two[0]) as session:
        session.execute(update(Person).values(name="changed"))
        session.execute(delete(Receipt))
        session.commit()
    assert everything(world, two[0]) == [[("p", "changed")], [("a", MINE)], []]
    assert everything(world, two[1]) == [[("p", THEIRS)], [("a", THEIRS)], [("r", THEIRS)]]


def receipt(workspace_id: str | None) -> dict[str, object]:
    row = {"key": "new", "at": START, "outcome": ""}
    return row if workspace_id is None else {"workspace_id": workspace_id, **row}


def test_many_rows_at_once_name_ones_own_workspace(world: World, two: tuple[str, str]) -> None:
    with world.db.session(two[0]) as session:
        session.execute(insert(Receipt), [receipt(two[0])])
        for wrong in (two[1], None):
            with pytest.raises(TenantError):
                session.execute(insert(Receipt), [receipt(two[0]), receipt(wrong)])
        with pytest.raises(TenantError):
            session.execute(update(Person), [{"workspace_id": two[1], "id": "p", "name": "changed"}])
        session.execute(update(Person), [{"workspace_id": two[0], "id": "p", "name": "changed"}])
        session.commit()
    assert everything(world, two[0]) == [[("p", "changed")], [("a", MINE)], [("new", ""), ("r", MINE)]]
    assert everything(world, two[1]) == [[("p", THEIRS)], [("a", THEIRS)], [("r", THEIRS)]]


def test_ways_around_the_guard_are_closed(world: World, two: tuple[str, str]) -> None:
    with world.db.session(two[0]) as session:
        for write in (session.bulk_insert_mappings, session.bulk_update_mappings):
            with pytest.raises(TenantError):
                write(Receipt, [receipt(two[1])])
        with pytest.raises(TenantError):
            session.bulk_save_objects([Receipt(**receipt(two[1]))])


def of_another(world: World, workspace_id: str) -> Receipt:
    with world.db.session(workspace_id) as session:
        return session.get_one(Receipt, (workspace_id, "r"))


def new_row(session: GuardedSession, _theirs: Receipt, other: str) -> None:
    session.add(Receipt(workspace_id=other, key="n", at=START))


def changed_row(session: GuardedSession, theirs: Receipt, _other: str) -> None:
    session.add(theirs)
    theirs.outcome = "changed"


def row_taken_over(session: GuardedSession, theirs: Receipt, _other: str) -> None:
    session.add(theirs)
    theirs.workspace_id = session.workspace_id


def row_taken_over_before(session: GuardedSession, theirs: Receipt, _other: str) -> None:
    theirs.workspace_id, theirs.key = session.workspace_id, "n"
    session.add(theirs)


def row_given_away(session: GuardedSession, _theirs: Receipt, other: str) -> None:
    session.get_one(Receipt, (session.workspace_id, "r")).workspace_id = other


def deleted_row(session: GuardedSession, theirs: Receipt, _other: str) -> None:
    session.delete(theirs)


def merged_row(session: GuardedSession, _theirs: Receipt, other: str) -> None:
    session.merge(Receipt(workspace_id=other, key="r", at=START, outcome="changed"))


CHANGES: list[Callable[[GuardedSession, Receipt, str], None]] = [
    new_row,
    changed_row,
    row_taken_over,
    row_taken_over_before,
    row_given_away,
    deleted_row,
    merged_row,
]


@pytest.mark.parametrize("change", CHANGES)
def test_no_row_of_another_workspace_is_flushed(
    world: World, two: tuple[str, str], change: Callable[[GuardedSession, Receipt, str], None]
) -> None:
    theirs = of_another(world, two[1])
    with world.db.session(two[0]) as session:
        change(session, theirs, two[1])
        with pytest.raises(TenantError):
            session.flush()


def test_a_new_row_gets_the_workspace_of_its_session(world: World, two: tuple[str, str]) -> None:
    with world.db.session(two[1]) as session:
        session.add(Receipt(key="new", at=START))
        session.commit()
    assert ("new", "") in everything(world, two[1])[2]


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
        session.add(Receipt(**receipt(two[0])))
        with pytest.raises(TenantError):
            session.flush()


def test_a_session_without_a_workspace_reads_nothing(world: World, two: tuple[str, str]) -> None:
    with GuardedSession(world.db.engine) as session:
        with pytest.raises(TenantError):
            session.execute(select(Person))
        with pytest.raises(TenantError):
            _ = session.workspace_id
        session.add(Receipt(**receipt(two[0])))
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
    """What runs on a bare connection is seen by no guard; only the edge and the migrations have one."""
    root = Path(__file__).parents[2]
    edge = {"storage/database.py", "storage/engines.py", "storage/migrate.py", "storage/migrations/env.py"}
    passing = re.compile(
        r"\.connection\(|\.get_bind\(\)(?!\.dialect)|\.bind\b|\.engine\b|exec_driver_sql|create_engine"
    )
    files = [path for folder in ("storage", "steps", "handlers", "schedules") for path in (root / folder).rglob("*.py")]
    found = {str(path.relative_to(root)) for path in files if passing.search(path.read_text())}
    assert found - edge == set()
