"""Settings in Slack: to be read by all, changed by those who may, refused where they are wrong."""

from typing import Any

from domain.people import Role
from sandbox.person import Person, Submitted
from storage.audit import Audit
from storage.people import Person as PersonRow
from storage.people import RoleGrant
from storage.settings import Setting
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company, running


async def change(person: Person, what: str, **values: Any) -> Submitted:
    await press(person, "settings", f"settings_{what}_open")
    await person.modal(f"settings_{what}")
    return await person.submit(dict(values))


async def test_a_plain_member_reads_the_settings(over_socket: Company) -> None:
    async with over_socket.person("camille") as member:
        await member.command("/advocacy", "settings")
        shown = await member.modal("settings", containing="The program leader or an")
        assert not has("settings_numbers_open")(shown)
        assert not has("outbox_dead_open")(shown)


async def test_numbers_out_of_bounds_are_told_where_they_are(over_socket: Company) -> None:
    async with over_socket.person("rasmus") as admin, over_socket.person("camille") as member:
        await admin.command("/advocacy", "settings")
        sent = await change(admin, "numbers", review_goal_days="0", results_per_page="many", introduction_days="9")
        assert sent.errors == {
            "review_goal_days": "A whole number of days from 1 to 60, please.",
            "results_per_page": "A whole number of results from 3 to 10, please.",
        }
        assert over_socket.rows(Setting, Setting.changed_by.is_not(None)) == []
        assert (await admin.submit({"review_goal_days": "5", "results_per_page": "3"})).result == "close"
        await admin.modal("settings", containing=["*5 days*", "*3 results*", "*9 days*"])
        await member.command("/advocates", "")
        await member.message("general", containing="Page 1 of 3")
    stored = {row.key: row.value for row in over_socket.rows(Setting, Setting.changed_by.is_not(None))}
    assert stored == {"review_goal_days": 5, "results_per_page": 3, "introduction_days": 9}
    audit = over_socket.row(Audit, Audit.action == "settings.changed")
    assert audit.after == stored


