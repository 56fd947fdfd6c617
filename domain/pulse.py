"""What the answers to a pulse say of a group: means, the barrier point, and what stays hidden.

A pulse asks about five elements, each answered with 1 to 5. The elements, their order, and that a change is stuck at
the first one at 3 or less are those of the ADKAR model (ADKAR is a registered trademark of Prosci). Decides nothing
about who is asked, and knows nobody: it sees how often each combination of scores was given.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
class GroupResult:
    """What is told of a group: the number who answered, each element's mean, the barrier of the means, and how many
    people have which barrier of their own.

    `unanimous` holds the elements that everybody scored lowest or highest: these have no mean, which would tell each
    person's answer. All but the name is empty when the group is hidden.
    """

    group: str
    n: int | None = None
    means: Mapping[Element, float | None] | None = None
    unanimous: Mapping[Element, int] | None = None
    barrier: Barrier | None = None
    spread: Mapping[Barrier, int] | None = None

    @property
    def suppressed(self) -> bool:
        """Whether too few answered to tell anything."""
        return self.n is None


def result_of(group: str, answers: Mapping[Scores, int]) -> GroupResult:
    """What is told of a group whose members gave these combinations of scores, each so many times."""
    n = sum(answers.values())
    if n < SMALLEST_GROUP:
        return GroupResult(group)
    columns = [_points(answers, place) for place in range(len(ELEMENTS))]
    means = [_mean(points) for points in columns]
    unanimous = {element: score for element, points in zip(ELEMENTS, columns, strict=True) if (score := _only(points))}
    shown = {element: None if element in unanimous else mean for element, mean in zip(ELEMENTS, means, strict=True)}
    return GroupResult(group, n, shown, unanimous, barrier_point(means), _spread(answers))


def _points(answers: Mapping[Scores, int], place: int) -> Counter[int]:
    """How often each score was given to one element."""
    points: Counter[int] = Counter()
    for scores, times in answers.items():
        if (score := scores[place]) is not None:
            points[score] += times
    return points


def _mean(points: Counter[int]) -> float | None:
    """Unrounded; None where nobody said."""
    return sum(score * times for score, times in points.items()) / points.total() if points else None


def _only(points: Counter[int]) -> int | None:
    """The one end of the scale that everybody who answered chose."""
    [score, *others] = points or [None]
    return None if others or score not in (LOWEST, HIGHEST) else score


def _spread(answers: Mapping[Scores, int]) -> dict[Barrier, int]:
    spread: dict[Barrier, int] = dict.fromkeys(BARRIERS, 0)
    for scores, times in answers.items():
        spread[barrier_point(scores)] += times
    return spread


@dataclass(frozen=True, slots=True)
class PulseResult:
    """One pulse: its name, the day on which it was held, and what is told of each group."""

    name: str
    held_on: date
    groups: tuple[GroupResult, ...]
