"""The bot and the local workspace, wired as in `everboard demo`, over real sockets.

Whatever a test is about, the whole run must stay quiet: no request without a listener, nothing unexpected, no send
that failed in an unforeseen way. Messages go without the usual pauses, which are proved in tests of the delivery.
"""

import logging
import random
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import demo, manifest, sample
from bot.clock import SystemClock
from bot.service import Everboard
from domain.moment import Moment
from domain.settings import ChannelRole
from handlers import act
from sandbox.apps import App
from sandbox.delivery.exchange import Delivery
from sandbox.payloads import response_url
from sandbox.person import Person
from sandbox.response_urls import Reply
from sandbox.server import Sandbox
from sandbox.world import World
from storage import workspaces
from storage.base import Base
from storage.guard import GuardedSession
from storage.outbox import TO_CHANNEL_ROLE, Message, Pace, Status
from storage.pace import UPDATES, WORKSPACE
from storage.sealing import Keys
from tests.databases import variables
from tests.patience import PATIENCE, UNHURRIED, patient, unhurry, until, wait_for_locks

SECRET = "0123456789abcdef" * 4
Transport = Literal["socket", "http"]
Row = TypeVar("Row", bound=Base)
JSON = dict[str, Any]

UNEXPECTED = {"unexpected", "sending failed", "nobody listens", "payload not understood", "not readable any more"}
"""Events that say that something happened which nobody foresaw."""


@dataclass
class Company:
    """A running workspace with the bot in it."""

    sandbox: Sandbox
    everboard: Everboard
    app: App
    workspace_id: str

    def person(self, name: str) -> Person:
        """Somebody of the sample company, to act as."""
        return Person(self.sandbox.url, f"U0{name.upper()}", timeout=PATIENCE)

    def read(self, function: Callable[..., Any], *args: Any) -> Any:
        """Look into the database."""
        return self.everboard.db.run_now(self.workspace_id, function, *args)

    def rows(self, table: type[Row], *conditions: Any) -> list[Row]:
        """Rows of a table, in the order of their keys."""

        def find(session: GuardedSession) -> list[Row]:
            return list(session.scalars(select(table).where(*conditions)))

        found: list[Row] = self.read(find)
        return found

    def row(self, table: type[Row], *conditions: Any) -> Row:
        """The only such row."""
        [found] = self.rows(table, *conditions)
        return found

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that has no bell of its own."""
        await until(true)

    async def delivered(self) -> None:
        """Wait until everything that can be sent has been sent."""
        going = [Status.WAITING.value, Status.SENDING.value]
        await self.until(lambda: not self.rows(Message, Message.status.in_(going)))

    def deliveries(self, kind: str, name: str) -> list[JSON]:
        """Payloads of one kind that the bot was sent, by callback_id or action_id, oldest first."""
        sent: list[JSON] = [record.detail["payload"] for record in self.sandbox.calls if record.direction == "out"]
        return [payload for payload in sent if payload.get("type") == kind and name_of(payload) == name]

    async def again(self, payload: JSON, **changes: Any) -> JSON:
        """Deliver a payload once more, as a second click or a redelivery does, with ways to answer that are good."""
        ws = self.sandbox.workspace
        user = str((payload | changes)["user"]["id"])
        again = {**payload, "trigger_id": ws.triggers.issue(self.app.id, user), **changes}
        if "response_url" in payload:
            place = payload["container"]
            reply = Reply(
                self.app.id, user, place["channel_id"], "actions", place["message_ts"], None, place["is_ephemeral"]
            )
            again["response_url"] = response_url(ws, reply)
        return await ws.deliver(self.app, Delivery("interactive", again))

    def marked_up(self) -> str:
        """Everything that Slack was given to interpret as markup, in messages, views and answers."""
        found = [record.detail for record in self.sandbox.calls]
        return "\n".join(text for detail in found for text in _mrkdwn(detail.get("arguments") or detail))


def name_of(payload: JSON) -> str:
    """The callback_id of a form or shortcut, the action_id of a click."""
    if payload["type"] == "block_actions":
        return str(payload["actions"][0]["action_id"])
    if payload["type"] == "view_submission":
        return str(payload["view"]["callback_id"])
    return str(payload.get("callback_id") or payload.get("action_id") or "")


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" or "channel" in value or "response_type" in value:
            yield str(value.get("text", ""))
        for key in ("blocks", "view", "body", "ack", "elements", "fields", "text", "accessory", "errors"):
            yield from _mrkdwn(value.get(key))
    elif isinstance(value, list):
        for item in value:
            yield from _mrkdwn(item)


def unhurried(session: GuardedSession, workspace_id: str, targets: Iterable[str]) -> None:
    """Let nothing wait for the usual pauses between messages."""
    now = SystemClock().real()
    for scope in (WORKSPACE, UPDATES, *targets):
        session.merge(Pace(workspace_id=workspace_id, scope=scope, free_at=now, interval_ms=1))


def seed() -> JSON:
    """The sample company's Slack workspace, before anything happened in it."""
    return sample.slack_world()


