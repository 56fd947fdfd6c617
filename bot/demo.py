"""`everboard demo`: a Slack workspace on this machine, the bot in it, and a sample company. Decides nothing.

Starts afresh every time: the local workspace forgets its messages when it stops, and a database that remembered
them would point nowhere. Only the secret key is kept.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot import manifest, sample
from bot.clock import SystemClock
from bot.service import Everboard
from bot.settings import Service
from bot.timetable import Timetable
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from storage import migrate

FOLDER = Path("data")
CHANNELS = ("advocacy", "advocacy-wins", "sales", "marketing", "customer-success")

STORY = """
Everboard runs in a Slack workspace on this machine:   {url}/#as={rep}

  1. You are Desmond, a sales rep. Type:  /nominate Ada Okafor @ Harbor Mutual, runs our EU rollout   and send the form.
  2. Act as Priyanka of the advocacy team (top left) and open #advocacy: accept, then follow the journey.
  3. Act as anyone else and type:  /advocates rollout   to find the new advocate.

Ctrl-C stops it.
"""


async def run(port: int, say: Callable[[str], None]) -> None:
    """Start everything, print the address, and wait until cancelled."""
    app = App.from_manifest(manifest.socket_mode(manifest.load()), channels=CHANNELS)
    timetable = Timetable()
    sandbox = Sandbox(World.from_dict(sample.slack_world()), [app], drivers=[timetable])
    await listen(sandbox, port)
    try:
        await _with_bot(sandbox, app, timetable, say)
    finally:
        await sandbox.stop()


async def _with_bot(sandbox: Sandbox, app: App, timetable: Timetable, say: Callable[[str], None]) -> None:
    settings = settings_for(app, sandbox.api_url, fresh_database(FOLDER / "demo.db"), kept_key())
    async with connected(settings, sandbox, timetable) as everboard:
        await asyncio.to_thread(sample.load, everboard.db, everboard.only_workspace, everboard.house.moment())
        everboard.delivery.wake()
        say(STORY.format(url=sandbox.url, rep=sample.REP))
        await asyncio.Event().wait()


@asynccontextmanager
async def connected(settings: Service, sandbox: Sandbox, timetable: Timetable) -> AsyncIterator[Everboard]:
    """The bot in the local workspace, by whose calendar it lives, and which it helps to move it."""
    everboard = Everboard(settings, SystemClock(sandbox.workspace.clock.now))
    try:
        await everboard.start()
        everboard.house.public_url = everboard.pages_url  # so that the page for volunteers can be opened from here
        timetable.everboard = everboard
        yield everboard
    finally:
        timetable.everboard = None
        await everboard.stop()


async def listen(sandbox: Sandbox, port: int) -> None:
    """Listen on the usual port, so that a bookmark works, or on a free one when it is taken."""
    try:
        await sandbox.start(port=port)
    except OSError:
        await sandbox.start(port=0)


def settings_for(app: App, api_url: str, database_url: str, secret_key: str) -> Service:
    """What `serve` would read from its environment, for the bot in the local workspace."""
    return Service.model_validate(
        {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token if app.transport == "socket" else None,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": api_url,
            "DATABASE_URL": database_url,
            "EVERBOARD_SECRET_KEY": secret_key,
            "PORT": 0,
        }
    )


def fresh_database(file: Path) -> str:
    """The address of an empty, migrated SQLite file."""
    file.parent.mkdir(exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    url = f"sqlite:///{file}"
    migrate.upgrade(url)
    return url


def kept_key() -> str:
    """The demo's secret key, made once and kept for its owner only."""
    file = FOLDER / "demo.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()
