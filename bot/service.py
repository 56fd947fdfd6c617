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
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot import crm, hosting, http, salesforce, slack_app
from bot.connectors import CrmError
from bot.data import database
from bot.metrics import Metrics
from bot.settings import Service
from bot.watching import Watching
from domain.clock import Clock
from handlers import census
from handlers.answering import patiently
from handlers.house import House, Installation
from handlers.installing import InstallPages
from handlers.volunteers import JoinPage
from schedules.channels import Channels
from schedules.clock import Ticker
from schedules.delivery import Delivery
from schedules.meter import Meter
from schedules.sending import NETWORK
from storage import pace, workspaces
from storage.database import DatabaseBusyError
from storage.installations import Installations
from storage.sealing import page_secret

LAST_ANSWERS = 10.0
"""Seconds that a stopping process gives its answers: as long as one call of Slack may take."""

RECONNECT = 60.0
"""Seconds between tries while Slack has let us go: it takes a person to mend that, and nobody else tells us."""

log = structlog.get_logger(__name__)


class Everboard:
    """The running bot: `await start()`, then `await stop()`."""

    def __init__(self, settings: Service, clock: Clock, random_bits: Callable[[int], int] = secrets.randbits) -> None:
        self.settings = settings
        self.db = database(settings)
        channels, meter = Channels(self.db), Meter()
        rng = random.Random(random_bits(64))  # noqa: S311  # spreads retries, keeps no secret
        self.delivery = Delivery(self.db, self._slack_for, clock, rng, channels=channels, meter=meter)
        errands = {"census": self._recount, "crm": self._look_into_crm}
        self.ticker = Ticker(self.db, clock, random_bits, self.delivery.wake, errands=errands, meter=meter)
        self.house = House(self.db, clock, random_bits, wake=self.delivery.wake, channels=channels)
        self.house.public_url, self.house.hosts_many = settings.public_url, settings.hosts_many
        self.join_page = JoinPage(self.house, page_secret(settings.secret_key.get_secret_value()))
        self.metrics = Metrics(meter)
        self.watching = Watching(self.house, self.metrics, self._is_listening)
        self.url: str | None = None
        self.pages_url: str | None = None
        self.metrics_url: str | None = None
        self.bolt: slack_app.EverboardApp | None = None
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._http: aiohttp.ClientSession | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._web: web.AppRunner | None = None
        self._metrics_web: web.AppRunner | None = None
        self._clients: dict[str, AsyncWebClient] = {}
        self._hosting: hosting.Hosting | None = None
        self._reading_crm, self._leaving = False, False

    async def host(self) -> int:
        """Listen for whatever workspaces have installed the app, and for those that will. Answers how many have.

        Raises WrongKeyError when the tokens were sealed under another key.
        """
        self._http = aiohttp.ClientSession()
        self._hosting = self._make_hosting(self._http)
        self.house.still_serves = self._hosting.still_serves
        await patiently(self._hosting.look, "look")
        self.bolt = self._make_app(self._http, self._hosting.find)
        await self._listen(self.bolt)
        self._tasks = [*self._usual_tasks(), asyncio.create_task(self._hosting.run(self._stop))]
        return len(self.house.installations)

    def _make_hosting(self, session: aiohttp.ClientSession) -> hosting.Hosting:
        settings = self.settings
        if settings.client_id is None or settings.client_secret is None:
            raise ValueError("hosting needs the app's client id and secret")
        rotator = AsyncTokenRotator(
            client_id=settings.client_id,
            client_secret=settings.client_secret.get_secret_value(),
            client=slack_app.make_client(session, settings.api_url),
        )
        return hosting.Hosting(
            self.house,
            Installations(self.db, settings.client_id),
            lambda token: slack_app.make_client(session, settings.api_url, token),
            rotator,
            self._arrived,
        )

    def _arrived(self, installation: Installation, client: AsyncWebClient) -> None:
        self.delivery.wake()
        self.house.aside(self._take_census(installation, client))

    def _make_app(self, session: aiohttp.ClientSession, find: slack_app.Find | None = None) -> slack_app.EverboardApp:
        secret = self.settings.signing_secret
        client = slack_app.make_client(session, self.settings.api_url)
        return slack_app.make_app(client, self.house, secret.get_secret_value() if secret else None, self.metrics, find)

    def _usual_tasks(self) -> list[asyncio.Task[None]]:
        return [
            asyncio.create_task(self.delivery.run(self._stop)),
            asyncio.create_task(self.ticker.run(self._stop)),
        ]

    async def start(self) -> Installation:
        """Connect to Slack, listen, then count the people: in a large workspace that takes Slack minutes.

        Raises SlackApiError when Slack refuses the token.
        """
        if self.settings.bot_token is None:
            raise ValueError("one workspace needs its bot token")
        self._http = aiohttp.ClientSession()
        token = self.settings.bot_token.get_secret_value()
        client = slack_app.make_client(self._http, self.settings.api_url, token)
        installation = await self._connect(client, token)
        self.bolt = self._make_app(self._http)
        await self._listen(self.bolt)
        self._tasks = [*self._usual_tasks(), asyncio.create_task(self._stay_connected(client, token))]
        unknown = await census.take(self.house, installation, client)
        log.info("connected", workspace=installation.name, people_without_function=unknown)
        return installation

    def _recount(self, workspace_id: str) -> None:
        """Count a workspace's people afresh, while everything else goes on."""
        installation = self.house.of_workspace(workspace_id)
        if installation is not None:
            self.house.aside(self._take_census(installation))

    def _look_into_crm(self, workspace_id: str) -> None:
        """Read what has changed in the CRM, while everything else goes on.

        The environment names one company's CRM: where many workspaces are hosted, it would be told to all of them.
        """
        if self.settings.salesforce_url is None or self.settings.hosts_many or self._reading_crm:
            return
        self._reading_crm = True
        self.house.aside(self._read_crm(workspace_id))

    async def _read_crm(self, workspace_id: str) -> None:
        try:
            connector = salesforce.from_settings(self.settings)
            if connector is not None:
                reading = partial(crm.read, self.db, workspace_id, connector, self.house.moment)
                found = await asyncio.to_thread(reading, go_on=lambda: not self._leaving)
                log.info("read the CRM", records=sum(one.number for one in found))
                self.delivery.wake()
        except (CrmError, DatabaseBusyError) as error:
            log.warning("the CRM was not read", error=str(error))
        finally:
            self._reading_crm = False

    async def _take_census(self, installation: Installation, client: AsyncWebClient | None = None) -> None:
        known = client or await self._slack_for(installation.workspace_id)
        unknown = await census.take(self.house, installation, known)
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
        if self._hosting is not None:
            return await self._hosting.client_of(workspace_id)
        return self._clients[workspace_id]

    async def _listen(self, app: slack_app.EverboardApp) -> None:
        pages = [*self.watching.public(), *self.join_page.routes(), *self._install_pages()]
        await self._show_metrics()
        if self.settings.app_token is not None:
            await self._show_pages(pages)
            self._socket = AsyncSocketModeHandler(app, self.settings.app_token.get_secret_value())
            await self._socket.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            return
        self._web, self.url = await self._serve(app, pages)
        log.info("listening", url=self.url)

    def _install_pages(self) -> list[web.RouteDef]:
        if self._hosting is None or self._http is None:
            return []
        client = slack_app.make_client(self._http, self.settings.api_url)
        flow = slack_app.make_flow(client, self.settings, hosting.Store(self._hosting), hosting.States(self._hosting))
        return InstallPages(flow, self.house).routes()

    def _is_listening(self) -> bool:
        """Whether Slack's requests can come in."""
        if self._socket is None:
            return self._web is not None
        session = self._socket.client.current_session
        return session is not None and not session.closed

    async def _show_metrics(self) -> None:
        if self.settings.metrics_port is None:
            return
        pages, port, now = self.watching.private(), self.settings.metrics_port, self.house.clock.real
        self._metrics_web, self.metrics_url = await http.show(pages, port, now)

    async def _serve(self, app: slack_app.EverboardApp | None, pages: list[web.RouteDef]) -> tuple[web.AppRunner, str]:
        is_https = (self.settings.public_url or "").startswith("https://")
        return await http.serve(app, pages, self.settings.port, self.house.clock.real, is_https=is_https)

    async def _show_pages(self, pages: list[web.RouteDef]) -> None:
        """In Socket Mode the web pages are a side matter: without a free port the bot works without them."""
        try:
            self._web, self.pages_url = await self._serve(None, pages)
        except OSError as error:
            log.warning("no web pages", port=self.settings.port, error=str(error))

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, hand the rest back."""
        self._leaving = True
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
