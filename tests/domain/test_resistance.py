"""The rules of the resistance log: careful words, next steps, reminders, retention, and what is told without names."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.adoption_list import PAGE, Chosen, Listed, Row, Which
from domain.errors import NotFound, RuleError
from domain.pulse import Element
from domain.pulse_statements import Motive
from domain.resistance import (
    JUDGING,
    MOST_OPEN,
    MOST_TALKS,
    MOVES,
    Entry,
    Move,
    State,
    after,
    check_careful,
    check_next,
    check_room,
    check_talks,
    check_version,
    counts_of,
    found,
    is_to_be_reminded,
    kept_until,
)
from domain.suggestions import BY_ELEMENT, BY_MOTIVE, LACKS, MOVES_THEM, suggestions, to_you

TODAY = date(2026, 9, 7)
ENTRY = Entry(
    id="E",
    person_id="p",
    person="Kim",
    person_slack_id="UKIM",
    is_here=True,
    element=Element.DESIRE,
    motive=Motive.GAIN,
    need="A customer for the Harbor deal.",
    talks=(),
    next_step="Have coffee",
    next_on=TODAY,
    coach_id="c",
    coach="Lee",
    coach_slack_id="ULEE",
    state=State.OPEN,
    since=TODAY,
    version=1,
)


@pytest.mark.parametrize("word", JUDGING)
def test_a_word_that_judges_is_refused_at_the_field_and_named(word: str) -> None:
    for text in (f"She is {word}.", f"“{word.upper()}”, they said"):
        with pytest.raises(RuleError) as refusal:
            check_careful(text, "need")
        assert set(refusal.value.fields) == {"need"}
        assert "what do they need?" in refusal.value.message


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "It is difficult for her to find the time.",
        "Wants to see what became of the last one.",
        "The uselessness of the old tool still annoys them.",
        "Needs a lazily loaded list.",
    ],
)
def test_what_somebody_needs_is_taken(text: str | None) -> None:
    check_careful(text, "need")


def test_no_suggestion_or_label_of_ours_judges_anybody() -> None:
    ours = [*LACKS.values(), *MOVES_THEM.values()]
    ours += [one for some in (*BY_ELEMENT.values(), *BY_MOTIVE.values()) for one in some]
    for text in ours:
        check_careful(text, "need")
    assert len(set(ours)) == len(ours)


def test_whoever_it_is_about_is_spoken_to() -> None:
    assert to_you(MOVES_THEM[Motive.LEADER]) == "A leader whom you trust asking you"
    said = " ".join(to_you(one) for one in (*LACKS.values(), *MOVES_THEM.values()))
    assert not {"their", "them", "they", "them,"} & set(said.split())


def test_every_element_and_motive_has_suggestions_and_the_motive_goes_first() -> None:
    assert set(BY_ELEMENT) == set(LACKS) == set(Element)
    assert set(BY_MOTIVE) == set(MOVES_THEM) == set(Motive)
    assert suggestions(Element.DESIRE, Motive.LEADER) == BY_MOTIVE[Motive.LEADER]
    assert suggestions(Element.ABILITY, None) == BY_ELEMENT[Element.ABILITY]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_only_what_the_table_says_is_possible(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert after(state, move) is MOVES[state, move]
    else:
        with pytest.raises(RuleError, match=r"\.$"):
            after(state, move)


@pytest.mark.parametrize(
    ("step", "days", "field"),
    [
        ("Coffee", None, "next_on"),
        (None, 3, "next_step"),
        ("Coffee", -1, "next_on"),
        ("Coffee", 184, "next_on"),
    ],
)
def test_a_next_step_has_a_day_and_a_day_has_a_step(step: str | None, days: int | None, field: str) -> None:
    with pytest.raises(RuleError) as refusal:
        check_next(step, None if days is None else TODAY + timedelta(days=days), TODAY)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("days", [0, 1, 183])
def test_neither_is_fine_and_both_are(days: int) -> None:
    check_next(None, None, TODAY)
    check_next("Coffee", TODAY + timedelta(days=days), TODAY)


@pytest.mark.parametrize(
    ("days_from_due", "reminded", "expected"),
    [(-1, None, False), (0, None, True), (0, 0, False), (2, 0, False), (3, 0, True), (4, 3, False), (9, None, True)],
)
def test_a_coach_is_reminded_on_the_day_and_once_more(days_from_due: int, reminded: int | None, expected: bool) -> None:
    told = None if reminded is None else TODAY + timedelta(days=reminded)
    assert is_to_be_reminded(TODAY, told, TODAY + timedelta(days=days_from_due)) is expected


def test_an_entry_is_kept_for_so_many_months() -> None:
    assert kept_until(TODAY, 12) == date(2027, 9, 7)
    assert timedelta(days=28) <= kept_until(TODAY, 1) - TODAY <= timedelta(days=31)


def test_without_names_only_open_entries_are_counted() -> None:
    some = [ENTRY, replace(ENTRY, motive=None, next_on=TODAY + timedelta(days=1)), replace(ENTRY, state=State.CLOSED)]
    counts = counts_of(some, TODAY)
    assert (counts.elements[Element.DESIRE], counts.elements[Element.ABILITY]) == (2, 0)
    assert (counts.motives[Motive.GAIN], counts.due) == (1, 1)


def test_a_full_log_an_entry_with_many_conversations_and_an_old_view_are_refused() -> None:
    check_room(MOST_OPEN - 1)
    check_talks(MOST_TALKS - 1)
    check_version(1, 1)
    with pytest.raises(RuleError, match="holds 40 open entries"):
        check_room(MOST_OPEN)
    with pytest.raises(RuleError, match="30 conversations"):
        check_talks(MOST_TALKS)
    with pytest.raises(RuleError, match="changed in the meantime"):
        check_version(1, 2)


def test_one_of_them_is_found_and_another_is_not() -> None:
    assert found([ENTRY], "E") is ENTRY
    with pytest.raises(NotFound):
        found([ENTRY], "F")


@pytest.mark.parametrize(("which", "matching"), [(Which.NOT_YET, 41), (Which.TOOK_PART, 2), (Which.EVERYBODY, 43)])
def test_the_list_has_as_many_pages_as_it_takes(which: Which, matching: int) -> None:
    page = Listed((), Chosen(which), TODAY, TODAY, 43, 2)
    assert (page.matching, page.pages) == (matching, -(-matching // PAGE))


def test_whoever_did_one_thing_has_taken_part() -> None:
    assert not Row("Kim", None, None, 0, 0, 0).took_part
    assert all(Row("Kim", None, None, *did).took_part for did in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
