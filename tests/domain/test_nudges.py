"""What a nudge may say, and that no place in it is ever left empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleError
from domain.nudges import LONGEST_TEXT, Audience, Button, Entry, Fact, fill, needs_of, slots_of, wanting
from domain.pulse import Element
from domain.pulse_statements import Motive

TEXT = "{nominator} put a customer forward, one of {nominations}."


def entry(text: str = TEXT) -> Entry:
    return Entry("id-1", Element.DESIRE, (Audience.SALES,), Motive.BELONGING, text, Button.NOMINATE, needs_of(text))


def test_facts_stand_in_their_places() -> None:
    said = fill(entry(), {Fact.NOMINATOR: "Kim", Fact.NOMINATIONS: "12", Fact.LEADER: "Jo"})
    assert said == "Kim put a customer forward, one of 12."


@pytest.mark.parametrize("facts", [{}, {Fact.NOMINATOR: "Kim"}, {Fact.NOMINATOR: "Kim", Fact.NOMINATIONS: ""}])
def test_a_text_with_an_empty_place_is_never_made(facts: dict[Fact, str]) -> None:
    assert not entry().can_say(facts)
    assert Fact.NOMINATIONS in wanting(entry(), facts)
    with pytest.raises(ValueError, match="nominations"):
        fill(entry(), facts)


@given(st.dictionaries(st.sampled_from(Fact), st.text(max_size=9)), st.lists(st.sampled_from(Fact), max_size=4))
def test_what_can_be_said_has_no_place_left(facts: dict[Fact, str], named: list[Fact]) -> None:
    made = entry("Twenty letters at least. " + " ".join(f"{{{fact.value}}}" for fact in named))
    assert made.can_say(facts) == all(facts.get(fact) for fact in named)
    if made.can_say(facts):
        assert fill(made, facts) == "Twenty letters at least. " + " ".join(facts[fact] for fact in named)


def test_a_name_in_braces_that_came_with_a_fact_is_no_place() -> None:
    said = fill(entry("Ask {nominator} about the customer."), {Fact.NOMINATOR: "{leader}"})
    assert said == "Ask {leader} about the customer."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ask {somebody} about this customer.", "no fact named {somebody}"),
        ("Ask {} about this very customer.", "no fact named {}"),
        ("Ask {nominator about this customer.", "without its"),
        ("Ask nominator} about this customer.", "without its"),
        ("{{nominator}} is somebody to ask.", "without its"),
        ("Short.", "at least"),
        ("x" * (LONGEST_TEXT + 1), "at most"),
    ],
)
def test_a_bad_text_is_refused_at_its_field(text: str, why: str) -> None:
    with pytest.raises(RuleError) as refused:
        needs_of(text)
    assert why in refused.value.fields["text"]


def test_what_is_named_twice_is_needed_once() -> None:
    assert needs_of("{leader} and again {leader} and {uses}.") == (Fact.LEADER, Fact.USES)
    assert slots_of("{a} {b}") == ["a", "b"]
