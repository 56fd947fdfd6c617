"""The champion's thanks, whatever people have brought. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.credit import Place
from domain.monthly_thanks import NAMED, State, Thanks
from tests.views import samples
from tests.views.credit_views import brought
from tests.views.reading import Shown
from views import monthly_thanks

_place = st.builds(Place, st.integers(1, NAMED), st.sampled_from([None, "U0BOSS"]), brought)
_thanks = st.builds(
    Thanks,
    st.just(date(2026, 5, 1)),
    st.lists(_place, min_size=1, max_size=3) | st.lists(_place, min_size=NAMED, max_size=NAMED),
    st.sampled_from([0, 1, 5000]),
    brought,
    st.sampled_from(State),
    st.sampled_from([None, "U0BOSS"]),
)

ABOUT_THANKS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    monthly_thanks.draft: _thanks.map(monthly_thanks.draft),
    monthly_thanks.form: _thanks.map(monthly_thanks.form),
    monthly_thanks.post: st.builds(
        monthly_thanks.post, _thanks, samples.hostile.map(lambda text: text[:1000] or "Thanks"), st.just("U0BOSS")
    ),
}
