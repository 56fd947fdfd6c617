"""A team's week, with whatever numbers it may have. Does not decide what is right."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from domain.team_week import WORDS_LIMIT, Done, Waiting, Week, week_before
from tests.views import samples
from tests.views.reading import Shown
from views import team_week

_some = st.sampled_from([0, 1, 7, 100_000])
_since = st.none() | st.just(samples.NOW)
_waiting = st.builds(Waiting, _some, _since, _some, _some, _since, _some, _some, _some, _some)
_done = st.builds(Done, *[_some] * 8)
_weeks = st.builds(Week, st.just(week_before(samples.NOW.date())), _done, _done, _waiting)
_words = samples.hostile.map(lambda text: text[:WORDS_LIMIT] or None)

ABOUT_TEAM_WEEK: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    team_week.preview: st.builds(team_week.preview, _weeks, samples.instants),
    team_week.message: st.builds(team_week.message, _weeks, samples.instants, _words, st.sampled_from([None, "U0SAM"])),
}
