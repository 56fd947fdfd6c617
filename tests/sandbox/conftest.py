"""The workspace, running, with the tiny app connected over Socket Mode or over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.greeter import Greeter
from tests.sandbox.seeds import SEED, manifest


def installed(**options: Any) -> App:
    """The app as the tests install it."""
    return App.from_manifest(manifest(), **{"channels": ["general", "advocacy"], **options})


def served_app(app: App, sandbox: Sandbox) -> Greeter:
    """The tiny app, talking to the sandbox instead of Slack."""
    client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    return Greeter(AsyncApp(client=client, signing_secret=app.signing_secret))


@asynccontextmanager
async def over_socket(app: App, sandbox: Sandbox, greeter: Greeter | None = None) -> AsyncIterator[Greeter]:
    """The tiny app, made for one workspace or given, over Socket Mode."""
    greeter = greeter or served_app(app, sandbox)
    handler = AsyncSocketModeHandler(greeter.bolt, app.app_token, web_client=AsyncWebClient(base_url=sandbox.api_url))
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    try:
        yield greeter
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped


@asynccontextmanager
async def over_http(app: App, sandbox: Sandbox, greeter: Greeter | None = None) -> AsyncIterator[Greeter]:
    """The tiny app, made for one workspace or given, over HTTP."""
    greeter = greeter or served_app(app, sandbox)
    runner = web.AppRunner(greeter.bolt.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield greeter
    finally:
        await runner.cleanup()


@pytest.fixture
def app() -> App:
    return installed()


@pytest.fixture
async def sandbox(app: App) -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(SEED), [app], retry_delays=(0.0, 0.0, 0.0), **UNHURRIED) as running:
        yield running


@pytest.fixture
def client(app: App, sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)


@pytest.fixture(params=["socket", "http"])
async def served(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Sandbox, App, Greeter]]:
    """A workspace whose app is up, in both transports."""
    app = installed(transport=request.param)
    async with Sandbox(World.from_dict(SEED), [app], retry_delays=(0.0, 0.0, 0.0), **UNHURRIED) as sandbox:
        connect = over_socket if request.param == "socket" else over_http
        async with connect(app, sandbox) as greeter:
            yield sandbox, app, greeter
