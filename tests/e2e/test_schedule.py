"""What is coming, for whoever plans it: a nudge that was planned stands on its day, with its reason."""

from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company


async def test_the_planner_sees_what_comes_and_others_do_not(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as rep:
        await leader.command("/advocacy", "schedule")
        shown = await leader.modal("schedule", containing=["What is coming", "Digest of "])
        assert "Nudge for sales" not in leader.text_of(shown)
        await press(leader, "schedule", "nudges_open")
        await press(leader, "nudges", "nudge_plan_open", value="sales")
        await leader.modal("nudge_plan")
        assert (await leader.submit({})).result == "close"
        await leader.modal("nudges", containing="Saved for sales")
        await leader.close()
        await click_home(leader, "schedule_open")
        await leader.modal(
            "schedule", containing=["Nudge for sales in the channel for sales", "what holds them back: "]
        )
        await rep.command("/advocacy", "calendar")
        await rep.modal(containing="Only ")
