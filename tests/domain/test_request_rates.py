"""What a request counts as, and of how many a rate is told."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.request_rates import WITHIN, Asked, Rates
from domain.requests import State

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
GOAL = timedelta(hours=72)


def asked(state: State, waited_hours: float, answered: bool = True) -> Asked:
    opened = NOW - timedelta(hours=waited_hours)
    return Asked(state, opened, NOW if answered else None)


@pytest.mark.parametrize(
    ("row", "filled", "decided", "in_time", "due"),
    [
        (asked(State.APPROVED, 72), 1, 1, 1, 1),
        (asked(State.COMPLETED, 73), 1, 1, 0, 1),
        (asked(State.DECLINED, 2), 0, 1, 1, 1),
        (asked(State.EXPIRED, 400, answered=False), 0, 1, 0, 1),
        (asked(State.CANCELLED, 400, answered=False), 0, 0, 0, 0),
        (asked(State.NEW, 71, answered=False), 0, 0, 0, 0),
        (asked(State.AWAITING_OWNER, 73, answered=False), 0, 0, 0, 1),
    ],
)
def test_what_a_request_counts_as(row: Asked, filled: int, decided: int, in_time: int, due: int) -> None:
    found = Rates.of([row], GOAL, NOW)
    assert (found.filled, found.decided, found.in_time, found.due) == (filled, decided, in_time, due)


def test_rates_of_few_requests_are_withheld() -> None:
    four = Rates.of([asked(State.APPROVED, 1)] * 4, GOAL, NOW)
    assert (four.fill_rate, four.in_time_rate) == (None, None)
    five = Rates.of([asked(State.APPROVED, 1)] * 4 + [asked(State.DECLINED, 100)], GOAL, NOW)
    assert (five.fill_rate, five.in_time_rate) == (0.8, 0.8)


@pytest.mark.parametrize(
    ("hours", "place"), [(0, 0), (4, 0), (4.1, 1), (24, 1), (47, 2), (48, 2), (72, 3), (72.1, 4), (900, 4)]
)
def test_how_long_an_answer_took(hours: float, place: int) -> None:
    assert Rates.of([asked(State.DECLINED, hours)], GOAL, NOW).took == [int(at == place) for at in range(5)]


def test_the_time_in_which_half_were_answered() -> None:
    quick, slow = asked(State.APPROVED, 3), asked(State.APPROVED, 30)
    assert Rates.of([quick] * 4, GOAL, NOW).half_within is None  # too few to tell
    assert Rates.of([quick] * 3 + [slow] * 3, GOAL, NOW).half_within == WITHIN[0]
    assert Rates.of([quick] * 2 + [slow] * 3, GOAL, NOW).half_within == WITHIN[2]
    assert Rates.of([asked(State.APPROVED, 100)] * 9, GOAL, NOW).half_within is None  # it took longer


def test_what_waits_and_what_was_taken_back() -> None:
    rows = [asked(State.NEW, 1, answered=False), asked(State.CANCELLED, 1, answered=False), asked(State.APPROVED, 1)]
    found = Rates.of(rows, GOAL, NOW)
    assert (found.asked, found.waiting, found.withdrawn, found.decided) == (3, 1, 1, 1)
