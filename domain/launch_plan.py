"""The plan with which a program is launched, or begun again: dated tasks with owners, and how far they are.

Decides what a task may become, when its owner is reminded, and which are late. The templates are in
domain.launch_templates. Days are those of the workspace's calendar.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import NotFound, RuleError
from domain.people import Function

MOST_TASKS = 40
"""Tasks of one plan, those that were left out included: what fits into one window with the buttons of each."""

MOST_FUNCTIONS = 5
"""Functions that a template is spread over: with more, no task would fit beside them."""

TITLE_LIMIT = 200
"""Characters of what is to be done: a line."""

WORDS_LIMIT = 1500
"""Characters of what is posted: what people read to the end."""

HEADS_UP = timedelta(days=7)
"""How long before its day the owner hears of a task: a week has room for it in most calendars."""

LATE_AFTER = timedelta(days=3)
"""After so many days the owner is reminded once more, and whoever runs the plan hears of it; then nobody is pressed."""

FARTHEST = timedelta(days=366)
"""How far ahead a task may lie: a later one belongs into another plan."""


class Phase(StrEnum):
    """What a part of the plan is for, in the order in which people need it."""

    ANNOUNCE = "announce"
    EDUCATE = "educate"
    PROMOTE = "promote"
    GOALS = "set goals"


class Part(StrEnum):
    """Whose part of the plan a task is."""

    LEADER = "program leader"
    CHAMPION = "executive champion"
    MANAGER = "manager"


class Template(StrEnum):
    """What the plan is for."""

    NEW = "a new program"
    STALLED = "a program that has stalled"


class State(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    POSTED = "posted"  # by Everboard, in a channel: it cannot be unsaid
    LEFT_OUT = "left out"


class Move(StrEnum):
    """What can be done with one."""

    FINISH = "finish"
    POST = "post"
    CHANGE = "change"
    LEAVE_OUT = "leave out"
    REOPEN = "reopen"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.OPEN, Move.FINISH): State.DONE,
        (State.OPEN, Move.POST): State.POSTED,
        (State.OPEN, Move.CHANGE): State.OPEN,
        (State.OPEN, Move.LEAVE_OUT): State.LEFT_OUT,
        (State.DONE, Move.REOPEN): State.OPEN,
        (State.LEFT_OUT, Move.REOPEN): State.OPEN,
    }
)
"""What leads where. Whatever is not here is refused."""

CHANGED = "This task has changed in the meantime. Please look at it again and decide once more."

_REFUSALS: Mapping[State, str] = MappingProxyType(
    {
        State.OPEN: "This task is open already.",
        State.DONE: "This task is done already.",
        State.POSTED: "Everboard has posted it already.",
        State.LEFT_OUT: "This task was left out of the plan.",
    }
)


@dataclass(frozen=True, slots=True)
class Task:
    """One task, as it stands. `function` None: it concerns everybody. With `words`, Everboard posts them in `place` (a
    channel's id, or such as `role:sales`) on the day, and needs no other hand. `planned` is the day before anybody
    moved it, `done_on` when it was done or posted. `version` says which state of it somebody has seen."""

    id: str
    phase: Phase
    part: Part
    function: Function | None
    title: str
    planned: date
    due: date
    owner_id: str
    owner: str
    owner_slack_id: str | None
    owner_is_here: bool
    place: str | None
    words: str | None
    state: State
    done_on: date | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is State.OPEN

    @property
    def is_post(self) -> bool:
        """Whether Everboard does it by posting."""
        return self.words is not None

    def is_late(self, today: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.is_open and self.due < today


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the tasks that count are done and late, and the day of the next open one."""

    done: int
    total: int
    late: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Glance:
    """What Home says: of the whole plan (None: there is none, or it is not theirs to see), and the reader's own part.
    `plans`: they may begin one."""

    whole: Progress | None
    own_open: int
    own_next: date | None
    plans: bool = False


@dataclass(frozen=True, slots=True)
class Goals:
    """How many teams' goals of the quarter are agreed, and how many still wait for an answer."""

    agreed: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan that runs, for one reader. `is_whole`: all its tasks, else the reader's own; `plans`: they may change
    it. Without an `id` there is none."""

    id: str | None
    template: Template | None
    starts_on: date | None
    tasks: Sequence[Task]
    today: date
    reader_id: str
    is_whole: bool
    plans: bool
    goals: Goals | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the form of a task says, checked."""

    phase: Phase
    title: str
    due: date
    function: Function | None
    words: str | None


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises RuleError with a sentence for the person who tried."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise RuleError(_REFUSALS[state]) from None


def check_version(seen: int, present: int) -> None:
    """Raises RuleError when what somebody decided on is not what stands there now."""
    if seen != present:
        raise RuleError(CHANGED)


def check_day(day: date | None, today: date, field: str = "day") -> date:
    """The day of a task. Raises RuleError at the field for none, one that is over, and one too far away."""
    if day is None:
        sentence = "Please pick a day."
    elif day < today:
        sentence = "That day is over. Please pick today or a later one."
    elif day > today + FARTHEST:
        sentence = "Please pick a day within a year."
    else:
        return day
    raise RuleError(sentence, {field: sentence})


def check_functions(functions: Sequence[Function]) -> Sequence[Function]:
    """The functions that a template is spread over. Raises RuleError at `functions` for none, and for too many."""
    if not 1 <= len(functions) <= MOST_FUNCTIONS:
        sentence = f"Please choose one function, or up to {MOST_FUNCTIONS}."
        raise RuleError(sentence, {"functions": sentence})
    return functions


def check_room(there: int) -> None:
    """Raises RuleError when one more task does not fit."""
    if there >= MOST_TASKS:
        raise RuleError(f"A plan holds {MOST_TASKS} tasks. Please change one that you can do without.")


def check_posting(place: str | None, words: str | None) -> None:
    """Raises RuleError where only one of the two is there: a channel without words, or words without a channel."""
    if place and not words:
        sentence = "What is to be posted there? Without words, please leave the channel empty."
        raise RuleError(sentence, {"words": sentence})
    if words and not place:
        sentence = "In which channel are these words posted?"
        raise RuleError(sentence, {"channel": sentence})


def found(tasks: Collection[Task], task_id: str) -> Task:
    """One of them. Raises NotFound."""
    for task in tasks:
        if task.id == task_id:
            return task
    raise NotFound("This task isn't there any more.")


def progress_of(tasks: Collection[Task], today: date) -> Progress:
    """How far a plan is. What was left out does not count."""
    counting = [task for task in tasks if task.state is not State.LEFT_OUT]
    coming = [task.due for task in counting if task.is_open]
    late = sum(task.is_late(today) for task in counting)
    return Progress(len(counting) - len(coming), len(counting), late, min(coming, default=None))


def is_to_be_told(due: date, told_on: date | None, today: date) -> bool:
    """Whether the owner of an open task hears of it now: a week before its day, on it, and once when it is late.

    What was missed meanwhile comes once, not several times.
    """
    occasions = [due - HEADS_UP, due, due + LATE_AFTER]
    past = [occasion for occasion in occasions if occasion <= today]
    return bool(past) and (told_on is None or told_on < past[-1])


def is_told_beside(due: date, today: date) -> bool:
    """Whether an open task is named when its owner is written to about another one."""
    return due - HEADS_UP <= today


def is_long_late(due: date, today: date) -> bool:
    """Whether whoever runs the plan hears that an open task is late."""
    return due + LATE_AFTER <= today
