"""Targets in Slack: made, seen, changed and deleted by those who may; each figure leads to the people behind it."""

from typing import Any

from domain.query import Facet
from sandbox.person import Person
from storage.targets import TargetRow
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company


async def add(leader: Person, **values: Any) -> None:
    await press(leader, "targets", "target_add_open")
    await leader.modal("target")
    sent = await leader.submit({"count": "40", "due_on": "2027-06-30", "owner": "priyanka", **values})
    assert sent.result == "close", sent


async def test_a_leader_makes_a_target_from_home_and_sees_who_is_there(company: Company) -> None:
    async with company.person("ingrid") as leader:
        await click_home(leader, "targets_open", "There is no target yet")
        await leader.modal("targets", containing="There is no target yet.")
        await press(leader, "targets", "target_add_open")
        await leader.modal("target")
        wrong = await leader.submit({"count": "none", "due_on": "2020-01-01", "country": "Atlantis"})
        assert "Which country is that?" in wrong.errors["country"]
        wrong = await leader.submit({"country": "Germany"})
        assert wrong.errors == {
            "count": "A whole number from 1 to 1,000, please.",
            "due_on": "That day has passed. Please pick one that is still to come.",
        }
        sent = await leader.submit(
            {"count": "40", "due_on": "2027-06-30", "country": None, "owner": "priyanka", "region": ["EMEA"]}
        )
        assert sent.result == "close"
        shown = await leader.modal("targets", containing=["of 40 available", "@priyanka sees to it", "Seeks: EMEA"])
        available = company.row(TargetRow).criteria
        assert available == {"region": ["EMEA"]}
        figure = int(
            next(
                text for text in leader.text_of(shown).split("\n") if text.endswith(" available") and text[0].isdigit()
            ).split()[0]
        )
        await press(leader, "targets", "target_available_open")
        people = await leader.modal(containing=f"*EMEA*: {figure} advocates available today.")
        first = next(block["accessory"] for block in people["blocks"] if "accessory" in block)
        await leader.click(people, "advocate_card_open", value=first["value"])
        await leader.modal("advocate_card")


async def test_the_command_leads_there_and_the_chart_comes_as_a_direct_message(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader:
        await leader.command("/advocacy", "targets")
        await add(leader, name="Anybody")
        await press(leader, "targets", "targets_chart")
        chart = await leader.message(containing=["Advocates we have and want", "Anybody"])
        assert [block["type"] for block in chart["blocks"]].count("data_visualization") == 2
        await leader.command("/advocacy", "help")
        await leader.message("general", containing="`/advocacy targets`")


async def test_it_is_changed_and_deleted(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("priyanka") as team:
        await leader.command("/advocacy", "targets")
        await add(leader, name="Anybody")
        await team.command("/advocacy", "targets")
        seen = await team.modal("targets", containing="Anybody")
        assert not has("target_change_open")(seen)
        await press(leader, "targets", "target_change_open")
        await leader.modal("target")
        assert (await leader.submit({"count": "1"})).result == "close"
        await leader.modal("targets", containing="of 1 available, met")
        await press(leader, "targets", "target_delete")
        await leader.modal("targets", containing="There is no target yet.")
    assert over_socket.row(TargetRow).ended_at is not None


async def test_supply_is_told_by_every_facet(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader:
        await leader.command("/advocacy", "targets")
        await press(leader, "targets", "supply_open")
        await leader.modal("targets", containing=["*healthcare*", "customer"])
        for facet, value in ((Facet.REGION, "EMEA"), (Facet.PERSONA, "CISO"), (Facet.COUNTRY, "Germany")):
            await leader.choose(await leader.modal("targets", containing="What we have"), "supply_facet", facet.value)
            await leader.modal("targets", containing=f"*{value}*")
        await press(leader, "targets", "supply_back")
        await leader.modal("targets", containing="There is no target yet.")
