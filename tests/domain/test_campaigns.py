"""What makes sense as a campaign, what is drafted, and when one ends by itself."""

from datetime import date, timedelta

import pytest

from domain.campaigns import LONGEST, TEXT_LIMIT, End, Plan, account_criteria, check_plan, draft, end_of
from domain.errors import RuleError
from domain.portfolio import Measured, Target
from domain.query import Facet

TODAY = date(2026, 5, 3)
SOUGHT = {Facet.INDUSTRY: ("healthcare",), Facet.PERSONA: ("CISO",)}


def measured(available: int = 1, due: date = TODAY + timedelta(days=90)) -> Measured:
    return Measured(Target("1", "Hospitals", SOUGHT, 3, due), available, available)


def test_the_draft_says_who_is_sought_and_why() -> None:
    made = draft(measured(), TODAY)
    assert "2 more customers" in made.text
    assert "healthcare, CISO" in made.text
    assert "1 of the 3" in made.text
    assert made.ends_on == TODAY + timedelta(days=30)
    assert draft(measured(due=TODAY - timedelta(days=9)), TODAY).ends_on == TODAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("available", "ends_on", "why"),
    [
        (3, TODAY, End.REACHED),
        (3, TODAY - timedelta(days=1), End.REACHED),
        (2, TODAY, None),
        (2, TODAY - timedelta(days=1), End.OVER),
    ],
)
def test_it_ends_when_reached_or_over(available: int, ends_on: date, why: End | None) -> None:
    assert end_of(ends_on, measured(available), TODAY) is why


def test_it_ends_with_its_target() -> None:
    assert end_of(TODAY, None, TODAY) is End.DROPPED


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan("1", " \n ", (), TODAY), "text"),
        (Plan("1", "x" * (TEXT_LIMIT + 1), (), TODAY), "text"),
        (Plan("1", "x", tuple(map(str, range(11))), TODAY), "channels"),
        (Plan("1", "x", (), None), "ends_on"),
        (Plan("1", "x", (), TODAY - timedelta(days=1)), "ends_on"),
        (Plan("1", "x", (), TODAY + LONGEST + timedelta(days=1)), "ends_on"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_at_its_field(plan: Plan, field: str) -> None:
    with pytest.raises(RuleError) as refusal:
        check_plan(plan, TODAY)
    assert list(refusal.value.fields) == [field]


def test_a_channel_named_twice_is_posted_to_once() -> None:
    assert check_plan(Plan("1", " Who? ", ("C1", "C1"), TODAY), TODAY) == Plan("1", "Who?", ("C1",), TODAY)


def test_a_customer_is_known_by_what_is_known_of_the_company() -> None:
    assert account_criteria(SOUGHT) == {Facet.INDUSTRY: ("healthcare",)}
