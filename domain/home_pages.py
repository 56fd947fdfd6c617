"""The lists of which Home draws the beginning, page by page. Decides who may see which, not what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.advocates import Card as Advocate
from domain.errors import RuleError
from domain.loads import Load
from domain.nominations import Card as Nomination
from domain.permissions import Action
from domain.requests import Card as Request

ROWS = 20
"""Of one page: with three blocks each, and the ways on, they stay within a window's 100."""


class Part(StrEnum):
    """A list of Home."""

    MINE = "mine"
    REQUESTS = "requests"
    TO_APPROVE = "to_approve"
    LOADS = "loads"
    QUEUE = "queue"
    WAITING = "waiting"
    JOURNEYS = "journeys"
    TO_ANSWER = "to_answer"

    @property
    def needs(self) -> Action:
        """The permission to see it: one's own is for everybody who takes part, the rest is the team's work."""
        return Action.SEE_QUEUE if self in _OF_THE_TEAM else Action.NOMINATE


_OF_THE_TEAM = frozenset({Part.QUEUE, Part.WAITING, Part.JOURNEYS, Part.TO_ANSWER})


def part_of(name: str) -> Part:
    """The list of this name. Raises RuleError for any other."""
    try:
        return Part(name)
    except ValueError:
        raise RuleError("This list isn't here any more. Please open Home again.") from None


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `number` counts from 0."""

    part: Part
    number: int
    rows: Sequence[Nomination] | Sequence[Request] | Sequence[Advocate] | Sequence[Load]
    is_last: bool
