"""Who takes part, in Slack: everybody for the leader, the own team for a manager, nothing for others."""

from tests.e2e.acts import click_home, nominated, press
from tests.e2e.conftest import Company


async def test_leader_and_manager_see_it_change_with_the_first_nomination(company: Company) -> None:
    async with company.person("ingrid") as leader, company.person("declan") as manager:
        await leader.command("/advocacy", "adoption")
        await leader.modal(
            "adoption", containing=["11 of 35 people took part", "*Sales*", "Executive and Other: not told"]
        )
        await leader.close()
        async with company.person("hyejin") as rep:
            await nominated(rep, "Ada Okafor")
            await rep.command("/advocacy", "adoption")
            await rep.modal(containing="can see who uses the program")
        await leader.command("/advocacy", "participation")
        shown = await leader.modal("adoption", containing="12 of 35 people took part")
        assert "Team of Declan Rourke-Hayes" in leader.text_of(shown)
        await click_home(manager, "adoption_open", "How your team takes part")
        shown = await manager.modal("adoption", containing="*Your team*")
        assert "Everybody" not in manager.text_of(shown)
        await press(manager, "adoption", "adoption_send")
        told = await manager.message(containing=["Who takes part", "*Your team*"])
        assert [block["type"] for block in told["blocks"]].count("data_visualization") == 1
        assert "Everybody" not in manager.text_of(told)
