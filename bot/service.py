"""The composition root: one process that listens, delivers and keeps time. Decides nothing."""

import asyncio
import random
import secrets
from collections.abc import Callable
from functools import partial

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import http, slack_app
from bot.metrics import Metrics
from bot.settings import Service
from bot.watching import Watching
from domain.clock import Clock
from handlers import census
from handlers.answering import patiently
from handlers.house import House, Installation
from handlers.volunteers import JoinPage
from schedules.channels import Channels
from schedules.clock import Ticker
from schedules.delivery import Delivery
from schedules.meter import Meter
from schedules.sending import NETWORK
from storage import pace, workspaces
from storage.database import Database, DatabaseBusyError
from storage.sealing import Keys, page_secret

LAST_ANSWERS = 10.0
"""Seconds that a stopping process gives its answers: as long as one call of Slack may take."""

RECONNECT = 60.0
"""Seconds between tries while Slack has let us go: it takes a person to mend that, and nobody else tells us."""

log = structlog.get_logger(__name__)


class Everboard:
    """The running bot: `await start()`, then `await stop()`."""

    def __init__(self, settings: Service, clock: Clock, random_bits: Callable[[int], int] = secrets.randbits) -> None:
        self.settings = settings
        self.db = Database(settings.database_url, Keys.of(settings.secret_key.get_secret_value()))
        channels, meter = Channels(self.db), Meter()
        rng = random.Random(random_bits(64))  # noqa: S311  # spreads retries, keeps no secret
        self.delivery = Delivery(self.db, self._slack_for, clock, rng, channels=channels, meter=meter)
        errands = {"census": self._recount}
        self.ticker = Ticker(self.db, clock, random_bits, self.delivery.wake, errands=errands, meter=meter)
        self.house = House(self.db, clock, random_bits, wake=self.delivery.wake, channels=channels)
        self.house.public_url = settings.public_url
        self.join_page = JoinPage(self.house, page_secret(settings.secret_key.get_secret_value()))
        self.metrics = Metrics(meter)
        self.watching = Watching(self.house, self.metrics, self._is_listening)
        self.url: str | None = None
        self.pages_url: str | None = None
        self.metrics_url: str | None = None
        self.bolt: AsyncApp | None = None
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._http: aiohttp.ClientSession | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._web: web.AppRunner | None = None
        self._metrics_web: web.AppRunner | None = None
        self._clients: dict[str, AsyncWebClient] = {}

    async def start(self) -> Installation:
        """Connect to Slack, listen, then count the people: in a large workspace that takes Slack minutes.

        Raises SlackApiError when Slack refuses the token.
        """
        self._http = aiohttp.ClientSession()
        token = self.settings.bot_token.get_secret_value()
        client = slack_app.make_client(self._http, self.settings.api_url, token)
        installation = await self._connect(client, token)
        secret = self.settings.signing_secret
        bolt_client = slack_app.make_client(self._http, self.settings.api_url)
        app = slack_app.make_app(bolt_client, self.house, secret.get_secret_value() if secret else None, self.metrics)
        self.bolt = app
        await self._listen(app)
        self._tasks = [
            asyncio.create_task(self.delivery.run(self._stop)),
            asyncio.create_task(self.ticker.run(self._stop)),
            asyncio.create_task(self._stay_connected(client, token)),
        ]
        unknown = await census.take(self.house, installation, client)
        log.info("connected", workspace=installation.name, people_without_function=unknown)
        return installation

    def _recount(self, workspace_id: str) -> None:
        """Count a workspace's people afresh, while everything else goes on."""
        for installation in self.house.installations.values():
            if installation.workspace_id == workspace_id:
                self.house.aside(self._take_census(installation))

    async def _take_census(self, installation: Installation) -> None:
        unknown = await census.take(self.house, installation, self._clients[installation.workspace_id])
        log.info("counted", workspace=installation.name, people_without_function=unknown)

    @property
    def only_workspace(self) -> str:
        """The id of the one workspace that this process serves."""
        [found] = self.house.installations.values()
        return found.workspace_id

    async def _connect(self, client: AsyncWebClient, token: str) -> Installation:
        who = await client.auth_test()
        team_id, enterprise_id = str(who["team_id"]), str(who.get("enterprise_id") or "")
        connect = partial(
            self.db.across,
            workspaces.connect,
            self.house.moment(),
            team_id=team_id,
            enterprise_id=enterprise_id,
            name=str(who["team"]),
            bot_user_id=str(who["user_id"]),
        )
        workspace_id = await patiently(connect, "connect")
        found = Installation(
            workspace_id,
            team_id,
            enterprise_id,
            token,
            str(who["user_id"]),
            str(who.get("bot_id") or ""),
            str(who["team"]),
        )
        await patiently(partial(self.db.run, workspace_id, pace.resume, self.house.clock.real()), "connect")
        self.house.installations[enterprise_id, team_id] = found
        self._clients[workspace_id] = client
        return found

    async def _stay_connected(self, client: AsyncWebClient, token: str) -> None:
        """Serve the workspace again once Slack takes our token again: Slack does not say when that is."""
        while not await self._stops_within(RECONNECT):
            if self.house.installations:
                continue
            try:
                installation = await self._connect(client, token)
            except (SlackApiError, DatabaseBusyError, *NETWORK) as error:
                log.info("still let go", error=type(error).__name__)
                continue
            log.info("connected again", workspace=installation.name)
            self.delivery.wake()
            self.house.aside(self._take_census(installation))

    async def _stops_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._stop.wait()
        except TimeoutError:
            return False

    async def _slack_for(self, workspace_id: str) -> AsyncWebClient:
        return self._clients[workspace_id]

    async def _listen(self, app: AsyncApp) -> None:
        pages = [*self.watching.public(), *self.join_page.routes()]
        await self._show_metrics()
        if self.settings.app_token is not None:
            await self._show_pages(pages)
            self._socket = AsyncSocketModeHandler(app, self.settings.app_token.get_secret_value())
            await self._socket.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            return
        self._web, self.url = await http.serve(app, pages, self.settings.port)
        log.info("listening", url=self.url)

    def _is_listening(self) -> bool:
        """Whether Slack's requests can come in."""
        if self._socket is None:
            return self._web is not None
        session = self._socket.client.current_session
        return session is not None and not session.closed

    async def _show_metrics(self) -> None:
        if self.settings.metrics_port is None:
            return
        application = web.Application()
        application.add_routes(self.watching.private())
        self._metrics_web, self.metrics_url = await http.listen(application, self.settings.metrics_port)

    async def _show_pages(self, pages: list[web.RouteDef]) -> None:
        """In Socket Mode the web pages are a side matter: without a free port the bot works without them."""
        try:
            self._web, self.pages_url = await http.serve(None, pages, self.settings.port)
        except OSError as error:
            log.warning("no web pages", port=self.settings.port, error=str(error))

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, hand the rest back."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        for runner in (self._web, self._metrics_web):
            if runner is not None:
                await runner.cleanup()
        await self.house.finished(LAST_ANSWERS)
        self._stop.set()
        self.delivery.wake()
        await asyncio.gather(*self._tasks)
        if self._http is not None:
            await self._http.close()
        self.db.close()
