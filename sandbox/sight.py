"""What a person in the workspace sees, and waiting for it. Does nothing; see `person` for what people do."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

from sandbox.elements import interactive_elements
from sandbox.page_client import PageClient
from sandbox.reading import text_of
from sandbox.shapes import JSON

T = TypeVar("T")
Match = str | Callable[[JSON], bool] | None


class NotSeen(AssertionError):
    """What the person waited for did not appear; the message says what was there instead."""


class Sight:
    """The eyes of one member of the workspace. Every wait ends after `timeout` seconds with NotSeen."""

    def __init__(self, url: str, user: str, *, team: str | None = None, timeout: float = 30.0) -> None:
        """`url` is the sandbox's, `user` an id, `team` the workspace's where there are several."""
        self.user = user
        self._client = PageClient(url, user, team)
        self._timeout = timeout
        self._boot: JSON = {}
        self._channels: list[JSON] = []

    async def __aenter__(self) -> Self:
        await self._client.open()
        await self._refresh()
        return self

    async def __aexit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        await self._client.close()

    async def modal(self, match: Match = None, *, containing: str | Sequence[str] = ()) -> JSON:
        """Wait for a modal on top. `match` is a callback_id, a title or a test of the view; `containing` its text."""

        async def look() -> JSON | None:
            stack = (await self._client.ask("views"))["views"]
            return stack[-1] if stack and self._fits(stack[-1], match, containing) else None

        async def instead() -> str:
            stack = (await self._client.ask("views"))["views"]
            return "\n--\n".join(self.text_of(view) for view in stack) or "no modal"

        return await self._wait(f"a modal {_wish(match, containing)}", look, instead)

    async def no_modal(self) -> None:
        """Wait until no modal is open."""

        async def look() -> bool | None:
            return None if (await self._client.ask("views"))["views"] else True

        async def instead() -> str:
            return self.text_of((await self._client.ask("views"))["views"][-1])

        await self._wait("every modal to close", look, instead)

    async def home(
        self,
        match: Match = None,
        *,
        containing: str | Sequence[str] = (),
        after: JSON | None = None,
        app: str | None = None,
        open_tab: bool = True,
    ) -> JSON:
        """Open the app's Home tab and wait for what it shows; with `after`, for something newer than that view."""
        found = self.app(app)["id"]
        if open_tab:
            await self._client.do("home_opened", app=found, tab="home")

        async def look() -> JSON | None:
            view: JSON | None = (await self._client.ask("home", app=found))["view"]
            if view is None or (after is not None and view["hash"] == after["hash"]):
                return None
            return view if self._fits(view, match, containing) else None

        async def instead() -> str:
            view = (await self._client.ask("home", app=found))["view"]
            return self.text_of(view) if view else "an empty Home"

        return await self._wait(f"a Home {_wish(match, containing)}", look, instead)

    async def message(
        self,
        channel: str | None = None,
        *,
        containing: str | Sequence[str] = (),
        match: Match = None,
        thread: JSON | None = None,
        after: JSON | None = None,
    ) -> JSON:
        """Wait for a message and answer the newest that fits, with its `channel`; without a channel, from the app.

        What only this person sees counts, and what was changed since. `thread` looks among the replies to a message,
        `after` only at what is newer than one.
        """

        async def look() -> JSON | None:
            for message in reversed(await self.messages(channel, thread=thread)):
                newer = after is None or message["ts"] > after["ts"]
                if newer and self._fits(message, match, containing):
                    return message
            return None

        async def instead() -> str:
            there = await self.messages(channel, thread=thread)
            return "\n--\n".join(self.text_of(message) for message in there[-5:]) or "no message"

        where = "the direct messages with the app" if channel is None else channel
        return await self._wait(f"a message {_wish(match, containing)} in {where}", look, instead)

    async def messages(self, channel: str | None = None, *, thread: JSON | None = None) -> list[JSON]:
        """What is in a conversation now, oldest first; a thread with its parent. Does not wait."""
        try:
            channel_id = await self.channel_id(channel)
        except NotSeen:
            return []
        more = {"thread_ts": str(thread.get("thread_ts", thread["ts"]))} if thread else {}
        found = (await self._client.ask("messages", channel=channel_id, **more))["messages"]
        return [{**message, "channel": channel_id} for message in found]

    def text_of(self, surface: JSON) -> str:
        """Everything that a person reads in a message or view, a line for each piece."""
        return text_of(surface, self._names())

    def buttons(self, surface: JSON) -> list[str]:
        """The texts of all buttons in a message or view."""
        there = interactive_elements(surface.get("blocks", []))
        return [element["text"]["text"] for _, element in there if element["type"] == "button"]

    def app(self, name: str | None = None) -> JSON:
        """An app by name or id; without a name the only one. Raises NotSeen."""
        apps: list[JSON] = self._boot["apps"]
        fitting = [app for app in apps if name is None or name in (app["id"], app["name"])]
        if len(fitting) != 1:
            raise NotSeen(f"which app? There is {', '.join(app['name'] for app in apps) or 'none'}")
        return fitting[0]

    def user_id(self, name: str) -> str:
        """The id of somebody named by id, user name or full name. Raises NotSeen."""
        plain = name.removeprefix("@")
        for user in self._boot["users"]:
            if plain in (user["id"], user["name"], user["real_name"]):
                return str(user["id"])
        raise NotSeen(f"there is nobody called {name!r}")

    async def channel_id(self, name: str | None) -> str:
        """The id of a conversation: an id, a channel's name, `@somebody`, or None for the only app. Raises NotSeen."""
        peer = self.app()["bot_user_id"] if name is None else None
        if name is not None and name.startswith("@"):
            peer = self.user_id(name)
        if peer is not None:
            return str((await self._client.do("open_im", user=peer))["channel"])
        plain = str(name).removeprefix("#")
        channels = (await self._client.ask("channels"))["channels"]
        for channel in channels:
            if plain in (channel["id"], channel["name"]):
                return str(channel["id"])
        raise NotSeen(f"{self._me()} sees no #{plain}, but {', '.join(c['name'] for c in channels if c['name'])}")

    async def current(self, where: JSON) -> JSON:
        """A message or view as it is now. Raises NotSeen when it is gone."""
        if where.get("type") == "home":
            return await self.home(app=where["app_id"], open_tab=False)
        if where.get("type") == "modal":
            candidates = (await self._client.ask("views"))["views"]
            key = "id"
        else:
            replying = where.get("thread_ts", where["ts"]) != where["ts"]
            candidates = await self.messages(where["channel"], thread=where if replying else None)
            key = "ts"
        for candidate in candidates:
            if candidate[key] == where[key]:
                return dict(candidate)
        raise NotSeen(f"this is not there any more:\n{self.text_of(where)}")

    def _fits(self, surface: JSON, match: Match, containing: str | Sequence[str]) -> bool:
        if callable(match) and not match(surface):
            return False
        if isinstance(match, str) and match not in _handles(surface):
            return False
        text = self.text_of(surface)
        return all(part in text for part in ([containing] if isinstance(containing, str) else containing))

    async def _refresh(self) -> None:
        """Learn anew who and what there is."""
        self._client.stale = False
        self._boot = await self._client.ask("boot")
        self._channels = (await self._client.ask("channels"))["channels"]

    def _names(self) -> dict[str, str]:
        return {user["id"]: user["profile"]["display_name"] for user in self._boot["users"]}

    def _me(self) -> str:
        return self._names().get(self.user, self.user)

    async def _wait(
        self, wish: str, look: Callable[[], Awaitable[T | None]], instead: Callable[[], Awaitable[str]]
    ) -> T:
        try:
            async with asyncio.timeout(self._timeout):
                while True:
                    version = self._client.version
                    if self._client.stale:
                        await self._refresh()
                    found = await look()
                    if found is not None:
                        return found
                    await self._client.changed_since(version)
        except TimeoutError:
            there = await instead()
            raise NotSeen(f"{self._me()} waited {self._timeout:g} s for {wish}. There was:\n{there}") from None


def _handles(surface: JSON) -> tuple[object, ...]:
    title = surface.get("title") or {}
    return surface.get("callback_id"), title.get("text")


def _wish(match: Match, containing: str | Sequence[str]) -> str:
    parts = [containing] if isinstance(containing, str) else list(containing)
    wishes = [f"called {match!r}"] if isinstance(match, str) else ["that passes a test"] if match else []
    if any(parts):
        wishes.append(f"containing {' and '.join(repr(part) for part in parts)}")
    return " ".join(wishes) or "of any kind"
