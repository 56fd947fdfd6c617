"""What teams' goals look like, whoever's they are. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.people import Function
from domain.team_goals import MOST, MOST_GOALS, Goal, Overview, State
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, team_goals
from views import team_goal_messages as messages

QUARTER = date(2026, 7, 1)

_one = st.sampled_from([0, 1, 5, MOST])
_numbers = st.tuples(_one, _one, _one).filter(any)
goals = st.builds(
    Goal,
    samples.hostile,
    st.just(QUARTER),
    st.none() | st.sampled_from(Function),
    st.sampled_from(["p1", "p2"]),
    samples.hostile,
    st.sampled_from([None, "U0SAM"]),
    st.sampled_from(State),
    _numbers,
    st.tuples(_one, _one, _one),
    st.none() | _numbers,
    st.sampled_from([None, "C0SALES", "role:sales"]),
    st.integers(1, 99),
)
overviews = st.builds(
    Overview, st.just(QUARTER), st.lists(goals, max_size=MOST_GOALS), st.just("p1"), plans=st.booleans()
)
_some = st.lists(goals, min_size=1, max_size=20)
_proposer = st.sampled_from([None, "U0INGRID"])

ABOUT_GOALS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    team_goals.overview: overviews.map(team_goals.overview),
    team_goals.in_home: overviews.map(lambda found: blocks.home(team_goals.in_home(found) or [blocks.divider()])),
    team_goals.to_answer: goals.map(lambda goal: blocks.home(blocks.actions(team_goals.to_answer(goal)))),
    team_goals.form: st.builds(team_goals.form, st.just(QUARTER), st.none() | goals),
    team_goals.answer_form: goals.map(team_goals.answer_form),
    messages.ask: st.builds(messages.ask, goals, _proposer),
    messages.no_longer_asked: st.builds(messages.no_longer_asked, st.just(QUARTER)),
    messages.news: goals.map(messages.news),
    messages.result: st.builds(messages.result, goals, st.sampled_from([State.CLOSED, State.LAPSED])),
    messages.post: _some.map(messages.post),
    messages.chart: overviews.map(messages.chart),
}
