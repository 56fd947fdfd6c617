"""Everboard hosted for many: one process, two companies' workspaces, installed as a browser would. Decides nothing."""

import random
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession
from sqlalchemy import select

from bot import manifest
from bot.clock import SystemClock
from bot.service import Everboard
from bot.settings import Service
from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from storage.guard import GuardedSession
from storage.workspaces import Workspace
from tests.databases import variables
from tests.e2e.conftest import JSON, SECRET, Row, seed, unhurried
from tests.patience import PATIENCE, UNHURRIED, unhurry, until, wait_for_locks

PUBLIC = "https://everboard.test"
MINE, THEIRS = "T0QUORVANE", "T0OTHER"

OTHER: JSON = {
    "team": {"id": THEIRS, "name": "Other Corp", "domain": "other"},
    "users": [
        {"id": "U0OLGA", "name": "olga", "real_name": "Olga Other", "email": "olga@other.test", "is_admin": True},
        {"id": "U0OTTO", "name": "otto", "real_name": "Otto Other", "email": "otto@other.test"},
    ],
    "channels": [
        {"id": "C0GENERAL2", "name": "general", "members": "all"},
        {"id": "C0ADV2", "name": "advocacy", "members": ["U0OLGA"]},
    ],
}


@dataclass
class Hosted:
    """The running process, and Slack."""

    sandbox: Sandbox
    everboard: Everboard
    app: App

    def person(self, user: str, team: str) -> Person:
        """Somebody of one of the workspaces, to act as."""
        return Person(self.sandbox.url, user, team=team, timeout=PATIENCE)

    def workspace(self, team: str) -> Workspace:
        """Our row of a team."""

        def find(session: GuardedSession) -> Workspace:
            return session.scalars(select(Workspace).where(Workspace.team_id == team)).one()

        return self.everboard.db.run_now(None, find)

    def rows(self, team: str, table: type[Row], *conditions: Any) -> list[Row]:
        """A team's rows."""

        def find(session: GuardedSession) -> list[Row]:
            return list(session.scalars(select(table).where(*conditions)))

        return self.everboard.db.run_now(self.workspace(team).id, find)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that has no bell of its own."""
        await until(true)

    async def begin(self, browser: ClientSession) -> tuple[str, dict[str, str]]:
        """Open the first page. Answers where it leads, and the cookie."""
        async with browser.get(f"{self.everboard.url}/slack/install") as page:
            words = await page.text()
            assert page.status == 200
            cookies = {name: cookie.value for name, cookie in page.cookies.items()}
        [address] = re.findall(r'href="([^"]*/oauth/v2/authorize[^"]*)"', words)
        return unescape(address), cookies

    async def allow(self, browser: ClientSession, address: str, who: str, decision: str = "allow") -> str:
        """Decide on Slack's page. Answers where Slack sends the browser, on the address where we really are."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        form = {**{name: asked.get(name, "") for name in ("client_id", "scope", "redirect_uri", "state")}}
        target = f"{self.sandbox.url}/oauth/v2/authorize"
        async with browser.post(
            target, data={**form, "who": who, "decision": decision}, allow_redirects=False
        ) as answer:
            assert answer.status == 302, await answer.text()
            back = answer.headers["Location"]
        assert back.startswith(f"{PUBLIC}/slack/oauth_redirect")
        return back.replace(PUBLIC, str(self.everboard.url), 1)

    async def come_back(self, browser: ClientSession, back: str, cookies: dict[str, str]) -> tuple[int, str]:
        """Follow Slack's answer. The status, and what is read."""
        async with browser.get(back, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}) as page:
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            return page.status, await page.text()

    async def install(self, team: str, user: str) -> None:
        """All of it, as somebody who allows it."""
        async with ClientSession() as browser:
            address, cookies = await self.begin(browser)
            status, words = await self.come_back(browser, await self.allow(browser, address, f"{team}:{user}"), cookies)
        assert status == 200, words
        workspace = self.workspace(team)
        self.everboard.db.run_now(None, unhurried, workspace.id, self._targets(team))
        await self.until(lambda: any(one.team_id == team for one in self.everboard.house.installations.values()))

    def _targets(self, team: str) -> list[str]:
        world = self.sandbox.workspace_of(team).world
        return [*world.users, *world.channels, "role:advocacy", "role:wins"]


def variant(*, rotating: bool = False) -> JSON:
    """The app's manifest, for HTTP."""
    found = manifest.http(manifest.load(), PUBLIC)
    found["settings"]["token_rotation_enabled"] = rotating
    return found


def settings_for(app: App, api_url: str, database_url: str) -> Service:
    """What `serve` would read from its environment."""
    return Service.model_validate(
        {
            "SLACK_CLIENT_ID": app.client_id,
            "SLACK_CLIENT_SECRET": app.client_secret,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": api_url,
            "PUBLIC_URL": PUBLIC,
            **variables(database_url),
            "EVERBOARD_SECRET_KEY": SECRET,
            "PORT": 0,
            "METRICS_PORT": 0,
        }
    )


@asynccontextmanager
async def process(app: App, sandbox: Sandbox, database_url: str, number: int = 7) -> AsyncIterator[Everboard]:
    """One process that hosts; there may be several of them."""
    everboard = Everboard(
        settings_for(app, sandbox.api_url, database_url), SystemClock(), random.Random(number).getrandbits
    )
    wait_for_locks(everboard.db)
    try:
        await everboard.host()
        assert everboard.bolt is not None
        unhurry(everboard.bolt)
        yield everboard
    finally:
        await sandbox.settled()
        await everboard.stop()


@asynccontextmanager
async def hosting(database_url: str, *, rotating: bool = False) -> AsyncIterator[Hosted]:
    """Start both, and stop both. Nobody has installed anything yet."""
    app = App.from_manifest(variant(rotating=rotating), transport="http", channels=["advocacy"])
    mine, theirs = World.from_dict(seed()), World.from_dict(OTHER)
    async with (
        Sandbox(mine, [app], neighbours=[theirs], **UNHURRIED) as sandbox,
        process(app, sandbox, database_url) as everboard,
    ):
        app.request_url = f"{everboard.url}/slack/events"
        yield Hosted(sandbox, everboard, app)
