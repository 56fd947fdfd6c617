"""Bots as processes: started, killed, stopped and let go on, each by its own id. Decides not when."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import real_time
from sandbox.apps import App
from sandbox.server import Sandbox
from tests.chaos.bot_process import AHEAD
from tests.chaos.office import Office
from tests.databases import variables
from tests.patience import PATIENCE
from tests.worlds import SECRET

CONNECTED = '"event": "connected"'
"""What a bot logs once it serves."""

FORESEEN = ("outcome not written yet", "database busy", "busy, trying again")


@dataclass
class Bot:
    """One running process and the file that it logs to."""

    process: asyncio.subprocess.Process
    log: Path
    ended: bool = False

    async def serves(self) -> None:
        """Wait until it is connected. Raises when it ended instead."""
        async with asyncio.timeout(PATIENCE):
            while CONNECTED not in self.log.read_text():
                assert self.process.returncode is None, f"the bot ended by itself:\n{self.log.read_text()[-3000:]}"
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """As a power cut would."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    def freeze(self) -> None:
        """It stands still and keeps whatever it holds."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on without knowing that time has passed."""
        self.process.send_signal(signal.SIGCONT)


@dataclass
class Fleet:
    """All processes of one run; `kills` counts."""

    office: Office
    folder: Path
    bots: list[Bot] = field(default_factory=list)
    kills: int = 0

    async def start(self) -> Bot:
        """One more process, which is not connected yet."""
        log = self.folder / f"bot{len(self.bots)}.log"
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.chaos.bot_process",
                stdin=asyncio.subprocess.PIPE,
                stdout=out,
                stderr=out,
                env=self._environment(self.office.app, self.office.sandbox),
            )
        bot = Bot(process, log)
        self.bots.append(bot)
        return bot

    async def kill(self, bot: Bot) -> None:
        """Kill one, and count it."""
        await bot.kill()
        self.kills += 1

    def unforeseen(self) -> list[str]:
        """What the bots logged as an error of their own."""
        lines = [line for bot in self.bots for line in bot.log.read_text(errors="replace").splitlines()]
        return [line for line in lines if '"level": "error"' in line or line.startswith("Traceback")]

    def _environment(self, app: App, sandbox: Sandbox) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COV_"))},
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            **variables(self.office.database_url),
            "EVERBOARD_SECRET_KEY": SECRET,
            "PORT": "0",
            "METRICS_PORT": "",
            "PYTHONUNBUFFERED": "1",
            AHEAD: str((self.office.now() - real_time()).total_seconds()),
        }


@asynccontextmanager
async def fleet(office: Office, folder: Path) -> AsyncIterator[Fleet]:
    """Processes that all end with the run, whatever becomes of it."""
    made = Fleet(office, folder)
    try:
        yield made
    finally:
        for bot in made.bots:
            await bot.kill()
