"""One nudge on another day, or not at all: it comes once, the plan stays, and nothing comes for a past time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.errors import NotAllowed, RuleError
from domain.nudges import Audience
from domain.people import Role
from domain.schedule import Next
from domain.settings import Settings
from schedules.jobs import coming_nudge
from steps import nudge_plans, nudge_shifts, schedule
from storage.audit import Audit
from storage.nudges import SKIPPED
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture

DAY, WEEK = timedelta(days=1), timedelta(days=7)
ON = TUESDAY.date()
SALES = Audience.SALES


def shift(floor: Floor, act: Any, *args: Any, at: datetime = TUESDAY - DAY) -> None:
    floor.world.now = at
    floor.do(act, floor.leader, SALES, *args)


def shown(floor: Floor, at: datetime = TUESDAY - DAY) -> tuple[Next, ...]:
    floor.world.now = at
    found: tuple[Next, ...] = floor.do(schedule.seen, floor.leader).nudges
    return found


def comes(floor: Floor, now: datetime) -> datetime | None:
    found: datetime | None = floor.world.do(floor.id, coming_nudge, now, Settings())
    return found


@pytest.mark.parametrize("place", ["role:sales", None])
def test_one_that_was_left_out_does_not_come_and_the_next_one_does(floor: Floor, place: str | None) -> None:
    floor.people(2)
    floor.plan(place=place)
    shift(floor, nudge_shifts.skip, ON)
    assert comes(floor, TUESDAY - DAY) == TUESDAY + WEEK
    for hours in (0, 1, 24, 72):
        assert floor.tick(TUESDAY + timedelta(hours=hours)) == []
    assert floor.tick(TUESDAY + WEEK) != []


@pytest.mark.parametrize("place", ["role:sales", None])
@pytest.mark.parametrize("days", [1, 3, -1])
def test_one_that_was_moved_comes_once_on_its_new_day_at_its_time(floor: Floor, place: str | None, days: int) -> None:
    floor.people(2)
    floor.plan(place=place)
    to = TUESDAY + days * DAY
    before = min(to, TUESDAY) - timedelta(hours=3)
    shift(floor, nudge_shifts.move, ON, to.date(), at=before)
    assert comes(floor, before) == to
    sent = [floor.tick(TUESDAY + timedelta(hours=hours)) for hours in range(-27, 100, 1)]
    assert [bool(one) for one in sent].count(True) == 1
    assert sent[27 + 24 * days] != []
    assert comes(floor, TUESDAY + 5 * DAY) == TUESDAY + WEEK


def test_after_a_downtime_the_moved_one_comes_once(floor: Floor) -> None:
    floor.plan()
    shift(floor, nudge_shifts.move, ON, ON + DAY)
    assert len(floor.tick(TUESDAY + 2 * DAY)) == 1
    assert floor.tick(TUESDAY + 3 * DAY) == []


def test_the_channels_week_holds_for_what_comes_after_a_move(floor: Floor) -> None:
    floor.plan()
    shift(floor, nudge_shifts.move, ON, ON + 3 * DAY)
    assert len(floor.tick(TUESDAY + 3 * DAY)) == 1
    assert floor.tick(TUESDAY + WEEK) == []
    assert [one.reason for one in floor.nudges() if one.outcome == SKIPPED] == ["has had enough messages this week"]
    assert len(floor.tick(TUESDAY + 2 * WEEK)) == 1


def test_it_can_be_taken_back_until_it_has_come(floor: Floor) -> None:
    floor.plan()
    shift(floor, nudge_shifts.skip, ON)
    shift(floor, nudge_shifts.undo)
    assert len(floor.tick(TUESDAY)) == 1
    shift(floor, nudge_shifts.move, ON + WEEK, ON + WEEK - DAY, at=TUESDAY + WEEK - 2 * DAY)
    floor.tick(TUESDAY + WEEK - DAY)
    with pytest.raises(RuleError, match="has come already"):
        shift(floor, nudge_shifts.undo, at=TUESDAY + WEEK - DAY)
    with pytest.raises(RuleError, match="has come already"):
        shift(floor, nudge_shifts.undo, at=TUESDAY + 3 * WEEK)


def test_the_calendar_shows_it_and_what_was_done_with_it(floor: Floor) -> None:
    floor.plan()
    assert shown(floor) == (Next(SALES, TUESDAY, ON),)
    shift(floor, nudge_shifts.move, ON, ON + DAY)
    assert shown(floor) == (Next(SALES, TUESDAY + DAY, ON + DAY, ON, ON + DAY),)
    shift(floor, nudge_shifts.undo)
    shift(floor, nudge_shifts.skip, ON)
    assert shown(floor) == (Next(SALES, TUESDAY + WEEK, ON + WEEK, ON, None),)
    assert shown(floor, TUESDAY + DAY) == (Next(SALES, TUESDAY + WEEK, ON + WEEK),)
    floor.do(nudge_plans.pause, floor.leader, paused=True)
    assert shown(floor) == ()


@pytest.mark.parametrize("to", [None, ON, ON - 2 * DAY, ON + 4 * DAY, ON + WEEK])
def test_a_day_that_cannot_be_is_refused_at_its_field(floor: Floor, to: date | None) -> None:
    floor.plan()
    with pytest.raises(RuleError) as refused:
        shift(floor, nudge_shifts.move, ON, to)
    assert set(refused.value.fields) == {"to"}
    assert shown(floor) == (Next(SALES, TUESDAY, ON),)


def test_what_somebody_saw_may_be_old(floor: Floor) -> None:
    with pytest.raises(RuleError, match="has come already"):
        shift(floor, nudge_shifts.skip, ON)
    floor.plan()
    for wrong in (ON + DAY, ON + WEEK, ON - WEEK):
        with pytest.raises(RuleError, match="has come already"):
            shift(floor, nudge_shifts.skip, wrong)
    shift(floor, nudge_shifts.skip, ON)
    with pytest.raises(RuleError, match="has come already"):
        shift(floor, nudge_shifts.move, ON, ON + DAY)
    with pytest.raises(RuleError, match="has come already"):
        shift(floor, nudge_shifts.skip, ON + WEEK)


def test_another_plan_forgets_it_and_a_pause_is_not_caught_up(floor: Floor) -> None:
    floor.plan()
    shift(floor, nudge_shifts.move, ON, ON + DAY)
    floor.plan(at=time(11))
    assert shown(floor)[0].moved_from is None
    shift(floor, nudge_shifts.move, ON, ON + DAY)
    floor.do(nudge_plans.pause, floor.leader, paused=True)
    floor.world.now = TUESDAY + 2 * DAY
    floor.do(nudge_plans.pause, floor.leader, paused=False)
    assert floor.tick(TUESDAY + 2 * DAY + timedelta(hours=2)) == []


def test_each_zone_gets_the_moved_one_by_its_own_clock(floor: Floor) -> None:
    floor.people(1, zone="Asia/Kolkata")
    floor.people(1, zone="America/New_York")
    floor.plan(place=None)
    shift(floor, nudge_shifts.move, ON, ON + DAY)
    noon = datetime(2026, 3, 4, tzinfo=UTC)
    sent = {hour: floor.tick(noon + timedelta(minutes=15 * hour)) for hour in range(96)}
    assert [hour / 4 for hour, some in sent.items() if some] == [4.5, 15]  # ten o'clock in Kolkata and in New York


def test_only_who_plans_does_it_and_each_is_written_down(floor: Floor) -> None:
    floor.plan()
    rep = floor.world.member(floor.id, "UREP", Role.TEAM)
    for act, args in ((nudge_shifts.skip, (ON,)), (nudge_shifts.move, (ON, ON + DAY)), (nudge_shifts.undo, ())):
        with pytest.raises(NotAllowed, match=r"^Only "):
            floor.do(act, rep, SALES, *args)
    with pytest.raises(NotAllowed, match=r"^Only "):
        floor.do(nudge_shifts.asked, rep, SALES, ON)
    shift(floor, nudge_shifts.move, ON, ON + DAY)
    shift(floor, nudge_shifts.undo)
    shift(floor, nudge_shifts.skip, ON)
    trail = [one.action for one in floor.rows(Audit) if one.action.startswith("nudges.")]
    assert sorted(trail) == ["nudges.moved", "nudges.planned", "nudges.skipped", "nudges.unshifted"]
