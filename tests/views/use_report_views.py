"""How customers are asked, with whatever names and numbers there may be. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.use_report import Figures, Named, Report, Used
from domain.value import Period
from domain.vocabulary import Activity
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, charts, periods, use_report

_number = st.integers(0, 10**6)
_used = st.builds(Used, st.just("A" * 26), st.booleans(), _number, _number, _number)
_figures = st.builds(Figures.of, st.lists(_used, max_size=30), _number)
_named = st.lists(
    st.builds(Named, st.just("A" * 26), samples.hostile, samples.hostile, _number, _number), max_size=use_report.LISTED
)
_report = st.builds(
    Report,
    st.just(Period(date(2026, 8, 1), date(2026, 8, 30))),
    st.none() | st.sampled_from(Activity),
    _figures,
    _figures,
    st.lists(st.tuples(samples.hostile, _number, _number), max_size=30).map(tuple),
    _named.map(tuple),
    _named.map(tuple),
    _number,
)

ABOUT_USE: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    use_report.overview: st.builds(use_report.overview, _report, st.sampled_from(sorted(periods.PERIODS))),
    use_report.message: st.builds(use_report.message, _report),
    charts.bars: st.builds(
        lambda names, value: blocks.message(
            "Bars.", charts.bars("Bars", "Uses", charts.labels(names), {"Now": [value] * len(names)})
        ),
        st.lists(samples.hostile, max_size=charts.MOST_BARS),
        _number,
    ),
    charts.table: st.builds(
        lambda rows: blocks.message("A table.", charts.table(("One", "Two"), rows)),
        st.lists(st.tuples(samples.hostile, samples.hostile), max_size=25),
    ),
}
