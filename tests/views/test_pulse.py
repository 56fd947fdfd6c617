"""What a leader reads of a pulse: figures in words, what was before, and what is left out."""

from datetime import date

from domain.messages import Rendered
from domain.pulse import PulseResult, Scores, result_of
from tests.tallies import tally
from tests.views.reading import blocks_of, read
from views import pulse
from views.text import Block

STUCK: Scores = (4, 3, 4, 4, 2)
MOVED: Scores = (4, 4, 4, 4, 2)
LOW: Scores = (1, 4, 4, 4, 4)


def held(name: str, month: int, **groups: list[Scores]) -> PulseResult:
    results = tuple(result_of(group, tally(answers)) for group, answers in groups.items())
    return PulseResult(name, date(2026, month, 1), results)


def charts(message: Rendered) -> list[Block]:
    return [block for block in blocks_of(message) if block["type"] == "data_visualization"]


def test_a_group_is_told_with_what_was_before_and_one_next_step() -> None:
    shown = read(
        pulse.results([held("Launch", 1, Sales=[STUCK] * 5), held("Spring", 4, sales=[MOVED] * 4 + [STUCK])], {})
    )
    assert "Pulse Spring, 1 April 2026" in shown
    assert "*sales* (5 answered): *held back first by reinforcement*." in shown
    assert "Awareness 4.0, desire 3.8, knowledge 4.0, ability 4.0, reinforcement 2.0." in shown
    assert "What holds each person back: desire 1 and reinforcement 4." in shown
    assert "Before: desire in January 2026." in shown
    assert "Thank people by name" in shown


def test_small_groups_are_named_only_and_leave_no_figure() -> None:
    message = pulse.results([held("Spring", 4, Sales=[MOVED] * 5, Support=[LOW] * 4)], {})
    assert "Not shown, because fewer than 5 answered: Support." in read(message)
    assert "1.0" not in str(message.blocks)


def test_what_everybody_scored_lowest_has_no_figure_and_no_bar() -> None:
    message = pulse.results([held("Spring", 4, Sales=[LOW] * 5, Marketing=[MOVED] * 5)], {})
    assert "Awareness very low, desire 4.0" in read(message)
    [chart] = charts(message)
    assert [bars["name"] for bars in chart["chart"]["series"]] == ["Marketing"]


def test_a_group_of_several_pulses_is_drawn_as_lines_and_told_in_words() -> None:
    message = pulse.results(
        [
            held("Launch", 1, Sales=[STUCK] * 5, Marketing=[STUCK] * 5),
            held("Spring", 4, Sales=[MOVED] * 5, Marketing=[MOVED] * 4 + [STUCK]),
        ],
        {},
    )
    _bars, trend = charts(message)
    assert trend["chart"]["axis_config"]["categories"] == ["1 Jan 2026", "1 Apr 2026"]
    by_name = {one["name"]: [point["value"] for point in one["data"]] for one in trend["chart"]["series"]}
    assert by_name["Desire"] == [3, 3.8]
    assert "*Marketing* from January 2026 to April 2026: awareness 4.0 → 4.0 (steady), desire 3.0 → 3.8 (+0.8)" in read(
        message
    )
    [select] = [block["elements"][0] for block in blocks_of(message) if block["type"] == "actions"]
    assert [option["text"]["text"] for option in select["options"]] == ["Marketing", "Sales"]


def test_two_pulses_on_one_day_are_two_points() -> None:
    message = pulse.results([held("Launch", 1, Sales=[STUCK] * 5), held("Again", 1, Sales=[MOVED] * 5)], {})
    [_bars, trend] = charts(message)
    assert trend["chart"]["axis_config"]["categories"] == ["1 Jan 2026", "1 Jan 2026 (2)"]
    assert "actions" not in [block["type"] for block in blocks_of(message)], "there is no other group to choose"


def test_where_nobody_answered_enough_there_is_no_chart() -> None:
    message = pulse.results([held("Spring", 4, Sales=[LOW] * 4)], {})
    assert "In no group did 5 people answer" in message.text
    assert "data_visualization" not in str(message.blocks)


def test_of_many_groups_the_first_twelve_are_told() -> None:
    message = pulse.results([held("Spring", 4, **{f"Group {at:02}": [MOVED] * 5 for at in range(20)})], {})
    assert "8 more groups are in the report" in read(message)
