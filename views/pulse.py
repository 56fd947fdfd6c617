"""What pulses say, to whoever may see every group: a chart, each group in words with one next step, and how it was
before. Decides no figure. Groups too small are named and not shown.
"""

from collections.abc import Mapping, Sequence

from domain.messages import Rendered
from domain.names import fold
from domain.phrases import listed
from domain.pulse import ELEMENTS, SMALLEST_GROUP, Barrier, Element, PulseResult, Told, Unblocked
from views import blocks
from views.pulse_words import TRADEMARK, held_back, means_in_words, own_barriers
from views.text import Block, line, plain

Shown = tuple[str, Told]
"""A group that is not hidden."""

NOTHING_OPEN = "No pulse is open for you at the moment. When one starts, you get it here as a direct message."
MOST_GROUPS = 12
"""Bars of one chart, and paragraphs that somebody reads; more groups are told by the report."""

MOST_BEFORE = 4
"""Earlier pulses in a group's line: a year of quarters."""

LABEL_LIMIT = 20
"""Characters of a series' name."""

NEXT_STEP: Mapping[Barrier, str] = {
    Element.AWARENESS: "Say why the company wants advocates now, and let their own leader say it.",
    Element.DESIRE: "Ask what would make it worth their while, and show a colleague whose nomination paid off.",
    Element.KNOWLEDGE: "Show them in ten minutes how to nominate and look up, with a customer they know.",
    Element.ABILITY: "Take away what is in the way: do the next nomination together, side by side.",
    Element.REINFORCEMENT: "Thank people by name for what they brought, and tell what became of it.",
    Unblocked.NONE: "Keep going: tell what their work has brought, and ask again next quarter.",
    Unblocked.INCOMPLETE: "Ask again, and say that “can't say” is an answer that helps nobody to help them.",
}
"""One thing to do next, for each place where a group may be stuck."""


def nothing_open() -> Rendered:
    """Nothing waits for this person."""
    return blocks.message(NOTHING_OPEN, [blocks.section(NOTHING_OPEN)])


def results(found: Sequence[PulseResult]) -> Rendered:
    """The newest of the pulses, the earlier ones beside it. `found` is not empty, the newest last."""
    *earlier, newest = found
    title = f"Pulse {newest.name}, {newest.held_on.day} {newest.held_on:%B %Y}"
    shown = [(group.group, group.told) for group in newest.groups if group.told is not None]
    content = [
        blocks.header(title),
        *_chart(shown),
        *(blocks.section(_in_words(group, told, earlier)) for group, told in shown[:MOST_GROUPS]),
        *_left_out(newest, len(shown)),
        blocks.context(NOTHING_OPEN),
        blocks.context(TRADEMARK),
    ]
    return blocks.message(f"{line(title)}. {_in_short(shown)}", content)


def _in_short(shown: Sequence[Shown]) -> str:
    if not shown:
        return f"In no group did {SMALLEST_GROUP} people answer, so nothing is shown."
    return " ".join(f"{line(group, 60)}: {held_back(told)}." for group, told in shown[:MOST_GROUPS])


def _in_words(group: str, told: Told, earlier: Sequence[PulseResult]) -> str:
    return "\n".join(
        [
            f"*{line(group, 60)}* ({told.n} answered): *{held_back(told)}*.",
            f"{means_in_words(told).capitalize()}. What holds each person back: {own_barriers(told)}.",
            *_before(group, earlier),
            f"→ {NEXT_STEP[told.barrier]}",
        ]
    )


def _before(group: str, earlier: Sequence[PulseResult]) -> list[str]:
    """What held the same group back in the pulses before, the oldest first."""
    barriers = [
        f"{one.told.barrier.value} in {pulse.held_on:%B %Y}"
        for pulse in earlier[-MOST_BEFORE:]
        for one in pulse.groups
        if fold(one.group) == fold(group) and one.told is not None
    ]
    return [f"Before: {listed(barriers)}."] if barriers else []


def _left_out(newest: PulseResult, shown: int) -> list[Block]:
    hidden = [line(group.group, 60) for group in newest.groups if group.told is None]
    names = [*hidden[:MOST_GROUPS], *([f"{len(hidden) - MOST_GROUPS} more"] if len(hidden) > MOST_GROUPS else [])]
    told = []
    if hidden:
        told.append(blocks.context(f"Not shown, because fewer than {SMALLEST_GROUP} answered: {listed(names)}."))
    if shown > MOST_GROUPS:
        told.append(blocks.context(f"{shown - MOST_GROUPS} more groups are in the report: `everboard report adkar`."))
    return told


def _chart(shown: Sequence[Shown]) -> list[Block]:
    """Bars for the groups all of whose means may be shown; a bar for what is hidden would be a guess."""
    names = [element.value.capitalize() for element in ELEMENTS]
    series: dict[str, list[float]] = {}
    for group, told in shown[:MOST_GROUPS]:
        means = [mean for mean in told.means.values() if mean is not None]
        if len(means) == len(ELEMENTS):
            series.setdefault(plain(group, LABEL_LIMIT)["text"], means)
    if not series:
        return []
    bars = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(names, means, strict=True)]}
        for name, means in series.items()
    ]
    axis = {"categories": names, "y_label": "Mean score, 1 to 5"}
    chart = {"type": "bar", "series": bars, "axis_config": axis}
    return [{"type": "data_visualization", "title": "How each group answered", "chart": chart}]
