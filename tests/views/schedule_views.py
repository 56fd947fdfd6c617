"""What is coming, whatever it is called. Does not decide what is right."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.nudge_times import Plan
from domain.nudges import Audience
from domain.schedule import Calendar, Entry, Next, What
from tests.views import samples
from tests.views.reading import Shown
from tests.views.samples import NOW
from views import blocks, schedule

_entry = st.builds(
    lambda ahead, timed, what, title, where, why: Entry(
        NOW.date() + timedelta(days=ahead),
        NOW + timedelta(days=ahead) if timed else None,
        what,
        title,
        where,
        why,
    ),
    st.integers(0, 28),
    st.booleans(),
    st.sampled_from(What),
    samples.hostile,
    st.sampled_from([None, "C0SALES", "role:sales"]),
    samples.hostile,
)
_days = st.none() | st.just(NOW.date())
_next = st.lists(
    st.builds(Next, st.sampled_from(Audience), st.just(NOW), st.just(NOW.date()), _days, _days),
    unique_by=lambda one: one.audience,
)
_plans = st.builds(
    lambda place, zone: Plan("P", Audience.SALES, place, "tue", time(10), zone, True, NOW),
    st.sampled_from([None, "C0SALES"]),
    samples.hostile,
)
_calendar = st.builds(
    lambda entries, paused, newcomers, nudges: Calendar.of(
        NOW.date(), entries, is_paused=paused, newcomers=newcomers, nudges=nudges
    ),
    st.lists(_entry, max_size=60),
    st.booleans(),
    st.sampled_from([0, 1, 300]),
    _next,
)

ABOUT_SCHEDULE: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    schedule.calendar: _calendar.map(schedule.calendar),
    schedule.shift_form: st.builds(schedule.shift_form, _plans, st.just(NOW.date()), st.just(NOW.date())),
    schedule.in_home: st.builds(lambda: blocks.home(schedule.in_home())),
}
