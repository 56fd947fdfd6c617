"""No read of one workspace's session shows another workspace's rows, whatever its shape; on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    case,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
    union,
)
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased

from storage.accounts import Account
from storage.base import Base
from storage.guard import TenantError
from storage.people import Person
from storage.receipts import Receipt
from storage.workspaces import Workspace
from tests.patience import patient
from tests.storage.look_alikes import MINE, THEIRS, fill, two
from tests.worlds import KEYS, World

pytestmark = pytest.mark.one_login  # row-level security would hide the gaps of the guard

__all__ = ["two"]

PEOPLE, ACCOUNTS, RECEIPTS = (Base.metadata.tables[name] for name in ("person", "account", "receipt"))

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
    world = World(patient(postgresql_url, KEYS))
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
