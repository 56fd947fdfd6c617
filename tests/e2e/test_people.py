"""Who people are follows Slack: functions from groups, admins, the team from its channel, and who comes and goes."""

from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from domain.people import Role
from handlers import census
from storage import people, settings, workspaces
from storage.people import Person as PersonRow
from storage.people import RoleGrant
from storage.workspaces import Workspace
from tests.e2e.acts import accept, alert, click_home, nominated, press
from tests.e2e.conftest import JSON, Company, running
from tests.patience import PATIENCE


@pytest.fixture
async def newly_met(sqlite_url: str) -> AsyncIterator[Company]:
    """A company whose people Everboard has only met in Slack; nobody has imported or set anything."""
    async with running(sqlite_url) as found:
        yield found


def person(company: Company, slack_user_id: str) -> PersonRow:
    return company.row(PersonRow, PersonRow.slack_user_id == slack_user_id)


def holders(company: Company, role: Role) -> set[str]:
    grants = {grant.person_id for grant in company.rows(RoleGrant, RoleGrant.role == role.value)}
    return {row.slack_user_id or "" for row in company.rows(PersonRow, PersonRow.id.in_(grants))}


async def test_at_the_start_everybody_is_met(newly_met: Company) -> None:
    assert newly_met.row(Workspace).bot_user_id == newly_met.app.bot_user_id
    assert person(newly_met, "U0DESMOND").function == "sales"
    assert person(newly_met, "U0ZAINAB").function == "customer success"
    assert person(newly_met, "U0DESMOND").time_zone == "America/New_York"
    assert person(newly_met, "U0PETRA").standing == "guest"
    gone = newly_met.rows(PersonRow, PersonRow.slack_user_id == "U0CORNELIUS")
    assert gone == [], "who had left before is not got to know: it may be somebody who asked to be forgotten"
    assert person(newly_met, newly_met.app.bot_user_id).standing == "bot"
    assert holders(newly_met, Role.ADMIN) == {"U0RASMUS"}
    assert holders(newly_met, Role.TEAM) - {newly_met.app.bot_user_id} == {
        "U0PRIYANKA",
        "U0TOMAS",
        "U0HYEJIN",
        "U0INGRID",
    }


async def test_the_channel_is_the_team_until_somebody_is_given_the_role(newly_met: Company) -> None:
    admin = newly_met.sandbox.admin
    async with (
        newly_met.person("desmond") as rep,
        newly_met.person("camille") as joins,
        newly_met.person("tomas") as leaves,
        newly_met.person("rasmus") as boss,
    ):
        await nominated(rep, "Ada Okafor")
        admin.add_member("advocacy", "U0CAMILLE")
        admin.remove_member("advocacy", "U0TOMAS")
        await newly_met.until(
            lambda: "U0CAMILLE" in holders(newly_met, Role.TEAM) and "U0TOMAS" not in holders(newly_met, Role.TEAM)
        )
        await accept(joins, "Ada Okafor")
        await nominated(rep, "Grace Adeyemi")
        await leaves.home(containing="My nominations", match=lambda home: "To review" not in str(home))

        await boss.command("/advocacy", "settings")
        await press(boss, "settings", "settings_roles_open")
        await boss.modal("settings_roles")
        # Nothing is changed by a form that was only looked at.
        assert (await boss.submit({})).result == "close"
        assert {grant.source for grant in newly_met.rows(RoleGrant, RoleGrant.role == Role.TEAM.value)} == {"channel"}
        await press(boss, "settings", "settings_roles_open")
        await boss.modal("settings_roles")
        assert (await boss.submit({"advocacy team": ["tomas"]})).result == "close"
        assert holders(newly_met, Role.TEAM) == {"U0TOMAS"}
        await accept_as_outsider(newly_met)

        # Nobody chosen any more: the channel counts again.
        await press(boss, "settings", "settings_roles_open")
        await boss.modal("settings_roles")
        assert (await boss.submit({"advocacy team": None})).result == "close"
        await newly_met.until(lambda: "U0CAMILLE" in holders(newly_met, Role.TEAM))
        await boss.modal("settings", containing=["Advocacy team", "@camille"])
        assert "U0TOMAS" not in holders(newly_met, Role.TEAM)