async def test_a_channel_is_chosen_and_let_go_again(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader:
        await leader.command("/advocacy", "settings")
        assert (await change(leader, "channels", wins="general")).result == "close"
        general = over_socket.sandbox.world.find_channel("general")
        assert general is not None
        stored = {row.key: row.value for row in over_socket.rows(Setting, Setting.changed_by.is_not(None))}
        assert stored["channel.wins"] == general.id
        assert (await change(leader, "channels", wins=None)).result == "close"
    stored = {row.key: row.value for row in over_socket.rows(Setting, Setting.changed_by.is_not(None))}
    assert stored["channel.wins"] is None


async def test_a_channel_that_everboard_is_no_member_of_is_warned_of_with_what_to_do(over_socket: Company) -> None:
    admin = over_socket.sandbox.admin
    channel = over_socket.sandbox.world.find_channel("general")
    assert channel is not None
    admin.remove_member("general", over_socket.app.bot_user_id)
    async with over_socket.person("ingrid") as leader:
        await leader.command("/advocacy", "settings")
        shown = await leader.modal("settings", containing="Wins, for everybody")
        assert "not a member" not in leader.text_of(shown), "nobody has chosen #general"
        assert (await change(leader, "channels", sales="general")).result == "close"
        await leader.modal("settings", containing=["I'm not a member of", "type `/invite @Everboard` in it"])
        admin.add_member("general", over_socket.app.bot_user_id)
        await leader.close()
        await leader.command("/advocacy", "settings")
        again = await leader.modal("settings", containing="Wins, for everybody")
        assert "not a member" not in leader.text_of(again)


async def test_settings_list_channels_once_however_often_they_are_looked_at(over_socket: Company) -> None:
    def listings() -> int:
        return len([call for call in over_socket.sandbox.calls if call.name == "conversations.list"])

    async with over_socket.person("ingrid") as leader:
        await leader.command("/advocacy", "settings")
        await leader.modal("settings", containing="Wins, for everybody")
        before = listings()
        for _ in range(2):
            await leader.close()
            await leader.command("/advocacy", "settings")
            await leader.modal("settings", containing="Wins, for everybody")
    assert listings() == before <= 1


async def test_the_overview_shows_at_once_whom_another_channel_makes_the_team(sqlite_url: str) -> None:
    async with running(sqlite_url) as company, company.person("rasmus") as admin:
        await admin.command("/advocacy", "settings")
        await admin.modal("settings", containing=["Advocacy team", "@hyejin"])
        assert (await change(admin, "channels", advocacy="sales")).result == "close"
        await admin.modal(match=lambda view: "Roles" in str(view) and "@hyejin" not in admin.text_of(view))


async def test_the_time_zone_is_chosen_by_its_city(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as member:
        await leader.command("/advocacy", "settings")
        await press(leader, "settings", "settings_time_zone_open")
        form = await leader.modal("settings_time_zone")
        offered = [option["text"]["text"] for option in await leader.suggest(form, "time_zone", "são p")]
        assert offered == ["America/Sao_Paulo"]
        assert (await leader.submit({"time_zone": "são p"})).result == "close"
        await leader.modal("settings", containing="come by the clock of *America/Sao_Paulo*")
        [sent] = over_socket.deliveries("view_submission", "settings_time_zone")
        state = sent["view"]["state"]["values"]["time_zone"]["time_zone"]
        state["selected_option"]["value"] = "Mars/Olympus_Mons"
        answer = await over_socket.again(sent)
        assert answer["errors"] == {"time_zone": "Please pick a time zone from the list, such as Europe/Berlin."}
        await member.home()
        state["selected_option"]["value"] = "UTC"
        refused = await over_socket.again(sent, user={"id": "U0CAMILLE", "name": "camille", "team_id": "T0QUORVANE"})
        assert "can change settings" in refused["errors"]["time_zone"]
    stored = {row.key: row.value for row in over_socket.rows(Setting)}
    assert stored["time_zone"] == "America/Sao_Paulo"


async def test_roles_are_given_taken_and_never_lost(over_socket: Company) -> None:
    async with over_socket.person("rasmus") as admin:
        await admin.command("/advocacy", "settings")
        sent = await change(admin, "roles", admin=None)
        assert sent.errors.keys() == {"admin"}
        sent = await admin.submit({"admin": ["petra.agency"]})
        assert sent.errors == {
            "admin": "Petra Langsdorf is not a full member of this workspace, so they can't have this role."
        }
        assert (await admin.submit({"admin": ["rasmus", "folasade"], "program leader": ["beatrix"]})).result == "close"
        await admin.modal("settings", containing=["Program leader: @beatrix", "@folasade"])
    assert _holders(over_socket, Role.ADMIN) == {"U0RASMUS", "U0FOLASADE"}
    assert _holders(over_socket, Role.LEADER) == {"U0BEATRIX"}
    by_hand = (Audit.action == "role.changed", Audit.actor_id.is_not(None))
    changed = {row.subject_id for row in over_socket.rows(Audit, *by_hand)}
    assert changed == {"ADMIN", "LEADER"}


def _holders(company: Company, role: Role) -> set[str]:
    grants = {grant.person_id for grant in company.rows(RoleGrant, RoleGrant.role == role.value)}
    return {row.slack_user_id or "" for row in company.rows(PersonRow, PersonRow.id.in_(grants))}


async def test_one_who_lost_the_role_with_the_form_open_is_refused(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("rasmus") as admin:
        await leader.command("/advocacy", "settings")
        await press(leader, "settings", "settings_numbers_open")
        await leader.modal("settings_numbers")
        await admin.command("/advocacy", "settings")
        assert (await change(admin, "roles", **{"program leader": ["beatrix"]})).result == "close"
        sent = await leader.submit({"review_goal_days": "3"})
        assert "can change settings" in sent.errors["review_goal_days"]
    assert over_socket.rows(Setting, Setting.changed_by.is_not(None)) == []
