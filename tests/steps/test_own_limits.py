"""What the team agrees with one advocate: own limits and pauses hold, and end by themselves; on both databases."""

from datetime import timedelta

import pytest

from domain.errors import NotAllowed, RuleError
from domain.limits import NO_OWN_LIMITS, OwnLimits
from domain.protection import Pause, PauseReason
from domain.requests import State
from steps import own_limits
from tests.steps.crowd import crowd
from tests.steps.desk import Desk, desk

__all__ = ["crowd", "desk"]


def protect(desk: Desk, own: OwnLimits = NO_OWN_LIMITS, pause: Pause | None = None) -> None:
    desk.crowd.do(own_limits.protect, desk.crowd.team, desk.crowd.ids["Ada"], own, pause)


def test_a_wish_to_be_left_alone_holds_until_its_day_and_then_ends_by_itself(desk: Desk) -> None:
    until = desk.crowd.world.now.date() + timedelta(days=5)
    protect(desk, pause=Pause(PauseReason.WISH, until))
    with pytest.raises(RuleError, match="asked to be left alone for now"):
        desk.ask()
    request_id = desk.ask(None)
    with pytest.raises(RuleError, match="can't be overridden"):
        desk.propose(request_id, override="We need it")
    desk.pass_time(days=5)
    assert desk.propose(request_id).state is State.AWAITING_OWNER
    assert desk.crowd.do(own_limits.of, desk.crowd.team, desk.crowd.ids["Ada"]).pause is None


def test_a_pause_of_ours_can_be_overridden_and_ended(desk: Desk) -> None:
    protect(desk, pause=Pause(PauseReason.OTHER))
    request_id = desk.ask()
    with pytest.raises(RuleError, match="is paused by the advocacy team"):
        desk.propose(request_id)
    protect(desk)
    assert desk.propose(request_id).state is State.AWAITING_OWNER


def test_own_limits_are_a_wish_that_nobody_overrides(desk: Desk) -> None:
    desk.crowd.use("Ada", desk.day + timedelta(days=40))
    protect(desk, OwnLimits(cap_halves=2))
    with pytest.raises(RuleError, match="asked to give at most 1 in 90 days"):
        desk.ask()
    assert [action for action, _reason in desk.actions()].count("advocate.protected") == 1
    protect(desk, OwnLimits(cap_halves=2))
    assert [action for action, _reason in desk.actions()].count("advocate.protected") == 1, "nothing has changed"


def test_only_the_team_sets_them_within_bounds_and_for_days_to_come(desk: Desk) -> None:
    ada, today = desk.crowd.ids["Ada"], desk.crowd.world.now.date()
    for step, more in ((own_limits.of, ()), (own_limits.protect, (NO_OWN_LIMITS, None))):
        with pytest.raises(NotAllowed):
            desk.crowd.do(step, desk.crowd.rep, ada, *more)
    for own, pause, field in (
        (OwnLimits(cap_halves=25), None, "cap_halves"),
        (OwnLimits(rest_days=366), None, "rest_days"),
        (NO_OWN_LIMITS, Pause(PauseReason.WISH, today), "until"),
    ):
        with pytest.raises(RuleError) as refusal:
            protect(desk, own, pause)
        assert field in refusal.value.fields
