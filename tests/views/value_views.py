"""What the business value looks like, with whatever names and numbers there may be. Does not decide what is right."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.opportunities import DealKind, Status
from domain.value import Brought, Choices, Filters, Period, Report, Row, Sum, Value
from domain.vocabulary import Activity
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, value

TODAY = date(2026, 9, 1)

_sum = st.builds(
    Sum,
    st.sampled_from(Status),
    st.sampled_from(DealKind),
    st.sampled_from([None, "USD", "EUR", "KWD"]),
    st.booleans(),
    st.integers(0, 10**6),
    st.integers(-(10**9), 10**17),
    st.integers(0, 10**8),
    st.integers(0, 10**6),
)
_value = st.lists(_sum, max_size=30).map(Value.of)
_report = st.builds(
    lambda industry, period, found, before: Report(Filters(period, industries=industry), 180, found, before),
    st.just(()) | samples.hostile.map(lambda name: (name,)),
    st.sampled_from([Period(), Period(TODAY - timedelta(days=90), TODAY)]),
    _value,
    st.none() | _value,
)
_row = st.builds(
    lambda name, amount: Row(name, name or None, "won", "new", name, amount, "USD", None, TODAY, None, True),
    samples.hostile,
    st.none() | st.integers(-100, 10**15),
)

_words = st.lists(samples.hostile.filter(str.strip), min_size=1, max_size=120, unique=True)

MONTH = Period(date(2026, 8, 1), date(2026, 8, 31))
values = st.builds(lambda found, before: Report(Filters(MONTH), 180, found, before), _value, _value)

ABOUT_VALUE: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    value.overview: st.builds(
        value.overview,
        _report,
        st.builds(
            value.Chosen,
            st.sampled_from(sorted(value.PERIODS)),
            st.just(value.ALL) | _words.map(lambda words: words[0]),
            activity=st.sampled_from([value.ALL, *Activity]),
        ),
        st.builds(Choices, *(_words.map(tuple) for _menu in range(3))),
    ),
    value.in_home: (st.none() | _value).map(
        lambda found: blocks.home(value.in_home((TODAY, Brought.of(TODAY, TODAY, found)) if found else None))
    ),
    value.message: st.builds(value.message, _report, st.lists(_row, max_size=30)),
    value.chart: _report.map(value.chart).map(lambda drawn: blocks.message("Something.", drawn)),
}
