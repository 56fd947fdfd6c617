"""A signed `/nominate` that opens its form, beside a bare Bolt app that opens a constant view by the same call.

Both are asked by `async_dispatch`, without a web server; Slack's side is a server in a thread that knows two answers.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SystemClock
from bot.metrics import Metrics
from bot.slack_app import make_app, make_client
from domain.command_text import parse_nomination
from handlers.house import House, Installation
from sandbox.delivery.http import signature_headers
from schedules.channels import Channels
from schedules.meter import Meter
from storage import migrate
from storage.database import Database
from tests.benchmarks.measuring import Figure, percentile, ratio
from tests.worlds import KEYS, World
from views import nominations

ROUNDS = 9
CALLS = 60
AT_ONCE = 4

SIGNED_WITH = "0123456789abcdef0123456789abcdef"
TYPED = "Ada Lovelace @ Acme, runs our EU rollout"

CONSTANT = nominations.form(parse_nomination(TYPED), source="command", meta={})


class Slack:
    """Slack's side: opens whatever view it is given, and says who waits for it that it is open."""

    def __init__(self) -> None:
        self.opened: dict[str, asyncio.Future[float]] = {}
        self.ours = asyncio.get_running_loop()
        self._theirs = asyncio.new_event_loop()
        self._thread = Thread(target=self._theirs.run_forever, daemon=True)
        self._thread.start()
        self.url: str = asyncio.run_coroutine_threadsafe(self._serve(), self._theirs).result(10)

    async def _serve(self) -> str:
        application = web.Application()
        application.router.add_post("/api/{method}", self._answer)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/"

    async def _answer(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "views.open":
            given = await (request.json() if request.content_type == "application/json" else request.post())
            waiting = self.opened[str(given["trigger_id"])]
            self.ours.call_soon_threadsafe(waiting.set_result, time.perf_counter())
        return web.json_response({"ok": True, "view": {"id": "V0BENCH", "hash": "1.1", "type": "modal"}})

    def end(self) -> None:
        """Stop serving."""
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._theirs).result(10)
        self._theirs.call_soon_threadsafe(self._theirs.stop)
        self._thread.join()


def figures() -> list[Figure]:
    """Commands a second as a ratio, and the slowest of a hundred beside the bare app's slowest."""
    return asyncio.run(_measured())


async def _measured() -> list[Figure]:
    slack = Slack()
    try:
        async with aiohttp.ClientSession() as session, _everboard(session, slack) as ours:
            bare = _bare(session, slack)
            one, other = Asked(ours, slack), Asked(bare, slack)
            pairs = [(await one.rate(), await other.rate()) for _ in range(ROUNDS + 1)][1:]
            alone = [(await one.waits(), await other.waits()) for _ in range(ROUNDS + 1)][1:]
    finally:
        slack.end()
    ours_ms, bare_ms = ([wait * 1000 for waits in column for wait in waits] for column in zip(*alone, strict=True))
    slowest = percentile(ours_ms, 0.99), percentile(bare_ms, 0.99)
    middle = percentile(ours_ms, 0.5), percentile(bare_ms, 0.5)
    return [
        Figure(
            "/nominate: rate beside a bare Bolt app", ratio(pairs), "×", goal=0.8, note=_both([*pairs[0]], "a second")
        ),
        Figure("/nominate: form open, 99th percentile beside", slowest[0] / slowest[1], "×", 1.5, True, _both(slowest)),
        Figure("/nominate: form open, median beside", middle[0] / middle[1], "×", note=_both(middle)),
    ]


def _both(pair: tuple[float, float] | list[float], unit: str = "ms") -> str:
    return f"{pair[0]:.1f} and {pair[1]:.1f} {unit}"


class Asked:
    """One of the two apps, and how fast it is."""

    def __init__(self, app: AsyncApp, slack: Slack) -> None:
        self._app = app
        self._slack = slack
        self._number = 0

    async def rate(self) -> float:
        """Commands a second with some at once, until the last of all that they cause is done."""
        before = asyncio.all_tasks()
        began = time.perf_counter()
        await asyncio.gather(*(self._some(CALLS // AT_ONCE) for _ in range(AT_ONCE)))
        await asyncio.gather(*(asyncio.all_tasks() - before))
        return CALLS / (time.perf_counter() - began)

    async def waits(self) -> list[float]:
        """Seconds from the command to the open form, one command after the other."""
        before = asyncio.all_tasks()
        found = []
        for _ in range(CALLS):
            found.append(await self._one())
            await asyncio.gather(*(asyncio.all_tasks() - before))
        return found

    async def _some(self, times: int) -> None:
        for _ in range(times):
            await self._one()

    async def _one(self) -> float:
        self._number += 1
        trigger = f"{id(self)}.{self._number}"
        opened: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._slack.opened[trigger] = opened
        request = _request(trigger)
        began = time.perf_counter()
        answer = await self._app.async_dispatch(request)
        if answer.status != 200:
            raise AssertionError(answer.body)
        return await opened - began


def _request(trigger: str) -> AsyncBoltRequest:
    form = {
        "token": "t",
        "team_id": "TBENCH",
        "team_domain": "bench",
        "channel_id": "C0GENERAL",
        "channel_name": "general",
        "user_id": "UREP",
        "user_name": "rep",
        "command": "/nominate",
        "text": TYPED,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:1/commands/none",
        "trigger_id": trigger,
    }
    body = urlencode(form)
    headers: dict[str, str | Sequence[str]] = {"Content-Type": "application/x-www-form-urlencoded"}
    headers |= signature_headers(SIGNED_WITH, body.encode(), int(time.time()))
    return AsyncBoltRequest(body=body, headers=headers)


def _bare(session: aiohttp.ClientSession, slack: Slack) -> AsyncApp:
    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="TBENCH", bot_user_id="UBOT", bot_id="BBOT", bot_token="xoxb-bench"
        )

    app = AsyncApp(
        client=make_client(session, slack.url),
        authorize=authorize,
        signing_secret=SIGNED_WITH,
    )

    @app.command("/nominate")
    async def nominate(ack: AsyncAck, body: dict[str, str], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=CONSTANT)

    return app


@asynccontextmanager
async def _everboard(session: aiohttp.ClientSession, slack: Slack) -> AsyncIterator[AsyncApp]:
    """Everboard's app on a database of its own, with one person in it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'command.db'}"
        migrate.upgrade(url)
        world = World(Database(url, KEYS))
        try:
            workspace_id = world.workspace("TBENCH")
            world.member(workspace_id, "UREP")
            house = House(
                world.db, SystemClock(), random.Random(7).getrandbits, wake=_nobody_listens, channels=Channels(world.db)
            )
            installed = Installation(workspace_id, "TBENCH", "", "xoxb-bench", "UBOT", "BBOT", "Bench")
            house.installations["", "TBENCH"] = installed
            yield make_app(make_client(session, slack.url), house, SIGNED_WITH, Metrics(Meter()))
        finally:
            world.db.close()


def _nobody_listens() -> None:
    """No delivery runs here."""
