"""A second official client that nobody here wrote: Slack's JavaScript framework and client, over both transports.

The app is `node/app.js`.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.apps import App, Transport
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from tests.npm import NEEDED, node_modules
from tests.patience import PATIENCE, UNHURRIED
from tests.sandbox.conftest import installed
from tests.sandbox.seeds import SEED

NODE = Path(__file__).parent / "node"

# Installing takes as long as the network does.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder with the installed packages; skips where Node is missing, and fails there in CI."""
    return node_modules(NODE, "Slack's JavaScript client was not tried")


class Served:
    """The JavaScript app as a process, and what it printed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.printed: list[str] = []
        self.started: asyncio.Future[dict[str, object]] = asyncio.get_running_loop().create_future()

    async def read(self) -> None:
        """Keep what it prints; the first line of JSON says that it is up."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.printed.append(line.decode())
            if line.startswith(b"{") and not self.started.done():
                self.started.set_result(json.loads(line))
        if not self.started.done():
            self.started.set_exception(AssertionError(f"the app ended:\n{''.join(self.printed)}"))


@asynccontextmanager
async def running(app: App, sandbox: Sandbox, modules: Path) -> AsyncIterator[Served]:
    """The app, up and connected; it must end by itself, without a word of trouble, when its input ends."""
    environment = {
        **os.environ,
        "NODE_PATH": str(modules),
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "TRANSPORT": app.transport,
    }
    process = await asyncio.create_subprocess_exec(
        "node",
        str(NODE / "app.js"),
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    served = Served(process)
    reading = asyncio.create_task(served.read())
    try:
        ready = await asyncio.wait_for(served.started, PATIENCE)
        assert ready["bot"] == app.bot_user_id
        if app.transport == "http":
            app.request_url = f"http://127.0.0.1:{ready['port']}/slack/events"
        await sandbox.until_connected(app)
        yield served
        assert process.stdin is not None
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0, "".join(served.printed)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await reading


@pytest.fixture(params=["socket", "http"])
async def workspace(request: pytest.FixtureRequest, modules: Path) -> AsyncIterator[tuple[Sandbox, App, Served]]:
    """A workspace with the JavaScript app in it, in both transports."""
    transport: Transport = request.param
    app = installed(transport=transport)
    async with (
        Sandbox(World.from_dict(SEED), [app], retry_delays=(0.0, 0.0, 0.0), **UNHURRIED) as sandbox,
        running(app, sandbox, modules) as served,
    ):
        yield sandbox, app, served


Workspace = tuple[Sandbox, App, Served]


async def test_the_main_flow(workspace: Workspace) -> None:
    sandbox, _, served = workspace
    async with Person(sandbox.url, "U0RITA") as rita, Person(sandbox.url, "U0OMAR") as omar:
        await a_form_is_sent(rita)
        await a_message_changes(omar)
        await home_changes(rita)
        await shortcuts_open(rita)
        await the_app_answers_what_is_said(rita)
        await sandbox.settled()
    failed = [(call.name, call.error) for call in sandbox.calls if not call.ok]
    assert failed == []
    assert not [line for line in served.printed if "[ERROR]" in line or "[WARN]" in line]


async def a_form_is_sent(rita: Person) -> None:
    """A command opens a form; it offers, complains at the field, grows, and closes."""
    await rita.command("/hello", "Nobody", channel="general")
    view = await rita.modal("greeting", containing="Nobody")
    offered = await rita.suggest(view, "company", "acme")
    assert [option["value"] for option in offered] == ["Acme 1", "Acme 2"]
    refused = await rita.submit({"company": "Acme 2"})
    assert (refused.result, refused.errors) == ("errors", {"name": "Nobody cannot be greeted"})
    await rita.fill({"name": "Ada"})
    await rita.click(view, "Add details")
    wide = await rita.modal(containing=["When", "Ada", "Acme 2"])
    assert wide["id"] == view["id"]
    assert (await rita.submit({"when": "2026-12-24"})).result == "close"
    await rita.no_modal()


async def a_message_changes(omar: Person) -> None:
    """One button changes the message by chat.update, the other by its response URL."""
    message = await omar.message("advocacy", containing="Ada / Acme 2 / 2026-12-24 / rita")
    await omar.click(message, "Wave back")
    waved = await omar.message("advocacy", containing="@omar waved")
    await omar.click(waved, "Seen")
    seen = await omar.message("advocacy", containing="Seen by @omar")
    assert message["ts"] == waved["ts"] == seen["ts"]


async def home_changes(rita: Person) -> None:
    """Home is published when it is opened, and again from its own button."""
    view = await rita.home(containing="Welcome home")
    await rita.click(view, "Again")
    await rita.home(containing="Home again", after=view, open_tab=False)


async def shortcuts_open(rita: Person) -> None:
    """A global shortcut opens a form; closing it is told; a message shortcut answers with the message."""
    await rita.shortcut("Say hello")
    await rita.modal(containing="Shortcut")
    await rita.close()
    await rita.message(containing="Another time, then")
    message = await rita.message("general", containing="delighted")
    await rita.message_shortcut(message, "answer")
    assert (await rita.message("general", containing="You chose: Acme are delighted"))["is_ephemeral"]


async def the_app_answers_what_is_said(rita: Person) -> None:
    """In its direct message, and in a thread where it was mentioned."""
    await rita.say("Hello, you")
    await rita.message(containing="You said: Hello, you")
    asked = await rita.say("@Greeter are you there?", channel="general")
    await rita.message("general", containing="You called?", thread=asked)


async def test_what_its_client_makes_of_answers(workspace: Workspace) -> None:
    sandbox, _, _ = workspace
    async with Person(sandbox.url, "U0RITA") as rita:
        for asked, answered in (
            ("people", "Pages of 2, 2, 2"),
            ("refusal", "Refused: is_archived"),
            ("scopes", "May write"),
        ):
            await rita.command("/hello", asked, channel="general")
            await rita.message("general", containing=answered)


async def test_it_waits_as_long_as_it_is_told(workspace: Workspace) -> None:
    sandbox, _, _ = workspace
    sandbox.faults.limit("chat.postMessage", retry_after=1)
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.say("Hello")
        await rita.message(containing="You said: Hello")
    refused, taken = sandbox.calls.named("chat.postMessage")
    assert (refused.error, taken.error) == ("ratelimited", None)
    # Other programs' timers are a millisecond early now and then.
    assert (taken.at - refused.at).total_seconds() > 0.9


async def test_it_comes_back_when_it_is_told_to_go(modules: Path) -> None:
    app = installed(transport="socket")
    async with (
        Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox,
        running(app, sandbox, modules),
        Person(sandbox.url, "U0RITA") as rita,
    ):
        await sandbox.disconnect(app, "refresh_requested")
        await sandbox.until_connected(app)
        await rita.command("/hello", "scopes", channel="general")
        await rita.message("general", containing="May write")
        assert len(sandbox.calls.named("apps.connections.open")) > 1


def test_no_address_stands_in_its_files() -> None:
    # Each machine installs from its own registry; npm writes where packages and donations go unless it is told not to.
    for name in NEEDED:
        assert "://" not in (NODE / name).read_text(encoding="utf-8"), name
