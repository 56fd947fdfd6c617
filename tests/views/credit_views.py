"""Thanks by name, with whatever people have brought. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.credit import Board, Credit, Place
from domain.value import Period
from tests.views.reading import Shown
from views import blocks, credit, value

_number = st.sampled_from([0, 1, 3, 10**6])
brought = st.builds(Credit, st.just("P" * 26), _number, _number, _number)
_place = st.builds(Place, st.integers(1, 10), st.sampled_from([None, "U0BOSS"]), brought)
_places = st.lists(_place, max_size=10)
_board = st.builds(
    Board,
    st.just(Period(date(2026, 7, 1), date(2026, 9, 30))),
    _places,
    brought,
    brought,
    _places,
    st.booleans(),
    st.booleans(),
)

ABOUT_CREDIT: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    credit.board: st.builds(credit.board, _board, st.sampled_from([one for one in value.PERIODS if one != value.ALL])),
    credit.in_home: brought.map(lambda found: blocks.home(credit.in_home(found) or [blocks.divider()])),
}
