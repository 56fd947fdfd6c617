"""The delivery loop: claims what is due, sends it at its time, and stops without losing anything.

Decides when to look for work and how much to take; what may be claimed is decided by storage.delivery, what a
send does by schedules.sending. One of it runs in every process; the database keeps them apart.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from domain.clock import Clock
from domain.messages import Lane
from schedules.channels import Channels
from schedules.doubts import Settler
from schedules.meter import Meter
from schedules.records import Pause, Records, log
from schedules.sending import Sender, SlackFor
from storage import delivery, pace
from storage.database import Database, DatabaseBusyError
from storage.delivery import Claimed
from storage.guard import GuardedSession

POLL = 1.0
"""Seconds between looks when there was nothing to do: another replica's messages do not ring here."""

BUSY_POLL = 0.25
"""Seconds between looks while there is work: what one workspace's pace takes for a message."""

AT_ONCE = {Lane.INTERACTIVE: 20, Lane.BULK: 20}
"""Messages in flight: many workspaces at 4 a second, each answered in well under a second; and no more
outcomes at the same time than an embedded database writes at once. Bulk has its own places, so that urgent messages
always find one."""

SEND_TIMEOUT = 15.0
"""Seconds for a call to Slack, which mostly takes less than one; see storage.delivery.LEASE."""

TIDY = timedelta(hours=1)
"""Between clearings of paces that nobody needs any more."""

PATIENCE = timedelta(minutes=1)
"""How long `drain` waits for Slack's pace; what is told to wait longer is left to the loop."""

SEEN_OFTEN = 3
"""Claims of one message within one `drain` from which on it takes a breath between rounds."""


class Delivery:
    """Sends the outbox. `pause` waits in real seconds; `owner` is unique among the replicas."""

    def __init__(
        self,
        db: Database,
        slack_for: SlackFor,
        clock: Clock,
        rng: random.Random,
        *,
        pause: Pause = asyncio.sleep,
        timeout: float = SEND_TIMEOUT,
        owner: str | None = None,
        channels: Channels | None = None,
        meter: Meter | None = None,
    ) -> None:
        self.owner = owner or uuid4().hex
        self._db, self._clock, self._pause = db, clock, pause
        self._records = Records(db, clock, rng, owner=self.owner, pause=pause, wake=self.wake, meter=meter or Meter())
        self._sender = Sender(self._records, channels or Channels(db), slack_for, clock, timeout, pause)
        self._settler = Settler(self._records, slack_for, clock, timeout)
        self._in_flight: dict[asyncio.Task[None], Lane] = {}
        self._rung = asyncio.Event()
        self._stop = asyncio.Event()
        self._tidied = clock.real()

    def wake(self) -> None:
        """Look at once: something was committed in this process. To be called in the event loop."""
        self._rung.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; then finish what is being sent and give the rest back."""
        self._stop = stop
        while not stop.is_set():
            self._rung.clear()
            # What was claimed ahead of its time is still to leave: more of it may be claimed before long.
            is_busy = await self._try_round() or bool(self._in_flight)
            await self._rest(stop, BUSY_POLL if is_busy else POLL)
        await self._finish()

    async def drain(self, *, paced: bool = True) -> None:
        """Send all that is due now, and wait for it; what is in doubt or told to wait long stays.

        `paced=False` lifts our rates, for a calendar that is moved quickly. Raises DatabaseBusyError.
        """
        claims: Counter[str] = Counter()
        while True:
            claimed = await self._round(paced=paced)
            await self._finish()
            claims.update(message.id for message in claimed)
            if claimed and max(claims.values()) < SEEN_OFTEN:
                continue
            if not claimed and not (paced and await self._due_soon()):
                return
            await self._pause(BUSY_POLL)

    async def next_due(self) -> datetime | None:
        """The next calendar time at which a message is due, for a calendar that is moved from one to the next."""
        return await self._db.across(delivery.next_due, self._clock.now())

    async def _due_soon(self) -> bool:
        return await self._db.across(delivery.anything_due, self._clock.now(), self._clock.real() + PATIENCE)

    async def _try_round(self) -> bool:
        try:
            if self._clock.real() - self._tidied > TIDY:
                self._tidied = self._clock.real()
                await self._db.across(pace.forget, self._tidied)
            return bool(await self._round(paced=True))
        except DatabaseBusyError as error:
            structlog.get_logger("delivery").warning("database busy", error=str(error))
            return False
        except Exception:  # noqa: BLE001  # one round of many, logged: a loop that ended here would end unnoticed
            structlog.get_logger("delivery").exception("round failed")
            return False

    async def _round(self, *, paced: bool) -> list[Claimed]:
        """Claim what there is room for and begin sending it."""
        doubtful, claimed = await self._db.across(_work, self.owner, self._clock, self._room(), paced=paced)
        for message in doubtful:
            self._begin(message, self._settler.settle(message))
        for message in claimed:
            self._begin(message, self._at_its_time(message))
        return [*doubtful, *claimed]

    def _room(self) -> dict[Lane, int]:
        flying = Counter(self._in_flight.values())
        return {lane: places - flying[lane] for lane, places in AT_ONCE.items()}

    def _begin(self, message: Claimed, work: Awaitable[None]) -> None:
        task = asyncio.create_task(_guarded(message, work), name=f"send {message.id}")
        self._in_flight[task] = message.lane
        task.add_done_callback(self._in_flight.pop)

    async def _at_its_time(self, message: Claimed) -> None:
        wait = (message.send_at - self._clock.real()).total_seconds()
        if wait > 0:
            await self._pause(wait)
        if self._stop.is_set():
            await self._records.hand_back([message])
        else:
            await self._sender.send(message)

    async def _rest(self, stop: asyncio.Event, seconds: float) -> None:
        """Until it is time, somebody rings, or the end has come."""
        waits = [asyncio.ensure_future(wait) for wait in (stop.wait(), self._rung.wait(), self._pause(seconds))]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def _finish(self) -> None:
        while self._in_flight:
            await asyncio.wait(list(self._in_flight))


def _work(
    session: GuardedSession, owner: str, clock: Clock, room: dict[Lane, int], *, paced: bool
) -> tuple[list[Claimed], list[Claimed]]:
    """What is in doubt and what is due, in one transaction."""
    if not any(room.values()):
        return [], []
    doubtful = delivery.claim_doubtful(session, owner, clock.real(), max(room.values()))
    return doubtful, delivery.claim(session, owner, clock.now(), clock.real(), room, paced=paced)


async def _guarded(message: Claimed, work: Awaitable[None]) -> None:
    """One message of many: whatever happens to it, the others go on, and its lease runs out."""
    try:
        await work
    except Exception:  # noqa: BLE001  # logged with its trace; the message is in doubt and is looked after
        log(message).exception("sending failed")
