"""What is coming, for whoever plans it: a nudge that was planned stands on its day, with its reason."""

from datetime import date, timedelta

from domain.nudge_times import next_due
from domain.time_zones import zone_of
from steps.nudge_desk import plan_of
from storage.nudges import NudgePlan
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company


def _another_day(row: NudgePlan) -> date:
    """The day after the one on which it next comes, a Wednesday."""
    plan = plan_of(row)
    zone = zone_of(plan.zone)
    return next_due(plan.day, plan.at, zone, plan.since).astimezone(zone).date() + timedelta(days=1)


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
        shown = await leader.modal("schedule", containing="Next nudge for sales")
        await leader.click(shown, "nudge_skip")
        shown = await leader.modal("schedule", containing="is left out")
        await leader.click(shown, "nudge_unshift")
        shown = await leader.modal(has("nudge_shift_open"))
        await leader.click(shown, "nudge_shift_open")
        await leader.modal("nudge_shift", containing="may fall out")
        planned = over_socket.row(NudgePlan)
        wrong = await leader.submit({"to": planned.since.date() - timedelta(days=7)})
        assert set(wrong.errors or {}) == {"to"}
        assert (await leader.submit({"to": _another_day(planned)})).result == "close"
        await leader.modal("schedule", containing="instead")
        await rep.command("/advocacy", "calendar")
        await rep.modal(containing="Only ")
