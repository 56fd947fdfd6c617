"""The census of a workspace: functions and roles follow groups, first admins are found, who left is noticed."""

from typing import Any

import pytest
from sqlalchemy import event, select

from domain.errors import NotAllowed, RuleError
from domain.moment import Moment
from domain.people import GRANTED_ROLES, Actor, Role, Standing
from steps import people as steps
from storage import people, settings
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.people import Person
from tests.worlds import World, counted


@pytest.fixture
def workspace(world: World) -> str:
    return world.workspace("T1")


def user(slack_id: str, **facts: object) -> dict[str, Any]:
    return {"id": slack_id, "profile": {"real_name": f"Name {slack_id}", "email": f"{slack_id}@q.example"}, **facts}


def take(
    world: World,
    workspace: str,
    listed: list[dict[str, Any]],
    groups: steps.Groups | None = None,
    channel: list[str] | None = None,
) -> int:
    """Everything that a census does. Answers how many people are unknown."""
    for start in range(0, len(listed), 200):
        world.do(workspace, steps.keep_members, world.moment(), listed[start : start + 200])
    census = steps.Census([member["id"] for member in listed], groups, channel)
    unknown: int = world.do(workspace, steps.conclude_census, world.moment(), census)
    return unknown


def holders(world: World, workspace: str, role: Role) -> list[str | None]:
    return [person.slack_user_id for person in world.do(workspace, people.holders, role)]


def seen(world: World, workspace: str) -> dict[Role, list[str]]:
    """What a form that has room for everybody shows."""
    return {role: [one or "" for one in holders(world, workspace, role)] for role in GRANTED_ROLES}


def give(world: World, workspace: str, who: Actor, chosen: dict[Role, list[str]]) -> None:
    """Somebody sends the roles' form, which showed everybody."""
    world.do(workspace, steps.set_roles, who, world.moment(), chosen, seen(world, workspace))


def functions(world: World, workspace: str) -> dict[str | None, str | None]:
    def read(session: GuardedSession) -> dict[str | None, str | None]:
        return {person.slack_user_id: person.function for person in session.scalars(select(Person))}

    found: dict[str | None, str | None] = world.do(workspace, read)
    return found


def set_groups(world: World, workspace: str, **values: object) -> None:
    def write(session: GuardedSession, moment: Moment) -> None:
        for key, value in values.items():
            settings.save(session, moment, None, key, value)

    world.do(workspace, write, world.moment())


def test_functions_follow_groups(world: World, workspace: str) -> None:
    set_groups(world, workspace, function_groups={"S2": "marketing"})
    listed = [user(f"U{place}") for place in range(4)]
    groups = steps.Groups({"S1": ["U0", "U9"], "S2": ["U1"]}, {"S1": "customer-success", "S2": "sales"})
    assert take(world, workspace, listed, groups) == 2
    assert functions(world, workspace) == {"U0": "customer success", "U1": "marketing", "U2": None, "U3": None}
    # Out of the group, and out of the function.
    assert take(world, workspace, listed, steps.Groups({"S1": ["U2"], "S2": []}, {"S1": "sales"})) == 3
    assert functions(world, workspace) == {"U0": None, "U1": None, "U2": "sales", "U3": None}


def test_what_slack_did_not_say_changes_nothing(world: World, workspace: str) -> None:
    set_groups(world, workspace, role_groups={"S1": "program leader"})
    listed = [user("U0"), user("U1")]
    take(world, workspace, listed, steps.Groups({"S1": ["U0"]}, {"S1": "sales"}), ["U1"])
    take(world, workspace, listed, None, None)
    assert functions(world, workspace) == {"U0": "sales", "U1": None}
    assert holders(world, workspace, Role.LEADER) == ["U0"]
    assert holders(world, workspace, Role.TEAM) == ["U1"]


def test_what_somebody_said_themselves_outranks_a_group(world: World, workspace: str) -> None:
    listed = [user("U0")]
    take(world, workspace, listed)

    def say(session: GuardedSession) -> None:
        person = people.by_slack_id(session, "U0")
        assert person is not None
        person.function, person.function_source = "product", "self"

    world.do(workspace, say)
    take(world, workspace, listed, steps.Groups({"S1": ["U0"]}, {"S1": "sales"}))
    assert functions(world, workspace) == {"U0": "product"}


