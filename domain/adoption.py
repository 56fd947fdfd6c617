"""Who takes part in the program: how many of which people nominated, looked up or requested. Knows no single person.

Decides what is told of groups so small that one could guess who it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.people import Function

SMALLEST = 5
"""People: of fewer, how many took part would tell who did."""

MEETS_CUSTOMERS = frozenset(Function) - {Function.EXECUTIVE, Function.OTHER}
"""Functions whose people can be expected to take part: they meet customers, or need what customers say."""


@dataclass(frozen=True, slots=True)
class Count:
    """Some people and what they did in a period, each person counted once in each column.

    `function` None: nobody knows it. `team` is the id of their manager, None for none or several.
    Endorsing is nominating. `invited` got a nudge, in a message of their own or in their function's channel.
    """

    function: Function | None
    team: str | None
    people: int
    invited: int = 0
    nominated: int = 0
    looked_up: int = 0
    requested: int = 0
    took_part: int = 0

    @property
    def share(self) -> float | None:
        """Which share of them took part at all, 0 to 1; None where nobody is."""
        return self.took_part / self.people if self.people else None


def together(counts: Iterable[Count], function: Function | None = None, team: str | None = None) -> Count:
    """The same of all of these people."""
    some = list(counts)
    columns = ("people", "invited", "nominated", "looked_up", "requested", "took_part")
    return Count(function, team, *(sum(getattr(one, column) for one in some) for column in columns))


def by_function(counts: Iterable[Count]) -> list[Count]:
    """One row a function that somebody has, in the order of functions; those of whom nobody knows it are left out."""
    some = list(counts)
    there = {one.function for one in some}
    return [
        together((one for one in some if one.function is function), function)
        for function in Function
        if function in there
    ]


def shown(rows: Sequence[Count]) -> list[bool]:
    """Of which of these rows, whose sum is told too, the figures may be told.

    Of those with SMALLEST people or more; and what is hidden is together so many as well, or the smallest of the others
    is hidden with them, because the sum would tell of what is left.
    """
    told = [one.people >= SMALLEST for one in rows]
    while 0 < sum(one.people for one, is_told in zip(rows, told, strict=True) if not is_told) < SMALLEST and any(told):
        places = [place for place, is_told in enumerate(told) if is_told]
        told[min(places, key=lambda place: rows[place].people)] = False
    return told
