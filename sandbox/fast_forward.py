"""Moving the calendar forward, from one due thing to the next, as if the time had passed. Never back.

An app takes part with a `Driver`. Monotonic time stays real: triggers, time-outs and signatures are not aged. While the
calendar moves, rate limits are lifted and events that wait for their next try get it at once.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sandbox.site import Site


class Driver(Protocol):
    """What runs by the calendar: the schedules of an app, or the workspace's own."""

    async def next_due(self, after: datetime) -> datetime | None:
        """The first instant later than `after` (aware, UTC) at which something is due; None for nothing."""

    async def tick(self, now: datetime) -> None:
        """Do what is due at `now`, and come back when it is done."""


class NotMoved(ValueError):
    """The calendar cannot be moved like that; the message says why."""


@dataclass(frozen=True)
class Moved:
    """A move of the calendar and the instants at which something was due on the way."""

    start: datetime
    end: datetime
    ticks: tuple[datetime, ...]


class FastForward:
    """Moves the calendar of one site."""

    def __init__(self, site: Site, drivers: Sequence[Driver]) -> None:
        self._site = site
        self._drivers = list(drivers)
        self._moving = asyncio.Lock()

    def join(self, driver: Driver) -> None:
        """Let a driver take part from now on: an app often starts after its workspace."""
        self._drivers.append(driver)

    def leave(self, driver: Driver) -> None:
        """A driver that goes."""
        self._drivers.remove(driver)

    async def next_due(self) -> datetime | None:
        """When the next thing is due; None when nothing is."""
        return await self._due(self._site.clock.now())

    async def by(self, time: timedelta) -> Moved:
        """Move forward by so much, such as a day or a week. Raises NotMoved."""
        return await self.to(self._site.clock.now() + time)

    async def to_next(self) -> Moved:
        """Move to the next due thing. Raises NotMoved when nothing is due."""
        due = await self.next_due()
        if due is None:
            raise NotMoved("nothing is scheduled")
        return await self.to(due)

    async def to(self, target: datetime) -> Moved:
        """Move to an instant (aware); what is due until then happens in order, each after the last one has settled.

        Raises NotMoved for an instant that has passed.
        """
        if target.tzinfo is None:
            raise NotMoved("the time needs a time zone")
        async with self._moving:
            start, began = self._site.clock.now(), time.monotonic()
            if target < start:
                raise NotMoved("time does not go back")
            with self._site.rates.lifted(), self._site.hurried():
                ticks = await self._run(start, target)
            self._site.clock.move_to(target)
            moved = Moved(start, self._site.clock.now(), tuple(ticks))
        self._tell(moved, began)
        return moved

    async def _run(self, cursor: datetime, target: datetime) -> list[datetime]:
        ticks: list[datetime] = []
        await self._site.settled()
        while (due := await self._due(cursor)) is not None and due <= target:
            self._site.clock.move_to(due)
            for driver in self._drivers:
                await driver.tick(due)
            await self._site.settled()
            ticks.append(due)
            cursor = due
        return ticks

    async def _due(self, after: datetime) -> datetime | None:
        found = [due for driver in self._drivers if (due := await driver.next_due(after)) is not None]
        for due in found:
            if due <= after:
                raise NotMoved(f"a driver named {due.isoformat()} as the next time after {after.isoformat()}")
        return min(found, default=None)

    def _tell(self, moved: Moved, began: float) -> None:
        """Pages show the new time; the log says that rates were lifted."""
        for workspace in self._site.workspaces.values():
            workspace.stream.to_all({"type": "clock", "now": moved.end.isoformat()})
        detail = {
            "from": moved.start.isoformat(),
            "to": moved.end.isoformat(),
            "ticks": [tick.isoformat() for tick in moved.ticks],
            "rates_lifted": True,
        }
        self._site.log("out", "clock moved", began, error=None, app=None, detail=detail)
