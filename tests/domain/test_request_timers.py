"""What is due for a request, hour by hour and day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.request_outcomes import Fate
from domain.request_routing import Owner
from domain.request_timers import Due, Timeline, Timing, due_actions, is_late, timing_for
from domain.requests import LIVE, State

ASKED = datetime(2026, 5, 4, 9, tzinfo=UTC)
NEED_BY = date(2026, 6, 1)
NEW = Timeline(State.NEW, ASKED, NEED_BY)
WAITING = replace(NEW, state=State.AWAITING_OWNER, owner_asked_at=ASKED)
DAY = date(2026, 5, 20)
BOOKED = replace(NEW, state=State.SCHEDULED, day=DAY)
DONE = replace(NEW, state=State.COMPLETED, day=DAY, completed_on=DAY, done={Due.THANK_OWNER: ASKED})
DEAL = replace(DONE, has_deal=True)


def after(hours: float, request: Timeline) -> list[str]:
    now = ASKED + timedelta(hours=hours)
    return [due.value for due in due_actions(request, now, now.date())]


def on(day: date, request: Timeline) -> list[str]:
    return [due.value for due in due_actions(request, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), day)]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, []),
        (23.9, []),
        (24, ["remind_owner"]),
        (47.9, ["remind_owner"]),
        (48, ["escalate_owner"]),
        (71.9, ["escalate_owner"]),
        (72, ["escalate_owner", "escalate_late"]),
        (24 * 20, ["escalate_owner", "escalate_late"]),
    ],
)
def test_an_owner_who_is_silent(hours: float, expected: list[str]) -> None:
    assert after(hours, WAITING) == expected


def test_each_step_is_taken_once_and_again_for_another_advocate() -> None:
    reminded = replace(WAITING, done={Due.REMIND_OWNER: ASKED + timedelta(hours=24)})
    assert after(30, reminded) == []
    assert after(48, reminded) == ["escalate_owner"]
    told = replace(reminded, done={**reminded.done, Due.ESCALATE_OWNER: ASKED + timedelta(hours=48)})
    assert after(60, told) == []
    other = replace(told, owner_asked_at=ASKED + timedelta(hours=50))
    assert after(60, other) == []
    assert after(74, replace(other, opened_at=ASKED + timedelta(hours=50))) == ["remind_owner"]


@pytest.mark.parametrize("owner", [Owner.AWAY, Owner.GONE, Owner.NONE])
def test_an_owner_who_cannot_be_asked_is_not_waited_for(owner: Owner) -> None:
    assert after(1, replace(WAITING, owner=owner)) == ["escalate_owner"]
    assert after(30, replace(WAITING, owner=owner, done={Due.ESCALATE_OWNER: ASKED})) == []


@pytest.mark.parametrize("state", State)
def test_the_goal_is_for_those_who_still_wait(state: State) -> None:
    waits = state.value in {"new", "in_progress", "awaiting_owner"}
    now = ASKED + timedelta(hours=72)
    assert is_late(state, ASKED, now) == waits
    assert not is_late(state, ASKED, now - timedelta(seconds=1))
    request = replace(NEW, state=state, done={Due.THANK_OWNER: ASKED})
    assert after(72, request) == (["escalate_late"] if waits else [])
    assert after(73, replace(request, done={**request.done, Due.ESCALATE_LATE: now})) == []


def test_opened_again_it_can_be_late_again() -> None:
    again = replace(NEW, opened_at=ASKED + timedelta(days=9), done={Due.ESCALATE_LATE: ASKED + timedelta(days=3)})
    assert after(24 * 11, again) == []
    assert after(24 * 12, again) == ["escalate_late"]


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 6, 4), ["escalate_owner", "escalate_late"]), (date(2026, 6, 5), ["expire"])]
)
def test_what_nobody_answered_expires_and_nothing_else_is_said_of_it(day: date, expected: list[str]) -> None:
    assert on(day, WAITING) == expected


def asked(questions: int) -> dict[str, Any]:
    """How it went was asked so often, the last time on the day after."""
    return {"outcome_asked_for": DAY, "outcome_asked_on": DAY + timedelta(days=1), "outcome_questions": questions}


def test_what_was_approved_never_expires() -> None:
    told = replace(BOOKED, outcome_asked_for=DAY, outcome_asked_on=DAY, outcome_questions=4)
    assert on(date(2027, 6, 1), told) == []


@pytest.mark.parametrize(
    ("request_", "day", "expected"),
    [
        (BOOKED, DAY, []),
        (BOOKED, date(2026, 5, 21), ["ask_outcome"]),
        (replace(BOOKED, state=State.APPROVED), date(2026, 5, 30), ["ask_outcome"]),
        (replace(BOOKED, **asked(1)), date(2026, 5, 23), []),
        (replace(BOOKED, **asked(1)), date(2026, 5, 24), ["ask_outcome"]),
        (replace(BOOKED, **asked(2)), date(2026, 5, 24), ["ask_outcome"]),
        (replace(BOOKED, **asked(3)), date(2026, 5, 23), []),
        (replace(BOOKED, **asked(3)), date(2026, 5, 24), ["tell_of_silence"]),
        (replace(BOOKED, **asked(4)), date(2026, 5, 30), []),
        (replace(BOOKED, outcome_asked_for=date(2026, 5, 10)), date(2026, 5, 30), ["ask_outcome"]),
        (replace(BOOKED, day=None), date(2026, 5, 30), []),
        (replace(DONE, done={}), DAY, ["thank_owner"]),
        (DONE, date(2027, 5, 30), []),
    ],
)
def test_the_questions_after_the_day(request_: Timeline, day: date, expected: list[str]) -> None:
    assert on(day, request_) == expected


CLOSES = replace(DEAL, close_on=date(2026, 7, 31))


@pytest.mark.parametrize(
    ("request_", "first_day"),
    [
        (DEAL, date(2026, 6, 19)),
        (CLOSES, date(2026, 8, 1)),
        (replace(DEAL, close_on=date(2026, 5, 1)), date(2026, 5, 27)),
        (replace(CLOSES, deal_questions=1, deal_asked_on=date(2026, 8, 1)), date(2026, 8, 31)),
        (replace(CLOSES, fate=Fate.OPEN, deal_questions=2, deal_asked_on=date(2026, 8, 31)), date(2026, 9, 30)),
        (replace(DEAL, close_on=date.max), None),
        (replace(CLOSES, deal_questions=3, deal_asked_on=date(2026, 9, 30)), None),
        (replace(CLOSES, fate=Fate.WON), None),
        (replace(CLOSES, fate=Fate.LOST), None),
        (replace(CLOSES, fate=Fate.UNKNOWN), None),
        (replace(CLOSES, has_deal=False), None),
    ],
)
def test_the_day_from_which_the_deal_is_asked_about(request_: Timeline, first_day: date | None) -> None:
    days = (DAY + timedelta(days=number) for number in range(500))
    assert next((day for day in days if on(day, request_)), None) == first_day


def test_a_workspace_has_its_own_periods() -> None:
    assert timing_for({}) == Timing()
    numbers = {
        "request_goal_hours": 24,
        "owner_reminder_hours": 4,
        "owner_escalation_hours": 8,
        "request_expiry_days": 0,
        "deal_question_days": 60,
    }
    own = timing_for(numbers)
    now = ASKED + timedelta(hours=5)
    assert due_actions(WAITING, now, now.date(), own) == (Due.REMIND_OWNER,)
    late = datetime(2026, 6, 2, tzinfo=UTC)
    assert due_actions(WAITING, late, late.date(), own) == (Due.EXPIRE,)
    assert due_actions(DEAL, late, DAY + timedelta(days=59), own) == ()
    assert due_actions(DEAL, late, DAY + timedelta(days=60), own) == (Due.ASK_DEAL,)


def _noted(request: Timeline, due: Due, now: datetime) -> Timeline:
    """The request after the action, as the storage would keep it."""
    again = {"outcome_asked_on": now.date(), "outcome_questions": request.outcome_questions + 1}
    changes: dict[Due, dict[str, object]] = {
        Due.EXPIRE: {"state": State.EXPIRED},
        Due.ASK_OUTCOME: {"outcome_asked_for": request.day, **again},
        Due.TELL_OF_SILENCE: again,
        Due.ASK_DEAL: {"deal_questions": request.deal_questions + 1, "deal_asked_on": now.date()},
    }
    return replace(request, done={**request.done, due: now}, **changes.get(due, {}))  # type: ignore[arg-type]  # each is a field of Timeline


@given(
    st.sampled_from(sorted(LIVE | {State.COMPLETED})),
    st.lists(st.integers(1, 500), max_size=60),
    st.sampled_from(Owner),
    st.one_of(st.none(), st.integers(-60, 200)),
)
def test_however_often_the_clock_looks_each_thing_is_done_once(
    state: State, waits: list[int], owner: Owner, closes: int | None
) -> None:
    close_on = None if closes is None else DAY + timedelta(days=closes)
    request = replace(DEAL, state=state, owner=owner, owner_asked_at=ASKED, close_on=close_on, done={})
    now, seen = ASKED, list[Due]()
    for wait in waits:
        now += timedelta(hours=wait)
        for due in due_actions(request, now, now.date()):
            seen.append(due)
            request = _noted(request, due, now)
        assert [due for due in due_actions(request, now, now.date()) if due is not Due.EXPIRE] == []
    assert all(seen.count(due) <= (3 if due in {Due.ASK_DEAL, Due.ASK_OUTCOME} else 1) for due in seen)
