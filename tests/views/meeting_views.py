"""What a program's meetings look like, whatever they are about. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.mechanisms import Kind
from domain.meetings import ABOUT_LIMIT, Count, Listed, Meeting, Somebody, State
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, inputs, meeting_messages, meetings
from views.ids import Callback

DAY = date(2026, 5, 3)
some_meetings = st.builds(
    Meeting,
    st.just("M" * 26),
    st.just("P" * 26),
    samples.hostile.map(lambda text: text[:100]),
    st.sampled_from([kind.value for kind in Kind]),
    st.sampled_from([date(2026, 5, 2), DAY, date(2026, 6, 1)]),
    samples.hostile.map(lambda text: text[:ABOUT_LIMIT]),
    st.sampled_from(State),
    st.integers(0, 2000),
)
_many = st.lists(some_meetings, max_size=3).map(
    lambda some: tuple(replace(one, id=f"{one.id[:20]}{at}") for at, one in enumerate(some * 20))
)
_listed = st.builds(Listed, st.just("P" * 26), samples.hostile, _many, st.booleans(), st.just(DAY))
_people = st.lists(st.tuples(samples.hostile, samples.hostile), max_size=3).map(
    lambda some: tuple(Somebody(f"{at}", *one) for at, one in enumerate(some * 30))
)
_counts = st.builds(Count, some_meetings, _people, st.booleans(), st.sampled_from([0, 3, 101]))
_names = st.lists(st.tuples(samples.hostile, samples.hostile), min_size=1, max_size=12)
_was = st.none() | st.just(DAY)


def _in_a_menu(somebody: Somebody) -> Shown:
    menu = inputs.field("who", "Who", inputs.select([meetings.option(somebody)]))
    return blocks.modal(Callback.MEETING_COUNT, "Menu", [menu], submit="Save")


ABOUT_MEETINGS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    meetings.listed: _listed.map(meetings.listed),
    meetings.form: st.builds(meetings.form, st.just("P" * 26), st.none() | some_meetings),
    meetings.count_form: _counts.map(meetings.count_form),
    meetings.did_not_take_place: some_meetings.map(
        lambda one: blocks.home(blocks.actions([meetings.did_not_take_place(one)]))
    ),
    meetings.option: st.builds(Somebody, st.just("N" * 26), samples.hostile, samples.hostile).map(_in_a_menu),
    meeting_messages.to_owner: st.builds(meeting_messages.to_owner, some_meetings, _names, _was),
    meeting_messages.to_desk: st.builds(
        meeting_messages.to_desk, some_meetings, st.integers(0, 900), _names | st.just([]), _was
    ),
    meeting_messages.who_came: some_meetings.map(meeting_messages.who_came),
}
