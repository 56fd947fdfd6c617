"""No write of one workspace's session reaches another workspace's rows, whatever its shape; on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from storage.accounts import Account
from storage.base import Base
from storage.guard import GuardedSession, TenantError
from storage.people import Person
from storage.receipts import Receipt
from tests.storage.look_alikes import MINE, THEIRS, two
from tests.worlds import START, World

pytestmark = pytest.mark.one_login  # row-level security would hide the gaps of the guard

__all__ = ["two"]

PEOPLE, ACCOUNTS, RECEIPTS = (Base.metadata.tables[name] for name in ("person", "account", "receipt"))


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
