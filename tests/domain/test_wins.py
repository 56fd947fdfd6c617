"""What everybody hears of, and what is nobody's business."""

from datetime import date, timedelta

import pytest

from domain.vocabulary import Activity
from domain.wins import FRESH, is_win

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("activity", "days", "rating", "expected"),
    [
        (Activity.REFERENCE_CALL, 0, 5, True),
        (Activity.REFERENCE_CALL, 0, None, True),
        (Activity.REVIEW, FRESH.days, 3, True),
        (Activity.REVIEW, FRESH.days + 1, 5, False),
        (Activity.REFERENCE_CALL, 0, 2, False),
        (Activity.EXECUTIVE_MEETING, 0, 5, False),
        (Activity.REFERENCE_CALL, -1, None, False),  # it cannot have taken place yet
    ],
)
def test_what_is_news(activity: Activity, days: int, rating: int | None, *, expected: bool) -> None:
    assert is_win(activity, TODAY - timedelta(days=days), rating, TODAY) is expected
