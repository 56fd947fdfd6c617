"""`/pulse`: what the past pulses said, to those who may see every group, and to nobody else."""

import pytest

from tests.e2e.conftest import Company


@pytest.mark.parametrize("who", ["ingrid", "marguerite"])
async def test_leader_and_champion_see_every_group_with_its_next_step(company: Company, who: str) -> None:
    async with company.person(who) as reader:
        await reader.command("/pulse")
        shown = await reader.message("general", containing="Pulse Three months on")
        assert shown["is_ephemeral"]
        read = reader.text_of(shown)
        assert "Sales (9 answered): held back first by desire." in read.replace("*", "")
        assert "Before: desire in " in read
        assert "show a colleague whose nomination paid off" in read
        assert "Not shown, because fewer than 5 answered: Support." in read
        [chart] = [block for block in shown["blocks"] if block["type"] == "data_visualization"]
        assert [bars["name"] for bars in chart["chart"]["series"]] == ["Customer success", "Marketing", "Sales"]


async def test_everybody_else_reads_that_nothing_is_open(company: Company) -> None:
    async with company.person("desmond") as rep, company.person("priyanka") as team:
        for member in (rep, team):
            await member.command("/pulse")
            shown = await member.message("general", containing="No pulse is open for you at the moment.")
            assert "Sales" not in str(shown["blocks"])