def test_roles_follow_groups_and_go_with_them(world: World, workspace: str) -> None:
    set_groups(world, workspace, role_groups={"S1": "advocacy team"})
    listed = [user("U0"), user("U1")]
    take(world, workspace, listed, steps.Groups({"S1": ["U0", "U1"]}, {}))
    assert holders(world, workspace, Role.TEAM) == ["U0", "U1"]
    take(world, workspace, listed, steps.Groups({"S1": ["U1"]}, {}))
    assert holders(world, workspace, Role.TEAM) == ["U1"]


def test_the_first_admins_are_slack_s_until_somebody_is_chosen(world: World, workspace: str) -> None:
    listed = [user("U0", is_owner=True), user("U1", is_admin=True, deleted=True), user("U2")]
    take(world, workspace, listed)
    assert holders(world, workspace, Role.ADMIN) == ["U0"]
    take(world, workspace, [*listed, user("U3", is_admin=True)])
    assert holders(world, workspace, Role.ADMIN) == ["U0"], "there is an admin, so nobody becomes one by the way"


def test_the_team_is_the_channel_until_it_is_chosen(world: World, workspace: str) -> None:
    listed = [user("U0", is_admin=True), user("U1"), user("U2"), user("B1", is_bot=True)]
    take(world, workspace, listed, None, ["U1", "U2", "B1"])
    assert holders(world, workspace, Role.TEAM) == ["U1", "U2"]
    take(world, workspace, listed, None, ["U2"])
    assert holders(world, workspace, Role.TEAM) == ["U2"]
    admin = world.do(workspace, people.actor_of, "U0")
    world.do(
        workspace,
        steps.set_roles,
        admin,
        world.moment(),
        {Role.ADMIN: ["U0"], Role.TEAM: ["U1"]},
        seen(world, workspace),
    )
    take(world, workspace, listed, None, ["U2"])
    assert holders(world, workspace, Role.TEAM) == ["U1"]


def test_who_is_not_listed_any_more_is_gone(world: World, workspace: str) -> None:
    take(world, workspace, [user("U0"), user("U1")])
    assert take(world, workspace, [user("U0")]) == 1
    gone = world.do(workspace, people.by_slack_id, "U1")
    assert gone.standing == Standing.DEACTIVATED.value
    assert take(world, workspace, [user("U0"), user("U1")]) == 2, "somebody who comes back is here again"


def test_bots_guests_and_those_who_left_are_not_unknown_people(world: World, workspace: str) -> None:
    listed = [
        user("U0"),
        user("B1", is_bot=True),
        user("USLACKBOT"),
        user("U1", deleted=True),
        user("U2", is_restricted=True),
    ]
    assert take(world, workspace, listed) == 1


def test_two_thousand_members_cost_a_few_statements_a_page(world: World, workspace: str) -> None:
    listed = [user(f"U{place}") for place in range(2000)]
    groups = steps.Groups({"S1": [f"U{place}" for place in range(0, 2000, 2)]}, {"S1": "sales"})
    set_groups(world, workspace, role_groups={"S1": "advocacy team"})
    for _ in range(2):
        with counted(world.db) as statements:
            assert take(world, workspace, listed, groups, []) == 1000
        assert len([one for one in statements if one.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]) < 50


def test_a_census_loads_only_the_people_whom_it_changes(world: World, workspace: str) -> None:
    listed = [user(f"U{place}") for place in range(500)]
    ids = [member["id"] for member in listed]
    take(world, workspace, listed)
    loaded: list[Person] = []

    def note(person: Person, _context: object) -> None:
        loaded.append(person)

    event.listen(Person, "load", note)
    try:
        census = steps.Census(ids[1:], steps.Groups({"S1": ids[2:]}, {"S1": "sales"}), ids[5:8])
        assert world.do(workspace, steps.conclude_census, world.moment(), census) == 1
    finally:
        event.remove(Person, "load", note)
    assert {person.slack_user_id for person in loaded} == {"U0", "U5", "U6", "U7"}


def test_a_workspace_lives_by_the_clock_of_most_of_its_people_until_somebody_sets_another(
    world: World, workspace: str
) -> None:
    berlin = [user(f"U{place}", tz="Europe/Berlin") for place in range(3)]
    others = [user("U8", tz="Asia/Tokyo"), user("U9", tz="Asia/Tokyo", deleted=True)]
    take(world, workspace, [*berlin, *others])
    assert world.do(workspace, settings.load).time_zone == "Europe/Berlin"
    set_groups(world, workspace, time_zone="Asia/Tokyo")
    take(world, workspace, [*berlin, *others])
    assert world.do(workspace, settings.load).time_zone == "Asia/Tokyo"


