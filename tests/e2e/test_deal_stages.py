"""What the stages of deals mean is set in Slack, and holds for the deals that are here."""

from sandbox.person import Person
from storage.opportunities import Opportunity
from storage.settings import Setting
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company


def statuses(company: Company, stage: str) -> set[str]:
    return {deal.status for deal in company.rows(Opportunity, Opportunity.stage == stage)}


async def open_stages(person: Person) -> None:
    await person.command("/advocacy", "settings")
    await press(person, "settings", "settings_stages_open")
    await person.modal("settings_stages")


async def test_a_leader_says_what_a_stage_means_and_its_deals_follow(over_socket: Company) -> None:
    assert statuses(over_socket, "Renewal at risk") == {"open"}
    async with over_socket.person("ingrid") as leader:
        await open_stages(leader)
        form = await leader.modal("settings_stages", containing=["Renewal at risk", "Closed Won", "2 deals"])
        assert len([block for block in form["blocks"] if block["type"] == "input"]) == 10
        assert (await leader.submit({"renewal at risk": "lost", "closed won": "won"})).result == "close"
        await leader.modal("settings", containing="1 stage of your own reading")
        await leader.close()
        assert statuses(over_socket, "Renewal at risk") == {"lost"}
        await open_stages(leader)
        assert (await leader.submit({"renewal at risk": "open"})).result == "close"
    assert statuses(over_socket, "Renewal at risk") == {"open"}
    assert statuses(over_socket, "Closed Won") == {"won"}
    assert over_socket.row(Setting, Setting.key == "stage_map").value == {}


async def test_a_plain_member_cannot_change_them(over_socket: Company) -> None:
    async with over_socket.person("camille") as member:
        await member.command("/advocacy", "settings")
        shown = await member.modal("settings", containing="Deal stages")
        assert not has("settings_stages_open")(shown)


async def test_whoever_lost_the_role_meanwhile_is_refused(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("rasmus") as admin:
        await open_stages(leader)
        await admin.command("/advocacy", "settings")
        await press(admin, "settings", "settings_roles_open")
        await admin.modal("settings_roles")
        assert (await admin.submit({"program leader": ["beatrix"]})).result == "close"
        sent = await leader.submit({"renewal at risk": "lost"})
        assert "can change settings" in str(sent.errors)
    assert statuses(over_socket, "Renewal at risk") == {"open"}
