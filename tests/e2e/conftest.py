"""The bot and the local workspace, wired as in `everboard demo`, over real sockets."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

from typing import Any, Literal

import pytest

from bot import demo, manifest, sample
from bot.clock import SystemClock
from bot.service import Everboard
from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World

SECRET = "0123456789abcdef" * 4
Transport = Literal["socket", "http"]


@dataclass
class Company:
    """A running workspace with the bot in it."""

    sandbox: Sandbox
    everboard: Everboard
    app: App
    workspace_id: str

    def person(self, name: str) -> Person:
        """Somebody of the sample company, to act as."""
        return Person(self.sandbox.url, f"U0{name.upper()}")

    def read(self, function: Any, *args: Any) -> Any:
        """Look into the database."""
        return self.everboard.db.run_now(self.workspace_id, function, *args)


async def running(database_url: str, transport: Transport, *, seeded: bool = True) -> AsyncIterator[Company]:
    """Start both, and stop both."""
    found = manifest.socket_mode(manifest.load())
    app = App.from_manifest(found, transport=transport, channels=demo.CHANNELS)
    async with Sandbox(World.from_dict(sample.slack_world()), [app]) as sandbox:
        settings = demo.settings_for(app, sandbox.api_url, database_url, SECRET)
        everboard = Everboard(settings, SystemClock(), random.Random(7).getrandbits)
        try:
            installation = await everboard.start()
            if transport == "http":
                app.request_url = f"{everboard.url}/slack/events"
            if seeded:
                moment = everboard.house.moment()
                sample.load(everboard.db, installation.workspace_id, moment)
            yield Company(sandbox, everboard, app, installation.workspace_id)
        finally:
            await everboard.stop()


@pytest.fixture(params=["socket", "http"])
async def company(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Company]:
    """The sample company, once over Socket Mode and once over signed HTTP."""
    async for found in running(sqlite_url, request.param):
        yield found


@pytest.fixture
async def over_socket(sqlite_url: str) -> AsyncIterator[Company]:
    """The sample company over Socket Mode, for what does not depend on the transport."""
    async for found in running(sqlite_url, "socket"):
        yield found
