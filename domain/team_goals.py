"""What a team wants to bring about in a quarter: the figures, and how leader and manager come to agree on them.

A team is a function, or the people of one manager. Decides nothing about what has been brought about so far.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.errors import NotFound, RuleError
from domain.people import Function

MOST = 10_000
"""The highest figure of a goal: more in a quarter is a slip of the finger."""

MOST_GOALS = 40
"""Goals of one quarter: what fits into one window with the buttons that belong to them."""


class Measure(StrEnum):
    """What is counted; the value is what stands behind the number."""

    ACTIVATED = "advocates activated"
    VERIFIED = "profiles verified"
    FULFILLED = "requests fulfilled"


EXPLAINED: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.ACTIVATED: "advocates published this quarter whom somebody of the team put forward",
        Measure.VERIFIED: "profiles that somebody of the team confirmed this quarter, each counted once",
        Measure.FULFILLED: "activities held this quarter that somebody of the team asked for, approved or arranged",
    }
)

Numbers = tuple[int, int, int]
"""One for each measure, in their order; 0 in a goal: nothing is wanted of that."""


class State(StrEnum):
    """Where a goal stands."""

    PROPOSED = "proposed"
    ANSWERED = "answered"  # the manager has named other figures
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # the quarter is over, and the result stands
    LAPSED = "lapsed"  # the quarter was over before they agreed


class Move(StrEnum):
    """What can be done with one."""

    PROPOSE = "propose"
    AGREE = "agree"
    ANSWER = "answer"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    CLOSE = "close"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.PROPOSED, Move.PROPOSE): State.PROPOSED,
        (State.ANSWERED, Move.PROPOSE): State.PROPOSED,
        (State.AGREED, Move.PROPOSE): State.PROPOSED,
        (State.WITHDRAWN, Move.PROPOSE): State.PROPOSED,
        (State.PROPOSED, Move.AGREE): State.AGREED,
        (State.PROPOSED, Move.ANSWER): State.ANSWERED,
        (State.ANSWERED, Move.ANSWER): State.ANSWERED,
        (State.ANSWERED, Move.ACCEPT): State.AGREED,
        (State.PROPOSED, Move.WITHDRAW): State.WITHDRAWN,
        (State.ANSWERED, Move.WITHDRAW): State.WITHDRAWN,
        (State.AGREED, Move.WITHDRAW): State.WITHDRAWN,
        (State.AGREED, Move.CLOSE): State.CLOSED,
        (State.PROPOSED, Move.CLOSE): State.LAPSED,
        (State.ANSWERED, Move.CLOSE): State.LAPSED,
    }
)
"""What leads where. Whatever is not here is refused."""

UNDECIDED = frozenset({State.PROPOSED, State.ANSWERED})
LIVE = UNDECIDED | {State.AGREED}

CHANGED = "This goal has changed in the meantime. Please look at it again and decide once more."

_REFUSALS: Mapping[State, str] = MappingProxyType(
    {
        State.PROPOSED: "These figures wait for the manager's answer.",
        State.ANSWERED: "The manager has named other figures, and they wait for the program leader.",
        State.AGREED: "This goal is agreed already.",
        State.WITHDRAWN: "This goal was taken back.",
        State.CLOSED: "The quarter of this goal is over, and its result stands.",
        State.LAPSED: "The quarter of this goal is over.",
    }
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A team's goal for a quarter (its first day), as it stands.

    `team` is the function; None for the people of the manager. `wanted` is what was proposed, `answer` what the
    manager would rather have, `done` what there is so far, or was at the end. `version` says which state of it
    somebody has seen.
    """

    id: str
    quarter: date
    team: Function | None
    manager_id: str
    manager: str
    manager_slack_id: str | None
    state: State
    wanted: Numbers
    done: Numbers
    answer: Numbers | None
    place: str | None
    version: int

    @property
    def rows(self) -> list[tuple[Measure, int, int]]:
        """What is wanted of which measure, and what there is."""
        return [row for row in zip(Measure, self.wanted, self.done, strict=True) if row[1]]

    @property
    def is_reached(self) -> bool:
        """Whether all that is wanted is there."""
        return all(done >= wanted for _measure, wanted, done in self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """The goals of a quarter that somebody may see; `plans`: they may propose and take back."""

    quarter: date
    goals: Sequence[Goal]
    reader_id: str
    plans: bool


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


def check_quarter(quarter: date, today_quarter: date) -> None:
    """Raises RuleError when the quarter of a form is over."""
    if quarter < today_quarter:
        raise RuleError("That quarter is over. Please open the goals again.")


def check_numbers(typed: Mapping[str, str]) -> Numbers:
    """The figures that were typed, by the names of the measures; nothing typed is 0.

    Raises RuleError at each field that is no figure, and at the first one where nothing is wanted at all.
    """
    found: list[int] = []
    wrong: dict[str, str] = {}
    for measure in Measure:
        said = typed.get(measure.name, "").strip() or "0"
        if said.isascii() and said.isdecimal() and int(said[:9]) <= MOST:
            found.append(int(said[:9]))
        else:
            wrong[measure.name] = f"Please type a whole number from 0 to {MOST}."
    if wrong:
        raise RuleError("Please type whole numbers.", wrong)
    if not any(found):
        words = "Please say what the team is to reach, in at least one of the three."
        raise RuleError(words, {Measure.ACTIVATED.name: words})
    activated, verified, fulfilled = found
    return activated, verified, fulfilled


def check_team(people: int, function: Function | None) -> None:
    """Raises RuleError at `team` when nobody is in it."""
    if not people:
        words = (
            f"Nobody is known to work in {function.value}. Bring people in first, with their functions."
            if function
            else "Nobody is known to have this manager. Import people with their managers, or choose a function."
        )
        raise RuleError(words, {"team": words})


def found(goals: Collection[Goal], goal_id: str) -> Goal:
    """One of them. Raises NotFound."""
    for goal in goals:
        if goal.id == goal_id:
            return goal
    raise NotFound("This goal isn't there any more.")


def share(wanted: int, done: int) -> float:
    """How much of it there is, 0 to 1; more than wanted is all of it."""
    return min(1.0, done / wanted) if wanted else 1.0
