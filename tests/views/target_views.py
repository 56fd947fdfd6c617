"""What targets look like, with whatever names and numbers they may have. Does not decide what is right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.portfolio import FACETS, Behind, Criteria, Listed, Measured, Portfolio, Supply, Target
from domain.targets import Demand, Draft, Overview
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, portfolio, supply, targets
from views.criteria import fields
from views.ids import Action, Callback

hostile, maybe = samples.hostile, samples.maybe
TODAY = date(2026, 5, 3)
_days = st.sampled_from([date(2026, 5, 2), date(2027, 1, 1)])
_owners = st.sampled_from([None, "U0SAM"])
criteria = st.dictionaries(st.sampled_from(FACETS), st.lists(hostile, min_size=1, max_size=20).map(tuple), max_size=8)
_numbers = st.integers(0, 100_000)
_targets = st.builds(
    Target, st.just("01TARGET"), hostile.map(lambda name: name[:80]), criteria, st.integers(1, 1000), _days, _owners
)
_measured = st.builds(Measured, _targets, _numbers, _numbers)
_supply = st.builds(Supply, st.sampled_from(FACETS), hostile, _numbers, _numbers, _numbers)


def _many(some: Sequence[Measured]) -> tuple[Measured, ...]:
    return tuple(
        replace(one, target=replace(one.target, id=f"{one.target.id}{at}")) for at, one in enumerate([*some] * 40)
    )


portfolios = st.builds(
    Portfolio,
    st.lists(_supply, max_size=4).map(lambda some: tuple(some * 40)),
    st.lists(_measured, max_size=3).map(_many),
    _numbers,
    _numbers,
    st.just(TODAY),
)
_demands = st.builds(Demand, criteria, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
_overviews = st.builds(Overview, portfolios, st.lists(_demands, max_size=5).map(tuple), st.booleans())
_drafts = st.builds(
    Draft,
    criteria,
    hostile,
    st.none() | st.integers(1, 1000),
    st.none() | _days,
    _owners,
    st.sampled_from([None, "01TARGET"]),
)
_listed = st.builds(Listed, st.just("01ADVOCATE"), hostile, hostile, maybe)
_behind = st.builds(
    Behind,
    criteria,
    st.lists(_listed, max_size=2).map(lambda some: tuple(some * 5)),
    st.just(1),
    st.just(3),
    _numbers,
    st.booleans(),
)


def _in_a_form(sought: Criteria) -> Shown:
    return blocks.modal(Callback.TARGET, "Form", fields(sought), submit="Save")


ABOUT_TARGETS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    portfolio.message: portfolios.map(portfolio.message),
    targets.overview: st.builds(targets.overview, _overviews, st.integers(0, 9)),
    targets.form: st.builds(targets.form, _drafts, st.just(TODAY)),
    fields: criteria.map(_in_a_form),
    targets.in_home: st.sampled_from([(0, None), (3, TODAY)]).map(lambda now: blocks.home(targets.in_home(*now))),
    targets.pager: st.just(blocks.home(targets.pager(1, 3, Action.TARGETS_PAGE_BACK, Action.TARGETS_PAGE))),
    supply.listed: st.builds(supply.listed, portfolios, st.sampled_from(FACETS), st.integers(0, 9)),
    supply.behind: st.builds(supply.behind, _behind, st.sampled_from([None, "01TARGET"])),
}