def actor(world: World, workspace: str, slack_id: str) -> Actor:
    found = world.do(workspace, people.actor_of, slack_id)
    assert isinstance(found, Actor)
    return found


def test_roles_are_changed_by_who_may_and_never_to_no_admin(world: World, workspace: str) -> None:
    take(world, workspace, [user("U0", is_admin=True), user("U1")])
    chosen = {Role.ADMIN: ["U1"], Role.LEADER: ["U0"]}
    with pytest.raises(NotAllowed):
        give(world, workspace, actor(world, workspace, "U1"), chosen)
    admin = actor(world, workspace, "U0")
    with pytest.raises(RuleError) as refused:
        world.do(
            workspace,
            steps.set_roles,
            admin,
            world.moment(),
            {Role.ADMIN: [], Role.LEADER: ["U1"]},
            seen(world, workspace),
        )
    assert "admin" in refused.value.fields
    give(world, workspace, admin, chosen)
    assert holders(world, workspace, Role.ADMIN) == ["U1"]
    assert holders(world, workspace, Role.LEADER) == ["U0"]


def test_a_role_from_a_group_still_goes_with_the_group_after_somebody_else_was_given_it(
    world: World, workspace: str
) -> None:
    listed = [user("U0", is_admin=True), user("U1"), user("U2")]
    set_groups(world, workspace, role_groups={"S1": "program leader"})
    take(world, workspace, listed, steps.Groups({"S1": ["U1"]}, {"S1": "leaders"}))
    admin = actor(world, workspace, "U0")
    world.do(
        workspace,
        steps.set_roles,
        admin,
        world.moment(),
        {Role.ADMIN: ["U0"], Role.LEADER: ["U1", "U2"]},
        seen(world, workspace),
    )
    assert holders(world, workspace, Role.LEADER) == ["U1", "U2"]
    take(world, workspace, listed, steps.Groups({"S1": []}, {"S1": "leaders"}))
    assert holders(world, workspace, Role.LEADER) == ["U2"]


def changes(world: World, workspace: str) -> list[tuple[str, str | None, list[str], list[str]]]:
    """The role, the reason, who got it and who lost it, of every change that Everboard made by itself."""
    names = {person.id: person.slack_user_id for person in world.do(workspace, everybody)}

    def read(session: GuardedSession) -> list[Audit]:
        rows = select(Audit).where(Audit.action == "role.changed", Audit.actor_id.is_(None))
        return list(session.scalars(rows.order_by(Audit.at, Audit.id)))

    return [
        (
            row.subject_id,
            row.reason,
            [names[one] for one in row.after["added"]],
            [names[one] for one in row.before["removed"]],
        )
        for row in world.do(workspace, read)
    ]


def everybody(session: GuardedSession) -> list[Person]:
    return list(session.scalars(select(Person)))


def test_roles_that_follow_slack_are_written_down(world: World, workspace: str) -> None:
    set_groups(world, workspace, role_groups={"S1": "program leader"})
    listed = [user("U0", is_owner=True), user("U1"), user("U2")]
    take(world, workspace, listed, steps.Groups({"S1": ["U1"]}, {}), ["U2"])
    assert set(map(repr, changes(world, workspace))) == {
        repr(("LEADER", "group:S1", ["U1"], [])),
        repr(("ADMIN", "slack", ["U0"], [])),
        repr(("TEAM", "channel", ["U2"], [])),
    }
    take(world, workspace, listed, steps.Groups({"S1": ["U1"]}, {}), ["U2"])
    assert len(changes(world, workspace)) == 3, "what stays as it is is no change"
    take(world, workspace, listed, steps.Groups({"S1": ["U2"]}, {}), ["U2"])
    assert changes(world, workspace)[-1] == ("LEADER", "group:S1", ["U2"], ["U1"])


def test_who_found_no_room_in_the_form_keeps_the_role(world: World, workspace: str) -> None:
    take(world, workspace, [user("U0", is_owner=True), *(user(f"U{at}") for at in range(1, 5))])
    admin = actor(world, workspace, "U0")
    everybody_once = {Role.TEAM: ["U1", "U2", "U3"]}
    give(world, workspace, admin, everybody_once)
    shown = {Role.TEAM: ["U1", "U2"], Role.ADMIN: ["U0"]}
    world.do(workspace, steps.set_roles, admin, world.moment(), {Role.TEAM: ["U1", "U4"], Role.ADMIN: ["U0"]}, shown)
    assert sorted(map(str, holders(world, workspace, Role.TEAM))) == ["U1", "U3", "U4"]
