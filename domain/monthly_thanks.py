"""The champion's thanks for a month: whom they name, and what becomes of the draft.

Decides no credit (domain.credit) and no words. Whoever does not want to be named is thanked without a name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.credit import Credit, Place
from domain.errors import AlreadyDone, RuleError

WORDS_LIMIT = 1000
"""Characters of the champion's own words: what a colleague reads in passing."""

NAMED = 20
"""Colleagues who are thanked with what they brought: more would be a list, and no thanks."""


class State(StrEnum):
    """Where the thanks of a month stand."""

    DRAFTED = "drafted"
    POSTED = "posted"
    LEFT_OUT = "left out"


class Move(StrEnum):
    """What can be done."""

    POST = "post"
    LEAVE_OUT = "leave out"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.DRAFTED, Move.POST): State.POSTED,
        (State.DRAFTED, Move.LEAVE_OUT): State.LEFT_OUT,
        (State.LEFT_OUT, Move.POST): State.POSTED,  # on second thoughts
    }
)
"""The whole state machine."""


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises AlreadyDone where somebody was faster."""
    found = MOVES.get((state, move))
    if found is None:
        raise AlreadyDone(f"Somebody was faster: the thanks of this month are {state.value} already.")
    return found


@dataclass(frozen=True, slots=True)
class Thanks:
    """The thanks of a month (its first day): `places` are named or not, those who brought most first; `others` brought
    something too and have no line. `whole` is what all of them brought; `by` who decided, as a Slack id."""

    month: date
    places: Sequence[Place]
    others: int
    whole: Credit
    state: State = State.DRAFTED
    by: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anybody to thank."""
        return bool(self.places)


def check_month(month: date, last: date) -> None:
    """Refuse to thank for any month but the `last` one that is over. Raises RuleError."""
    if month != last:
        raise RuleError("These thanks are for a month that is past by now. Please thank for the last one instead.")


def check_says_something(thanks: Thanks) -> None:
    """Refuse to thank nobody. Raises RuleError."""
    if not thanks.says_something:
        raise RuleError(
            "No colleague's customer became an advocate or did anything for us that month, so there is nobody to thank."
        )
