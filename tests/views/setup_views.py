"""The guide to setting up, however far it is. Does not decide what is right."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from domain.setup import Part, Setup
from tests.views.reading import Shown
from views import blocks, setup

setups = st.builds(Setup, st.frozensets(st.sampled_from(Part)), st.booleans())

ABOUT_SETUP: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    setup.in_home: setups.map(lambda found: blocks.home(setup.in_home(found) or [blocks.divider()])),
}
