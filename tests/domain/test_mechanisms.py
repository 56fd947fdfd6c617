"""What makes sense as a program, and which days may stand in it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import RuleError
from domain.mechanisms import ASKED_FOR, LARGEST, NAME_LIMIT, TERMS, Checked, Kind, Values, checked, is_over, term_day
from domain.query import Facet
from domain.vocabulary import Activity

TODAY = date(2026, 9, 1)
BOARD = Values(
    Kind.ADVISORY_BOARD.value,
    "Board 2027",
    "Twice a year we ask what to build.",
    None,
    "12",
    TODAY + timedelta(days=60),
    TODAY + timedelta(days=400),
    {Facet.INDUSTRY: ("banking", "banking")},
)


def wrong(values: Values, before: Checked | None = None, joined: int = 0) -> dict[str, str]:
    with pytest.raises(RuleError) as refusal:
        checked(values, TODAY, before, joined=joined)
    return refusal.value.fields


def test_what_was_typed_is_kept_clean() -> None:
    kept = checked(replace(BOARD, name="  Board \n 2027 ", size="1,000"), TODAY)
    assert kept == Checked(
        Kind.ADVISORY_BOARD,
        "Board 2027",
        BOARD.purpose,
        1000,
        TODAY + timedelta(days=60),
        TODAY + timedelta(days=400),
        {Facet.INDUSTRY: ("banking",)},
    )


def test_it_begins_today_and_has_no_end_unless_somebody_says_so() -> None:
    kept = checked(replace(BOARD, starts_on=None, ends_on=None), TODAY)
    assert (kept.starts_on, kept.ends_on) == (TODAY, None)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"kind": None}, "kind", "What kind"),
        ({"kind": "book club"}, "kind", "What kind"),
        ({"name": " \n "}, "name", "What do you call it?"),
        ({"name": "n" * 200}, "name", f"At most {NAME_LIMIT} characters"),
        ({"purpose": "\t"}, "purpose", "What is it for?"),
        ({"purpose": "p" * 5000}, "purpose", "600"),
        ({"size": "0"}, "size", "whole number"),
        ({"size": "-3"}, "size", "whole number"),
        ({"size": "a dozen"}, "size", "whole number"),
        ({"size": str(LARGEST + 1)}, "size", "whole number"),
        ({"size": "9" * 5000}, "size", "whole number"),
        ({"starts_on": TODAY + timedelta(days=366)}, "starts_on", "within the next year"),
        ({"starts_on": date(1999, 1, 1)}, "starts_on", "last five years"),
        ({"ends_on": TODAY + timedelta(days=59)}, "ends_on", "before it begins"),
        ({"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}, "ends_on", "has passed"),
        ({"ends_on": date(2099, 1, 1)}, "ends_on", "five years"),
        ({"criteria": {Facet.PRODUCT: tuple(map(str, range(21)))}}, "products", "At most 20"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(change: dict[str, object], field: str, words: str) -> None:
    found = wrong(replace(BOARD, **change))  # type: ignore[arg-type]  # of Values
    assert words in found[field]


def test_all_fields_are_told_at_once() -> None:
    found = wrong(replace(BOARD, name="", purpose="", size="", kind=""))
    assert set(found) == {"name", "purpose", "size", "kind"}


def test_a_name_of_the_longest_kind_stays_whole() -> None:
    assert checked(replace(BOARD, name="n" * NAME_LIMIT), TODAY).name == "n" * NAME_LIMIT


def test_a_program_keeps_its_kind_and_may_keep_days_that_have_passed() -> None:
    before = replace(checked(BOARD, TODAY), starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    values = replace(BOARD, kind=Kind.AWARDS.value, starts_on=before.starts_on, ends_on=before.ends_on)
    kept = checked(values, TODAY, before)
    assert (kept.kind, kept.ends_on) == (Kind.ADVISORY_BOARD, before.ends_on)


def test_the_first_day_of_a_board_stays_once_somebody_has_promised_a_term() -> None:
    before = checked(BOARD, TODAY)
    later = replace(BOARD, starts_on=TODAY + timedelta(days=90))
    assert checked(later, TODAY, before).starts_on == later.starts_on
    assert "joined for the first day" in wrong(later, before, joined=1)["starts_on"]
    group = replace(before, kind=Kind.USER_GROUP)
    assert checked(later, TODAY, group, joined=9).starts_on == later.starts_on


def test_every_kind_says_what_members_are_asked_for_and_only_a_board_is_a_use_by_itself() -> None:
    assert set(ASKED_FOR) == set(Kind)
    assert {ASKED_FOR[kind] for kind in TERMS} == {Activity.ADVISORY_BOARD}


def test_a_term_begins_with_the_program_or_with_whoever_joins_later() -> None:
    assert term_day(TODAY + timedelta(days=3), TODAY) == TODAY + timedelta(days=3)
    assert term_day(TODAY - timedelta(days=3), TODAY) == TODAY


def test_it_is_over_the_day_after_its_last() -> None:
    assert not is_over(None, TODAY)
    assert not is_over(TODAY, TODAY)
    assert is_over(TODAY - timedelta(days=1), TODAY)
