"""What a customer got back, whatever it was. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.gifts import Gift, Log
from domain.money import Money
from tests.views import samples
from tests.views.reading import Shown
from views import gifts

TODAY = date(2026, 9, 1)

_money = st.builds(
    Money, st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100), st.sampled_from(["EUR", "KWD"])
)
_gift = st.builds(
    Gift, st.just("G" * 26), samples.hostile, st.just(TODAY), st.none() | _money, st.none() | samples.hostile
)
_log = st.builds(
    Log,
    st.just("A" * 26),
    samples.hostile,
    st.lists(_gift, max_size=40),
    st.just(TODAY),
    st.integers(0, 10**9),
    st.sampled_from([0, 200, 100_000]),
    st.just("EUR"),
)

ABOUT_GIFTS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    gifts.log: _log.map(gifts.log),
    gifts.form: _log.map(gifts.form),
}
