"""chat.postMessage with every check, beside a bare aiohttp handler that reads the body and answers {"ok": true}.

Each serves in a process of its own; this one asks both alike, over connections that stay open.
"""

import asyncio
import json
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from aiohttp import web

from bot import manifest, sample
from domain.messages import Rendered
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.benchmarks.measuring import Figure, in_turns, ratio
from tests.views import samples
from views.alert import alert
from views.blocks import message, section

ROUNDS = 9
CALLS = 400
CONNECTIONS = 4


def _call(shown: Rendered) -> bytes:
    return json.dumps({"channel": "advocacy", "text": shown.text, "blocks": list(shown.blocks)}).encode()


ALERT = _call(alert(samples.CARD))
PLAIN = _call(message("Thank you", [section("*Thank you!* The team looks at it within 7 days.")]))

Serving = Callable[[Connection], Any]


def figures() -> list[Figure]:
    """Calls a second as a ratio, for the bot's largest message and for a plain one."""
    with_checks, bare = Server(_sandbox), Server(_bare)
    try:
        both = (("plain", PLAIN), ("alert", ALERT))
        return [figure for name, body in both for figure in _of(name, body, with_checks, bare)]
    finally:
        with_checks.end()
        bare.end()


def _of(name: str, body: bytes, with_checks: "Server", bare: "Server") -> list[Figure]:
    before = with_checks.busy(), bare.busy()
    pairs = in_turns(ROUNDS, lambda: _run(with_checks, body), lambda: _run(bare, body))
    busy, bare_busy = with_checks.busy() - before[0], bare.busy() - before[1]
    best = max(rate for rate, _ in pairs)
    note = f"{best:.0f} a second at best, {len(body) / 1024:.1f} kB"
    # Where other work takes the processor in turns with the servers, only the second of the two means much.
    return [
        Figure(f"chat.postMessage, {name}: rate beside a bare handler", ratio(pairs), "×", goal=0.4, note=note),
        Figure(f"chat.postMessage, {name}: the same by processor time", bare_busy / busy, "×", goal=0.4),
    ]


class Server:
    """A server in a process of its own."""

    def __init__(self, serving: Serving) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(serving, theirs))
        self._process.start()
        self.port, self.token = self._line.recv()

    def busy(self) -> float:
        """Seconds of processor time that it has taken."""
        self._line.send("busy")
        return float(self._line.recv())

    def end(self) -> None:
        """Stop it."""
        self._line.send("end")
        self._process.join()


def _serve(serving: Serving, line: Connection) -> None:
    asyncio.run(serving(line))


async def _sandbox(line: Connection) -> None:
    app = App.from_manifest(manifest.socket_mode(manifest.load()), channels=["advocacy"])
    async with Sandbox(World.from_dict(sample.slack_world()), [app]) as running:
        await _listen(line, int(running.url.rpartition(":")[2]), app.bot_token)


async def _bare(line: Connection) -> None:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"ok": True})

    application = web.Application()
    application.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await _listen(line, runner.addresses[0][1], "nobody")
    await runner.cleanup()


async def _listen(line: Connection, port: int, token: str) -> None:
    line.send((port, token))
    while await asyncio.to_thread(line.recv) == "busy":
        line.send(time.process_time())


def _run(server: Server, body: bytes) -> float:
    return asyncio.run(_rate(server, body))


async def _rate(server: Server, body: bytes) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(_ask(server, body, CALLS // CONNECTIONS) for _ in range(CONNECTIONS)))
    return CALLS / (time.perf_counter() - began)


async def _ask(server: Server, body: bytes, times: int) -> None:
    """One connection that asks again as soon as it is answered. Written by hand: a client would cost more than both."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = (
        f"POST /api/chat.postMessage HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Authorization: Bearer {server.token}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    for _ in range(times):
        writer.write(head.encode() + body)
        answered = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in answered.split(b"\r\n") if line.lower().startswith(b"content-length"))
        found = await reader.readexactly(int(length.rpartition(b":")[2]))
        if not found.startswith((b'{"ok":true', b'{"ok": true')):
            raise AssertionError(found)
    writer.close()
    await writer.wait_closed()
