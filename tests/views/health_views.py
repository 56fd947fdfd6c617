"""What self-checks and the program's health look like, with whatever there may be. Does not decide what is right."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.adoption import Count, rows_of, team_of
from domain.adoption import Report as Adoption
from domain.funnel import Funnel
from domain.health import Figures, Report, disagreements, judge
from domain.health_figures import Coverage, Nudged, Voice
from domain.nominations import Source
from domain.people import Function
from domain.pulse import BARRIERS, ELEMENTS
from domain.request_rates import Rates
from domain.self_checks import QUARTERS_SHOWN, STATEMENTS, Form, Part, SelfCheck, newest, summaries
from domain.value import Period
from tests.views import samples
from tests.views.reading import Shown
from views import adoption, blocks, charts, health, periods, self_checks

QUARTER = date(2026, 7, 1)
MANY = st.sampled_from([0, 1, 5, 10**6])

parts = st.sampled_from(Part)


def _scores(part: Part) -> st.SearchStrategy[Any]:
    return st.none() | st.fixed_dictionaries({attribute: st.integers(1, 5) for attribute in STATEMENTS[part]})


_forms = parts.flatmap(lambda part: st.builds(Form, st.just(part), st.just(QUARTER), _scores(part)))

_checks = st.lists(
    parts.flatmap(
        lambda part: st.builds(
            SelfCheck,
            st.just(part),
            st.sampled_from([date(2026 - at // 4, 1 + 3 * (at % 4), 1) for at in range(QUARTERS_SHOWN)]),
            st.fixed_dictionaries({attribute: st.integers(1, 5) for attribute in STATEMENTS[part]}),
        )
    ),
    max_size=12,
).map(summaries)
_voices = st.builds(
    Voice,
    samples.hostile,
    st.just(QUARTER),
    MANY,
    st.sampled_from(ELEMENTS),
    st.floats(1, 5),
    st.sampled_from(BARRIERS),
    samples.hostile,
)
_counts = st.builds(
    lambda function, people: Count(function, None, people, took_part=people // 3),
    st.none() | st.sampled_from(Function),
    MANY,
)
_nominations = st.dictionaries(st.sampled_from(["", *(one.value for one in Function)]), MANY)


def _report(figures: Figures, trend: Any) -> Report:
    found = judge(figures.values())
    return Report(figures, found, disagreements(figures, found), trend)


reports = _checks.flatmap(
    lambda trend: st.builds(
        _report,
        st.builds(
            Figures,
            st.just(QUARTER),
            st.just(QUARTER),
            st.lists(_counts, max_size=9),
            st.builds(Rates, filled=MANY, decided=st.just(10**6), in_time=MANY, due=st.just(10**6)) | st.just(Rates()),
            st.none() | _voices,
            st.none() | st.builds(Coverage, st.just(10**6), MANY, samples.hostile, MANY),
            st.builds(Nudged, MANY, MANY, MANY),
            _nominations,
            _nominations,
            st.just(newest(trend, date(2026, 4, 1))),
        ),
        st.just(trend),
    )
)

_teams = st.lists(
    st.builds(
        lambda function, team, people: Count(function, team, people, people, people // 2, 0, people // 3, people // 2),
        st.none() | st.sampled_from(Function),
        st.none() | st.integers(0, 40).map(str),
        MANY,
    ),
    max_size=60,
    unique_by=lambda one: (one.function, one.team),
)


def _adoption(now: list[Count], before: list[Count], name: str, own: bool) -> Adoption:
    whole, functions = rows_of(now, before)
    names = {str(at): name for at in range(40)}
    if own:
        return Adoption(Period(QUARTER, QUARTER), team_of("1", now, before), (), is_own_team=True)
    nominations = [Funnel(source, 10**6, 5, 1, 0) for source in list(Source)[: len(now) % 9]]
    return Adoption(Period(QUARTER, QUARTER), whole, functions, names, nominations)


adoptions = st.builds(_adoption, _teams, _teams, samples.hostile, st.booleans())

standings = st.builds(
    lambda report, ago: (report.figures.last - timedelta(days=ago), report.health), reports, st.integers(0, 400)
)
"""How the program stood on some day."""

ABOUT_HEALTH: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    adoption.overview: st.builds(adoption.overview, adoptions, st.sampled_from(sorted(periods.PERIODS))),
    adoption.message: adoptions.map(adoption.message),
    adoption.in_home: st.builds(lambda: blocks.home(adoption.in_home())),
    health.overview: st.builds(health.overview, reports, st.lists(parts, unique=True)),
    health.self_checks: reports.map(health.self_checks),
    health.in_home: (st.none() | standings).map(lambda standing: blocks.home(health.in_home(standing))),
    health.message: st.builds(health.message, reports, st.lists(standings, max_size=60)),
    charts.lines: st.builds(
        lambda names, value: blocks.message(
            "Lines.", charts.lines("Lines", "Uses", charts.labels(names), {"Now": [value] * len(names)})
        ),
        st.lists(samples.hostile, max_size=charts.MOST_BARS),
        st.integers(-(10**6), 10**6),
    ),
    self_checks.ask: st.builds(self_checks.ask, parts, st.just(QUARTER), is_answered=st.booleans()),
    self_checks.remind: st.builds(self_checks.remind, parts, st.just(QUARTER)),
    self_checks.form: _forms.map(self_checks.form),
    self_checks.in_home: st.lists(parts, min_size=1, unique=True).map(
        lambda some: blocks.home(self_checks.in_home(some))
    ),
}
