"""The leader goes through every door to the log, the list, and what is kept about oneself. Decides not who else may."""

from typing import Any

from sandbox.person import Person
from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company

OPEN_RESISTANCE_DOORS = {"about_me_open"}  # one's own


async def every_resistance_door_once(company: Company) -> None:
    """Switched on, an entry written, talked about, closed, opened, deleted; the list; and switched off."""
    async with company.person("ingrid") as leader:
        await click_home(leader, "settings_open")
        await press(leader, "settings", "resistance_open")
        await leader.modal("resistance", containing="This is switched off")
        await leader.close()
        await leader.close()
        await leader.command("/advocacy", "log")
        await switch_on(leader)
        await add(leader, "U0DESMOND")
        await press(leader, "resistance", "resistance_entry_open", value=await of(leader, "resistance_entry_open"))
        await leader.modal("resistance_entry")
        assert (await leader.submit({"need": "A second example."})).result == "close"
        await press(leader, "resistance", "resistance_talk_open", containing="A second example")
        await leader.modal("resistance_talk")
        assert (await leader.submit({"words": "We looked at one together."})).result == "close"
        await press(leader, "resistance", "resistance_close", containing="We looked at one together")
        await press(leader, "resistance", "resistance_reopen", containing="Closed")
        await press(leader, "resistance", "resistance_delete", containing="A second example")
        await press(leader, "resistance", "adoption_list_open", containing="Nobody is in it at present")
        await press(leader, "adoption_list", "adoption_list_page")
        await press(leader, "adoption_list", "adoption_list_back")
        shown = await leader.modal("adoption_list", containing="amara")
        await leader.choose(shown, "adoption_list_which", "EVERYBODY")
        shown = await leader.modal("adoption_list", containing="desmond")
        await leader.choose(shown, "adoption_list_function", "SALES")
        await leader.modal(lambda view: "U0AMARA" not in str(view), containing="desmond")
        await leader.close()
        await press(leader, "resistance", "resistance_off_open")
        await leader.modal("resistance_off")
        assert (await leader.submit({"fate": "keep"})).result == "close"
        await leader.modal("resistance", containing="This is switched off")
        await switch_on(leader)
        await leader.close()
        await click_home(leader, "about_me_open")
        await leader.modal(containing="Only you see this")
        await leader.close()


async def switch_on(leader: Person, **typed: Any) -> None:
    """The notice is read and agreed to, in the window that is open."""
    await press(leader, "resistance", "resistance_on_open", containing="This is switched off")
    await leader.modal("resistance_on", containing="In many countries a works council must agree first")
    values = {"what": ["log", "list"], "understood": ["yes"], **typed}
    assert (await leader.submit(values)).result == "close"
    await leader.modal("resistance", containing="each look is written down")


async def add(leader: Person, about: str, **typed: Any) -> None:
    """An entry about a colleague."""
    await press(leader, "resistance", "resistance_add_open", containing="Read by")
    await leader.modal("resistance_entry")
    values = {"person": about, "element": "KNOWLEDGE", "need": "To see it done once.", **typed}
    assert (await leader.submit(values)).result == "close"


async def of(leader: Person, action: str) -> str:
    """What the entry's button of this action carries."""
    shown = await leader.modal("resistance", containing="Next:")
    elements = [one for block in shown["blocks"] for one in block.get("elements", []) if block["type"] == "actions"]
    return str(next(one["value"] for one in elements if one["action_id"] == action and one.get("value")))
