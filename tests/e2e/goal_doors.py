"""Leader and manager go through every door to the teams' goals. Decides not who else may."""

from typing import Any

from sandbox.person import Person
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company

MANAGER = "U0DECLAN"


async def every_goal_door_once(company: Company) -> None:
    """Proposed, answered with other figures, taken; proposed again, agreed, taken back."""
    async with company.person("ingrid") as leader, company.person("declan") as manager:
        await leader.command("/advocacy", "goals")
        await propose(leader, team="own", ACTIVATED="4")
        asked = await manager.message(containing="A goal for your team is proposed", match=has("goal_answer_open"))
        await manager.click(asked, "goal_answer_open")
        await manager.modal("goal_answer", containing="the proposal is 4 advocates activated")
        await manager.submit({"ACTIVATED": "3", "FULFILLED": "2"})
        await leader.message(containing="names other figures", match=has("goals_open"))
        await click_home(leader, "goals_open", "Team goals")
        await press(leader, "goals", "goal_accept", containing="Instead: 3 advocates activated, 2 requests fulfilled")
        await leader.modal("goals", containing="agreed with")
        await press(leader, "goals", "goals_send")
        await leader.message(containing=["Team goals, ", "of 3 advocates activated"])
        await leader.close()
        await press(leader, "goals", "goal_form_open", value=await _change(leader))
        await leader.modal("goal")
        assert (await leader.submit({"ACTIVATED": "5"})).result == "close"
        again = await manager.message(containing="5 advocates activated", match=has("goal_agree"))
        await manager.click(again, "goal_agree")
        await manager.message(containing="is agreed")
        await leader.close()
        await leader.command("/advocacy", "goals")
        await press(leader, "goals", "goal_withdraw", containing="agreed with")
        await leader.modal("goals", containing="No team has a goal")
        await leader.close()


async def _change(leader: Person) -> str:
    shown = await leader.modal("goals", containing="agreed with")
    elements = [one for block in shown["blocks"] for one in block.get("elements", []) if block["type"] == "actions"]
    return str(next(one["value"] for one in elements if one["action_id"] == "goal_form_open" and one.get("value")))


async def propose(leader: Person, *, manager: str = MANAGER, **typed: Any) -> None:
    """A goal, from the window that is open."""
    await press(leader, "goals", "goal_form_open", containing="Propose a goal")
    await leader.modal("goal")
    assert (await leader.submit({"manager": manager, **typed})).result == "close"
