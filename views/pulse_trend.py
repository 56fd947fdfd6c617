"""How a group went from pulse to pulse, as lines and in words, and the choice of another group. Decides no figure."""

from collections.abc import Sequence

from domain.messages import Rendered
from domain.names import fold
from domain.phrases import listed
from domain.pulse import ELEMENTS
from domain.pulse_trend import Point, Trend
from views import blocks, charts, inputs
from views.ids import Action
from views.text import Block, line, plain

GONE = "This group no longer stands in two pulses of which all scores may be shown, so there is nothing to draw."

STEADY = 0.05
"""Points of the scale: a change that would be printed as 0.0 is none."""


def newest(found: Sequence[Trend]) -> list[Block]:
    """The first of them drawn, and a choice of the others; nothing where there is none."""
    if not found:
        return []
    return [*_drawn(found[0]), *(_choice(found) if len(found) > 1 else [])]


def of_group(trend: Trend | None) -> Rendered:
    """The group that somebody chose; None where it can no longer be drawn."""
    if trend is None:
        return blocks.message(GONE, [blocks.section(GONE)])
    return blocks.message(_in_words(trend), _drawn(trend))


def _drawn(trend: Trend) -> list[Block]:
    """The lines, and the same in words for whoever cannot see them."""
    left_out = f" {_pulses(trend.left_out)} not drawn, because not all of its scores may be shown."
    return [*_chart(trend), blocks.section(_in_words(trend) + (left_out if trend.left_out else ""))]


def _choice(found: Sequence[Trend]) -> list[Block]:
    """A choice of the groups."""
    options = [inputs.option(one.group, key_of(one)) for one in found]
    select = inputs.select(options, placeholder="Draw another group") | {"action_id": Action.PULSE_TREND.value}
    return blocks.actions([select])


def key_of(trend: Trend) -> str:
    """What a choice of this group sends back."""
    return inputs.cut_value(fold(trend.group))


def _pulses(count: int) -> str:
    return "1 pulse is" if count == 1 else f"{count} pulses are"


def _in_words(trend: Trend) -> str:
    first, last = trend.points[0], trend.points[-1]
    moved = [
        f"{element.value} {first.means[element]:.1f} → {last.means[element]:.1f} ({_change(trend.change[element])})"
        for element in ELEMENTS
    ]
    return f"*{line(trend.group, 60)}* from {_month(first)} to {_month(last)}: {listed(moved)}."


def _change(points: float) -> str:
    return "steady" if abs(points) < STEADY else f"{points:+.1f}".replace("-", "−")


def _month(point: Point) -> str:
    return f"{point.held_on:%B %Y}"


def _labels(points: Sequence[Point]) -> list[str]:
    """A day for each point; of two pulses on one day the second says so, because a chart tells points by their
    labels."""
    days = [f"{point.held_on.day} {point.held_on:%b %Y}" for point in points]
    times = [days[:at].count(day) + 1 for at, day in enumerate(days)]
    return [day if time == 1 else f"{day} ({time})" for day, time in zip(days, times, strict=True)]


def _chart(trend: Trend) -> list[Block]:
    labels = _labels(trend.points)
    lines = {element.value.capitalize(): [point.means[element] for point in trend.points] for element in ELEMENTS}
    title = f"{plain(trend.group, 30)['text']} from pulse to pulse"
    return charts.lines(title, "Mean score, 1 to 5", labels, lines)
