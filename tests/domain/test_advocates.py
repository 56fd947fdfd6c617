"""The advocate's state machine cell by cell, and what publishing needs."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.advocates import (
    REQUIRED,
    Consent,
    ConsentScope,
    Move,
    Profile,
    State,
    after,
    check_activities,
    check_publishable,
    check_until,
    missing_for_publishing,
    notes_mark,
    usual_end,
)
from domain.errors import IllegalMove, RuleError

LEGAL = {
    ("introduced", "schedule the interview"): "interviewing",
    ("interviewing", "schedule the interview"): "interviewing",
    ("interviewing", "publish"): "active",
    ("active", "rest"): "resting",
    ("resting", "wake"): "active",
    ("introduced", "retire"): "retired",
    ("interviewing", "retire"): "retired",
    ("active", "retire"): "retired",
    ("resting", "retire"): "retired",
    ("retired", "return"): "interviewing",
}
COMPLETE = Profile(
    title="CISO",
    industry="Insurance",
    country="DE",
    languages=("German",),
    use_cases="Rollout over nine countries",
    activities=("reference call",),
)
TODAY = date(2026, 3, 9)
AGREED = Consent((ConsentScope.LISTED,), date(2026, 3, 2), "By email")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(state: State, move: Move) -> None:
    expected = LEGAL.get((state.value, move.value))
    if expected is not None:
        assert after(state, move) == expected
        return
    with pytest.raises(IllegalMove, match=f"This advocate is {state.words}"):
        after(state, move)


def test_a_complete_profile_with_consent_can_be_published() -> None:
    assert missing_for_publishing(COMPLETE, AGREED, interviewed=True) == ()
    check_publishable(COMPLETE, AGREED, interviewed=True, today=TODAY)


@pytest.mark.parametrize("name", REQUIRED)
def test_each_required_field_is_named_when_it_is_missing(name: str) -> None:
    empty: Any = () if isinstance(getattr(COMPLETE, name), tuple) else None
    with pytest.raises(RuleError, match=REQUIRED[name]):
        check_publishable(replace(COMPLETE, **{name: empty}), AGREED, interviewed=True, today=TODAY)


@pytest.mark.parametrize(
    "consent", [None, Consent((), date(2026, 3, 2), "?"), Consent((ConsentScope.PUBLIC,), date(2026, 3, 2), "By email")]
)
def test_nobody_is_listed_without_their_consent_to_be_listed(consent: Consent | None) -> None:
    with pytest.raises(RuleError, match="consent to be listed"):
        check_publishable(COMPLETE, consent, interviewed=True, today=TODAY)


def test_nobody_is_published_without_a_conversation() -> None:
    with pytest.raises(RuleError, match="the interview"):
        check_publishable(COMPLETE, AGREED, interviewed=False, today=TODAY)


def test_an_activity_is_accepted_or_refused_and_not_both() -> None:
    check_activities(("reference call",), ("video",))
    with pytest.raises(RuleError) as refused:
        check_activities(("reference call", "video"), ("video",))
    assert "video" in refused.value.fields["refused_activities"]


def test_notes_with_half_a_character_have_a_mark_of_their_own() -> None:
    assert len({notes_mark("a\ud800e"), notes_mark("ae"), notes_mark(None)}) == 3


@pytest.mark.parametrize(
    ("until", "days", "ends"),
    [(None, 0, False), (TODAY, 0, False), (TODAY, 1, True), (None, 5000, False), (TODAY, -1, False)],
)
def test_a_consent_holds_on_its_last_day_and_not_behind_it(until: date | None, days: int, ends: bool) -> None:
    consent, day = replace(AGREED, until=until), TODAY + timedelta(days=days)
    assert consent.has_ended(day) is ends
    assert consent.covers(ConsentScope.LISTED, day) is not ends
    assert not consent.covers(ConsentScope.PUBLIC, day)
    missing = missing_for_publishing(COMPLETE, consent, interviewed=True, today=day)
    assert missing == (("the customer's consent, which has ended",) if ends else ())


@pytest.mark.parametrize("days", [0, -1, 3654])
def test_an_end_before_the_beginning_or_in_another_age_is_refused(days: int) -> None:
    with pytest.raises(RuleError) as told:
        check_until(TODAY, TODAY + timedelta(days=days))
    assert list(told.value.fields) == ["until"]
    assert check_until(TODAY, None) is None
    assert check_until(TODAY, TODAY + timedelta(days=1)) == TODAY + timedelta(days=1)


def test_without_a_usual_length_a_consent_has_no_end() -> None:
    assert usual_end(TODAY, 0) is None
    assert usual_end(TODAY, 365) == date(2027, 3, 9)
