"""A launch plan in Slack: begun by the leader, worked off by its owners, the clock moved on to the reminders."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot.service import Everboard
from domain.messages import Kind
from sandbox.clock import real_now
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.launch_plan import LaunchTask
from storage.outbox import Message
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company
from tests.e2e.launch_doors import act_on, begin
from tests.e2e.test_pulse import moved_company, rows
from tests.patience import PATIENCE


async def test_leader_champion_and_manager_see_how_far_it_is(company: Company) -> None:
    async with company.person("ingrid") as leader, company.person("declan") as manager:
        await click_home(leader, "launch_plan_open", "from announcing to goals")
        await press(leader, "launch_plan", "launch_plan_begin_open", containing="No plan runs")
        await leader.modal("launch_plan_begin")
        refused = await leader.submit({"functions": []})
        assert set(refused.errors or {}) == {"functions"}
        assert (await leader.submit({"functions": ["SALES"]})).result == "close"
        shown = await leader.modal("launch_plan", containing=["0 of 14 tasks done", "no team has one for this quarter"])
        assert "Nominate a real customer together, in a meeting of sales" in leader.text_of(shown)
        await act_on(leader, "Nominate a real customer", "launch_plan_task_open")
        await leader.modal("launch_plan_task")
        unsaid = await leader.submit({"words": "Hello"})
        assert set(unsaid.errors or {}) == {"channel"}
        assert (await leader.submit({"words": "", "owner": "U0DECLAN"})).result == "close"
        await manager.home(containing="Yours: ")
        await manager.command("/advocacy", "plan")
        await act_on(manager, "Nominate a real customer", "launch_plan_done")
        shown = await manager.modal("launch_plan", containing="done on")
        assert "launch_plan_leave_out" not in str(shown)
        await leader.home(containing="1 of 14 tasks done")
    async with company.person("camille") as other:
        await other.command("/advocacy", "plan")
        await other.modal(containing="can see the whole launch plan")
        await other.close()


@pytest.fixture
async def monday(sample_url: str) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The sample company on a Monday at seven, so that the first reminders and posts are not far to go."""
    start = real_now()
    days = (7 - start.weekday()) % 7 or 7
    first = (start + timedelta(days=days)).replace(hour=7, minute=0, second=0, microsecond=0)
    ahead = first - start
    async with moved_company(sample_url, lambda: real_now() + ahead) as running:
        yield running


@pytest.mark.slow
async def test_owners_are_reminded_and_channels_told_as_time_goes_by(monday: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = monday
    async with (
        Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader,
        Person(sandbox.url, "U0DECLAN", timeout=PATIENCE) as manager,
    ):
        await leader.command("/advocacy", "plan")
        await begin(leader, functions=["SALES"])
        await act_on(leader, "Nominate a real customer", "launch_plan_task_open")
        await leader.modal("launch_plan_task")
        assert (await leader.submit({"owner": "U0DECLAN"})).result == "close"
        await sandbox.calendar.by(timedelta(days=1, hours=4))
        told = await manager.message(containing="of the launch plan for you", match=has("launch_plan_done"))
        assert "Nominate a real customer together" in manager.text_of(told)
        await manager.click(told, "launch_plan_day_open")
        await manager.modal("launch_plan_day")
        late = await manager.submit({"day": _today(everboard) - timedelta(days=1)})
        assert set(late.errors or {}) == {"day"}
        assert (await manager.submit({"day": _today(everboard) + timedelta(days=2)})).result == "close"
        await manager.message(containing="planned for", match=has("launch_plan_done"))
        await sandbox.calendar.by(timedelta(days=6))
        late_one = await manager.message(containing="since", match=has("launch_plan_done"))
        await leader.message(containing="of the launch plan need", match=has("launch_plan_open"))
        posted = await manager.message("sales", containing="From now on our happiest customers have a place here")
        assert "From <@U0INGRID>" in str(posted)
        await manager.click(late_one, "launch_plan_done")
        await manager.message(containing="Done, thank you", match=has("launch_plan_reopen"))
    done = [row for row in rows(everboard, LaunchTask) if isinstance(row, LaunchTask) and row.state == "done"]
    assert [row.title for row in done] == ["Nominate a real customer together, in a meeting of sales"]
    posts = rows(everboard, Message, Message.kind == Kind.PLAN_POST.value)
    assert len(posts) == 1


def _today(everboard: Everboard) -> date:
    return everboard.house.clock.now().date()
