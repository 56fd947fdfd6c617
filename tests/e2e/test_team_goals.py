"""A team's goal in Slack, from the proposal to the result, with a clock that is moved on."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.service import Everboard
from domain import quarters
from domain.messages import Kind
from sandbox.clock import real_now
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.outbox import Message
from storage.team_goals import TeamGoal
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company
from tests.e2e.goal_doors import propose
from tests.e2e.test_pulse import moved_company, rows
from tests.patience import PATIENCE

LEFT = timedelta(days=12)
"""How long before the end of its quarter the company is met."""


async def test_leader_and_manager_agree_and_their_homes_show_it(company: Company) -> None:
    async with company.person("ingrid") as leader, company.person("declan") as manager:
        await click_home(leader, "goals_open", "what each team wants to reach")
        await press(leader, "goals", "goal_form_open", containing="No team has a goal for this quarter yet")
        await leader.modal("goal")
        wrong = await leader.submit({"team": "own", "manager": "U0DECLAN", "ACTIVATED": "many"})
        assert set(wrong.errors or {}) == {"ACTIVATED"}
        nobody = await leader.submit({"team": "own", "manager": "U0HYEJIN", "ACTIVATED": "2"})
        assert "Nobody is known to have this manager" in str(nobody.errors)
        assert (await leader.submit({"manager": "U0DECLAN"})).result == "close"
        await leader.modal("goals", containing=["Team of Declan Rourke-Hayes", "waits for"])
        await click_home(manager, "goal_agree", "the proposal is 2 advocates activated")
        await manager.home(containing="of 2 advocates activated")
        await manager.message(containing="The goal of your team is agreed")
        await leader.message(containing="agrees: Team of Declan Rourke-Hayes", match=has("goals_open"))
        await manager.command("/advocacy", "goals")
        shown = await manager.modal("goals", containing="agreed with you")
        assert "goal_withdraw" not in str(shown)
    async with company.person("camille") as other:
        await other.command("/advocacy", "goals")
        await other.modal(containing="can see the goals of every team")
        await other.close()
        assert "Team goals" not in other.text_of(await other.home(containing="My nominations"))


@pytest.fixture
async def late(sample_url: str) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The sample company twelve days before the end of a quarter, so that its end is not far to go."""
    start = real_now()
    ends = quarters.after(quarters.quarter_of((start + LEFT).date()))
    ahead = timedelta(days=(ends - start.date()).days) - LEFT
    async with moved_company(sample_url, lambda: real_now() + ahead) as running:
        yield running


@pytest.mark.slow
async def test_the_channel_is_told_and_the_quarter_ends_with_a_result(late: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = late
    async with (
        Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader,
        Person(sandbox.url, "U0DECLAN", timeout=PATIENCE) as manager,
    ):
        await leader.command("/advocacy", "goals")
        await propose(leader, team="sales", ACTIVATED="2", VERIFIED="1", channel="sales")
        asked = await manager.message(containing="A goal for your team is proposed", match=has("goal_agree"))
        await manager.click(asked, "goal_agree")
        await manager.message(containing="is agreed")
        await sandbox.calendar.by(timedelta(days=4))
        told = await manager.message("sales", containing=["of 2 advocates activated", "of 1 profiles verified"])
        assert [block["type"] for block in told["blocks"]].count("data_visualization") == 1
        await sandbox.calendar.by(LEFT)
        await manager.message(containing="1 of 2 figures reached", match=has("goals_open"))
        await leader.message(containing="1 of 2 figures reached", match=has("goals_open"))
        await manager.message("sales", containing="1 of 2 figures reached")
    [goal] = rows(everboard, TeamGoal)
    assert isinstance(goal, TeamGoal)
    assert goal.state == "closed"
    activated, verified, _fulfilled = goal.result or []
    assert activated > 2, "the sample team has activated more than that"
    assert verified == 0
    posts = rows(everboard, Message, Message.kind == Kind.GOAL_POST.value)
    months = [one.created_at.month for one in posts if isinstance(one, Message)]
    assert len(months) == len(set(months)) == 2, "once in the month that is left, and once for the result"
