"""What the leader decides about nudges holds at once, and everything that was sent can be seen with its why."""

from datetime import timedelta

import pytest

from domain.errors import NotAllowed, RuleError
from domain.nudges import Audience
from domain.people import Role
from domain.pulse import Element
from steps import nudge_plans
from storage.nudges import SENT, Nudge
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture

WEEK = timedelta(days=7)


def test_paused_nothing_comes_and_nothing_is_caught_up(floor: Floor) -> None:
    floor.people(3)
    floor.plan()
    floor.plan(Audience.MARKETING, place=None)
    floor.do(nudge_plans.pause, floor.leader, paused=True)
    assert floor.tick(TUESDAY) == []
    floor.do(nudge_plans.pause, floor.leader, paused=False)
    assert floor.tick(TUESDAY + timedelta(hours=3)) == []
    assert len(floor.tick(TUESDAY + WEEK)) >= 1


def test_run_now_posts_once_and_within_the_budget(floor: Floor) -> None:
    floor.plan()
    wednesday = TUESDAY + timedelta(days=1)
    floor.world.now = wednesday
    assert "on its way" in floor.do(nudge_plans.run_now, floor.leader, Audience.SALES)
    with pytest.raises(RuleError, match="had its turn"):
        floor.do(nudge_plans.run_now, floor.leader, Audience.SALES)
    floor.world.now = wednesday + timedelta(days=1)
    assert "has had enough" in floor.do(nudge_plans.run_now, floor.leader, Audience.SALES)
    floor.world.now = wednesday + timedelta(days=1, hours=12)
    with pytest.raises(RuleError, match="between 06:00 and 20:00"):
        floor.do(nudge_plans.run_now, floor.leader, Audience.SALES)
    with pytest.raises(RuleError, match="not switched on"):
        floor.do(nudge_plans.run_now, floor.leader, Audience.SUPPORT)


def test_run_now_reaches_people_today(floor: Floor) -> None:
    floor.people(30)
    floor.plan(place=None)
    floor.world.now = TUESDAY + timedelta(days=1)
    floor.do(nudge_plans.run_now, floor.leader, Audience.SALES)
    assert len(floor.tick(TUESDAY + timedelta(days=1, minutes=15))) > 20
    assert floor.tick(TUESDAY + timedelta(days=1, minutes=30)) == []


def test_only_whoever_may_change_schedules_sees_and_changes_them(floor: Floor) -> None:
    rep = floor.world.member(floor.id, "UREP", Role.TEAM)
    for step, more in ((nudge_plans.overview, ()), (nudge_plans.run_now, (Audience.SALES,))):
        with pytest.raises(NotAllowed):
            floor.do(step, rep, *more)
    with pytest.raises(NotAllowed):
        floor.do(nudge_plans.pause, rep, paused=True)
    with pytest.raises(NotAllowed):
        floor.do(nudge_plans.save, rep, Audience.SALES, None, "tue", TUESDAY.time(), "UTC", is_on=True)


def test_the_leader_sees_what_comes_and_the_why_of_what_was_sent(floor: Floor) -> None:
    floor.people(20)
    floor.plan()
    floor.plan(Audience.SUPPORT, place=None)
    floor.people(20, function="support")
    floor.tick(TUESDAY)
    seen = floor.do(nudge_plans.overview, floor.leader)
    sales = next(one for one in seen.planned if one.audience is Audience.SALES)
    assert sales.people == 20
    assert sales.coming == tuple(TUESDAY + week * WEEK for week in (1, 2, 3, 4))
    assert sales.text
    assert {one.place for one in seen.past} == {"role:sales", None}
    assert all(one.why and one.why.barrier is Element.AWARENESS for one in seen.past)
    everything, more = floor.do(nudge_plans.sent, floor.leader, 0)
    assert not more
    assert sum(one.people for one in everything) == len(floor.nudges(Nudge.outcome == SENT)) - 1
    assert floor.do(nudge_plans.sent, floor.leader, 1) == ((), False)
