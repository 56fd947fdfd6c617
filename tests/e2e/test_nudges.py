"""Nudges in Slack: the leader plans them, the calendar brings them, and each button does something at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import demo, manifest, sample
from bot.service import Everboard
from bot.timetable import Timetable
from domain.nudge_choice import is_held_out
from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from storage.guard import GuardedSession
from storage.nudges import Newcomer, NudgeEdit, NudgePlan, NudgeReply, NudgeWish
from storage.people import Person as PersonRow
from tests.e2e.acts import has, press
from tests.patience import PATIENCE, UNHURRIED, unhurry, wait_for_locks

SECRET = "0123456789abcdef" * 4


@pytest.fixture
async def company(sample_url: str) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The sample company, wired as in the demo, so that the calendar can be moved."""
    app = App.from_manifest(manifest.socket_mode(manifest.load()), channels=demo.CHANNELS)
    timetable = Timetable()
    async with Sandbox(World.from_dict(sample.slack_world()), [app], drivers=[timetable], **UNHURRIED) as running:
        settings = demo.settings_for(app, running.api_url, sample_url, SECRET)
        async with demo.connected(settings, running, timetable) as everboard:
            wait_for_locks(everboard.db)
            everboard.db.engine.dispose()
            assert everboard.bolt is not None
            unhurry(everboard.bolt)
            yield running, everboard


def rows(everboard: Everboard, table: type) -> list[object]:
    """Everything in a table."""

    def look(session: GuardedSession) -> list[object]:
        return list(session.scalars(select(table)))

    found: list[object] = everboard.db.run_now(everboard.only_workspace, look)
    return found


def somebody_not_in(session: GuardedSession, members: set[str]) -> str:
    """The Slack id of a full member who is not in there, and is none of those who show what happens without."""
    people = session.scalars(select(PersonRow).where(PersonRow.standing == "member").order_by(PersonRow.name))
    found = (one for one in people if one.slack_user_id and one.slack_user_id not in members)
    return next(one.slack_user_id or "" for one in found if not is_held_out(session.workspace_id, one.id))


async def plan(leader: Person, audience: str = "sales", **values: object) -> None:
    """Set up an audience's nudges."""
    await press(leader, "nudges", "nudge_plan_open", value=audience)
    await leader.modal("nudge_plan")
    assert (await leader.submit(dict(values))).result == "close"


async def test_the_leader_plans_and_the_calendar_brings_it(company: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = company
    async with (
        Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader,
        Person(sandbox.url, "U0DESMOND", timeout=PATIENCE) as rep,
    ):
        await leader.command("/advocacy", "nudges")
        await leader.modal("nudges", containing="not set up yet")
        await plan(leader)
        await leader.modal("nudges", containing=["Saved for sales", "Tuesdays at 10:00", "Coming:", "Now it would be"])
        for _week in range(3):  # one of ten weeks is silent
            await sandbox.calendar.by(timedelta(days=7))
        posted = await rep.message("sales", match=has("nudge_not_mine"))

        await rep.click(posted, "nudge_not_mine")
        told = await rep.message("sales", containing="you don't get this one again")
        assert [row.what for row in rows(everboard, NudgeReply)] == ["unwanted"]  # type: ignore[attr-defined]  # of that table
        await rep.click(told, "nudge_undo")
        await rep.message("sales", containing="Undone")
        assert rows(everboard, NudgeReply) == []

        await rep.click(posted, "nudge_snooze")
        told = await rep.message("sales", containing="no reminders for four weeks")
        await rep.click(told, "nudge_undo")
        await rep.click(posted, "nudge_stop")
        await rep.message("sales", containing="no reminders any more")
        (wish,) = rows(everboard, NudgeWish)
        assert wish.opted_out_at is not None  # type: ignore[attr-defined]  # of that table

        await rep.command("/advocacy", "nudges")
        mine = await rep.modal("nudges_mine", containing="You get no reminders.")
        await rep.click(mine, "nudge_my_again")
        mine = await rep.modal("nudges_mine", containing="never more than two")
        await rep.click(mine, "nudge_name_me", value="yes")
        await rep.modal("nudges_mine", containing="Colleagues may read your name")
        await rep.close()

        await leader.command("/advocacy", "nudges")
        await leader.modal("nudges", containing=["Sent lately", "Why: desire holds this group back"])
        await press(leader, "nudges", "nudges_sent_open")
        await leader.modal("nudges_sent", containing="Why: desire holds this group back")
        await leader.close()
        await press(leader, "nudges", "nudge_effect_open")
        await leader.modal("nudge_effect", containing=["Too few to tell", "it takes 30 of each"])
        await leader.close()
        await press(leader, "nudges", "nudges_pause")
        await leader.modal("nudges", containing="none is sent")
        await press(leader, "nudges", "nudges_resume")
        await leader.modal("nudges", containing="as planned")


async def test_a_bad_choice_is_refused_at_its_field(company: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = company
    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        await leader.command("/advocacy", "nudges")
        await press(leader, "nudges", "nudge_plan_open", value="support")
        await leader.modal("nudge_plan")
        assert (await leader.submit({"way": "channel"})).errors == {"channel": "Please choose a channel."}
        assert (await leader.submit({"way": "direct"})).result == "close"
    (row,) = rows(everboard, NudgePlan)
    assert row.place is None  # type: ignore[attr-defined]  # of that table


async def test_whoever_joins_a_channel_is_welcomed_by_direct_message(company: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = company
    there = sandbox.world.find_channel("sales")
    assert there is not None
    new_one = everboard.db.run_now(everboard.only_workspace, somebody_not_in, set(there.members))
    async with (
        Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader,
        Person(sandbox.url, new_one, timeout=PATIENCE) as new,
    ):
        await leader.command("/advocacy", "nudges")
        await plan(leader)
        await new.join("sales")
        async with asyncio.timeout(PATIENCE):
            while not rows(everboard, Newcomer):  # noqa: ASYNC110  # rows in a database ring no bell
                await asyncio.sleep(0.02)
        await sandbox.calendar.by(timedelta(days=30))
        await new.message(containing="Welcome!", match=has("nudge_stop"))
        await new.message(containing="Three weeks in")


async def test_the_leader_makes_the_texts_their_own(company: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = company
    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        await leader.command("/advocacy", "nudges")
        await press(leader, "nudges", "nudge_library_open")
        await press(leader, "nudge_library", "nudge_add_open", value="awareness")
        form = await leader.modal("nudge_entry")
        bad = await leader.submit({"text": "Ask {somebody} about it this week.", "audiences": ["sales"]})
        assert "There is no fact named {somebody}" in (bad.errors or {})["text"]
        await leader.fill({"text": "Ask {leader} about <!channel> this week."})
        await leader.click(form, "nudge_preview")
        await leader.modal("nudge_entry", containing=["Ask {leader}", "It is not sent before there is a champion"])
        assert (
            await leader.submit({"text": "Bring one name to lunch today.", "audiences": ["sales"]})
        ).result == "close"
        await leader.modal("nudge_library", containing=["Bring one name to lunch today.", "yours"])
        own = next(row for row in rows(everboard, NudgeEdit))
        await press(leader, "nudge_library", "nudge_entry_open", value=own.entry_id)  # type: ignore[attr-defined]  # of that table
        await leader.modal("nudge_entry")
        assert (await leader.submit({"is_on": []})).result == "close"
        await leader.modal("nudge_library", containing="off")
    (own,) = rows(everboard, NudgeEdit)
    assert own.is_off  # type: ignore[attr-defined]  # of that table
