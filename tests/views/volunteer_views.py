"""The page for volunteers as colleagues see it, with whatever was typed. Does not decide what is right."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from domain.nominations import Values
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, volunteers

ABOUT_VOLUNTEERS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    volunteers.on_the_list: st.builds(volunteers.on_the_list),
    volunteers.known: st.builds(
        lambda name, why: volunteers.known(samples.CARD, Values(name, name, why)), samples.hostile, samples.hostile
    ),
    volunteers.in_short: st.booleans().map(lambda on: blocks.home([blocks.section(volunteers.in_short(is_on=on))])),
    volunteers.form: st.builds(
        lambda address, on: volunteers.form(address, is_on=on),
        st.sampled_from([None, "https://everboard.example/join/T0"]),
        st.booleans(),
    ),
}
