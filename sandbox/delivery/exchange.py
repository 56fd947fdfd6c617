"""What a delivery to an app is, and what may come back. Knows no transport."""

from dataclasses import dataclass
from typing import Literal, Protocol

from sandbox.shapes import JSON

Kind = Literal["slash_commands", "interactive", "events_api"]
Reason = Literal["timeout", "http_error", "connection_failed"]

# Slack waits this long for an acknowledgement, then tells the person that it failed.
ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Delivery:
    """One thing that the app is told. `retry` counts from 1 when an event comes again."""

    kind: Kind
    payload: JSON
    retry: int = 0
    retry_reason: str = ""
    signature: Literal["good", "forged", "stale"] = "good"

    @property
    def name(self) -> str:
        """How the log calls it: the command, the interaction's type or the event's."""
        if self.kind == "slash_commands":
            return str(self.payload["command"])
        event = self.payload.get("event")
        return str(event["type"] if event else self.payload["type"])


class NotAcknowledged(Exception):
    """The app did not acknowledge. `reason` is Slack's word; `status` the HTTP status where there was one."""

    def __init__(self, reason: Reason, detail: str, status: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.status = status


class Transport(Protocol):
    """A way to one app."""

    @property
    def connected(self) -> bool:
        """Whether somebody is there to take a delivery."""

    async def deliver(self, delivery: Delivery) -> JSON:
        """Send it and answer the acknowledgement's body, {} for an empty one. Raises NotAcknowledged."""

    async def close(self) -> None:
        """Hang up."""
