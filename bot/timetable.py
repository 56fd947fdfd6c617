"""Everboard's part when the local workspace moves its calendar forward: what is due on the way, and doing it."""

from datetime import datetime

from bot.service import Everboard


class Timetable:
    """Names the next due instant of jobs and messages, and runs them; a driver as sandbox.fast_forward wants it."""

    def __init__(self) -> None:
        self.everboard: Everboard | None = None
        """The bot, once it runs; until then nothing is due."""

    async def next_due(self, after: datetime) -> datetime | None:
        """The first instant later than `after` at which a job or a message is due."""
        if self.everboard is None:
            return None
        found = (await self.everboard.ticker.next_due(after), await self.everboard.delivery.next_due())
        return min((due for due in found if due is not None and due > after), default=None)

    async def tick(self, now: datetime) -> None:
        """Run the jobs that are due and send what they wrote, without the pauses that real time would ask for."""
        if self.everboard is not None:
            await self.everboard.ticker.tick(now)
            await self.everboard.delivery.drain(paced=False)
