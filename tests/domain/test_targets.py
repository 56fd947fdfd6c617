"""What makes sense as a target, with the sentence at each field, and what the demand suggests."""

from datetime import date

import pytest

from domain.errors import RuleError
from domain.query import Facet
from domain.targets import NAME_LIMIT, Tally, Values, as_stored, checked, from_stored

TODAY = date(2026, 5, 3)
HEALTHCARE = {Facet.INDUSTRY: ("healthcare",)}
GOOD = Values("", "5", date(2026, 6, 30), None, HEALTHCARE)


def test_what_is_right_is_kept_and_named_by_whom_it_seeks() -> None:
    kept = checked(GOOD, TODAY)
    assert (kept.name, kept.count, kept.due_on, kept.criteria) == ("healthcare", 5, date(2026, 6, 30), HEALTHCARE)
    assert checked(Values(" Quarter\nthree ", "1,000", TODAY, None, {}), TODAY).name == "Quarter three"
    assert len(checked(Values("n" * 300, "1", TODAY, None, {}), TODAY).name) == NAME_LIMIT


@pytest.mark.parametrize("count", ["", "0", "-1", "1.5", "many", "1001", "９", "1" * 5000])
def test_a_count_that_is_none_is_refused_at_its_field(count: str) -> None:
    with pytest.raises(RuleError) as refused:
        checked(Values("", count, None, None, {}), TODAY)
    assert refused.value.fields == {
        "count": "A whole number from 1 to 1,000, please.",
        "due_on": "By which day should they be there?",
    }


def test_a_day_that_has_passed_may_stay_but_not_be_chosen() -> None:
    late = Values("", "5", date(2026, 5, 2), None, {})
    with pytest.raises(RuleError) as refused:
        checked(late, TODAY)
    assert refused.value.fields == {"due_on": "That day has passed. Please pick one that is still to come."}
    assert checked(late, TODAY, before=date(2026, 5, 2)).due_on == date(2026, 5, 2)


def test_too_many_values_are_refused_where_they_stand() -> None:
    many = tuple(f"p{number}" for number in range(21))
    with pytest.raises(RuleError) as refused:
        checked(Values("", "5", TODAY, None, {Facet.PRODUCT: many, Facet.PERSONA: many}), TODAY)
    assert refused.value.fields.keys() == {"products", "persona"}


def test_the_strongest_demand_that_no_target_asks_for_is_suggested_first() -> None:
    tally = Tally()
    tally.add({Facet.INDUSTRY: ("banking",)}, looked_up=4)
    tally.add({Facet.INDUSTRY: ("retail", "banking")}, looked_up=1, awaited=1)
    tally.add({Facet.INDUSTRY: ("banking", "retail")}, requested=1)
    tally.add(HEALTHCARE, requested=50)
    tally.add({}, requested=50)
    found = tally.suggestions([HEALTHCARE])
    assert [(one.criteria[Facet.INDUSTRY], one.weight) for one in found] == [
        (("banking", "retail"), 6),
        (("banking",), 4),
    ]


def test_criteria_come_back_as_they_were_stored() -> None:
    criteria = {Facet.INDUSTRY: ("healthcare",), Facet.ACTIVITY: ("case study", "video")}
    assert from_stored(as_stored(criteria)) == criteria
    assert from_stored({"colour": ["red"]}) == {}
