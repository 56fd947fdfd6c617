"""How groups go from pulse to pulse: which pulses make a line, and which groups have one."""

from datetime import date

import pytest

from domain.pulse import Element, PulseResult, Scores, result_of
from domain.pulse_groups import EVERYBODY
from domain.pulse_trend import MOST, trends
from tests.tallies import tally

STUCK: Scores = (4, 2, 4, 4, 2)
MOVED: Scores = (4, 4, 4, 4, 3)
ALIKE: Scores = (1, 4, 4, 4, 4)


def held(day: date, **groups: list[Scores]) -> PulseResult:
    return PulseResult(f"Pulse of {day}", day, tuple(result_of(name, tally(said)) for name, said in groups.items()))


def months(count: int, **groups: list[Scores]) -> list[PulseResult]:
    return [held(date(2024 + at // 12, at % 12 + 1, 3), **groups) for at in range(count)]


def test_a_group_is_followed_under_its_newest_name() -> None:
    [one] = trends([held(date(2026, 1, 3), SALES=[STUCK] * 5), held(date(2026, 4, 3), Sales=[MOVED] * 4 + [STUCK])])
    assert one.group == "Sales"
    assert [point.held_on.month for point in one.points] == [1, 4]
    assert one.change == {
        Element.AWARENESS: 0,
        Element.DESIRE: pytest.approx(1.6),
        Element.KNOWLEDGE: 0,
        Element.ABILITY: 0,
        Element.REINFORCEMENT: pytest.approx(0.8),
    }


def test_a_pulse_in_which_a_score_may_not_be_shown_is_left_out_and_counted() -> None:
    found = [
        held(date(2026, 1, 3), Sales=[STUCK] * 5),
        held(date(2026, 2, 3), Sales=[ALIKE] * 5),
        held(date(2026, 3, 3), Sales=[STUCK] * 4),
        held(date(2026, 4, 3), Sales=[MOVED] * 5),
    ]
    [one] = trends(found)
    assert [point.held_on.month for point in one.points] == [1, 4]
    assert one.left_out == 2


def test_one_pulse_is_no_trend() -> None:
    assert trends(months(1, Sales=[STUCK] * 5)) == []
    assert trends([]) == []


def test_everybody_comes_first_and_then_who_has_most_pulses() -> None:
    found = [*months(2, Alpha=[STUCK] * 5, Zeta=[STUCK] * 5), held(date(2026, 1, 3), Zeta=[STUCK] * 5)]
    found[:2] = [
        PulseResult(one.name, one.held_on, (*one.groups, result_of(EVERYBODY, tally([STUCK] * 9)))) for one in found[:2]
    ]
    assert [one.group for one in trends(found)] == [EVERYBODY, "Zeta", "Alpha"]


def test_of_many_pulses_the_newest_are_kept() -> None:
    [one] = trends(months(MOST + 5, Sales=[STUCK] * 5))
    assert len(one.points) == MOST
    assert (one.points[0].held_on, one.left_out) == (date(2024, 6, 3), 0)
