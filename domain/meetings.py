"""Meetings of a program: when it comes together, who is told, and who was there.

Decides nothing about who belongs to it (domain.memberships). A meeting costs a customer no capacity: what they do for
us there is requested, or logged, as any other use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import AlreadyDone, RuleError
from domain.names import clean_line

ABOUT_LIMIT = 200
"""Characters of what it is about: one line of a list, and of the message to relationship owners."""

FURTHEST = timedelta(days=366)
"""How far ahead one may be planned: no calendar reaches further."""

TOLD_BEFORE = timedelta(days=7)
"""How long before it relationship owners are told: time enough to speak with the customer, too short to forget it."""

MOST = 300
"""Meetings of one program: one a week for as long as a program may last."""


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    COUNTED = "counted"  # it took place, and who came is known
    CALLED_OFF = "called off"


class Move(StrEnum):
    """What can be done."""

    COUNT = "count"
    CALL_OFF = "call off"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.PLANNED, Move.COUNT): State.COUNTED,
        (State.COUNTED, Move.COUNT): State.COUNTED,  # somebody was forgotten
        (State.PLANNED, Move.CALL_OFF): State.CALLED_OFF,
        (State.COUNTED, Move.CALL_OFF): State.CALLED_OFF,  # it did not take place after all
    }
)
"""The whole state machine."""

OFF = "Somebody was faster: this meeting was called off."


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises AlreadyDone for a meeting that was called off."""
    found = MOVES.get((state, move))
    if found is None:
        raise AlreadyDone(OFF)
    return found


@dataclass(frozen=True, slots=True)
class Values:
    """What somebody typed into a meeting's form."""

    on: date | None
    about: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a program. `came` is how many members were there, once it is counted."""

    id: str
    mechanism_id: str
    program: str
    kind: str
    on: date
    about: str
    state: State
    came: int = 0
    version: int = 1

    def waits_for_count(self, today: date) -> bool:
        """Whether somebody has yet to say who came."""
        return self.state is State.PLANNED and self.on <= today

    def lies_ahead(self, today: date) -> bool:
        """Whether it is still to come; the day itself belongs to it."""
        return self.state is State.PLANNED and self.on >= today


@dataclass(frozen=True, slots=True)
class Listed:
    """A program's meetings, the latest day first; `is_open` whether the program runs, `today` the reader's."""

    mechanism_id: str
    program: str
    meetings: tuple[Meeting, ...]
    is_open: bool
    today: date


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member who can be picked."""

    member_id: str
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class Count:
    """Who came, as its form opens: those picked, or with `all_but` everybody except them. `noted` were there as it
    stands; `picked` is empty where neither list is short enough for a form."""

    meeting: Meeting
    picked: tuple[Somebody, ...]
    all_but: bool
    noted: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day of a program."""

    starts_on: date
    ends_on: date | None


def checked(values: Values, bounds: Bounds, today: date, before: Meeting | None = None) -> tuple[date, str]:
    """The day and what it is about, as they can be kept. A day that stood there `before` may stay.

    Raises RuleError naming each field that needs another look.
    """
    wrong: dict[str, str] = {}
    try:
        about = clean_line(values.about, ABOUT_LIMIT)
    except RuleError as error:
        about, wrong["about"] = "", error.message
    if not about and "about" not in wrong:
        wrong["about"] = "What is it about? The relationship owners tell their customers."
    on = values.on
    if on is None:
        wrong["on"] = "On what day?"
    elif before is None or on != before.on:
        sentence = _wrong_day(on, bounds, today, counted=before is not None and before.state is State.COUNTED)
        if sentence:
            wrong["on"] = sentence
    if wrong or on is None:
        raise RuleError("Some fields need another look.", wrong)
    return on, about


def _wrong_day(on: date, bounds: Bounds, today: date, *, counted: bool) -> str | None:
    if on < bounds.starts_on:
        return "The program begins later. Please pick another day, or change when it begins."
    if bounds.ends_on is not None and on > bounds.ends_on:
        return "The program ends before that day. Please pick another one, or change when it ends."
    if counted and on > today:
        return "Who came is noted already, so it can't lie ahead. Please call it off, and plan another one."
    return "Please pick a day within the next year." if on > today + FURTHEST else None


def check_count(on: date, today: date) -> None:
    """Refuse to say who came to what is still to come. Raises RuleError."""
    if on > today:
        raise RuleError("This meeting is still to come. Please say afterwards who was there.")
