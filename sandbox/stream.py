"""Who is told of what, as it happens: one queue of frames for every open page. Decides who may see a frame."""

import asyncio
from collections.abc import Callable

from sandbox.shapes import JSON

# A page that reads nothing for this many frames is taken for dead and cut off.
BACKLOG = 10_000


class Listener:
    """One open page of one person."""

    def __init__(self, user: str) -> None:
        self.user = user
        self.frames: asyncio.Queue[JSON | None] = asyncio.Queue()

    def put(self, frame: JSON | None) -> None:
        """Hand a frame to the page; None ends it."""
        self.frames.put_nowait(frame if self.frames.qsize() < BACKLOG else None)


class Stream:
    """All open pages."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, user: str) -> Listener:
        """A new page, told from now on; its first frame is `hello`."""
        listener = Listener(user)
        listener.put({"type": "hello"})
        self._listeners.append(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """A page that was closed."""
        self._listeners.remove(listener)

    @property
    def has_listeners(self) -> bool:
        """Whether any page is open: if not, nobody need make a frame."""
        return bool(self._listeners)

    def to_all(self, frame: JSON) -> None:
        """What everybody may see."""
        self.to_those(lambda _user: True, frame)

    def to_user(self, user: str, frame: JSON) -> None:
        """What only this person may see."""
        self.to_those(lambda other: other == user, frame)

    def to_those(self, may_see: Callable[[str], bool], frame: JSON) -> None:
        """What those people may see for whom `may_see` is true."""
        for listener in self._listeners:
            if may_see(listener.user):
                listener.put(frame)

    def end(self) -> None:
        """Close every page."""
        for listener in self._listeners:
            listener.put(None)
