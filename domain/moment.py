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

STEP_BITS = 40
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
        return "".join([PAIRS[(number >> shift) & 1023] for shift in SHIFTS])