async def accept_as_outsider(company: Company) -> None:
    async with company.person("camille") as outsider:
        await outsider.click(await alert(outsider, "Grace Adeyemi"), "nomination_accept_open")
        await outsider.modal(containing="Only the advocacy team or the program leader can review nominations.")


async def test_other_channels_of_the_bot_are_nobodys_team(newly_met: Company) -> None:
    before = len([call for call in newly_met.sandbox.calls if call.name == "users.list"])
    newly_met.sandbox.admin.add_member("sales", "U0CAMILLE")
    newly_met.sandbox.admin.add_member("advocacy", "U0KAYLEE")
    await newly_met.until(lambda: "U0KAYLEE" in holders(newly_met, Role.TEAM))
    assert "U0CAMILLE" not in holders(newly_met, Role.TEAM)
    assert len([call for call in newly_met.sandbox.calls if call.name == "users.list"]) == before


async def test_functions_follow_groups_and_end_with_them(newly_met: Company) -> None:
    admin = newly_met.sandbox.admin
    admin.set_group("sales", ["U0KAYLEE"])
    await newly_met.until(lambda: person(newly_met, "U0DESMOND").function is None)
    assert person(newly_met, "U0KAYLEE").function == "sales"
    async with newly_met.person("desmond") as rep, newly_met.person("rasmus") as boss:
        await click_home(boss, "people_unknown_open", "Nobody knows")
        await boss.modal(containing="@desmond")
        await click_home(rep, "person_function_open", "Which part of the company")
        await rep.modal("person_function")
        assert (await rep.submit({})).errors.keys() == {"function"}
        assert (await rep.submit({"function": "services"})).result == "close"
        await rep.home(match=lambda home: "Which part of the company" not in str(home))
    # What somebody said of themselves outranks a group.
    admin.set_group("sales", ["U0KAYLEE", "U0DESMOND"])
    await newly_met.sandbox.settled()
    await newly_met.until(lambda: len(calls(newly_met, "subteam_members_changed")) == 2)
    assert person(newly_met, "U0DESMOND").function == "services"


def calls(company: Company, name: str) -> list[object]:
    return [call for call in company.sandbox.calls if call.name == name]


async def test_roles_that_follow_a_group(newly_met: Company) -> None:
    async with newly_met.person("rasmus") as boss:
        await boss.command("/advocacy", "settings")
        await press(boss, "settings", "settings_groups_open")
        form = await boss.modal("settings_groups")
        group = next(block["block_id"] for block in form["blocks"] if "@advocacy-team" in str(block.get("label")))
        assert (await boss.submit({group: ["role:program leader"]})).result == "close"
        await newly_met.until(lambda: holders(newly_met, Role.LEADER) == {"U0PRIYANKA", "U0TOMAS", "U0HYEJIN"})
        newly_met.sandbox.admin.set_group("advocacy-team", ["U0PRIYANKA", "U0CAMILLE"])
        await newly_met.until(lambda: holders(newly_met, Role.LEADER) == {"U0PRIYANKA", "U0CAMILLE"})

        await press(boss, "settings", "settings_roles_open")
        await boss.modal("settings_roles")
        sent = await boss.submit({"program leader": ["priyanka"]})
        assert sent.errors == {
            "program leader": "Camille Duvernois has this role through a user group. Please change that in Slack."
        }
        await boss.close()
        # The group means nothing any more: its roles end with that.
        await press(boss, "settings", "settings_groups_open")
        await boss.modal("settings_groups")
        assert (await boss.submit({group: None})).result == "close"
        assert holders(newly_met, Role.LEADER) == set()


