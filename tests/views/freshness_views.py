"""What is asked about profiles, with whatever names there may be. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.advocates import Consent, ConsentScope
from domain.freshness import WORDS_LIMIT, Check, Due
from tests.views import samples
from tests.views.reading import Shown
from views import freshness

CONSENT = Consent(tuple(ConsentScope), date(2026, 1, 2), "by email")
DAY = date(2026, 5, 3)
DAYS = (None, date(2026, 5, 2), date(2026, 5, 20))

_due = st.builds(
    lambda name, at, owner, checked: Due(
        f"01ADVOCATE{at:04}",
        name,
        name,
        owner and "P1",
        owner,
        checked,
        None,
        at % 4,
        check=list(Check)[at % 3],
        activities=(name,) * (at % 3),
        consent_ends=DAYS[at % 3],
    ),
    samples.hostile,
    st.integers(0, 9999),
    st.sampled_from([None, "U0SAM"]),
    st.sampled_from([None, date(2026, 1, 2)]),
)
_some = st.lists(_due, min_size=1, max_size=8, unique_by=lambda one: one.advocate_id)
_typed = samples.hostile.map(lambda text: text[:WORDS_LIMIT] or None)

ABOUT_FRESHNESS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    freshness.ask: st.builds(
        lambda rows, share, first: freshness.ask(
            rows, {one.advocate_id for one in rows[:share]}, {rows[0].advocate_id: CONSENT}, DAY, first=first
        ),
        _some,
        st.integers(0, 8),
        st.booleans(),
    ),
    freshness.unanswered: st.lists(_due, min_size=1, max_size=20).map(lambda rows: freshness.unanswered(rows, 40, DAY)),
    freshness.has_changed: st.builds(freshness.has_changed, _due, st.just("U0SAM"), samples.hostile),
    freshness.has_left: st.builds(freshness.has_left, _due, st.just("U0SAM"), _typed, _typed),
    freshness.thanked: _typed.map(freshness.thanked),
    freshness.changed: st.just("01A").map(freshness.changed),
    freshness.left: st.just("01A").map(freshness.left),
    freshness.renew: st.builds(
        freshness.renew,
        st.just("01A"),
        samples.hostile,
        st.sampled_from([None, CONSENT, replace(CONSENT, until=DAY)]),
        st.just(DAY),
        st.sampled_from(DAYS),
    ),
    freshness.pause: st.just("01A").map(freshness.pause),
}
