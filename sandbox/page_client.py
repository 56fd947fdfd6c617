"""The page's side of the protocol: questions, deeds and the stream, for a person who is a program."""

import asyncio
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from sandbox.refusals import Refused
from sandbox.shapes import JSON

# After these, what is known of people, apps and channels is out of date.
_NEWS_OF_THE_WORKSPACE = {"users", "channels", "app"}


class PageClient:
    """One person's connection. `changed_since` wakes whenever something happened that this person may see.

    `stale` says that people, apps or channels changed since whoever reads it last cleared it.
    """

    def __init__(self, url: str, user: str, team: str | None = None) -> None:
        self._url = url.rstrip("/")
        self._user = user
        self._team = {"team": team} if team else {}
        self._session: ClientSession | None = None
        self._socket: ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()
        self.version = 0
        self.stale = False

    async def open(self) -> None:
        """Connect; after this nothing that happens is missed."""
        self._session = ClientSession(self._url)
        self._socket = await self._session.ws_connect("/_page/stream", params={"as": self._user, **self._team})
        first = await self._socket.receive_json()
        if first.get("type") != "hello":
            raise ConnectionError(f"the sandbox said {first!r} instead of hello")
        self._reader = asyncio.create_task(self._read(self._socket))

    async def close(self) -> None:
        """Hang up."""
        if self._reader is not None:
            self._reader.cancel()
        if self._socket is not None:
            await self._socket.close()
        if self._session is not None:
            await self._session.close()

    async def ask(self, name: str, **values: str) -> JSON:
        """A question about what the person sees. Raises Refused."""
        async with self._connected().get(f"/_page/{name}", params={"as": self._user, **self._team, **values}) as answer:
            return _good(await answer.json())

    async def do(self, name: str, /, **values: Any) -> JSON:
        """Something that the person does. Raises Refused with the words that Slack shows."""
        async with self._connected().post(
            f"/_page/{name}", params=self._team, json={"as": self._user, **values}
        ) as answer:
            return _good(await answer.json())

    async def upload(self, name: str, content: bytes) -> JSON:
        """Hand a file over. Answers it as Slack shows it. Raises Refused."""
        params = {"as": self._user, "name": name, **self._team}
        async with self._connected().post("/_page/upload", params=params, data=BytesIO(content)) as answer:
            file: JSON = _good(await answer.json())["file"]
            return file

    async def changed_since(self, version: int) -> None:
        """Wait until something happened after `version`."""
        async with self._news:
            await self._news.wait_for(lambda: self.version > version)

    async def _read(self, socket: ClientWebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                async with self._news:
                    self.version += 1
                    self.stale |= frame.json()["type"] in _NEWS_OF_THE_WORKSPACE
                    self._news.notify_all()

    def _connected(self) -> ClientSession:
        if self._session is None:
            raise RuntimeError("use `async with Person(…)`, or open it first")
        return self._session


def _good(body: JSON) -> JSON:
    if not body.get("ok"):
        raise Refused(str(body.get("error")))
    return body
