"""What a leader reads of a pulse: figures in words, what was before, and what is left out."""

from datetime import date

from domain.pulse import PulseResult, Scores, result_of
from tests.tallies import tally
from tests.views.reading import blocks_of, read
from views import pulse

STUCK: Scores = (4, 3, 4, 4, 2)
MOVED: Scores = (4, 4, 4, 4, 2)
LOW: Scores = (1, 4, 4, 4, 4)


def held(name: str, month: int, **groups: list[Scores]) -> PulseResult:
    results = tuple(result_of(group, tally(answers)) for group, answers in groups.items())
    return PulseResult(name, date(2026, month, 1), results)


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
    [chart] = [block for block in blocks_of(message) if block["type"] == "data_visualization"]
    assert [bars["name"] for bars in chart["chart"]["series"]] == ["Marketing"]


def test_where_nobody_answered_enough_there_is_no_chart() -> None:
    message = pulse.results([held("Spring", 4, Sales=[LOW] * 4)], {})
    assert "In no group did 5 people answer" in message.text
    assert "data_visualization" not in str(message.blocks)


def test_of_many_groups_the_first_twelve_are_told() -> None:
    message = pulse.results([held("Spring", 4, **{f"Group {at:02}": [MOVED] * 5 for at in range(20)})], {})
    assert "8 more groups are in the report" in read(message)
