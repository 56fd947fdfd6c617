"""How requests go, with whatever names and numbers there may be. Does not decide what is right."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.people import Function
from domain.request_rates import Asked, Rates
from domain.request_report import Behind, Line, Report, Wanted
from domain.requests import State
from domain.value import Period
from domain.vocabulary import Activity
from tests.views import samples
from tests.views.reading import Shown
from tests.views.samples import NOW
from views import blocks, periods, request_report
from views.ids import Action

_asked = st.builds(
    lambda state, ago, took: Asked(
        state, NOW - timedelta(hours=ago), None if took is None else NOW - timedelta(hours=ago - took)
    ),
    st.sampled_from(State),
    st.integers(0, 10**4),
    st.none() | st.integers(0, 10**4),
)
_rates = st.lists(_asked, max_size=30).map(lambda rows: Rates.of(rows, timedelta(hours=72), NOW))
_line = st.builds(Line, st.none() | samples.hostile, _rates, _rates)
_report = st.builds(
    Report,
    st.just(Period(date(2026, 8, 1), date(2026, 8, 30))),
    st.builds(Wanted, st.none() | st.sampled_from(Activity), st.none() | st.sampled_from(Function)),
    st.sampled_from([timedelta(hours=1), timedelta(hours=72)]),
    _line,
    st.lists(_line, max_size=20).map(tuple),
    st.lists(_line, max_size=8).map(tuple),
)
_maybe = st.none() | samples.hostile
_behind = st.builds(Behind, samples.hostile, _maybe, _asked, st.just(date(2026, 9, 1)), _maybe, _maybe, _maybe)

ABOUT_REQUEST_REPORT: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    request_report.overview: st.builds(request_report.overview, _report, st.sampled_from(sorted(periods.PERIODS))),
    request_report.message: st.builds(request_report.message, _report, st.lists(_behind, max_size=30)),
    periods.select: st.sampled_from(sorted(periods.PERIODS)).map(
        lambda days: blocks.home(blocks.actions([periods.select(Action.ADOPTION_PERIOD, days)]))
    ),
}
