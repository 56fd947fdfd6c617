"""What all workspaces on one server share: the clock, the log, the faults, the ways to the apps. Decides nothing."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.apps import App
from sandbox.call_file import CallFile
from sandbox.calls import CallLog, CallRecord, Detail, Direction
from sandbox.clock import Clock, Now, real_now
from sandbox.delivery.exchange import ACK_SECONDS, Transport
from sandbox.delivery_faults import DeliveryFaults
from sandbox.downloads import Downloads
from sandbox.faults import Faults
from sandbox.invitation import Invitation
from sandbox.rates import Rates
from sandbox.triggers import LIFETIME_SECONDS

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

# After these many seconds an event comes again when the app did not acknowledge it.
RETRY_DELAYS = (0.0, 60.0, 300.0)


class Site:
    """One server. `workspaces` are by team id, the first one is where the server began; `apps` by their client id."""

    def __init__(
        self,
        *,
        now: Now = real_now,
        ack_seconds: float = ACK_SECONDS,
        trigger_seconds: float = LIFETIME_SECONDS,
        retry_delays: tuple[float, ...] = RETRY_DELAYS,
        rates: bool = False,
        log: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = Clock(now)
        self.monotonic = monotonic
        self.ack_seconds = ack_seconds
        self.trigger_seconds = trigger_seconds
        self.retry_delays = retry_delays
        self.rates = Rates(rates, monotonic)
        self.faults = Faults()
        self.delivery_faults = DeliveryFaults()
        self.downloads = Downloads()
        self.calls = CallLog(self._tell)
        self.workspaces: dict[str, Workspace] = {}
        self.transports: dict[str, Transport] = {}
        self.apps: dict[str, App] = {}
        # Invitations to share a channel, by their id.
        self.invitations: dict[str, Invitation] = {}
        self.url = ""
        self._file = CallFile(log) if log is not None else None
        self._hurry = asyncio.Event()

    def log(
        self,
        direction: Direction,
        name: str,
        started: float,
        *,
        error: str | None,
        app: App | None,
        detail: Detail,
    ) -> None:
        """Write a call down; `started` is in monotonic seconds."""
        ms = round((time.monotonic() - started) * 1000, 1)
        self.calls.add(self.clock.now(), direction, name, error, ms, app.id if app else None, detail)

    def _tell(self, record: CallRecord) -> None:
        streams = [workspace.stream for workspace in self.workspaces.values() if workspace.stream.has_listeners]
        if streams:
            frame = {"type": "call", "call": record.frame()}
            for stream in streams:
                stream.to_all(frame)
        if self._file is not None:
            self._file.write(record)

    def connected(self, app_id: str, on: bool) -> None:
        """An app came or went: the pages of every workspace that has it show that."""
        for workspace in self.workspaces.values():
            if app_id in workspace.apps:
                workspace.stream.to_all({"type": "app", "app": app_id, "connected": on})

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

    async def settled(self) -> None:
        """Wait until every event that was caused so far is delivered or given up, in every workspace."""
        for workspace in self.workspaces.values():
            await workspace.settled()

    async def close(self) -> None:
        """End deliveries, pages and connections."""
        for workspace in self.workspaces.values():
            await workspace.close()
        for transport in self.transports.values():
            await transport.close()
        if self._file is not None:
            self._file.close()
