"""Slack's members become people: nobody twice, every address with one person, and in few statements."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from domain.people import Role, Standing
from storage import contacts, members, people
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person
from tests.worlds import World, counted


@pytest.fixture
def workspace(world: World) -> str:
    return world.workspace("T1")


def user(slack_id: str, email: str | None = None, **facts: object) -> dict[str, Any]:
    return {
        "id": slack_id,
        "tz": "Europe/Berlin",
        "profile": {"real_name": f"Name {slack_id}", "email": email},
        **facts,
    }


def keep(world: World, workspace: str, *said: Mapping[str, Any]) -> None:
    world.do(workspace, lambda session: len(members.keep_all(session, world.moment(), said)))


def addresses(world: World, workspace: str) -> dict[str | None, str | None]:
    def read(session: GuardedSession) -> dict[str | None, str | None]:
        rows = session.scalars(select(Person).order_by(Person.id)).all()
        assert all((row.email is None) == (row.email_digest is None) for row in rows)
        return {row.slack_user_id: sealer(session).open(row.email) for row in rows}

    found: dict[str | None, str | None] = world.do(workspace, read)
    return found


def imported(world: World, workspace: str, email: str, **facts: object) -> str:
    """Somebody of a file, whom Slack has not shown yet."""

    def make(session: GuardedSession) -> str:
        person = Person(id=world.moment().new_id(), name="From a file", updated_at=world.now, **facts)
        person.email, person.email_digest = sealer(session).seal(email), contacts.digest_of(session, email)
        session.add(person)
        return person.id

    made: str = world.do(workspace, make)
    return made


def person(world: World, workspace: str, slack_id: str) -> Person:
    found = world.do(workspace, people.by_slack_id, slack_id)
    assert isinstance(found, Person)
    return found


def test_what_slack_says_is_taken_over(world: World, workspace: str) -> None:
    keep(world, workspace, user("U1", "ada@q.example", is_admin=True))
    first = person(world, workspace, "U1")
    assert (first.name, first.time_zone, first.standing, first.is_slack_admin) == (
        "Name U1",
        "Europe/Berlin",
        Standing.MEMBER.value,
        True,
    )
    changed = {"id": "U1", "tz": "UTC", "profile": {"real_name": "Ada King", "title": "Countess"}}
    keep(world, workspace, changed)
    again = person(world, workspace, "U1")
    assert (again.id, again.name, again.title, again.time_zone, again.is_slack_admin) == (
        first.id,
        "Ada King",
        "Countess",
        "UTC",
        False,
    )
    assert addresses(world, workspace) == {"U1": "ada@q.example"}, "an address that Slack hides is not forgotten"


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"deleted": True}, Standing.DEACTIVATED),
        ({"deleted": True, "is_bot": True}, Standing.DEACTIVATED),
        ({"is_bot": True}, Standing.BOT),
        ({"is_stranger": True}, Standing.STRANGER),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True, "is_restricted": True}, Standing.GUEST),
    ],
)
def test_what_kind_of_account_it_is(facts: Mapping[str, object], standing: Standing) -> None:
    assert members.standing_of({"id": "U1", **facts}) is standing
    assert members.standing_of({"id": "USLACKBOT"}) is Standing.BOT


@pytest.mark.parametrize(
    "bare", [{"id": "U1"}, {"id": "U1", "profile": None}, {"id": "U1", "name": "n" * 400, "tz": None}]
)
def test_a_member_of_whom_slack_says_little(world: World, workspace: str, bare: dict[str, Any]) -> None:
    keep(world, workspace, bare)
    assert person(world, workspace, "U1").time_zone == "UTC"


def test_somebody_imported_is_recognised_by_the_address(world: World, workspace: str) -> None:
    known = imported(world, workspace, "ada@q.example", function="sales", function_source="import")
    keep(world, workspace, user("U1", "ADA@q.example"))
    found = person(world, workspace, "U1")
    assert (found.id, found.function, found.name) == (known, "sales", "Name U1")


def test_an_address_that_changed_hands_goes_to_whoever_has_it_now(world: World, workspace: str) -> None:
    keep(world, workspace, user("U1", "sales@q.example"), user("U2", "bob@q.example"))
    keep(world, workspace, user("U2", "sales@q.example"))
    assert addresses(world, workspace) == {"U1": None, "U2": "sales@q.example"}


def test_two_who_swapped_addresses(world: World, workspace: str) -> None:
    keep(world, workspace, user("U1", "one@q.example"), user("U2", "two@q.example"))
    keep(world, workspace, user("U1", "two@q.example"), user("U2", "one@q.example"))
    assert addresses(world, workspace) == {"U1": "two@q.example", "U2": "one@q.example"}


def test_an_address_handed_round_in_a_ring(world: World, workspace: str) -> None:
    keep(world, workspace, *(user(f"U{place}", f"{place}@q.example") for place in range(3)))
    keep(world, workspace, *(user(f"U{place}", f"{(place + 1) % 3}@q.example") for place in range(3)))
    assert addresses(world, workspace) == {f"U{place}": f"{(place + 1) % 3}@q.example" for place in range(3)}


def test_of_two_accounts_with_one_address_the_one_still_here_has_it(world: World, workspace: str) -> None:
    left, here = user("U1", "ada@q.example", deleted=True), user("U2", "ada@q.example")
    for order in ((left, here), (here, left)):
        keep(world, workspace, *order)
        assert addresses(world, workspace) == {"U1": None, "U2": "ada@q.example"}


def test_the_address_of_somebody_imported_becomes_that_of_a_known_member(world: World, workspace: str) -> None:
    boss = imported(world, workspace, "boss@q.example")
    keep(world, workspace, user("U1"))
    imported(world, workspace, "ada@q.example", function="sales", function_source="import", manager_id=boss)
    keep(world, workspace, user("U1", "ada@q.example"))
    found = person(world, workspace, "U1")
    assert (found.function, found.function_source, found.manager_id) == ("sales", "import", boss)
    assert addresses(world, workspace)["U1"] == "ada@q.example"


def test_the_same_member_twice_on_a_page_is_one_person(world: World, workspace: str) -> None:
    keep(world, workspace, user("U1", "ada@q.example"), user("U1", "ada@q.example"))
    assert addresses(world, workspace) == {"U1": "ada@q.example"}


def test_the_same_list_again_writes_nothing(world: World, workspace: str) -> None:
    page = [user(f"U{place}", f"{place}@q.example") for place in range(20)]
    keep(world, workspace, *page)
    before = person(world, workspace, "U1").updated_at
    with counted(world.db) as statements:
        keep(world, workspace, *page)
    assert not [statement for statement in statements if statement.startswith(("INSERT", "UPDATE"))]
    assert person(world, workspace, "U1").updated_at == before


def test_a_page_costs_the_same_statements_whatever_its_size(world: World, workspace: str) -> None:
    costs = []
    for size in (10, 200):
        page = [user(f"{size}-{place}", f"{size}-{place}@q.example") for place in range(size)]
        with counted(world.db) as statements:
            keep(world, workspace, *page)
        costs.append(
            len([statement for statement in statements if statement.startswith(("SELECT", "INSERT", "UPDATE"))])
        )
    assert costs == [2, 2]


def test_another_workspace_has_its_own_person_with_the_same_address(world: World, workspace: str) -> None:
    other = world.workspace("T2")
    for one in (workspace, other):
        keep(world, one, user("U1", "ada@q.example"))
    assert addresses(world, workspace) == addresses(world, other) == {"U1": "ada@q.example"}


def test_roles_are_given_once_and_taken_by_source(world: World, workspace: str) -> None:
    keep(world, workspace, user("U1"), user("U2"))
    one, two = (person(world, workspace, slack_id).id for slack_id in ("U1", "U2"))
    assert world.do(workspace, people.grant, one, Role.TEAM) is True
    assert world.do(workspace, people.grant, one, Role.TEAM) is False
    assert world.do(workspace, people.set_holders, Role.TEAM, [two], "group:S1") == ({two}, set())
    assert world.do(workspace, people.set_holders, Role.TEAM, [], "group:S1") == (set(), {two})
    assert [found.id for found in world.do(workspace, people.holders, Role.TEAM)] == [one]


def test_of_those_who_left_only_whom_we_know_are_worth_a_row(world: World, workspace: str) -> None:
    keep(world, workspace, user("U1", "one@q.example"))
    imported(world, workspace, "two@q.example")
    listed = [
        user("U1", "one@q.example", deleted=True),
        user("U2", "two@q.example", deleted=True),
        user("U3", "three@q.example", deleted=True),
        user("U4", "four@q.example"),
    ]
    kept = world.do(workspace, lambda session: [one["id"] for one in members.worth_keeping(session, listed)])
    assert kept == ["U1", "U2", "U4"]
