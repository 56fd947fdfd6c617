"""Who sees how the program stands: leader and champion, and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed
from domain.people import Role
from domain.permissions import Action
from steps import health, home
from storage import health_days, settings
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.targets import TargetRow
from tests.worlds import World


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LEADER, Role.CHAMPION)])
def test_nobody_else_sees_it(world: World, role: Role) -> None:
    workspace = world.workspace("T1")
    actor = world.member(workspace, "USOMEBODY", role)
    for step, words in (
        (health.seen, "see the program's health"),
        (health.checks_seen, "see the leadership checklists"),
    ):
        with pytest.raises(NotAllowed, match=f"Only the program leader or the executive champion can {words}"):
            world.do(workspace, step, actor, world.moment())
    assert world.do(workspace, home.seen, actor, world.moment()).health is None


@pytest.mark.parametrize("role", [Role.LEADER, Role.CHAMPION])
def test_both_see_it_also_in_home_before_there_is_anything(world: World, role: Role) -> None:
    workspace = world.workspace("T1")
    actor = world.member(workspace, "USOMEBODY", role)
    found = world.do(workspace, health.seen, actor, world.moment())
    assert (found.health.verdict, found.trend) == (None, [])
    now = world.do(workspace, home.seen, actor, world.moment())
    assert (now.health, Action.SEE_HEALTH in now.may) == (None, True)
    assert [part.value for part in now.self_checks] == [role.value.split()[-1]]
    world.do(workspace, lambda session: health.keep(session, world.moment(), settings.load(session)))
    now = world.do(workspace, home.seen, actor, world.moment())
    assert now.health == (world.now.date(), found.health)


def test_each_day_is_written_down_once_and_drawn_over_a_year(world: World) -> None:
    workspace = world.workspace("T1")
    leader = world.member(workspace, "ULEADER", Role.LEADER)

    def keep(session: GuardedSession) -> None:
        health.keep(session, world.moment(), settings.load(session))

    def message(session: GuardedSession) -> Message:
        found = session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
        session.expunge(found)
        return found

    begun = world.now
    world.do(workspace, health.send, leader, world.moment())
    assert "from tomorrow on, a chart" in str(world.do(workspace, message).blocks)
    aim_high(world, workspace)
    for days in (0, 0, 200, 364, 370):
        world.now = begun + timedelta(days=days)
        world.do(workspace, keep)
    kept = world.do(workspace, lambda session: [day for day, _attained in health_days.since(session, begun.date())])
    assert kept == [begun.date() + timedelta(days=days) for days in (0, 200, 364, 370)]
    world.do(workspace, health.send, leader, world.moment())
    (chart,) = [block for block in world.do(workspace, message).blocks if block["type"] == "data_visualization"]
    shown = [begun.date() + timedelta(days=days) for days in (200, 364, 370)]
    assert chart["chart"]["axis_config"]["categories"] == [f"{one.day} {one:%b %Y}" for one in shown]
    assert [series["name"] for series in chart["chart"]["series"]] == ["Coverage"]


def aim_high(world: World, workspace: str) -> None:
    """A target makes coverage known; nothing else is."""
    row = TargetRow(id=world.moment().new_id(), name="Banks", criteria={}, count=3, due_on=world.now.date())
    row.created_at = world.now
    world.do(workspace, lambda session: session.add(row))
