"""Limits of one advocate: the workspace's, made stricter by a wish and looser by the team alone."""

import pytest

from domain.errors import RuleError
from domain.limits import CAP_USES, REST_DAYS, WINDOW_DAYS, Limits, OwnLimits, check_own_limits, limits_for


@pytest.mark.parametrize(
    ("own", "cap", "rest", "wishes"),
    [
        (OwnLimits(), 4, 30, (False, False)),
        (OwnLimits(cap_halves=2, rest_days=60), 2, 60, (True, True)),
        (OwnLimits(cap_halves=8, rest_days=7), 4, 30, (False, False)),
        (OwnLimits(cap_halves=8, rest_days=7, granted=True), 8, 7, (False, False)),
        (OwnLimits(cap_halves=2, rest_days=60, granted=True), 2, 60, (True, True)),
        (OwnLimits(cap_halves=4, rest_days=30), 4, 30, (False, False)),
    ],
)
def test_own_limits(own: OwnLimits, cap: int, rest: int, wishes: tuple[bool, bool]) -> None:
    found = limits_for({}, own)
    assert (found.cap_halves, found.rest_days) == (cap, rest)
    assert (found.cap_is_wish, found.rest_is_wish) == wishes


def test_limits_follow_the_workspace() -> None:
    numbers = {"cap_uses": 3, "cap_window_days": 60, "rest_days": 14, "renewal_pause_days": 45, "verify_days": 90}
    assert limits_for(numbers) == Limits(6, 60, 14, 45, 90)
    assert limits_for({}) == Limits(2 * CAP_USES, WINDOW_DAYS, REST_DAYS)


@pytest.mark.parametrize(
    ("own", "fields"),
    [
        (OwnLimits(cap_halves=0), {"cap_halves"}),
        (OwnLimits(cap_halves=-1, rest_days=-1), {"cap_halves", "rest_days"}),
        (OwnLimits(cap_halves=25), {"cap_halves"}),
        (OwnLimits(rest_days=366), {"rest_days"}),
    ],
)
def test_own_limits_that_make_no_sense(own: OwnLimits, fields: set[str]) -> None:
    with pytest.raises(RuleError) as refused:
        check_own_limits(own)
    assert set(refused.value.fields) == fields


def test_own_limits_that_do() -> None:
    for own in (OwnLimits(), OwnLimits(cap_halves=1, rest_days=0), OwnLimits(cap_halves=24, rest_days=365)):
        assert check_own_limits(own) == own
