"""Messages that apps have scheduled, until they are due. Decides neither whether nor how they are posted."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.apps import App
from sandbox.clock import Ids
from sandbox.shapes import JSON


@dataclass(frozen=True)
class Scheduled:
    """One message to come. `post_at` and `created` are in seconds since 1970 UTC; `content` has been checked."""

    id: str
    app: App
    channel: str
    post_at: int
    created: int
    content: JSON

    @property
    def due(self) -> datetime:
        """When it is to be posted, aware, in UTC."""
        return datetime.fromtimestamp(self.post_at, UTC)


class ScheduledMessages:
    """The queue of one workspace. `changed` is set when something came into it."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._queue: dict[str, Scheduled] = {}
        self.changed = asyncio.Event()

    def add(self, app: App, channel: str, *, post_at: int, created: int, content: JSON) -> Scheduled:
        """Keep a message until it is due."""
        made = Scheduled(self._ids.new("Q"), app, channel, post_at, created, content)
        self._queue[made.id] = made
        self.changed.set()
        return made

    def find(self, message_id: str) -> Scheduled | None:
        """A message that is still to come."""
        return self._queue.get(message_id)

    def remove(self, message_id: str) -> None:
        """Forget a message."""
        del self._queue[message_id]

    def all(self) -> list[Scheduled]:
        """What is to come, the soonest first."""
        return sorted(self._queue.values(), key=lambda one: one.post_at)
