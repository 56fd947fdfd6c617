"""Faults of Slack itself, on demand: refusals, rate limits, late and lost answers. Does not decide when they come."""

from dataclasses import dataclass, field
from itertools import count

EVERY = "*"

# Faults of both kinds are numbered in one row, so that one of them can be taken back.
numbers = count(1)


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of a method; None means until it is cleared."""

    method: str
    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    seconds: float = 0.0
    lost: bool = False
    dropped: bool = False
    times: int | None = 1
    number: int = field(default_factory=lambda: next(numbers))


class Faults:
    """The faults that are waiting for their calls."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def refuse(self, method: str, error: str, *, status: int = 200, times: int | None = 1) -> None:
        """Answer with an error and do nothing: `token_revoked`, or `internal_error` with status 500."""
        self.waiting.append(Fault(method, error, status, times=times))

    def limit(self, method: str, *, retry_after: int = 1, times: int | None = 1) -> None:
        """Answer 429 with Retry-After in seconds, and do nothing."""
        self.waiting.append(Fault(method, "ratelimited", 429, retry_after, times=times))

    def delay(self, method: str, seconds: float, *, times: int | None = 1) -> None:
        """Wait before doing what was asked for."""
        self.waiting.append(Fault(method, seconds=seconds, times=times))

    def lose(self, method: str, *, times: int | None = 1) -> None:
        """Do what was asked for, and cut the connection instead of answering."""
        self.waiting.append(Fault(method, lost=True, times=times))

    def drop(self, method: str, *, times: int | None = 1) -> None:
        """Cut the connection before doing anything."""
        self.waiting.append(Fault(method, dropped=True, times=times))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.waiting.clear()

    def end(self, number: int) -> bool:
        """One fault is over; whether there was one of that number."""
        before = len(self.waiting)
        self.waiting = [fault for fault in self.waiting if fault.number != number]
        return len(self.waiting) < before

    def take(self, method: str) -> Fault | None:
        """The fault that this call of a method meets, counted down; `*` is every method."""
        for fault in self.waiting:
            if fault.method in (method, EVERY):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                return fault
        return None
