"""What goes wrong on the way to an app, on demand: lost, late, doubled, out of order. Does not deliver anything."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.faults import numbers

EVERY = "*"

# unreachable: never sent; unacknowledged: sent, but the acknowledgement is lost; late: sent after `seconds`;
# forged: signed with a wrong secret; stale: signed, but ten minutes ago (both over HTTP only);
# twice: an acknowledged event comes again; held: an event waits until the next one has gone past it.
Mishap = Literal["unreachable", "unacknowledged", "late", "forged", "stale", "twice", "held"]

ON_THE_WAY: tuple[Mishap, ...] = ("unreachable", "unacknowledged", "late", "forged", "stale")
OF_EVENTS: tuple[Mishap, ...] = ("twice", "held")


@dataclass
class DeliveryFault:
    """What befalls the next `times` deliveries of a name (a command, an interaction's or event's type, or `*`)."""

    name: str
    mishap: Mishap
    times: int | None = 1
    seconds: float = 0.0
    number: int = field(default_factory=lambda: next(numbers))


class DeliveryFaults:
    """The mishaps that are waiting for their deliveries."""

    def __init__(self) -> None:
        self.waiting: list[DeliveryFault] = []

    def add(self, name: str, mishap: Mishap, *, times: int | None = 1, seconds: float = 0.0) -> None:
        """Let something go wrong; `times` None means until it is cleared."""
        self.waiting.append(DeliveryFault(name, mishap, times, seconds))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.waiting.clear()

    def end(self, number: int) -> bool:
        """One mishap is over; whether there was one of that number."""
        before = len(self.waiting)
        self.waiting = [fault for fault in self.waiting if fault.number != number]
        return len(self.waiting) < before

    def take(self, name: str, among: tuple[Mishap, ...]) -> DeliveryFault | None:
        """The mishap that this delivery meets, counted down."""
        for fault in self.waiting:
            if fault.name in (name, EVERY) and fault.mishap in among:
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                return fault
        return None
