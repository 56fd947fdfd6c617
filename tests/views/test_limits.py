"""Whatever people typed, however much of it: Slack takes every message and view, and nobody is pinged by it."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from domain.capacity import Capacity
from domain.credit import Credit
from domain.home import Desk, Home, Upkeep
from domain.home_focus import Focus
from domain.launch_plan import Glance, Progress
from domain.loads import Load
from domain.permissions import Action
from domain.pulse_overview import Waiting
from domain.requests import State
from domain.self_checks import Part
from domain.setup import Setup
from domain.team_goals import Goal, Overview
from domain.team_goals import State as GoalState
from domain.value import Brought
from tests.views import request_samples, samples
from tests.views.every_view import BUILT, DRAWN, full_home, name_of, public_views
from tests.views.goal_views import QUARTER
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


GOAL = Goal("G", QUARTER, None, "p", "Declan", "U0DECLAN", GoalState.PROPOSED, (2, 1, 0), (0, 0, 0), None, None, 1)


def test_a_full_home_fits() -> None:
    open_ones = [request_samples.card(id=f"Q{at}", state=State.AWAITING_OWNER) for at in range(500)]
    groups = [open_ones[at : at + 2] for at in range(0, 500, 2)]
    full = Home(
        name="Kim",
        parts=list(Focus),
        mine=full_home,
        requests=[request_samples.card(id=f"R{at}", state=State.APPROVED) for at in range(500)],
        to_approve=[request_samples.card(id=f"A{at}", state=State.AWAITING_OWNER) for at in range(500)],
        loads=[Load("01ADVOCATE", "Ada Lovelace", "Acme", Capacity(1, 4, 3, None))] * 500,
        may=frozenset(Action),
        leads=True,
        desk=Desk(full_home, full_home, [samples.ADVOCATE] * 500, open_ones, groups),
        upkeep=Upkeep(3, 10_000),
        pulse=Waiting("P", "Autumn", samples.NOW, has_answered=False),
        self_checks=list(Part),
        goals=Overview(QUARTER, [GOAL] * 50, GOAL.manager_id, plans=True),
        plan=Glance(Progress(5, 14, 1, QUARTER), 2, QUARTER, plans=True),
        conversations=2,
        credit=Credit("p", 1, 2, 3),
        targets=(3, samples.NOW.date()),
        brought=(samples.NOW.date(), Brought(QUARTER, QUARTER, 9, 4, 2, {"EUR": Decimal(5)}, {"USD": Decimal(7)})),
        setup=Setup(frozenset()),
    )
    shown = home.drawn(full, "U0SAM", samples.NOW)
    check(shown)
    assert "more than fits" not in str(shown)
