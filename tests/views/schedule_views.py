"""What is coming, whatever it is called. Does not decide what is right."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from domain.schedule import Calendar, Entry, What
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
_calendar = st.builds(
    lambda entries, paused, newcomers: Calendar.of(NOW.date(), entries, is_paused=paused, newcomers=newcomers),
    st.lists(_entry, max_size=60),
    st.booleans(),
    st.sampled_from([0, 1, 300]),
)

ABOUT_SCHEDULE: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    schedule.calendar: _calendar.map(schedule.calendar),
    schedule.in_home: st.builds(lambda: blocks.home(schedule.in_home())),
}
