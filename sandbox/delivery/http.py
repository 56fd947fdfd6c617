"""Requests to an app over HTTP, signed as Slack signs them (v0). Does not decide what is sent."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.apps import App
from sandbox.delivery.exchange import ACK_SECONDS, Delivery, NotAcknowledged
from sandbox.shapes import JSON
from sandbox.strict_json import parse

# So old looks a request that somebody has kept and sends again; apps must refuse more than five minutes.
STALE_SECONDS = 600

_FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    """The way to one app that listens on a request URL."""

    def __init__(self, app: App, ack_seconds: float = ACK_SECONDS) -> None:
        self._app = app
        self._timeout = ClientTimeout(total=ack_seconds)
        self._session: ClientSession | None = None

    @property
    def connected(self) -> bool:
        """Whether a request URL is known; nobody can tell whether the app listens there."""
        return bool(self._app.url_for("interactive"))

    async def deliver(self, delivery: Delivery) -> JSON:
        """Send a request and answer the body of a 200. Raises NotAcknowledged."""
        url = self._app.url_for(delivery.kind, delivery.payload.get("command"))
        if not url:
            raise NotAcknowledged("connection_failed", "the app has no request URL")
        content_type, body = encode(delivery)
        headers = {"Content-Type": content_type, **_retry_headers(delivery), **self._signature(delivery, body)}
        try:
            return await self._send(url, headers, body)
        except TimeoutError:
            raise NotAcknowledged("timeout", "the app did not answer in time") from None
        except ClientError as error:
            raise NotAcknowledged("connection_failed", str(error)) from error

    async def close(self) -> None:
        """Close the connections that were kept open."""
        if self._session is not None:
            await self._session.close()

    async def _send(self, url: str, headers: dict[str, str], body: bytes) -> JSON:
        if self._session is None:
            self._session = ClientSession()
        async with self._session.post(
            url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False
        ) as answer:
            text = await answer.text()
            if answer.status != 200:
                raise NotAcknowledged("http_error", f"the app answered {answer.status}", answer.status)
            return _ack_body(text)

    def _signature(self, delivery: Delivery, body: bytes) -> dict[str, str]:
        # The signature's time is the machine's: a moved calendar must not make requests look replayed.
        at = int(time.time()) - (STALE_SECONDS if delivery.signature == "stale" else 0)
        secret = "forged" if delivery.signature == "forged" else self._app.signing_secret
        return signature_headers(secret, body, at)


def signature_headers(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The two headers that prove a request to be Slack's. `timestamp` is in seconds since 1970 UTC."""
    base = b"v0:%d:%s" % (timestamp, body)
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def encode(delivery: Delivery) -> tuple[str, bytes]:
    """The content type and the body: commands as a form, interactions as a form's `payload`, events as JSON."""
    if delivery.kind == "slash_commands":
        values = {k: _form_value(v) for k, v in delivery.payload.items() if v is not None}
        return _FORM, urlencode(values).encode()
    if delivery.kind == "interactive":
        return _FORM, urlencode({"payload": json.dumps(delivery.payload)}).encode()
    return "application/json", json.dumps(delivery.payload).encode()


def _form_value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _retry_headers(delivery: Delivery) -> dict[str, str]:
    if not delivery.retry:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.retry), "X-Slack-Retry-Reason": delivery.retry_reason}


def _ack_body(text: str) -> JSON:
    """An acknowledgement's body: JSON, or the plain text that a command may answer."""
    if not text.strip():
        return {}
    try:
        body = parse(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}
