"""What the database counts of answers, counted one by one: the plain way, for tests."""

from collections.abc import Sequence

from domain.pulse import BARRIERS, ELEMENTS, Barrier, Scores, Tally, barrier_point


def tally(answers: Sequence[Scores]) -> Tally:
    """Each answer looked at by itself."""
    spread: dict[Barrier, int] = dict.fromkeys(BARRIERS, 0)
    for scores in answers:
        spread[barrier_point(scores)] += 1
    columns = [[score for scores in answers if (score := scores[place]) is not None] for place in range(len(ELEMENTS))]
    return Tally(len(answers), tuple(map(sum, columns)), tuple(map(len, columns)), spread)
