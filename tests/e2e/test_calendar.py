"""A quarter of schedules in seconds: the local workspace's calendar moves, and Everboard lives by it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot import demo, manifest, sample
from bot.service import Everboard
from bot.timetable import Timetable
from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.occurrences import Occurrence
from tests.patience import PATIENCE, UNHURRIED, unhurry, wait_for_locks

SECRET = "0123456789abcdef" * 4


@pytest.fixture
async def company(sqlite_url: str) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The workspace and the bot, wired as in the demo, so that the calendar can be moved."""
    app = App.from_manifest(manifest.socket_mode(manifest.load()), channels=demo.CHANNELS)
    timetable = Timetable()
    async with Sandbox(World.from_dict(sample.slack_world()), [app], drivers=[timetable], **UNHURRIED) as running:
        settings = demo.settings_for(app, running.api_url, sqlite_url, SECRET)
        async with demo.connected(settings, running, timetable) as everboard:
            wait_for_locks(everboard.db)
            everboard.db.engine.dispose()
            assert everboard.bolt is not None
            unhurry(everboard.bolt)
            yield running, everboard


@pytest.mark.slow
@pytest.mark.timeout(900)  # a quarter of days, each with all its jobs: minutes where other tests run beside it
async def test_what_nobody_decides_on_is_reminded_of_and_expires(company: tuple[Sandbox, Everboard]) -> None:
    sandbox, everboard = company
    async with (
        Person(sandbox.url, "U0DESMOND", timeout=PATIENCE) as rep,
        Person(sandbox.url, "U0PRIYANKA", timeout=PATIENCE) as team,
    ):
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our EU rollout")
        await rep.modal("nominate")
        await rep.submit({"customer_knows": "no"})
        alert = await team.message("advocacy", containing="Ada Okafor")

        moved = await sandbox.calendar.by(timedelta(days=10))
        assert moved.ticks == tuple(sorted(moved.ticks))
        reminder = await team.message("advocacy", containing=["Ada Okafor", "days"], after=alert)
        assert float(reminder["ts"]) > float(alert["ts"]) + timedelta(days=7).total_seconds()

        await sandbox.calendar.by(timedelta(days=85))
        await rep.message(containing=["Ada Okafor", "expired"])
        expired = await team.message(
            "advocacy", containing=["Ada Okafor", "xpired"], match=lambda m: m["ts"] == alert["ts"]
        )
        assert "Accept" not in team.text_of(expired)

    def look(session: GuardedSession) -> tuple[list[str], list[tuple[str, datetime]]]:
        ran = [(row.job, row.due_at) for row in session.query(Occurrence).all()]
        return [row.state for row in session.query(Nomination).all()], ran

    states, ran = everboard.db.run_now(everboard.only_workspace, look)
    assert states == ["expired"]
    assert len(ran) == len(set(ran)) > 100
