"""Now, and fresh ids, as one argument. Decides nothing about schedules or time zones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U, so that an id read aloud is not misheard."""

PAIRS = [first + second for first in CROCKFORD for second in CROCKFORD]
"""Ten bits at a time: an import draws a million ids."""

SHIFTS = range(120, -1, -10)

TIME_BITS, RANDOM_BITS = 48, 80

STEP_BITS, STEP_BYTES = 40, 5
"""Two ids of one moment lie a random step apart, so that one does not give the next away."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When an act happens (aware UTC) and where its ids come from.

    Raises ValueError for a time without a zone: a naive time has silently been local before.
    """

    now: datetime
    random_bits: Callable[[int], int]
    _last: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.now.utcoffset() is None:
            raise ValueError("a moment needs a time with a zone")
        object.__setattr__(self, "now", self.now.astimezone(UTC))

    def new_id(self) -> str:
        """26 characters that sort by age (ULID): the time in milliseconds, then random bits.

        Ids of one moment sort in the order in which they were drawn, so that messages of one act keep theirs.
        """
        if self._last:
            number = self._last.pop() + self.random_bits(STEP_BITS) + 1
        else:
            milliseconds = int(self.now.timestamp() * 1000) & ((1 << TIME_BITS) - 1)
            number = (milliseconds << RANDOM_BITS) | self.random_bits(RANDOM_BITS - 1)
        self._last.append(number)
        return _written(number)

    def new_ids(self, count: int) -> list[str]:
        """So many of them, for which chance is asked once: a file may have a million lines."""
        if count < 1:
            return []
        ids, number = [self.new_id()], self._last.pop()
        drawn = self.random_bits(STEP_BITS * (count - 1)).to_bytes(STEP_BYTES * (count - 1), "big")
        for at in range(0, len(drawn), STEP_BYTES):
            number += int.from_bytes(drawn[at : at + STEP_BYTES], "big") + 1
            ids.append(_written(number))
        self._last.append(number)
        return ids


def _written(number: int) -> str:
    return "".join([PAIRS[(number >> shift) & 1023] for shift in SHIFTS])
