"""What self-checks and the program's health look like, with whatever there may be. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.self_checks import STATEMENTS, Form, Part
from tests.views.reading import Shown
from views import blocks, self_checks

QUARTER = date(2026, 7, 1)

parts = st.sampled_from(Part)


def _scores(part: Part) -> st.SearchStrategy[Any]:
    return st.none() | st.fixed_dictionaries({attribute: st.integers(1, 5) for attribute in STATEMENTS[part]})


_forms = parts.flatmap(lambda part: st.builds(Form, st.just(part), st.just(QUARTER), _scores(part)))

ABOUT_HEALTH: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    self_checks.ask: st.builds(self_checks.ask, parts, st.just(QUARTER), is_answered=st.booleans()),
    self_checks.form: _forms.map(self_checks.form),
    self_checks.in_home: st.lists(parts, min_size=1, unique=True).map(
        lambda some: blocks.home(self_checks.in_home(some))
    ),
}
