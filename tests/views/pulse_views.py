"""What pulses look like, with whatever names and numbers they may have. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.pulse import PulseResult, Scores, result_of
from tests.tallies import tally
from tests.views import samples
from tests.views.reading import Shown
from views import pulse

_score = st.none() | st.integers(1, 5)
_scores: st.SearchStrategy[Scores] = st.tuples(_score, _score, _score, _score, _score)
_groups = st.builds(
    lambda name, answers, times: [result_of(f"{name}{at}", tally(answers * times)) for at in range(times * 5)],
    samples.hostile,
    st.lists(_scores, min_size=1, max_size=6),
    st.integers(1, 6),
)
pulses = st.lists(
    st.builds(PulseResult, samples.hostile, st.just(date(2026, 5, 3)), _groups.map(tuple)), min_size=1, max_size=6
)

ABOUT_PULSES: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    pulse.nothing_open: st.builds(pulse.nothing_open),
    pulse.results: pulses.map(pulse.results),
}
