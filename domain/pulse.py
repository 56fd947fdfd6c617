"""What the answers to a pulse say of a group: means, the barrier point, and what stays hidden.

A pulse asks about five elements, each answered with 1 to 5. The elements, their order, and that a change is stuck at
the first one at 3 or less are those of the ADKAR model (ADKAR is a registered trademark of Prosci). Decides nothing
about who is asked, and knows nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Element(StrEnum):
    """What a person needs for a change to last, in the order in which it is needed."""

    AWARENESS = "awareness"
    DESIRE = "desire"
    KNOWLEDGE = "knowledge"
    ABILITY = "ability"
    REINFORCEMENT = "reinforcement"


ELEMENTS = tuple(Element)

LOWEST, HIGHEST = 1, 5
"""The ends of the scale of an answer, in points."""

HOLDS_BACK = 3
"""Points: a score up to this is a barrier. Means are compared unrounded, so that 3.04, printed as 3.0, is none."""

SMALLEST_GROUP = 5
"""People who answered: of fewer, nothing is told, because each of them could be guessed."""

Scores = tuple[int | None, int | None, int | None, int | None, int | None]
"""One person's answers in the order of the elements; None where the person did not say."""


class Unblocked(StrEnum):
    """What stands in place of a barrier point."""

    NONE = "none"
    INCOMPLETE = "incomplete"


Barrier = Element | Unblocked

BARRIERS: tuple[Barrier, ...] = (*ELEMENTS, *Unblocked)
"""All that a barrier can be, in the order in which it is listed."""


def barrier_point(scores: Sequence[float | None]) -> Barrier:
    """The first of the five scores (or means) at 3 or less.

    INCOMPLETE when one before it was not answered, because that one might have been the first; NONE when all are above.
    """
    for element, score in zip(ELEMENTS, scores, strict=True):
        if score is None:
            return Unblocked.INCOMPLETE
        if score <= HOLDS_BACK:
            return element
    return Unblocked.NONE


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a group: how many answered, each element's mean (None where nobody said), the barrier of the
    means, and how many people have which barrier of their own.

    `unanimous` holds the elements that everybody scored lowest or highest: these have no mean, which would tell each
    person's answer. Barriers that are not in `spread` are not told apart: `merged` people have one of them.
    """

    n: int
    means: Mapping[Element, float | None]
    unanimous: Mapping[Element, int]
    barrier: Barrier
    spread: Mapping[Barrier, int]
    merged: int = 0


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group, and what is told of it; None where too few answered to tell anything.

    `team` is the manager's id where the group is the part of it that has this manager; `is_all` is everybody.
    """

    group: str
    told: Told | None = None
    team: str | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of a group's answers: how many there are; of each element, the sum of its points and how many
    answered it; and how many people have each barrier of their own."""

    n: int
    points: tuple[int, ...]
    answered: tuple[int, ...]
    spread: Mapping[Barrier, int]


def result_of(group: str, counted: Tally) -> GroupResult:
    """What is told of a group of whose answers this was counted."""
    if counted.n < SMALLEST_GROUP:
        return GroupResult(group)
    columns = list(zip(ELEMENTS, counted.points, counted.answered, strict=True))
    means = {element: points / answered if answered else None for element, points, answered in columns}
    unanimous = {element: end for element, points, answered in columns if (end := unanimous_end(points, answered))}
    shown = {element: None if element in unanimous else mean for element, mean in means.items()}
    return GroupResult(group, Told(counted.n, shown, unanimous, barrier_point(list(means.values())), counted.spread))


def unanimous_end(points: int, answered: int) -> int | None:
    """The end of the scale that everybody who answered chose: no other answers add up to it."""
    return next((end for end in (LOWEST, HIGHEST) if answered and points == end * answered), None)


@dataclass(frozen=True, slots=True)
class PulseResult:
    """One pulse: its name, the day on which it was held, and what is told of each group.

    `smallest` is how many people a figure needed at least in a pulse that people here have answered; None of one that
    was brought in. `motives` says how many of a group that is shown named which motive, where enough did.
    """

    name: str
    held_on: date
    groups: tuple[GroupResult, ...]
    pulse_id: str | None = None
    smallest: int | None = None
    motives: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_live(self) -> bool:
        """Whether people here have answered it in Slack."""
        return self.smallest is not None

    @property
    def least(self) -> int:
        """People who answered, below which nothing is told of a group."""
        return self.smallest or SMALLEST_GROUP
