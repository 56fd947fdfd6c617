"""The server: one workspace with its apps on one loopback port. Decides where requests go, not what they do."""

import asyncio
import gc
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from aiohttp import web

from sandbox.administration import Administration
from sandbox.apps import App
from sandbox.calls import CallLog
from sandbox.clock import Now, real_now
from sandbox.connect import connect
from sandbox.control_api.routes import ControlApi
from sandbox.delivery.exchange import ACK_SECONDS, Delivery, NotAcknowledged
from sandbox.delivery.socket_mode import Reason, SocketMode
from sandbox.delivery_faults import DeliveryFaults
from sandbox.fast_forward import Driver, FastForward
from sandbox.faults import Faults
from sandbox.file_server import FileServer
from sandbox.guards import guarded, is_loopback
from sandbox.hooks import Hooks
from sandbox.oauth import OAuth, install
from sandbox.oauth_page import OAuthPage
from sandbox.page_api.routes import PageApi
from sandbox.rates import Rates
from sandbox.scheduled_posts import ScheduledPosts
from sandbox.site import RETRY_DELAYS, Site
from sandbox.triggers import LIFETIME_SECONDS
from sandbox.web_api.endpoint import WebApi
from sandbox.workspace import Workspace
from sandbox.world import World

# Slack takes no larger body; a view alone may have 250 kB.
BODY_BYTES = 1024 * 1024

# Every message stays, and Python would look through the new ones for garbage after each dozen: a fifth of the time.
NEW_OBJECTS_BETWEEN_COLLECTIONS = 50_000


