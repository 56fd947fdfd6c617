"""What a relationship owner's customers are asked for: each advocate with what is left of their good will."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.capacity import Capacity


@dataclass(frozen=True, slots=True)
class Load:
    """One advocate of an owner, with what the cap leaves for a call today and the next day that is free for one."""

    advocate_id: str
    name: str
    company: str
    capacity: Capacity


def fullest_first(loads: Iterable[Load]) -> tuple[Load, ...]:
    """Those with the least left come first, of equals those who are free last."""
    return tuple(sorted(loads, key=_order))


def _order(load: Load) -> tuple[int, int, str, str]:
    free = load.capacity.next_free or date.max
    return load.capacity.left_halves, -free.toordinal(), load.name.casefold(), load.advocate_id
