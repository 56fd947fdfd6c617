"""Which drawing of an open window is the newest: what was read earlier never covers what was read later.

Decides by the order in which this process read, not by that in which Slack is told: two acts of one person, such as
saving a form and pressing a button below it, draw the same window at once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from weakref import WeakValueDictionary

KEPT = 2000
"""Windows whose newest drawing is remembered: many more than change within the same second."""


class Windows:
    """The order of reading and drawing."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._drawn: OrderedDict[str, int] = OrderedDict()
        self._sending: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def now(self) -> int:
        """This instant, as a number that only grows."""
        return next(self._numbers)

    @asynccontextmanager
    async def drawing(self, view_id: str, read: int) -> AsyncIterator[bool]:
        """Held while a window is sent; False where it already shows what was read later than at the instant `read`."""
        async with self._sending.setdefault(view_id, asyncio.Lock()):
            is_newest = read >= self._drawn.get(view_id, 0)
            if is_newest:
                self._drawn[view_id] = read
                self._drawn.move_to_end(view_id)
                while len(self._drawn) > KEPT:
                    self._drawn.popitem(last=False)
            yield is_newest
