"""How requests for an advocate are answered, by activity and by the function of whoever asked, beside the time before.

Decides no rate; those are domain.request_rates'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.people import Function
from domain.request_rates import Asked, Rates
from domain.value import Period
from domain.vocabulary import Activity


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests count: those for this activity, by people of this function; None is all."""

    activity: Activity | None = None
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One request. `function` None: nobody knows it, or the customer asked by themselves."""

    activity: str
    function: str | None
    asked: Asked


@dataclass(frozen=True, slots=True)
class Line:
    """Requests that have something in common (`name` None: nobody knows what), in a period and in the one before."""

    name: str | None
    now: Rates = field(default_factory=Rates)
    before: Rates = field(default_factory=Rates)


@dataclass(frozen=True, slots=True)
class Report:
    """Requests of some days beside those of as many days before; what is asked for most comes first. `goal` is how
    soon they are to be answered."""

    period: Period
    wanted: Wanted
    goal: timedelta
    whole: Line
    activities: tuple[Line, ...]
    functions: tuple[Line, ...]


class Counting:
    """Counts request by request: memory does not grow with how many there are."""

    def __init__(self, goal: timedelta, since: datetime, now: datetime) -> None:
        """Those opened before `since` are of the time before."""
        self._goal, self._since, self._now = goal, since, now
        self._whole = Line(None)
        self._activities: dict[str | None, Line] = {}
        self._functions: dict[str | None, Line] = {}

    def add(self, row: Row) -> None:
        """One more."""
        for line in (
            self._whole,
            self._activities.setdefault(row.activity, Line(row.activity)),
            self._functions.setdefault(row.function, Line(row.function)),
        ):
            rates = line.now if row.asked.opened_at >= self._since else line.before
            rates.add(row.asked, self._goal, self._now)

    def report(self, period: Period, wanted: Wanted) -> Report:
        """What they come to."""
        return Report(
            period, wanted, self._goal, self._whole, _most_first(self._activities), _most_first(self._functions)
        )


def _most_first(lines: Mapping[str | None, Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines.values(), key=lambda line: (-line.now.asked, line.name is None, line.name or "")))


@dataclass(frozen=True, slots=True)
class Behind:
    """A request behind the figures, as it is listed: who is asked for (None: nobody yet, or an advocate who is gone),
    and who asked."""

    activity: str
    function: str | None
    asked: Asked
    need_by: date
    customer: str | None
    company: str | None
    asker: str | None
