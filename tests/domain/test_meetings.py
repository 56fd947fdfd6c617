"""Which days a meeting may have, and what can become of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import AlreadyDone, RuleError
from domain.meetings import ABOUT_LIMIT, MOVES, Bounds, Meeting, Move, State, Values, after, check_count, checked

TODAY = date(2026, 9, 1)
BOUNDS = Bounds(TODAY - timedelta(days=30), TODAY + timedelta(days=300))
MEETING = Meeting("1", "2", "Board", "customer advisory board", TODAY + timedelta(days=9), "Roadmap", State.PLANNED)


def wrong(values: Values, bounds: Bounds = BOUNDS, before: Meeting | None = None) -> dict[str, str]:
    with pytest.raises(RuleError) as refusal:
        checked(values, bounds, TODAY, before)
    return refusal.value.fields


@pytest.mark.parametrize("days", [-30, -1, 0, 1, 300])
def test_any_day_of_the_program_will_do(days: int) -> None:
    on = TODAY + timedelta(days=days)
    assert checked(Values(on, "  What we \n build next "), BOUNDS, TODAY) == (on, "What we build next")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-31, "begins later"), (301, "ends before that day")],
)
def test_a_day_outside_of_the_program_is_refused(days: int, words: str) -> None:
    assert words in wrong(Values(TODAY + timedelta(days=days), "Roadmap"))["on"]


def test_without_a_last_day_a_year_is_the_furthest() -> None:
    endless = Bounds(BOUNDS.starts_on, None)
    assert checked(Values(TODAY + timedelta(days=366), "Roadmap"), endless, TODAY)
    assert "within the next year" in wrong(Values(TODAY + timedelta(days=367), "Roadmap"), endless)["on"]


def test_all_that_is_missing_is_told_at_once() -> None:
    assert set(wrong(Values(None, " \n "))) == {"on", "about"}
    assert "200" in wrong(Values(TODAY, "a" * (ABOUT_LIMIT + 1)))["about"]
    assert checked(Values(TODAY, "a" * ABOUT_LIMIT), BOUNDS, TODAY)


def test_a_day_that_stood_there_may_stay() -> None:
    narrower = Bounds(TODAY, TODAY + timedelta(days=2))
    assert checked(Values(MEETING.on, "Prices"), narrower, TODAY, MEETING) == (MEETING.on, "Prices")
    assert "ends before" in wrong(Values(MEETING.on + timedelta(days=1), "Prices"), narrower, MEETING)["on"]


def test_what_was_counted_does_not_move_into_the_future() -> None:
    counted = replace(MEETING, on=TODAY - timedelta(days=3), state=State.COUNTED)
    assert "noted already" in wrong(Values(TODAY + timedelta(days=1), "Roadmap"), before=counted)["on"]
    assert checked(Values(TODAY - timedelta(days=1), "Roadmap"), BOUNDS, TODAY, counted)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_leads_somewhere_or_says_why_not(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert after(state, move) is MOVES[state, move]
        return
    with pytest.raises(AlreadyDone, match="was called off"):
        after(state, move)


def test_who_came_is_said_on_the_day_or_later() -> None:
    check_count(TODAY, TODAY)
    with pytest.raises(RuleError, match="still to come"):
        check_count(TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("state", "days", "ahead", "waits"),
    [
        (State.PLANNED, 1, True, False),
        (State.PLANNED, 0, True, True),  # the day itself: it may be over, or not
        (State.PLANNED, -1, False, True),
        (State.COUNTED, -1, False, False),
        (State.CALLED_OFF, 1, False, False),
        (State.CALLED_OFF, -1, False, False),
    ],
)
def test_what_lies_ahead_and_what_waits(state: State, days: int, *, ahead: bool, waits: bool) -> None:
    one = replace(MEETING, state=state, on=TODAY + timedelta(days=days))
    assert (one.lies_ahead(TODAY), one.waits_for_count(TODAY)) == (ahead, waits)
