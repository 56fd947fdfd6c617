"""How many web pages one address may ask for: people read a few a minute, a flood is stopped. Knows no page."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST_ASKED, WITHIN = 120, timedelta(minutes=1)
"""Pages of all kinds for one address: two a second serves an office behind one address, and a load balancer's looks."""

ADDRESSES = 10_000
"""Addresses remembered; the one unheard of for longest is forgotten first."""


@dataclass(slots=True)
class Visits:
    """Counts by the minute that begins with an address's first page. In memory, one a process: a restart forgives."""

    _counts: OrderedDict[str, tuple[datetime, int]] = field(default_factory=OrderedDict)

    def wait(self, address: str, now: datetime) -> timedelta | None:
        """None lets one more page be asked for, and counts it; else how long until the next may be."""
        began, asked = self._counts.get(address, (now, 0))
        if now - began >= WITHIN:
            began, asked = now, 0
        if asked >= MOST_ASKED:
            return began + WITHIN - now
        self._counts[address] = (began, asked + 1)
        self._counts.move_to_end(address)
        if len(self._counts) > ADDRESSES:
            self._counts.popitem(last=False)
        return None
