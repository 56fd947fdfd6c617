"""A pulse in Slack: the leader plans it, people answer it at their own time, and everybody reads their own part of it.

And what past pulses said, to those who may see every group, and to nobody else.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import ColumnElement, select

from bot import demo, manifest, sample
from bot.service import Everboard
from bot.timetable import Timetable
from domain.messages import Kind
from domain.pulse_audience import Audience
from sandbox.apps import App
from sandbox.clock import real_now
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person as PersonRow
from storage.pulse import Answer
from storage.pulse_asked import Participation
from storage.pulse_ballots import Ballot
from storage.pulse_runs import PulseRun
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company
from tests.patience import PATIENCE, UNHURRIED, unhurry, until, wait_for_locks

SECRET = "0123456789abcdef" * 4


@pytest.fixture
async def moving(sample_url: str) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The sample company, wired as in the demo, so that the calendar can be moved."""
    async with moved_company(sample_url) as running:
        yield running


@asynccontextmanager
async def moved_company(
    sample_url: str, now: Callable[[], datetime] = real_now
) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The same from another day on."""
    app = App.from_manifest(manifest.socket_mode(manifest.load()), channels=demo.CHANNELS)
    timetable = Timetable()
    async with Sandbox(
        World.from_dict(sample.slack_world()), [app], drivers=[timetable], now=now, **UNHURRIED
    ) as running:
        settings = demo.settings_for(app, running.api_url, sample_url, SECRET)
        async with demo.connected(settings, running, timetable) as everboard:
            wait_for_locks(everboard.db)
            everboard.db.engine.dispose()
            assert everboard.bolt is not None
            unhurry(everboard.bolt)
            yield running, everboard


def rows(everboard: Everboard, table: type, *conditions: ColumnElement[bool]) -> list[object]:
    """Rows of a table."""

    def look(session: GuardedSession) -> list[object]:
        return list(session.scalars(select(table).where(*conditions)))

    found: list[object] = everboard.db.run_now(everboard.only_workspace, look)
    return found


def sales_people(everboard: Everboard) -> list[str]:
    """The Slack ids of those who are asked as salespeople."""

    def look(session: GuardedSession) -> list[str]:
        asked = select(Participation.person_id).where(Participation.group_name == "Sales")
        found = session.scalars(select(PersonRow.slack_user_id).where(PersonRow.id.in_(asked)))
        return sorted(one for one in found if one)

    found: list[str] = everboard.db.run_now(everboard.only_workspace, look)
    return found


async def plan(leader: Person, sandbox: Sandbox, **values: object) -> None:
    """Plan a pulse as far as the preview."""
    await leader.command("/pulse")
    await leader.click(await leader.message("general", match=has("pulse_plan_open")), "pulse_plan_open")
    await leader.modal("pulse_plan")
    assert (await leader.submit({"name": "Autumn", **values})).result != "errors"
    await leader.modal("pulse_preview", containing=["Autumn", "asks", "Sales", "When people have it"])


async def answer(person: Person, scores: str = "42444", comment: str = "") -> None:
    """Tap the first statement's answer, fill in the form, send it."""
    shown = await person.message(containing="A minute for the pulse", match=has("pulse_1"))
    await person.click(shown, f"pulse_{scores[0]}")
    form = await person.modal("pulse")
    if scores[1] in "123":
        await person.choose(form, "pulse_desire", scores[1])
        await person.modal("pulse", containing="What would move you most?")
    elements = ("awareness", "desire", "knowledge", "ability", "reinforcement")
    given = dict(zip(elements, scores, strict=True)) | ({"comment": comment} if comment else {})
    given |= {"motive": "belonging"} if scores[1] in "123" else {}
    assert (await person.submit(given)).result == "close"
    await person.message(containing="Answered: the pulse", match=has("pulse_take_open"))


