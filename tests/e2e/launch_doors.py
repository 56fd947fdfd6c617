"""Leader and owner go through every door to the launch plan. Decides not who else may."""

from datetime import timedelta
from typing import Any

from sandbox.person import Person
from tests.e2e.acts import JSON, click_home, press
from tests.e2e.conftest import Company


async def every_launch_door_once(company: Company) -> None:
    """Begun, a task added, changed, moved, done, undone, left out; and the plan ended."""
    async with company.person("ingrid") as leader:
        await click_home(leader, "launch_plan_open", "from announcing to goals")
        await begin(leader)
        await press(leader, "launch_plan", "launch_plan_add_open", containing="tasks done")
        await leader.modal("launch_plan_task")
        assert (await leader.submit({"title": "Water the plants", "owner": "U0INGRID"})).result == "close"
        for action, form, values, after in (
            ("launch_plan_task_open", "launch_plan_task", {"title": "Water the trees"}, "Water the trees"),
            ("launch_plan_day_open", "launch_plan_day", {"day": today(company) + timedelta(days=40)}, "planned for"),
        ):
            await act_on(leader, "Water the", action)
            await leader.modal(form)
            assert (await leader.submit(values)).result == "close"
            await leader.modal("launch_plan", containing=after)
        await act_on(leader, "Water the trees", "launch_plan_done")
        await leader.modal("launch_plan", containing="done on")
        await act_on(leader, "Water the trees", "launch_plan_reopen")
        await act_on(leader, "Water the trees", "launch_plan_leave_out")
        await leader.modal("launch_plan", containing="left out")
        await press(leader, "launch_plan", "launch_plan_end")
        await leader.modal("launch_plan", containing="No plan runs")
        await begin(leader)
        await leader.close()


def today(company: Company) -> Any:
    """The day on the bot's calendar."""
    return company.everboard.house.clock.now().date()


async def begin(leader: Person, **typed: Any) -> None:
    """A plan, from the window that is open."""
    await press(leader, "launch_plan", "launch_plan_begin_open", containing="No plan runs")
    await leader.modal("launch_plan_begin")
    assert (await leader.submit(typed)).result == "close"
    await leader.modal("launch_plan", containing="tasks done")


async def act_on(person: Person, title: str, action: str) -> None:
    """Press a button of the task with this title, in the window that is open."""
    shown = await person.modal(lambda view: bool(_value(view, title, action)), containing=title)
    await press(person, "launch_plan", action, value=_value(shown, title, action), containing=title)


def _value(view: JSON, title: str, action: str) -> str:
    """What the button of this action under the task's title carries."""
    near = False
    for block in view["blocks"]:
        near = title in str(block.get("text")) or (near and block["type"] == "actions")
        for one in [*block.get("elements", ()), block.get("accessory") or {}] if near else ():
            if one.get("action_id") == action:
                return str(one["value"])
    return ""
