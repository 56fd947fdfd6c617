"""Which requests one group call could serve, and which request somebody joins instead of doubling it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.competition import Competition, competing, to_join
from domain.requests import OPEN, Card, State
from domain.vocabulary import Activity

CALL = Activity.REFERENCE_CALL
MADE = datetime(2026, 5, 1, 9, tzinfo=UTC)
ONE = Card("r1", State.NEW, CALL, date(2026, 6, 1), MADE, ("p1",), advocate_id="a1")


def another(identity: str, days: int = 0, **changes: object) -> Card:
    return replace(ONE, id=identity, need_by=ONE.need_by + timedelta(days=days), **changes)  # type: ignore[arg-type]  # each is a field of Card


def test_two_that_want_the_same_advocate() -> None:
    assert competing([another("r2", 3), ONE]) == (Competition(("r1", "r2"), "a1"),)
    # What else they looked for is of no importance once both want the same person.
    assert competing([ONE, another("r2", facets=frozenset({"industry:retail"}))]) == (Competition(("r1", "r2"), "a1"),)


def test_two_that_want_somebody_alike() -> None:
    retail = frozenset({"industry:retail", "region:EMEA"})
    anyone = another("r3", advocate_id=None, facets=retail)
    assert competing([anyone, another("r4", advocate_id=None, facets=retail)]) == (
        Competition(("r3", "r4"), None, retail),
    )
    assert competing([anyone, another("r4", advocate_id=None, facets=frozenset({"industry:retail"}))]) == ()


@pytest.mark.parametrize(
    "other",
    [
        another("r2", advocate_id="a2"),
        another("r2", advocate_id=None),
        another("r2", 31),
        another("r2", activity=Activity.CASE_STUDY),
        *[another("r2", state=state) for state in State if state not in OPEN],
    ],
)
def test_those_that_do_not_compete(other: Card) -> None:
    assert competing([ONE, other]) == ()


def test_two_for_anybody_do_not_compete() -> None:
    assert competing([another("r1", advocate_id=None), another("r2", advocate_id=None)]) == ()


def test_needs_far_apart_make_groups_of_their_own() -> None:
    cards = [another(f"r{day}", day) for day in (0, 30, 31, 61, 100)]
    assert [one.request_ids for one in competing(cards)] == [("r0", "r30"), ("r31", "r61")]


def test_an_opportunity_that_is_already_served_is_joined() -> None:
    first = replace(ONE, opportunity_id="o1")
    later = replace(ONE, id="r2", opportunity_id="o1", created_at=MADE + timedelta(days=1), state=State.SCHEDULED)
    assert to_join([later, first], CALL, "o1") == first
    assert to_join([later], CALL, "o1") == later
    assert to_join([first], Activity.CASE_STUDY, "o1") is None
    assert to_join([first], CALL, "o2") is None
    assert to_join([replace(first, state=State.COMPLETED)], CALL, "o1") is None
    assert to_join([ONE], CALL, None) is None
