"""Posts what apps have scheduled when the calendar says so. Does not check it: that was done when it was scheduled."""

import asyncio
from contextlib import suppress
from datetime import datetime

from sandbox.posting import bot_message, post
from sandbox.scheduled import Scheduled
from sandbox.workspace import Workspace

# The calendar may be somebody else's, who moves it without a word: look again after so many seconds.
LOOK_AGAIN = 5.0


class ScheduledPosts:
    """Works off the queue of one workspace; a driver of its calendar."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    async def next_due(self, after: datetime) -> datetime | None:
        """When the next message later than `after` is due."""
        return next((one.due for one in self._ws.scheduled.all() if one.due > after), None)

    async def tick(self, now: datetime) -> None:
        """Post what is due at `now`, in order."""
        for one in self._ws.scheduled.all():
            if one.due <= now:
                self._ws.scheduled.remove(one.id)
                self._post(one)

    async def run(self) -> None:
        """Post each message as its time comes, until cancelled."""
        queue = self._ws.scheduled
        while True:
            await self.tick(self._ws.clock.now())
            queue.changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._wait()):
                    await queue.changed.wait()

    def _wait(self) -> float | None:
        """Seconds until the next look; None until something changes."""
        queue = self._ws.scheduled.all()
        if not queue:
            return None
        return min(max((queue[0].due - self._ws.clock.now()).total_seconds(), 0.0), LOOK_AGAIN)

    def _post(self, one: Scheduled) -> None:
        error = self._refusal(one)
        detail = {"scheduled_message_id": one.id, "channel": one.channel}
        self._ws.log("out", "scheduled message", self._ws.started(), error=error, app=one.app, detail=detail)
        if error is None:
            post(self._ws, self._ws.world.channels[one.channel], bot_message(self._ws, one.app, one.content))

    def _refusal(self, one: Scheduled) -> str | None:
        """Why a message is not posted after all: the app is not told, as with Slack."""
        channel = self._ws.world.channels[one.channel]
        if one.content.get("metadata"):
            return "scheduled messages with metadata are not posted"
        if channel.is_archived:
            return "is_archived"
        if not one.app.installed:
            return "account_inactive"
        if one.content.get("thread_ts") and one.content["thread_ts"] not in channel.messages:
            return "thread_not_found"
        public = channel.kind == "public_channel" and "chat:write.public" in one.app.scopes
        return None if public or one.app.bot_user_id in channel.members else "not_in_channel"