async def test_a_pulse_from_the_plan_to_the_results(moving: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = moving
    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        await plan(leader, sandbox)
        assert (await leader.submit({})).result != "errors"
        await leader.modal(containing="It is planned")
        await leader.close()
        await sandbox.calendar.by(timedelta(days=4))
        people = sales_people(everboard)
        assert len(people) >= 6
        for number, slack_id in enumerate(people):
            async with Person(sandbox.url, slack_id, timeout=PATIENCE) as person:
                await answer(person, "42444", comment="More time for it, please." if number == 0 else "")
        assert len(rows(everboard, Ballot)) == len(people)

        async with Person(sandbox.url, people[0], timeout=PATIENCE) as person:
            shown = await person.message(containing="Answered: the pulse", match=has("pulse_take_open"))
            await person.click(shown, "pulse_take_open")
            await person.modal("pulse", containing="What would move you most?")
            assert (await person.submit({"ability": "5"})).result == "close"
            await person.command("/pulse")
            await person.message("general", containing="You have answered it.")

        await leader.command("/pulse")
        await leader.click(await leader.message("general", match=has("pulse_standing_open")), "pulse_standing_open")
        await leader.modal("pulse_standing", containing=["sent", "Answers so far"])
        await leader.close()
        await sandbox.calendar.by(timedelta(days=1))
        async with Person(sandbox.url, people[0], timeout=PATIENCE) as person:
            await person.message("sales", containing="At least 10 have answered", match=has("pulse_take_open"))
            await sandbox.calendar.by(timedelta(days=9))
            result = await person.message("sales", containing="held back first by desire")
            assert [block["type"] for block in result["blocks"]].count("data_visualization") == 1
            await person.message("sales", containing="has closed")
        told = await leader.message(containing="held back first by desire")
        assert "Sales" in leader.text_of(told)
        await leader.command("/pulse")
        shown = await leader.message("general", match=has("pulse_comments_open"))
        await leader.click(shown, "pulse_comments_open")
        await leader.modal("pulse_comments", containing="More time for it, please.")
    assert rows(everboard, Ballot) == []
    assert len(rows(everboard, Answer, Answer.motive == "belonging")) == len(people)
    assert rows(everboard, Message, Message.kind == Kind.PULSE_REMINDER.value) == []


async def test_a_bad_plan_is_refused_at_its_fields(moving: tuple[Sandbox, Everboard]) -> None:
    sandbox, _everboard = moving
    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        await leader.command("/pulse")
        await leader.click(await leader.message("general", match=has("pulse_plan_open")), "pulse_plan_open")
        await leader.modal("pulse_plan")
        refused = await leader.submit({"name": "Autumn", "functions": [], "opens_on": "2020-01-01", "smallest": "4"})
        assert set(refused.errors or {}) == {"functions", "opens_on", "smallest"}


async def test_it_is_paused_and_called_off(moving: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = moving
    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        await plan(leader, sandbox)
        await leader.submit({})
        await leader.modal(containing="It is planned")
        await leader.close()
        await sandbox.calendar.by(timedelta(days=4))
        asked = sales_people(everboard)
        await leader.command("/pulse")
        await leader.click(await leader.message("general", match=has("pulse_standing_open")), "pulse_standing_open")
        await press(leader, "pulse_standing", "pulse_pause")
        await press(leader, "pulse_standing", "pulse_resume", containing="paused")
        await press(leader, "pulse_standing", "pulse_call_off", containing="open until")
        await leader.modal(containing="It was called off")
        async with Person(sandbox.url, asked[0], timeout=PATIENCE) as person:
            shown = await person.message(containing="A minute for the pulse", match=has("pulse_1"))
            await person.click(shown, "pulse_3")
            await person.modal(containing="This pulse was called off")
    assert rows(everboard, Participation) == []


async def test_a_planned_pulse_asks_who_is_in_its_channel_when_it_opens(moving: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = moving
    sales = next(one for one in sandbox.world.channels.values() if one.name == "sales")

    def members() -> set[str]:
        [run] = rows(everboard, PulseRun)
        assert isinstance(run, PulseRun)
        return {one for some in Audience.of(run.audience).members.values() for one in some}

    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        later = f"{(sandbox.now() + timedelta(days=6)).date()}"
        await plan(leader, sandbox, functions=[], channels=[sales.id], opens_on=later)
        await leader.submit({})
        await leader.modal(containing="It is planned")
    assert "U0KAYLEE" in members()
    sandbox.admin.remove_member("sales", "U0KAYLEE")
    sandbox.admin.add_member("sales", "U0CAMILLE")
    await until(lambda: "U0CAMILLE" in members() and "U0KAYLEE" not in members())
    await sandbox.calendar.by(timedelta(days=9))
    asked = {one.target for one in rows(everboard, Message, Message.kind == Kind.PULSE) if isinstance(one, Message)}
    assert "U0CAMILLE" in asked
    assert "U0KAYLEE" not in asked


async def test_thrown_out_of_its_channel_a_pulse_goes_on_and_the_admin_is_told(
    moving: tuple[Sandbox, Everboard],
) -> None:
    sandbox, everboard = moving
    bot = next(iter(sandbox.workspace.apps.values())).bot_user_id
    async with (
        Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader,
        Person(sandbox.url, "U0RASMUS", timeout=PATIENCE) as admin,
    ):
        await plan(leader, sandbox)
        await leader.submit({})
        await leader.modal(containing="It is planned")
        sandbox.admin.remove_member("sales", bot)
        await sandbox.calendar.by(timedelta(days=4))
        people = sales_people(everboard)
        for slack_id in people[:5]:
            async with Person(sandbox.url, slack_id, timeout=PATIENCE) as person:
                await answer(person)
        told = await admin.message(containing="I'm not a member of ")
        assert "invite" in admin.text_of(told)
        await sandbox.calendar.by(timedelta(days=9))
        await leader.message(containing="held back first by desire")
        sandbox.admin.add_member("sales", bot)
        await leader.message("sales", containing="held back first by desire")


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
        bars, trend = [block["chart"] for block in shown["blocks"] if block["type"] == "data_visualization"]
        assert [one["name"] for one in bars["series"]] == ["Customer success", "Marketing", "Sales"]
        assert (trend["type"], len(trend["axis_config"]["categories"])) == ("line", 2)
        assert "Customer success from " in read.replace("*", "")
        await reader.choose(shown, "pulse_trend", "sales")
        other = await reader.message("general", containing=["*Sales* from ", "desire "])
        assert other["is_ephemeral"]
        [chart] = [block["chart"] for block in other["blocks"] if block["type"] == "data_visualization"]
        assert chart["type"] == "line"


async def test_everybody_else_reads_that_nothing_is_open(company: Company) -> None:
    async with company.person("desmond") as rep, company.person("priyanka") as team:
        for member in (rep, team):
            await member.command("/pulse")
            shown = await member.message("general", containing="No pulse is open for you at the moment.")
            assert "Sales" not in str(shown["blocks"])
