"""A running workspace: its state, its apps, its clock, its log and the ways to its apps. Decides nothing on its own."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sandbox.apps import App, ManifestError
from sandbox.calls import CallLog, CallRecord
from sandbox.clock import Clock, Now
from sandbox.delivery.exchange import Delivery, NotAcknowledged, Transport
from sandbox.delivery.http import SignedHttp
from sandbox.delivery.socket_mode import SocketMode
from sandbox.delivery_faults import ON_THE_WAY, DeliveryFaults
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.rates import Rates
from sandbox.response_urls import ResponseUrls
from sandbox.scheduled import ScheduledMessages
from sandbox.shapes import JSON
from sandbox.stream import Stream
from sandbox.triggers import Triggers
from sandbox.users import user_shape
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.workflow_steps import Execution


class Workspace:
    """What the Web API, the page and the deliveries share. `url` is known once the server listens."""

    def __init__(
        self,
        world: World,
        apps: Iterable[App],
        *,
        now: Now,
        ack_seconds: float,
        retry_delays: tuple[float, ...],
        rates: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.world = world
        self.clock = Clock(now)
        self.stream = Stream()
        self.calls = CallLog(lambda record: self.stream.to_all({"type": "call", "call": record.frame()}))
        self.triggers = Triggers(world.ids, monotonic)
        self.response_urls = ResponseUrls(monotonic)
        self.files = Files(world.ids)
        self.executions: dict[str, Execution] = {}
        # Tokens beside the apps' own: each workflow step comes with one.
        self.tokens: dict[str, App] = {}
        self.scheduled = ScheduledMessages(world.ids)
        self.retry_delays = retry_delays
        self.faults = Faults()
        self.delivery_faults = DeliveryFaults()
        # Events that later ones shall pass, by app.
        self.held: dict[str, list[JSON]] = {}
        self.rates = Rates(rates, monotonic)
        self.url = ""
        self.apps: dict[str, App] = {}
        self.transports: dict[str, Transport] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._hurry = asyncio.Event()
        for app in apps:
            self._install(app, ack_seconds)

    def _install(self, app: App, ack_seconds: float) -> None:
        if app.id in self.apps:
            raise ManifestError(f"two apps have the id {app.id}")
        self.apps[app.id] = app
        self.world.users[app.bot_user_id] = self._bot_user(app)
        for name in app.channels:
            channel = self.world.find_channel(name)
            if channel is None:
                raise ManifestError(f"{app.name} shall join {name!r}, but there is no such channel")
            channel.members.append(app.bot_user_id)
        if app.transport == "socket":
            self.transports[app.id] = SocketMode(app.id, lambda on: self._tell_connected(app, on), ack_seconds)
        else:
            self.transports[app.id] = SignedHttp(app, ack_seconds)

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

    def _tell_connected(self, app: App, connected: bool) -> None:
        self.stream.to_all({"type": "app", "app": app.id, "connected": connected})

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
        ack = await self.transports[app.id].deliver(delivery)
        if fault is not None and fault.mishap == "unacknowledged":
            raise NotAcknowledged("timeout", "the acknowledgement was lost")
        return ack

    def _log_delivery(self, app: App, delivery: Delivery, started: float, outcome: JSON) -> None:
        detail = {"kind": delivery.kind, "payload": delivery.payload, "retry": delivery.retry, **outcome}
        self.log("out", delivery.name, started, error=outcome.get("error"), app=app, detail=detail)

    def log(
        self, direction: Any, name: str, started: float, *, error: str | None, app: App | None, detail: JSON
    ) -> None:
        """Write a call down; `started` is in monotonic seconds."""
        ms = round((time.monotonic() - started) * 1000, 1)
        app_id = app.id if app else None
        self.calls.add(CallRecord(self.clock.now(), direction, name, error is None, error, ms, app_id, detail))

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

    async def pause(self, seconds: float) -> None:
        """Wait, but no longer than until the calendar is moved."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """For a while nobody pauses: the calendar is being moved."""
        self._hurry.set()
        try:
            yield
        finally:
            self._hurry.clear()

    async def close(self) -> None:
        """End deliveries, pages and connections."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.stream.end()
        for transport in self.transports.values():
            await transport.close()
