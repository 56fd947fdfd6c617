"""Many rows and many values at once, on both databases: nothing is changed on the way, and nobody else's is touched."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import imports
from storage.accounts import Account
from storage.among import among
from storage.guard import GuardedSession
from storage.many import add_rows
from tests.worlds import World, counted

ODD = ("it's", 'a "quoted" one', "a,b{c}", "back\\slash", "Ünïcode 株式会社", "NULL", "", "null", "%s ? :name")


def account(number: int, **facts: object) -> dict[str, object]:
    made = {"id": f"{number:026}", "name": f"N{number}", "key": f"n{number}", "products": []}
    draft = imports.blank(Account, **made, created_at=datetime(2026, 3, 1, tzinfo=UTC))
    return {**vars(draft), **facts}


def add(world: World, workspace: str, *rows: dict[str, object]) -> list[Account]:
    world.do(workspace, add_rows, Account, rows)
    return every(world, workspace)


def every(world: World, workspace: str) -> list[Account]:
    def look(session: GuardedSession) -> list[Account]:
        return list(session.scalars(select(Account).order_by(Account.id)))

    found: list[Account] = world.do(workspace, look)
    return found


def test_every_value_comes_back_as_it_was(world: World) -> None:
    workspace, zone = world.workspace("T1"), timezone(timedelta(hours=5, minutes=30))
    facts = {
        "name": " ".join(ODD),
        "products": list(ODD),
        "renewal_on": date(2027, 2, 28),
        "created_at": datetime(2026, 3, 1, 4, 5, 6, 789, tzinfo=zone),
    }
    first, second = add(world, workspace, account(1, **facts), account(2))
    assert {name: getattr(first, name) for name in facts} == facts
    assert (second.products, second.renewal_on, second.domain) == ([], None, None)


def test_rows_are_the_sessions_workspaces_whatever_they_say(world: World) -> None:
    mine, theirs = world.workspace("T1"), world.workspace("T2")
    [row] = add(world, mine, account(1, workspace_id=theirs))
    assert row.workspace_id == mine
    assert every(world, theirs) == []


def test_they_are_one_statement_and_none_for_nothing(world: World) -> None:
    workspace = world.workspace("T1")
    with counted(world.db) as statements:
        add_all = [account(number) for number in range(500)]
        world.do(workspace, add_rows, Account, add_all)
    assert sum("INSERT" in statement for statement in statements) == 1
    with counted(world.db) as statements:
        world.do(workspace, add_rows, Account, [])
    assert not any("INSERT" in statement for statement in statements)


def test_what_must_not_be_is_refused_and_nothing_of_it_stays(world: World) -> None:
    workspace = world.workspace("T1")
    with pytest.raises(IntegrityError):
        add(world, workspace, account(1), account(2, key="n1"))
    with pytest.raises(ValueError, match="zone"):
        add(world, workspace, account(1, created_at=datetime(2026, 3, 1)))  # noqa: DTZ001  # that is the point
    assert every(world, workspace) == []


def test_texts_of_any_kind_and_number_are_looked_up_by_one_parameter(world: World) -> None:
    workspace = world.workspace("T1")
    add(world, workspace, *(account(number, key=key) for number, key in enumerate(ODD)))

    def found(session: GuardedSession, *keys: str) -> set[str]:
        return set(session.scalars(select(Account.key).where(among(Account.key, keys))))

    assert world.do(workspace, found, *ODD) == set(ODD)
    assert world.do(workspace, found, *ODD[2:4], *map(str, range(10_000))) == set(ODD[2:4])
    assert world.do(workspace, found) == set()
    assert world.do(world.workspace("T2"), found, *ODD) == set()


def test_however_many_values_it_is_the_same_statement(world: World) -> None:
    workspace = world.workspace("T1")
    seen = set()
    for number in (1, 2, 300):
        with counted(world.db) as statements:
            world.do(workspace, imports.accounts_by_key, [str(one) for one in range(number)])
        seen.add(tuple(one for one in statements if "FROM account" in one))
    assert len(seen) == 1
