"""What people say of themselves: function and manager; on both databases."""

import pytest

from domain.errors import RuleError
from domain.people import Actor, Function
from steps import people
from storage.guard import GuardedSession
from storage.people import Person, by_slack_id
from tests.worlds import World


@pytest.fixture
def team(world: World) -> tuple[World, str, Actor, Actor]:
    workspace_id = world.workspace("T1")
    return world, workspace_id, world.member(workspace_id, "UREP"), world.member(workspace_id, "UBOSS")


def say(team: tuple[World, str, Actor, Actor], actor: Actor, manager: str | None) -> None:
    world, workspace_id, _rep, _boss = team
    world.do(workspace_id, people.say_who_i_am, actor, world.moment(), Function.SALES, manager)


def found(session: GuardedSession) -> Person:
    person = by_slack_id(session, "UREP")
    assert person is not None
    return person


def test_what_somebody_says_is_kept_and_can_be_changed(team: tuple[World, str, Actor, Actor]) -> None:
    world, workspace_id, rep, boss = team
    say(team, rep, "UBOSS")
    assert world.do(workspace_id, found).manager_id == boss.person_id
    assert world.do(workspace_id, found).function == "sales"
    assert world.do(workspace_id, people.who_i_am, rep, world.moment())[1] == "UBOSS"
    say(team, rep, None)
    assert world.do(workspace_id, found).manager_id is None


@pytest.mark.parametrize(
    ("manager", "words"), [("UREP", "somebody else than yourself"), ("UNOBODY", "full Slack account")]
)
def test_nobody_leads_themselves_and_a_stranger_leads_nobody(
    team: tuple[World, str, Actor, Actor], manager: str, words: str
) -> None:
    with pytest.raises(RuleError) as refused:
        say(team, team[2], manager)
    assert words in refused.value.fields["manager"]


def test_two_people_do_not_lead_each_other(team: tuple[World, str, Actor, Actor]) -> None:
    _world, _workspace_id, rep, boss = team
    say(team, rep, "UBOSS")
    with pytest.raises(RuleError, match="has named you"):
        say(team, boss, "UREP")
