"""Customers who put themselves forward on the web page: when a form counts, and how much one address may send.

Decides no field of the form; those are domain.nominations'.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

QUICKEST = timedelta(seconds=3)
"""Nobody reads the page and fills it in sooner; programs do."""

OLDEST = timedelta(hours=24)
"""A form that stood open for longer is shown again, with what was typed."""

MOST_SENT, WITHIN = 10, timedelta(minutes=10)
"""Forms from one address: an office behind one address may send some, a flood is stopped."""

ADDRESSES = 10_000
"""Addresses remembered; the one unheard of for longest is forgotten first."""

BYTES = 64 * 1024
"""The largest form: all fields full are a tenth of it."""

NEEDS_CONSENT = "Please tick this, or we may not keep what you wrote."


class Age(Enum):
    """Whether a form was sent in a time that people need."""

    TOO_QUICK = "too quick"
    FINE = "fine"
    TOO_OLD = "too old"


def age_of(made_at: datetime, now: datetime) -> Age:
    """How old a form is; one from the future is too quick."""
    if now - made_at < QUICKEST:
        return Age.TOO_QUICK
    return Age.TOO_OLD if now - made_at > OLDEST else Age.FINE


@dataclass(slots=True)
class Doorkeeper:
    """Counts what each address sends. In memory, one a process: a restart forgives, which harms nobody."""

    _seen: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)

    def lets_in(self, address: str, now: datetime) -> bool:
        """Whether one more may be sent; it then counts."""
        sent = self._seen.setdefault(address, deque(maxlen=MOST_SENT))
        self._seen.move_to_end(address)
        while len(self._seen) > ADDRESSES:
            self._seen.popitem(last=False)
        if len(sent) == MOST_SENT and now - sent[0] < WITHIN:
            return False
        sent.append(now)
        return True
