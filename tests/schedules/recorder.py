"""A tiny Slack at the wire: it keeps what is posted, and misbehaves as told."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.outbox import MovableClock

Json = dict[str, Any]


@dataclass(frozen=True)
class Trouble:
    """How a call goes wrong: an HTTP status, an error, a cut connection; before or after it has had its effect."""

    error: str = ""
    status: int = 200
    retry_after: str | None = None
    cut: bool = False
    happens: bool = False
    meanwhile: Callable[[], None] | None = None


@dataclass
class Slack:
    """Conversations with their messages, and the troubles still to come for each method."""

    clock: MovableClock
    url: str = ""
    channels: dict[str, str] = field(default_factory=lambda: {"advocacy": "CADV", "general": "CGEN"})
    messages: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, Json]] = field(default_factory=list)
    troubles: dict[str, list[Trouble]] = field(default_factory=lambda: defaultdict(list))
    always: dict[tuple[str, str], str] = field(default_factory=dict)
    scopes: str = "chat:write,metadata.message:read"
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    posted: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event | None = None
    _number: int = 0

    def client(self) -> AsyncWebClient:
        """A client as the bot has it, with the SDK's own retries."""
        return AsyncWebClient(token="xoxb-1", base_url=f"{self.url}/api/")

    def texts(self, conversation: str) -> list[str]:
        """What people read there."""
        return [message["text"] for message in self.messages[conversation]]

    def called(self, method: str) -> list[Json]:
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any Web API call."""
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        self.arrived.set()
        if self.gate is not None:
            await self.gate.wait()
        troubles = self.troubles[method]
        trouble = troubles.pop(0) if troubles else Trouble(self.always.get((method, arguments.get("channel", "")), ""))
        body = {"ok": False, "error": trouble.error}
        if trouble.happens or not (trouble.error or trouble.cut or trouble.status != 200):
            body = self._effect(method, arguments)
        if trouble.meanwhile is not None:
            trouble.meanwhile()
        if trouble.cut:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        headers = {"X-OAuth-Scopes": self.scopes}
        if trouble.retry_after is not None:
            headers["Retry-After"] = trouble.retry_after
        if trouble.status >= 500:
            return web.Response(status=trouble.status, text="<html>oops</html>", content_type="text/html")
        return web.json_response(body, status=trouble.status, headers=headers)

    def _effect(self, method: str, arguments: Json) -> Json:
        effects: dict[str, Callable[[Json], Json]] = {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.history": self._history,
            "conversations.open": lambda given: {"channel": {"id": f"D{given['users']}"}},
            "conversations.list": self._list,
            "auth.test": lambda _: {"user_id": "UBOT"},
        }
        made = effects[method](arguments)
        return made if "error" in made else {"ok": True, **made}

    def _post(self, given: Json) -> Json:
        self._number += 1
        channel = f"D{given['channel']}" if given["channel"].startswith("U") else given["channel"]
        ts = f"{self.clock.now().timestamp():.0f}.{self._number:06d}"
        self.messages[channel].append({**given, "ts": ts})
        self.posted.set()
        return {"channel": channel, "ts": ts}

    def _update(self, given: Json) -> Json:
        for message in self.messages[given["channel"]]:
            if message["ts"] == given["ts"]:
                message.update(given)
                return {"channel": given["channel"], "ts": given["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def _delete(self, given: Json) -> Json:
        kept = [message for message in self.messages[given["channel"]] if message["ts"] != given["ts"]]
        self.messages[given["channel"]] = kept
        return {}

    def _history(self, given: Json) -> Json:
        after = [message for message in self.messages[given["channel"]] if message["ts"] >= given["oldest"]]
        newest_first = after[::-1]
        start = int(given.get("cursor") or 0)
        page, more = newest_first[start : start + 1], len(newest_first) > start + 1
        return {"messages": page, "response_metadata": {"next_cursor": str(start + 1) if more else ""}}

    def _list(self, given: Json) -> Json:
        start, size = int(given.get("cursor") or 0), int(given["limit"])
        listed = [{"id": channel_id, "name": name} for name, channel_id in self.channels.items()]
        more = len(listed) > start + size
        return {
            "channels": listed[start : start + size],
            "response_metadata": {"next_cursor": str(start + size) if more else ""},
        }


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        sent: Json = await request.json()
        return sent
    return {**request.query, **{key: str(value) for key, value in (await request.post()).items()}}


@asynccontextmanager
async def serving(clock: MovableClock) -> AsyncIterator[Slack]:
    """The tiny Slack on a port of its own."""
    slack = Slack(clock)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await runner.cleanup()
