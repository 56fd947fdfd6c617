"""One after the other: what people do in quick succession in one open form is drawn in the order in which it came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary


class Turn:
    """A form that is being drawn anew; it is forgotten once nobody waits for it any more."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self.decided: dict[str, Any] = {}
        """What those before have decided meanwhile, of which the payload of whoever comes next knows nothing yet."""

    @asynccontextmanager
    async def taken(self) -> AsyncIterator["Turn"]:
        """Wait for those who came before."""
        async with self._lock:
            yield self


class Turns:
    """Every open form's."""

    def __init__(self) -> None:
        self._of: WeakValueDictionary[str, Turn] = WeakValueDictionary()

    def of(self, view_id: str) -> Turn:
        """This form's."""
        found = self._of.get(view_id)
        if found is None:
            found = self._of[view_id] = Turn()
        return found
