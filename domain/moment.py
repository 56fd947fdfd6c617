"""Now, and fresh ids, as one argument. Decides nothing about schedules or time zones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U, so that an id read aloud is not misheard."""

TIME_BITS, RANDOM_BITS = 48, 80


@dataclass(frozen=True, slots=True)
class Moment:
    """When an act happens (aware UTC) and where its ids come from.

    Raises ValueError for a time without a zone: a naive time has silently been local before.
    """

    now: datetime
    random_bits: Callable[[int], int]

    def __post_init__(self) -> None:
        if self.now.utcoffset() is None:
            raise ValueError("a moment needs a time with a zone")
        object.__setattr__(self, "now", self.now.astimezone(UTC))

    def new_id(self) -> str:
        """26 characters: the time in milliseconds, then 80 random bits, so that ids sort by age (ULID)."""
        milliseconds = int(self.now.timestamp() * 1000) & ((1 << TIME_BITS) - 1)
        number = (milliseconds << RANDOM_BITS) | self.random_bits(RANDOM_BITS)
        return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))
