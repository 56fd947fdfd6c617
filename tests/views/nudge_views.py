"""What nudges look like, with whatever texts, names and numbers they may have. Does not decide what is right."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from domain.nudge_answers import Answered, Said, Wishes
from domain.nudge_choice import Group, Why
from domain.nudge_effect import Did, Effect, compare
from domain.nudge_overview import Overview, Past, Planned
from domain.nudge_times import DAYS, Plan
from domain.nudges import Audience, Button, Entry
from domain.pulse import Element
from domain.pulse_statements import Motive
from tests.views import samples
from tests.views.reading import Shown
from views import nudge_effect, nudge_library, nudge_plans, nudges

_places = st.sampled_from([None, "C0SALES", "role:sales", "<!channel>"])
_plans = st.builds(
    Plan,
    st.just("01PLAN"),
    st.sampled_from(Audience),
    _places,
    st.sampled_from(DAYS),
    st.just(time(9, 30)),
    st.sampled_from(["Europe/Berlin", "<!here>"]),
    st.booleans(),
    samples.instants,
)
_groups = st.builds(Group, st.sampled_from(Audience), st.sampled_from(Element), samples.maybe, st.booleans())
_planned = st.builds(
    Planned,
    st.sampled_from(Audience),
    st.none() | _plans,
    _groups,
    st.integers(0, 10**6),
    st.lists(samples.instants, max_size=4).map(tuple),
    st.just(()),
    samples.maybe,
)
_whys = st.builds(
    Why,
    st.sampled_from(Audience),
    st.sampled_from(Element),
    samples.maybe,
    st.booleans(),
    st.sampled_from(Element),
    st.sampled_from(Motive),
    st.integers(1, 20),
    st.integers(1, 20),
)
_past = st.builds(
    Past,
    samples.instants,
    st.sampled_from(Audience),
    _places,
    st.integers(0, 10**5),
    samples.maybe,
    st.none() | _whys,
    st.booleans(),
    st.integers(0, 5),
)
_overviews = st.builds(
    lambda paused, planned, past, reason, new: Overview(
        paused, tuple(planned * 5)[:5], tuple(past * 8)[:8], ((reason, 7),) * 8, new, "UTC"
    ),
    st.booleans(),
    st.lists(_planned, min_size=1, max_size=2),
    st.lists(_past, max_size=2),
    samples.hostile,
    st.integers(0, 10**4),
)
_texts = samples.hostile.map(lambda text: text[:600])
_entries = st.builds(
    Entry,
    st.just("own-01abc"),
    st.sampled_from(Element),
    st.sampled_from([tuple(Audience), (Audience.SALES,)]),
    st.sampled_from(Motive),
    _texts,
    st.sampled_from(Button),
    day=st.sampled_from([None, 0, 21]),
    is_own=st.booleans(),
    is_off=st.booleans(),
    is_changed=st.booleans(),
)
_wishes = st.builds(Wishes, st.booleans(), st.sampled_from([None, date(2026, 5, 3)]), st.booleans())
_answered = st.builds(Answered, st.sampled_from(Said), st.just("01NUDGE"), _wishes, st.booleans())

_sides = st.lists(st.floats(0, 50), max_size=40)
_effects = st.builds(
    lambda many, few: Effect(dict.fromkeys(Did, compare(many, few)), dict.fromkeys(Did, compare(few * 9, many * 9))),
    _sides,
    _sides,
)

ABOUT_NUDGES: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    nudges.nudge: st.builds(
        nudges.nudge,
        samples.hostile.map("Ask. {}".format),
        st.sampled_from(Button),
        st.just("01NUDGE"),
        welcome=st.booleans(),
    ),
    nudges.answered: _answered.map(nudges.answered),
    nudges.undone: _answered.map(nudges.undone),
    nudges.named: st.booleans().map(lambda allowed: nudges.named(allowed=allowed)),
    nudges.mine: _wishes.map(nudges.mine),
    nudge_plans.overview: st.builds(nudge_plans.overview, _overviews, samples.hostile),
    nudge_plans.sent: st.builds(
        lambda some, page, more: nudge_plans.sent(some * 10, page, more=more),
        st.lists(_past, max_size=2),
        st.integers(0, 3),
        st.booleans(),
    ),
    nudge_plans.form: st.builds(
        nudge_plans.form, st.sampled_from(Audience), st.none() | _plans, st.just("UTC"), st.integers(0, 10**6)
    ),
    nudge_effect.effect: _effects.map(nudge_effect.effect),
    nudge_library.shelf: st.builds(
        nudge_library.shelf, st.sampled_from(Element), st.lists(_entries, max_size=3).map(lambda some: some * 40)
    ),
    nudge_library.entry: st.builds(nudge_library.entry, _entries, samples.hostile.map(nudge_library.refused)),
    nudge_library.new: st.builds(nudge_library.new, st.sampled_from(Element), st.just("")),
}
