"""Accounts whose advocates rest, with whatever names there may be. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.account_risk import Change, Risk, Standing
from tests.views import samples
from tests.views.reading import Shown
from views import account_risk

_change = st.builds(
    lambda name, many, risk: Change(
        Standing("A", name, "red", date(2026, 10, 1), (name or "Ada",) * many, Risk.YELLOW), risk
    ),
    samples.hostile,
    st.integers(1, 9),
    st.sampled_from([*Risk, None]),
)

ABOUT_ACCOUNT_RISK: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    account_risk.news: st.lists(_change, min_size=1, max_size=20).map(
        lambda changes: account_risk.news(changes, len(changes) + 3)
    ),
}
