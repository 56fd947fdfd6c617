"""The nomination's state machine cell by cell, and what a nomination must say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import IllegalMove, RuleError
from domain.nominations import LIVE, NAME_LIMIT, OPEN, WHY_LIMIT, Move, State, Values, after, cleaned, is_overdue

LEGAL = {
    ("submitted", "accept"): "accepted",
    ("submitted", "ask for more"): "needs_info",
    ("submitted", "decline"): "declined",
    ("submitted", "merge"): "merged",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "expire"): "expired",
    ("needs_info", "answer"): "submitted",
    ("needs_info", "accept"): "accepted",
    ("needs_info", "decline"): "declined",
    ("needs_info", "merge"): "merged",
    ("needs_info", "withdraw"): "withdrawn",
    ("needs_info", "expire"): "expired",
    ("declined", "reopen"): "submitted",
    ("declined", "expire"): "expired",
}
VALUES = Values(contact_name="Ada Okafor", company="Harbor Mutual", why="Runs our EU rollout")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(state: State, move: Move) -> None:
    expected = LEGAL.get((state.value, move.value))
    if expected is not None:
        assert after(state, move) == expected
        return
    with pytest.raises(IllegalMove, match=f"This nomination is {state.words}"):
        after(state, move)


def test_open_and_live_states() -> None:
    assert {state.value for state in OPEN} == {"submitted", "needs_info"}
    assert {state.value for state in LIVE} == {"submitted", "needs_info", "accepted"}
    assert [state for state in State if state.is_open != (state in OPEN) or state.is_live != (state in LIVE)] == []


def test_values_are_cleaned_and_nothing_else() -> None:
    typed = replace(VALUES, contact_name="  Ada\u202e   Okafor ", why=" line one\nline two\x07 ", title="\tCISO ")
    found = cleaned(typed)
    assert found.contact_name == "Ada Okafor"
    assert found.why == "line one\nline two"
    assert found.title == "CISO"
    assert cleaned(found) == found


@pytest.mark.parametrize("typed", ["", "   ", "\x00\u2066", "\n"])
def test_what_is_missing_is_named_at_its_field(typed: str) -> None:
    with pytest.raises(RuleError) as refused:
        cleaned(replace(VALUES, contact_name=typed, company=typed, why=typed))
    assert set(refused.value.fields) == {"contact_name", "company", "why"}


def test_what_is_too_long_is_named_with_its_limit() -> None:
    with pytest.raises(RuleError) as refused:
        cleaned(replace(VALUES, contact_name="x" * (NAME_LIMIT + 1), why="y" * (WHY_LIMIT + 1), phone="1" * 999))
    assert set(refused.value.fields) == {"contact_name", "why", "phone"}
    assert str(NAME_LIMIT) in refused.value.fields["contact_name"]


@pytest.mark.parametrize("typed", ["<!channel>", "=cmd()", "مرحبا", "🎉", "<https://x.example|y>"])
def test_text_of_any_kind_is_kept_as_typed(typed: str) -> None:
    found = cleaned(replace(VALUES, contact_name=typed, why=typed, use_cases=typed))
    assert (found.contact_name, found.why, found.use_cases) == (typed, typed, typed)


def test_overdue_after_a_week_and_not_before() -> None:
    made = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert not is_overdue(made, made + timedelta(days=7))
    assert is_overdue(made, made + timedelta(days=7, seconds=1))
