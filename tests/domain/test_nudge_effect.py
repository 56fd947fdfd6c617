"""What is told of the effect: nothing of too few, and a range that mostly holds the truth."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.nudge_effect import AFTER, LEAST, came_after, compare

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(("with_them", "without"), [(LEAST, LEAST - 1), (LEAST - 1, LEAST), (500, 0), (0, 0)])
def test_of_fewer_than_thirty_a_side_nothing_is_told(with_them: int, without: int) -> None:
    found = compare([1.0] * with_them, [0.0] * without)
    assert found.bounds is None
    assert found.may_be_chance
    assert (found.with_nudges.n, found.without.n) == (with_them, without)


def test_the_range_is_welchs() -> None:
    """Worked out by hand: means 2 and 1, variances 60/59 each of 60 and 60; t(118) = 1.9803."""
    found = compare([1.0, 3.0] * 30, [0.0, 2.0] * 30)
    assert found.bounds is not None
    reach = 1.98027 * (2 * (60 / 59) / 60) ** 0.5
    assert found.bounds == pytest.approx((1 - reach, 1 + reach), abs=1e-4)
    assert not found.may_be_chance


def test_where_nothing_happened_at_all_the_range_is_not_empty() -> None:
    found = compare([0.0] * 40, [0.0] * 40)
    assert found.bounds is not None
    assert found.bounds[0] < 0 < found.bounds[1]


def test_the_range_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = random.Random(11)

    def drawn(many: int, mean: float) -> list[float]:
        return [float(sum(rng.random() < mean / 20 for _ in range(20))) for _ in range(many)]

    held = 0
    for _try in range(400):
        bounds = compare(drawn(270, 1.2), drawn(30, 1.0)).bounds
        held += bounds is not None and bounds[0] <= 0.2 <= bounds[1]
    assert 0.92 < held / 400 < 0.98


@given(st.lists(st.integers(-20, 20).map(lambda days: NOW + timedelta(days=days, hours=3)), max_size=30))
def test_what_came_in_the_seven_days_after_is_counted(times: list[datetime]) -> None:
    assert came_after(sorted(times), NOW) == sum(NOW <= at < NOW + AFTER for at in times)
