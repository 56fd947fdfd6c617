"""Which response URLs still answer: five uses, thirty minutes. Does not post what is sent to them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

# Slack's own figures, on the monotonic clock.
USES = 5
LIFETIME_SECONDS = 30 * 60.0

# More clicks than anybody makes in half an hour; a long demo must not grow without end.
REMEMBERED = 10_000


@dataclass
class Reply:
    """What a response URL stands for: who acted on what, and where the answer goes."""

    app_id: str
    user: str
    channel: str
    kind: str
    message_ts: str | None = None
    thread_ts: str | None = None
    is_ephemeral: bool = False
    made: float = 0.0
    uses: int = 0


class UrlRefused(ValueError):
    """A response URL that answers no more; the message is Slack's error."""


class ResponseUrls:
    """The response URLs that were sent to apps, by their secret path."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._issued: dict[str, Reply] = {}

    def issue(self, reply: Reply) -> str:
        """The secret last part of a new URL."""
        secret = secrets.token_urlsafe(18)
        reply.made = self._monotonic()
        self._issued[secret] = reply
        if len(self._issued) > REMEMBERED:
            del self._issued[next(iter(self._issued))]
        return secret

    def use(self, secret: str) -> Reply:
        """What the URL stands for, counting this use. Raises UrlRefused."""
        reply = self._issued.get(secret)
        if reply is None or self._monotonic() - reply.made > LIFETIME_SECONDS:
            raise UrlRefused("expired_url")
        if reply.uses >= USES:
            raise UrlRefused("used_url")
        reply.uses += 1
        return reply
