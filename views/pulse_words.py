"""What a group answered, in words that Slack and the terminal share. Plain: nothing here was typed by a person."""

from collections.abc import Mapping

from domain.phrases import listed
from domain.pulse import BARRIERS, ELEMENTS, HIGHEST, Barrier, Element, Told, Unblocked

TRADEMARK = "ADKAR is a registered trademark of Prosci, Inc.; Everboard is not affiliated with it."


def held_back(told: Told) -> str:
    """Where the group is stuck, without a full stop."""
    if told.barrier is Unblocked.NONE:
        return "nothing holds them back"
    if told.barrier is Unblocked.INCOMPLETE:
        return "what holds them back can't be told, because an element has no answers"
    return f"held back first by {told.barrier}"


def means_in_words(told: Told) -> str:
    """Each element's mean with one decimal."""
    return ", ".join(f"{element} {_mean(told, element)}" for element in ELEMENTS)


def _mean(told: Told, element: Element) -> str:
    if element in told.unanimous:
        return end_in_words(told.unanimous[element])
    mean = told.means[element]
    return "not answered" if mean is None else f"{mean:.1f}"


def end_in_words(score: int) -> str:
    """What everybody scored alike."""
    return "very high" if score == HIGHEST else "very low"


def own_barriers(told: Told) -> str:
    """How many people have which barrier of their own; those that nobody has are left out, rare ones are together."""
    rows = [f"{_NAMES[barrier]} {told.spread[barrier]}" for barrier in BARRIERS if told.spread.get(barrier)]
    if told.merged:
        rows.append(f"{'something else' if rows else 'not told apart'} {told.merged}")
    return listed(rows)


_NAMES: Mapping[Barrier, str] = {
    **{element: element.value for element in ELEMENTS},
    Unblocked.NONE: "nothing",
    Unblocked.INCOMPLETE: "not said",
}