@asynccontextmanager
async def running(
    database_url: str,
    transport: Transport = "socket",
    *,
    world: JSON | None = None,
    channels: Iterable[str] = demo.CHANNELS,
    hurried: bool = False,
) -> AsyncIterator[Company]:
    """Start both, and stop both. In an empty database the bot has only met the people of Slack.

    Only what is `hurried` keeps to the database's own limits: a machine that is busy must not fail the rest.
    """
    app = App.from_manifest(manifest.socket_mode(manifest.load()), transport=transport, channels=channels)
    async with Sandbox(World.from_dict(world or seed()), [app], **UNHURRIED) as sandbox:
        said = variables(database_url)
        settings = demo.settings_for(app, sandbox.api_url, said["DATABASE_URL"], SECRET).model_copy(
            update={"metrics_port": 0, "dispatcher_url": said.get("DATABASE_DISPATCHER_URL")}
        )
        everboard = Everboard(settings, SystemClock(), random.Random(7).getrandbits)
        everboard.db.deadline = PATIENCE
        if not hurried:
            wait_for_locks(everboard.db)
        try:
            installation = await everboard.start()
            assert everboard.bolt is not None
            unhurry(everboard.bolt)
            if transport == "http":
                app.request_url = f"{everboard.url}/slack/events"
            roles = [f"{TO_CHANNEL_ROLE}{role.value}" for role in ChannelRole]
            targets = [*sandbox.world.users, *sandbox.world.channels, *roles]
            everboard.db.run_now(None, unhurried, installation.workspace_id, targets)
            yield Company(sandbox, everboard, app, installation.workspace_id)
        finally:
            await sandbox.settled()
            await everboard.stop()


class Loud(logging.Handler):
    """What the libraries complain of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.said.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[list[Any]]:
    """Fail a test in which something went by without a listener or as nobody foresaw. Answers the events logged."""
    loud = Loud()
    logging.getLogger().addHandler(loud)
    try:
        with capture_logs() as events:
            yield events
    finally:
        logging.getLogger().removeHandler(loud)
    assert [event for event in events if event["event"] in UNEXPECTED] == []
    assert [words for words in loud.said if _complains(words)] == []


def _complains(words: str) -> bool:
    # Bolt says at each start that it takes the token from `authorize`, which is what it is there for.
    # And it says so when a test ends, and its socket closes, while an event comes in.
    # The scheduler says that the clock looks less often while a busy machine takes long for one look.
    harmless = ("will be ignored", "is no longer active", "closing transport", "maximum number of running instances")
    return not any(part in words for part in harmless)


@pytest.fixture(autouse=True)
def slack_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """To say who somebody is: only a test of the time it has is about that."""
    monkeypatch.setattr(act, "MEETING", PATIENCE)


@pytest.fixture(scope="session")
def sample_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample company in it, to copy from: importing it for each test would take most of it."""
    path = tmp_path_factory.mktemp("sample") / "everboard.db"
    shutil.copyfile(sqlite_template, path)
    db, moment = (
        patient(f"sqlite:///{path}", Keys.of(SECRET)),
        Moment(SystemClock().now(), random.Random(3).getrandbits),
    )
    team = seed()["team"]
    workspace_id = db.run_now(None, workspaces.connect, moment, team["id"], "", team["name"], "U0SANDBOX")
    sample.load(db, workspace_id, moment)
    db.close()
    return path


@pytest.fixture
def sample_url(sample_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file with the sample company in it."""
    path = tmp_path / "sample.db"
    shutil.copyfile(sample_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["socket", "http"])
async def company(request: pytest.FixtureRequest, sample_url: str) -> AsyncIterator[Company]:
    """The sample company, once over Socket Mode and once over signed HTTP."""
    async with running(sample_url, request.param) as found:
        yield found


@pytest.fixture
async def over_socket(sample_url: str) -> AsyncIterator[Company]:
    """The sample company over Socket Mode, for what does not depend on the transport."""
    async with running(sample_url) as found:
        yield found
