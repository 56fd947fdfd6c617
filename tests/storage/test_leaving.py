"""A workspace's rows go all of them, in small steps, and nobody else's; judged on both databases."""

from datetime import timedelta

import pytest

from storage import leaving, workspaces
from storage.workspaces import KEPT
from tests.patience import owner
from tests.storage.test_tenants import MINE, THEIRS, fill, rows_of
from tests.worlds import World


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """Two workspaces with two rows in every table; their ids."""
    mine, theirs = world.workspace("T1"), world.workspace("T2")
    fill(world, mine, MINE)
    fill(world, theirs, THEIRS)
    return mine, theirs


@pytest.mark.parametrize("at_once", [1, leaving.AT_ONCE])
def test_everything_goes_and_nothing_of_anybody_else(
    world: World, two: tuple[str, str], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "AT_ONCE", at_once)
    mine, theirs = two
    with owner(world.db) as connection:
        before = rows_of(connection, theirs)
    steps = 1
    while world.do(mine, leaving.erase_some):
        steps += 1
    assert (steps > 20) == (at_once == 1)
    with owner(world.db) as connection:
        assert not any(rows_of(connection, mine).values())
        assert rows_of(connection, theirs) == before
    assert world.db.run_now(None, workspaces.every) == [theirs]


def test_nobody_is_given_up_who_has_come_back_or_is_awaited(world: World) -> None:
    here, back, awaited, gone = (world.workspace(f"T{number}") for number in range(4))
    for left in (back, awaited, gone):
        world.db.run_now(None, workspaces.disconnect, world.moment(), left)
    assert world.workspace("T1") == back
    soon, late = world.now + KEPT - timedelta(minutes=1), world.now + KEPT
    assert world.db.run_now(None, workspaces.lapsed, soon) == []
    assert world.db.run_now(None, workspaces.lapsed, late) == sorted([awaited, gone])
    assert not world.db.run_now(None, workspaces.give_up, late, here)
    assert not world.db.run_now(None, workspaces.give_up, late, back)
    assert world.db.run_now(None, workspaces.give_up, late, gone)
    assert world.workspace("T3") != gone
    assert world.workspace("T2") == awaited


def test_the_end_that_is_told_twice_began_when_it_was_told_first(world: World) -> None:
    left = world.workspace("T1")
    world.db.run_now(None, workspaces.disconnect, world.moment(), left)
    first = world.now
    world.now += timedelta(days=3)
    world.db.run_now(None, workspaces.disconnect, world.moment(), left)
    world.db.run_now(None, workspaces.disconnect_team, world.moment(), "", "T1")
    assert world.db.run_now(None, workspaces.lapsed, first + KEPT) == [left]
