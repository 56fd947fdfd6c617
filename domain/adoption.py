"""Who takes part in the program: how many of which people nominated, looked up or requested. Knows no single person.

Decides what is told of groups so small that one could guess who it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.funnel import Funnel
from domain.people import Function
from domain.value import Period

SMALLEST = 5
"""People: of fewer, how many took part would tell who did."""

MEETS_CUSTOMERS = frozenset(Function) - {Function.EXECUTIVE, Function.OTHER}
"""Functions whose people can be expected to take part: they meet customers, or need what customers say."""


COLUMNS = ("people", "invited", "nominated", "looked_up", "requested", "took_part")
"""What is counted of some people, as it stands in `Count`."""


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
    return Count(function, team, *(sum(getattr(one, column) for one in some) for column in COLUMNS))


def by_function(counts: Iterable[Count]) -> list[Count]:
    """One row a function that somebody has, in the order of functions; last those of whom nobody knows it."""
    some = list(counts)
    there = {one.function for one in some}
    order: tuple[Function | None, ...] = (*Function, None)
    return [_of_function(some, function) for function in order if function in there]


def _of_function(counts: Iterable[Count], function: Function | None) -> Count:
    return together((one for one in counts if one.function is function), function)


def shown(rows: Sequence[Count], may: Callable[[Count], bool] = lambda _row: True) -> list[bool]:
    """Of which of these rows, whose sum is told too, the figures may be told.

    Of those that `may` allows with SMALLEST people or more; and what is hidden is together so many as well, or the
    smallest of the others is hidden with them, because the sum would tell of what is left.
    """
    told = [may(one) and one.people >= SMALLEST for one in rows]
    while 0 < sum(one.people for one, is_told in zip(rows, told, strict=True) if not is_told) < SMALLEST and any(told):
        places = [place for place, is_told in enumerate(told) if is_told]
        told[min(places, key=lambda place: rows[place].people)] = False
    return told


@dataclass(frozen=True, slots=True)
class Row:
    """Some people in a period and in the one before it (None: nothing may be told of them), and the teams in it."""

    function: Function | None
    team: str | None
    now: Count | None
    before: Count | None
    teams: tuple["Row", ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Who takes part from one day to another, both included, and in as many days before: everybody, and by function and
    team. `names` are those of managers, by id; `nominations` those of the period. `is_own_team`: what a manager may
    see, in `whole`."""

    period: Period
    whole: Row
    functions: tuple[Row, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    nominations: Sequence[Funnel] = ()
    is_own_team: bool = False


def rows_of(now: Sequence[Count], before: Sequence[Count]) -> tuple[Row, tuple[Row, ...]]:
    """Everybody, and each function with its teams. Both periods count the people who are here now.

    Of a function that is not told neither are its teams; and people without a manager are told of in the sums alone.
    """
    earlier = {one.function: one for one in by_function(before)}
    functions = by_function(now)
    rows = []
    for one, is_told in zip(functions, shown(functions), strict=True):
        teams = _teams(one.function, now, before) if is_told else ()
        rows.append(_row(one, earlier.get(one.function), is_told=is_told, teams=teams))
    whole = together(now)
    return _row(whole, together(before), is_told=whole.people >= SMALLEST), tuple(rows)


def _teams(function: Function | None, now: Sequence[Count], before: Sequence[Count]) -> tuple[Row, ...]:
    teams = [one for one in now if one.function is function]
    earlier = {one.team: one for one in before if one.function is function}
    flags = shown(teams, lambda one: one.team is not None)
    rows = [_row(one, earlier.get(one.team), is_told=told) for one, told in zip(teams, flags, strict=True)]
    return tuple(row for row in rows if row.team is not None)


def team_of(manager_id: str, now: Sequence[Count], before: Sequence[Count]) -> Row:
    """Everybody who has this manager, whatever their functions."""
    own, earlier = ([one for one in some if one.team == manager_id] for some in (now, before))
    team = together(own, None, manager_id)
    return _row(team, together(earlier, None, manager_id), is_told=team.people >= SMALLEST)


def _row(now: Count, before: Count | None, *, is_told: bool, teams: tuple[Row, ...] = ()) -> Row:
    if not is_told:
        return Row(now.function, now.team, None, None, teams)
    return Row(now.function, now.team, now, before or Count(now.function, now.team, now.people), teams)
