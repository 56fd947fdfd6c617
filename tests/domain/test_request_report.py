"""Requests of two periods, counted in one pass: it says the same as counting each group by itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.request_rates import Asked, Rates
from domain.request_report import Counting, Row, Wanted
from domain.requests import State
from domain.value import Period

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)
GOAL = timedelta(hours=72)
PERIOD = Period(date(2026, 8, 2), date(2026, 9, 1))

_asked = st.builds(
    lambda state, ago, took: Asked(
        state, NOW - timedelta(hours=ago), None if took is None else NOW - timedelta(hours=ago - took)
    ),
    st.sampled_from(State),
    st.integers(0, 60 * 24),
    st.none() | st.integers(0, 100),
)
_row = st.builds(
    Row,
    st.sampled_from(["reference call", "quote or logo", "video"]),
    st.sampled_from([None, "sales", "support"]),
    _asked,
)


@given(st.lists(_row, max_size=40))
def test_each_group_counts_its_own(rows: list[Row]) -> None:
    counting = Counting(GOAL, SINCE, NOW)
    for row in rows:
        counting.add(row)
    found = counting.report(PERIOD, Wanted())

    def by_hand(some: list[Row]) -> tuple[Rates, Rates]:
        now = [row.asked for row in some if row.asked.opened_at >= SINCE]
        return Rates.of(now, GOAL, NOW), Rates.of((r.asked for r in some if r.asked not in now), GOAL, NOW)

    assert (found.whole.now, found.whole.before) == by_hand(rows)
    assert {line.name: (line.now, line.before) for line in found.activities} == {
        name: by_hand([row for row in rows if row.activity == name]) for name in {row.activity for row in rows}
    }
    assert {line.name: (line.now, line.before) for line in found.functions} == {
        name: by_hand([row for row in rows if row.function == name]) for name in {row.function for row in rows}
    }
    in_order = [line.now.asked for line in found.activities]
    assert in_order == sorted(in_order, reverse=True)
    assert sum(in_order) == Counter(row.asked.opened_at >= SINCE for row in rows)[True]
