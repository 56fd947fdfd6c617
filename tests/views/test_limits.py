"""Whatever people typed, however much of it: Slack takes every message and view, and nobody is pinged by it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.capacity import Capacity
from domain.loads import Load
from domain.requests import State
from tests.views import request_samples, samples
from tests.views.every_view import BUILT, DRAWN, full_home, name_of, public_views
from tests.views.reading import check
from views import home

patient = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

SHOWN = {**{name_of(view): drawn for view, drawn in DRAWN.items()}, **BUILT}


def test_every_view_is_tried() -> None:
    forgotten = {name_of(view) for view in public_views() if view not in DRAWN}
    assert forgotten == set(), "say in DRAWN (tests/views/every_view.py) what these may be given"


@pytest.mark.parametrize("name", SHOWN)
def test_slack_takes_it_and_nobody_is_pinged(name: str) -> None:
    patient(given(shown=SHOWN[name])(check))()


def _requests_of_others() -> dict[str, Any]:
    open_ones = [request_samples.card(id=f"Q{at}", state=State.AWAITING_OWNER) for at in range(500)]
    load = Load("01ADVOCATE", "Ada Lovelace", "Acme", Capacity(1, 4, 3, None))
    return {
        "to_answer": open_ones,
        "groups": [open_ones[at : at + 2] for at in range(0, 500, 2)],
        "to_approve": [request_samples.card(id=f"A{at}", state=State.AWAITING_OWNER) for at in range(500)],
        "loads": [load] * 500,
    }


def test_a_full_home_fits() -> None:
    shown = home.member(
        full_home,
        reader="U0SAM",
        name="Kim",
        can_review=True,
        queue=full_home,
        waiting=full_home,
        journeys=[samples.ADVOCATE] * 500,
        function=None,
        manager=None,
        problems=3,
        unknown_people=10_000,
        is_admin=True,
        requests=[request_samples.card(id=f"R{at}", state=State.APPROVED) for at in range(500)],
        now=samples.NOW,
        **_requests_of_others(),
    )
    check(shown)
    assert "more than fits" not in str(shown)
