"""Who sees how the program stands: leader and champion, and nobody else."""

import pytest

from domain.errors import NotAllowed
from domain.people import Role
from handlers.home import home_now
from steps import health
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
    assert world.do(workspace, home_now, actor, world.moment()).health is None


@pytest.mark.parametrize("role", [Role.LEADER, Role.CHAMPION])
def test_both_see_it_also_in_home_before_there_is_anything(world: World, role: Role) -> None:
    workspace = world.workspace("T1")
    actor = world.member(workspace, "USOMEBODY", role)
    found = world.do(workspace, health.seen, actor, world.moment())
    assert (found.health.verdict, found.trend) == (None, [])
    now = world.do(workspace, home_now, actor, world.moment())
    assert (now.health, [part.value for part in now.self_checks]) == (found.health, [role.value.split()[-1]])
