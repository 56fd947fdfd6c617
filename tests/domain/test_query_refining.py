"""Taking a query apart for a form and putting it together again, shortening it, and its one canonical form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.query import Facet, apart, key_of, parse, shorter, to_text, together, usual_vocabularies
from domain.query.keys import LONGEST_KEY
from domain.query.places import REGION_NAMES

TERMS = usual_vocabularies(("Core", "Edge Gateway"))
CHOICES = {facet: tuple(values) for facet, values in TERMS.values.items()} | {Facet.REGION: REGION_NAMES}

WORDS = (
    *("healthcare", "helthcare", "ciso", "emea", "germany", "Nordics", "-retail", '"zero trust"', '-"never again"'),
    *("case study", "edge gateway", "word:retail", "industry:nonsense", "available:now", "rollout", "-rollout"),
    *("french", "industry:banking"),
)
lines = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@given(lines)
@settings(max_examples=150)
def test_nothing_is_lost_between_line_and_lists(line: str) -> None:
    asked = parse(line, TERMS)
    rest, chosen = apart(asked, TERMS, CHOICES)
    again = parse(together(rest, chosen), TERMS)
    assert key_of(again) == key_of(asked)
    assert all(set(values) <= set(CHOICES[facet]) for facet, values in chosen.items())


def test_a_value_that_no_list_offers_stays_in_the_line() -> None:
    asked = parse("healthcare banking ciso", TERMS)
    assert apart(asked, TERMS, {Facet.INDUSTRY: ("banking",)}) == (
        "industry:healthcare industry:banking persona:CISO",
        {},
    )


@given(lines | st.text(max_size=200))
@settings(max_examples=150)
def test_shortening_comes_to_an_end_and_tells_what_it_left_out(line: str) -> None:
    asked = parse(line, TERMS)
    while to_text(asked) not in {"", "available:now"}:
        before = asked
        asked = shorter(asked)
        assert asked != before
        assert len(asked.ignored) - len(before.ignored) in {0, 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ciso emea healthcare", "EMEA Healthcare CISOs"),
        ("germany france", "country:fr country:de"),
        ('rollout "zero trust" fast', '"Zero Trust" fast rollout'),
        ("-retail banking", "banking -industry:retail"),
    ],
)
def test_what_means_the_same_has_one_key(one: str, other: str) -> None:
    assert key_of(parse(one, TERMS)) == key_of(parse(other, TERMS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("banking", "-banking"),
        ("word:banking", "industry:banking"),
        ("zero trust", '"zero trust"'),
        ("-zero", "zero"),
        ("banking", "banking available:now"),
        ("germany", "germany -france"),
    ],
)
def test_what_means_something_else_has_another(one: str, other: str) -> None:
    assert key_of(parse(one, TERMS)) != key_of(parse(other, TERMS))


def test_a_long_key_is_cut_and_still_its_own() -> None:
    long = " ".join(f"{'x' * 50}{number}" for number in range(20))
    keys = {key_of(parse(line, TERMS)) for line in (long, f"{long}y", long)}
    assert len(keys) == 2
    assert {len(key) for key in keys} == {LONGEST_KEY}