async def test_somebody_comes_changes_and_goes(newly_met: Company) -> None:
    admin = newly_met.sandbox.admin
    admin.add_user({"id": "U0NEWBIE", "name": "newbie", "real_name": "Nele Neuling", "email": "nele@quorvane.example"})
    await newly_met.until(lambda: bool(newly_met.rows(PersonRow, PersonRow.slack_user_id == "U0NEWBIE")))
    admin.change_user("U0NEWBIE", tz="Asia/Tokyo", profile={"real_name": "Nele Altmeister", "title": "Chief"})
    await newly_met.until(lambda: person(newly_met, "U0NEWBIE").name == "Nele Altmeister")
    assert (person(newly_met, "U0NEWBIE").time_zone, person(newly_met, "U0NEWBIE").title) == ("Asia/Tokyo", "Chief")
    admin.change_user("U0NEWBIE", deleted=True)
    await newly_met.until(lambda: person(newly_met, "U0NEWBIE").standing == "deactivated")
    unknown = [row.slack_user_id for row in newly_met.read(people.unknown)]
    assert "U0NEWBIE" not in unknown


async def test_what_slack_does_not_say_takes_nothing_away(newly_met: Company, quiet: list[JSON]) -> None:
    team = holders(newly_met, Role.TEAM)
    newly_met.sandbox.faults.refuse("conversations.members", "ratelimited", times=None)
    newly_met.sandbox.faults.refuse("usergroups.users.list", "ratelimited", times=None)
    newly_met.sandbox.admin.remove_member("advocacy", "U0HYEJIN")
    newly_met.sandbox.admin.set_group("sales", ["U0KAYLEE"])
    unreadable = {"channel not readable", "user groups not readable"}
    await newly_met.until(lambda: unreadable <= {event["event"] for event in quiet})
    await newly_met.everboard.house.finished(PATIENCE)
    assert holders(newly_met, Role.TEAM) == team
    assert person(newly_met, "U0DESMOND").function == "sales"


async def test_a_census_waits_as_long_as_slack_asks_for(newly_met: Company) -> None:
    faults, house = newly_met.sandbox.faults, newly_met.everboard.house
    newly_met.sandbox.admin.add_user({"id": "U0LAST", "name": "last", "real_name": "Lena Letzte"})
    faults.limit("users.list", retry_after=0, times=2)
    faults.limit("usergroups.users.list", retry_after=0)
    client = AsyncWebClient(newly_met.app.bot_token, base_url=newly_met.sandbox.api_url, retry_handlers=[])
    [installation] = house.installations.values()
    await census.take(house, installation, client)
    assert person(newly_met, "U0LAST").name == "Lena Letzte"
    assert person(newly_met, "U0DESMOND").function == "sales"
    assert not faults.waiting


async def test_a_workspace_that_let_everboard_go_rests_until_it_is_connected_again(sample_url: str) -> None:
    async with running(sample_url) as gone:
        gone.sandbox.admin.uninstall(gone.app)
        await gone.until(lambda: gone.row(Workspace).disconnected_at is not None)
        assert gone.everboard.db.run_now(None, workspaces.every) == []
    async with running(sample_url) as back:
        assert back.row(Workspace).disconnected_at is None
        assert back.everboard.db.run_now(None, workspaces.every) == [back.workspace_id]


async def test_once_a_day_everybody_is_read_again(newly_met: Company) -> None:
    # An event that never came: the name in Slack is another one now.
    user = newly_met.sandbox.world.users["U0DESMOND"]
    user["real_name"] = user["profile"]["real_name"] = "Desmond Renamed"
    now = newly_met.everboard.house.clock.now()
    zone = ZoneInfo(newly_met.read(settings.load).time_zone)
    night = (now.astimezone(zone) + timedelta(days=1)).replace(hour=4, minute=21)
    await newly_met.everboard.ticker.tick(night.astimezone(UTC))
    await newly_met.until(lambda: person(newly_met, "U0DESMOND").name == "Desmond Renamed")
