"""A running workspace: its state, its apps, its clock, its log and the ways to its apps. Decides nothing on its own."""

import asyncio
import time
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.apps import App, ManifestError
from sandbox.connect import introduce
from sandbox.delivery.exchange import Delivery, NotAcknowledged
from sandbox.delivery.http import SignedHttp
from sandbox.delivery.socket_mode import SocketMode
from sandbox.delivery_faults import ON_THE_WAY
from sandbox.files import Files
from sandbox.response_urls import ResponseUrls
from sandbox.scheduled import ScheduledMessages
from sandbox.shapes import JSON
from sandbox.site import Site
from sandbox.stream import Stream
from sandbox.triggers import Triggers
from sandbox.users import user_shape
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.workflow_steps import Execution


class Workspace:
    """What the Web API, the page and the deliveries share. What concerns all workspaces of a server is its site's."""

    def __init__(self, world: World, apps: Iterable[App], site: Site) -> None:
        """Joins the site; raises ManifestError for apps that cannot be installed, or a second team of one id."""
        if world.team["id"] in site.workspaces:
            raise ManifestError(f"two workspaces have the id {world.team['id']}")
        self.world = world
        self.site = site
        self.clock, self.calls, self.rates, self.log = site.clock, site.calls, site.rates, site.log
        self.faults, self.delivery_faults, self.transports = site.faults, site.delivery_faults, site.transports
        self.pause, self.hurried, self.retry_delays = site.pause, site.hurried, site.retry_delays
        self.stream = Stream()
        self.triggers = Triggers(world.ids, site.monotonic, site.trigger_seconds)
        self.response_urls = ResponseUrls(site.monotonic)
        self.files = Files(world.ids)
        self.executions: dict[str, Execution] = {}
        # Tokens beside the apps' own: each workflow step comes with one.
        self.tokens: dict[str, App] = {}
        self.scheduled = ScheduledMessages(world.ids)
        # Events that later ones shall pass, by app.
        self.held: dict[str, list[JSON]] = {}
        # The minute in which an app was last told that it misses events.
        self.limited_at: dict[str, int] = {}
        self.apps: dict[str, App] = {}
        # How each app's bot shows in its messages: one object for all of them.
        self.profiles: dict[str, JSON] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        site.workspaces[world.team["id"]] = self
        for app in apps:
            if app.id in self.apps:
                raise ManifestError(f"two apps have the id {app.id}")
            self.install(app)

    @property
    def url(self) -> str:
        """Where the server listens, once it does."""
        return self.site.url

    def install(self, app: App) -> None:
        """Put an app into the workspace, in the place of an earlier installation. Raises ManifestError."""
        self.apps[app.id] = app
        self.site.apps.setdefault(app.client_id, app)
        self.world.users[app.bot_user_id] = self._bot_user(app)
        self.profiles[app.id] = self._profile(app)
        for name in app.channels:
            channel = self.world.find_channel(name)
            if channel is None:
                raise ManifestError(f"{app.name} shall join {name!r}, but there is no such channel")
            if app.bot_user_id not in channel.members:
                channel.members.append(app.bot_user_id)
        introduce(self)
        if app.id not in self.transports:
            self._connect(app)

    def _connect(self, app: App) -> None:
        """One way to each app, however many workspaces have it."""
        seconds = self.site.ack_seconds
        if app.transport == "socket":
            self.transports[app.id] = SocketMode(app.id, lambda on: self.site.connected(app.id, on), seconds)
        else:
            self.transports[app.id] = SignedHttp(app, seconds)

    def _bot_user(self, app: App) -> JSON:
        seed = {
            "id": app.bot_user_id,
            "name": app.name.lower().replace(" ", "_"),
            "real_name": app.display_name,
            "is_bot": True,
            "bot_id": app.bot_id,
            "api_app_id": app.id,
            "tz": "America/Los_Angeles",
        }
        return user_shape(seed, team_id=self.world.team["id"], at=self.clock.now())

    def _profile(self, app: App) -> JSON:
        return {
            "id": app.bot_id,
            "app_id": app.id,
            "name": app.name,
            "icons": {},
            "deleted": False,
            "updated": self.clock.seconds(),
            "team_id": self.world.team["id"],
        }

    def app_of_bot(self, user_id: str) -> App | None:
        """The app whose bot user this is."""
        return next((app for app in self.apps.values() if app.bot_user_id == user_id), None)

    async def deliver(self, app: App, delivery: Delivery) -> JSON:
        """Send something to the app, write it down, and answer the acknowledgement. Raises NotAcknowledged."""
        started = self.started()
        try:
            ack = await self._send(app, delivery)
        except NotAcknowledged as error:
            self._log_delivery(app, delivery, started, {"reason": error.reason, "error": str(error)})
            raise
        self._log_delivery(app, delivery, started, {"ack": ack})
        return ack

    async def _send(self, app: App, delivery: Delivery) -> JSON:
        fault = self.delivery_faults.take(delivery.name, ON_THE_WAY)
        if fault is not None and fault.mishap == "unreachable":
            raise NotAcknowledged("connection_failed", "the app could not be reached")
        if fault is not None and fault.mishap == "late":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.mishap in ("forged", "stale"):
            delivery = replace(delivery, signature="forged" if fault.mishap == "forged" else "stale")
        ack = await self.transports[app.id].deliver(delivery)
        if fault is not None and fault.mishap == "unacknowledged":
            raise NotAcknowledged("timeout", "the acknowledgement was lost")
        return ack

    def _log_delivery(self, app: App, delivery: Delivery, started: float, outcome: JSON) -> None:
        detail = {"kind": delivery.kind, "payload": delivery.payload, "retry": delivery.retry, **outcome}
        self.log("out", delivery.name, started, error=outcome.get("error"), app=app, detail=detail)

    def started(self) -> float:
        """Now in monotonic seconds, for `log`."""
        return time.monotonic()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside what was asked for, such as sending an event."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until every event that was caused so far is delivered or given up."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        """End deliveries and pages."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.stream.end()
