"""Socket Mode: tickets, connections, envelopes and their acknowledgements. Does not decide what is sent."""

import asyncio
import itertools
import secrets
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from aiohttp import WSMsgType, web

from sandbox.delivery.exchange import ACK_SECONDS, Delivery, NotAcknowledged
from sandbox.shapes import JSON
from sandbox.strict_json import parse

# Slack's own figure, deploy overlap included.
CONNECTION_LIMIT = 10

# Slack's Node client takes a connection for dead on which the server did not ping for 30 seconds, however busy it was.
PING_SECONDS = 10.0

Reason = Literal["warning", "refresh_requested", "link_disabled"]


class SocketMode:
    """The open connections of one app. Each envelope goes to one of them, in turn."""

    def __init__(
        self,
        app_id: str,
        on_change: Callable[[bool], None],
        ack_seconds: float = ACK_SECONDS,
        ping_seconds: float = PING_SECONDS,
    ) -> None:
        self._app_id = app_id
        self._on_change = on_change
        self._ack_seconds = ack_seconds
        self._ping_seconds = ping_seconds
        self._tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[JSON]] = {}
        self._open = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether a connection is open."""
        return bool(self._connections)

    def issue_ticket(self) -> str:
        """A ticket that opens one connection."""
        ticket = secrets.token_urlsafe(18)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from the handshake until it is closed. A used or unknown ticket is refused."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        self._tickets.remove(ticket)
        if len(self._connections) >= CONNECTION_LIMIT:
            return web.json_response({"ok": False, "error": "too_many_websockets"}, status=403)
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        await socket.send_json(self._hello(request.host))
        self._connections.append(socket)
        self._changed()
        pinging = asyncio.create_task(self._ping(socket))
        try:
            await self._read(socket)
        finally:
            pinging.cancel()
            self._forget(socket)
        return socket

    async def deliver(self, delivery: Delivery) -> JSON:
        """Send an envelope over one connection and wait for its acknowledgement. Raises NotAcknowledged."""
        if not self._connections:
            raise NotAcknowledged("connection_failed", "the app is not connected")
        socket = self._connections[next(self._turn) % len(self._connections)]
        envelope = _envelope(delivery)
        answer: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        try:
            async with asyncio.timeout(self._ack_seconds):
                await socket.send_json(envelope)
                return await answer
        except TimeoutError:
            raise NotAcknowledged("timeout", "the app did not acknowledge in time") from None
        except ConnectionError as error:
            raise NotAcknowledged("connection_failed", "the connection broke") from error
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def disconnect(self, reason: Reason) -> None:
        """Tell every connection to go, as Slack does before it recycles them; `warning` leaves them open."""
        for socket in list(self._connections):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            if reason != "warning":
                # Nothing is sent over it from now on, however long the closing takes.
                self._forget(socket)
                await socket.close()

    async def close(self) -> None:
        """Close every connection without a word."""
        for socket in list(self._connections):
            await socket.close()

    async def until_connected(self) -> None:
        """Wait until a connection is open."""
        await self._open.wait()

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._connections:
            self._connections.remove(socket)
            self._changed()

    def _changed(self) -> None:
        if self.connected:
            self._open.set()
        else:
            self._open.clear()
        self._on_change(self.connected)

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        with suppress(ConnectionError):
            while not socket.closed:
                await asyncio.sleep(self._ping_seconds)
                await socket.ping(b"Ping from the sandbox")

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._acknowledge(frame.data)

    def _acknowledge(self, text: str) -> None:
        """Take an acknowledgement. What is none, or comes too late, is dropped, as Slack does."""
        try:
            ack = parse(text)
        except ValueError:
            return
        if not isinstance(ack, dict):
            return
        waiting = self._waiting.get(str(ack.get("envelope_id")))
        if waiting is not None and not waiting.done():
            body = ack.get("payload")
            waiting.set_result(body if isinstance(body, dict) else {"text": body} if body else {})

    def _hello(self, host: str) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "debug_info": {"host": host, "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }


def _envelope(delivery: Delivery) -> JSON:
    envelope = {
        "envelope_id": str(uuid.uuid4()),
        "type": delivery.kind,
        "accepts_response_payload": delivery.kind != "events_api",
        "payload": delivery.payload,
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": delivery.retry, "retry_reason": delivery.retry_reason}
    return envelope