class Sandbox:
    """A local Slack workspace. `async with Sandbox(world, [app]) as sandbox:` starts and stops it."""

    def __init__(
        self,
        world: World,
        apps: Iterable[App],
        *,
        now: Now = real_now,
        ack_seconds: float = ACK_SECONDS,
        trigger_seconds: float = LIFETIME_SECONDS,
        retry_delays: tuple[float, ...] = RETRY_DELAYS,
        rates: bool = False,
        drivers: Sequence[Driver] = (),
        neighbours: Iterable[World] = (),
        log: Path | None = None,
    ) -> None:
        """`admin` is what an administrator may do, `workspace` everything that the parts share.

        `now` gives the calendar time (aware, UTC) that dates messages; time-outs always use the machine's own:
        `ack_seconds` for an acknowledgement, `trigger_seconds` for a trigger id, Slack's figures unless told otherwise.
        `rates` switches Slack's rate limits on. `drivers` take part when the calendar is moved (`sandbox.calendar`).
        `neighbours` are further workspaces, into which apps come by OAuth or by `install`; `log` is a file that gets
        every call and delivery as a line of JSON.
        """
        self.site = Site(
            now=now,
            ack_seconds=ack_seconds,
            trigger_seconds=trigger_seconds,
            retry_delays=retry_delays,
            rates=rates,
            log=log,
        )
        self.workspace = Workspace(world, apps, self.site)
        for neighbour in neighbours:
            Workspace(neighbour, [], self.site)
        connect(self.site)
        self.admin = Administration(self.workspace)
        self._oauth = OAuth(self.site)
        self._scheduled = [ScheduledPosts(workspace) for workspace in self.site.workspaces.values()]
        self.calendar = FastForward(self.site, (*drivers, *self._scheduled))
        self._posting: list[asyncio.Task[None]] = []
        self._runner: web.AppRunner | None = None
        self._collecting = gc.get_threshold()

    @property
    def world(self) -> World:
        """The state, to be read; what people and apps do changes it."""
        return self.workspace.world

    @property
    def calls(self) -> CallLog:
        """What went to and fro, oldest first."""
        return self.workspace.calls

    @property
    def faults(self) -> Faults:
        """What shall go wrong with the next calls of the Web API."""
        return self.workspace.faults

    @property
    def delivery_faults(self) -> DeliveryFaults:
        """What shall go wrong on the way to the app."""
        return self.workspace.delivery_faults

    @property
    def rates(self) -> Rates:
        """The rate limits, to be switched."""
        return self.workspace.rates

    def now(self) -> datetime:
        """The workspace's calendar time, aware, in UTC: what an app may take for its own."""
        return self.workspace.clock.now()

    @property
    def url(self) -> str:
        """Where the page is, such as http://127.0.0.1:8080."""
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """The Web API's base address, with the slash that Slack's own clients want at the end."""
        return f"{self.workspace.url}/api/"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises ValueError for a host that others could reach."""
        if not is_loopback(host):
            raise ValueError(f"the sandbox has no passwords, so it listens on this machine only: {host!r} is refused")
        self._collecting = gc.get_threshold()
        gc.set_threshold(NEW_OBJECTS_BETWEEN_COLLECTIONS, *self._collecting[1:])
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        self.site.url = f"http://{shown}:{bound[1]}"
        self._posting = [asyncio.create_task(one.run()) for one in self._scheduled]

    async def stop(self) -> None:
        """End every connection and stop listening."""
        for task in self._posting:
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)
        await self.site.close()
        if self._runner is not None:
            await self._runner.cleanup()
            gc.set_threshold(*self._collecting)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[guarded], client_max_size=BODY_BYTES)
        web_api, hooks = WebApi(self.site, self._oauth), Hooks(self.site)
        application.add_routes(PageApi(self.site).routes())
        application.add_routes(FileServer(self.site).routes())
        application.add_routes(OAuthPage(self.site, self._oauth).routes())
        application.add_routes(ControlApi(self).routes())
        application.router.add_route("POST", "/api/{method}", web_api.answer)
        application.router.add_route("GET", "/api/{method}", web_api.answer)
        application.router.add_route("POST", r"/{kind:commands|actions|app}/{team}/{secret}", hooks.answer)
        application.router.add_route("GET", "/link/", self._link)
        return application

    async def _link(self, request: web.Request) -> web.StreamResponse:
        transport = self.workspace.transports.get(request.query.get("app_id", ""))
        if not isinstance(transport, SocketMode):
            return web.json_response({"ok": False, "error": "invalid_app"}, status=404)
        return await transport.serve(request)

    async def settled(self) -> None:
        """Wait until every event that was caused so far is delivered, or given up after its retries."""
        await self.site.settled()

    def workspace_of(self, team: str) -> Workspace:
        """One of several workspaces, by its team id. Raises KeyError."""
        return self.site.workspaces[team]

    def administration(self, team: str) -> Administration:
        """What an administrator may do in one of several workspaces. Raises KeyError."""
        return Administration(self.workspace_of(team))

    def install(self, app: App, team: str) -> App:
        """Put an app into another workspace with all its scopes; answers it as that workspace has it."""
        return install(self.workspace_of(team), app, app.scopes)

    def install_for_organisation(self, app: App, enterprise: str) -> App:
        """Let a whole organisation have an app: one token for all its workspaces, where `team_id` tells them apart.

        Answers the installation in the first of them. Raises KeyError for an organisation without workspaces.
        """
        theirs = [ws for ws in self.site.workspaces.values() if ws.world.team.get("enterprise_id") == enterprise]
        if not theirs:
            raise KeyError(enterprise)
        installed = [install(workspace, app, app.scopes) for workspace in theirs]
        for one in installed:
            one.bot_token, one.org_wide = installed[0].bot_token, True
        return installed[0]

    async def until_connected(self, app: App, timeout: float = 30.0) -> None:  # noqa: ASYNC109 - a test's own limit
        """Wait until the app has a Socket Mode connection. Raises TimeoutError. Over HTTP there is none to wait for."""
        transport = self.workspace.transports[app.id]
        if isinstance(transport, SocketMode):
            await asyncio.wait_for(transport.until_connected(), timeout)

    async def disconnect(self, app: App, reason: Reason = "refresh_requested") -> None:
        """Tell an app's Socket Mode connections to go, as Slack does when it recycles them."""
        transport = self.workspace.transports[app.id]
        if isinstance(transport, SocketMode):
            await transport.disconnect(reason)

    async def verify_url(self, app: App) -> bool:
        """Ask the app's request URL for the challenge, as Slack does when the URL is saved."""
        challenge = secrets.token_urlsafe(24)
        payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
        try:
            answer = await self.workspace.deliver(app, Delivery("events_api", payload))
        except NotAcknowledged:
            return False
        return challenge in (answer.get("challenge"), answer.get("text"))
