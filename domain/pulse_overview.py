"""What people see of pulses: what a plan would do, how the present one stands, and what `/pulse` has for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.pulse import GroupResult, PulseResult
from domain.pulse_audience import Resolved
from domain.pulse_calendar import Wave
from domain.pulse_runs import Plan, State


@dataclass(frozen=True, slots=True)
class Late:
    """How many get a pulse later than others, since they got something else in the week before it; how many of them
    would not get it before it closes; and from which day on nobody would be late."""

    people: int
    missing: int
    nobody_from: date


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would do: who is asked and who is left out, how it spreads over the time zones, when it ends, when it
    comes again (None: it does not), what day it is, and who gets it late (None: nobody)."""

    plan: Plan
    resolved: Resolved
    waves: Sequence[Wave]
    closes_at: datetime
    again_on: date | None
    today: date
    late: Late | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the pulse that is planned or open stands at `now`.

    `sent` of `asked` people have it, `failed` could not be reached, and the last has it at `done_at` (None: all have).
    `counts` are the answers of each group as last told, None for too few.
    """

    run_id: str
    name: str
    state: State
    opens_at: datetime
    closes_at: datetime
    asked: int
    sent: int
    failed: int
    done_at: datetime | None
    counts: Mapping[str, int | None]
    now: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pulse that is open for somebody: its id, its name, until when, and whether they have answered."""

    run_id: str
    name: str
    closes_at: datetime
    has_answered: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What `/pulse` has for a person: what waits for them; all results (`names` are those of managers, by id), or those
    of their own group and of the teams they lead in the newest pulse; and for who plans them, how the present one
    stands.
    """

    waiting: Waiting | None = None
    all_results: Sequence[PulseResult] = ()
    names: Mapping[str, str] | None = None
    newest: PulseResult | None = None
    own: GroupResult | None = None
    teams: Sequence[GroupResult] = ()
    may_plan: bool = False
    standing: Standing | None = None
    has_comments: bool = False
