"""The order of advocates: cases, the words of each part, and properties: monotone, stable, taking turns."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.capacity import ONE, Use, capacity, free_on
from domain.limits import Limits
from domain.matching import USUAL, Candidate, Fit, Part, Weights, rank
from domain.vocabulary import Activity

TODAY = date(2026, 5, 10)
ADA = Candidate("ada", left_halves=4, cap_halves=4, is_free=True, verified_on=TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def order(*candidates: Candidate) -> list[str]:
    return [one.id for one in rank(candidates, TODAY)]


def points(one: Candidate, *others: Candidate) -> dict[str, float]:
    found = next(ranked for ranked in rank([one, *others], TODAY) if ranked.id == one.id)
    return {part.name: part.points for part in found.parts}


def test_the_weights_are_a_hundred_together() -> None:
    assert USUAL.fit + USUAL.capacity + USUAL.unasked + USUAL.fresh == 100
    assert rank([ADA], TODAY)[0].score == 100
    assert rank([], TODAY) == []


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"fit": Fit(text=2.0)}, {"fit": Fit(text=1.0)}),
        ({"fit": Fit(text=0.1)}, {"fit": Fit(text=nan)}),
        ({"fit": Fit(text=0.1)}, {"fit": Fit(text=-inf)}),
        ({"fit": Fit(None, ("healthcare", "EMEA"))}, {"fit": Fit(None, ("healthcare",), ("EMEA",))}),
        # A fact outweighs words that stand somewhere.
        ({"fit": Fit(0.0, ("healthcare",))}, {"fit": Fit(5.0, (), ("healthcare",))}),
        ({"left_halves": 4}, {"left_halves": 2}),
        ({"left_halves": 1}, {"left_halves": 4, "is_free": False}),
        ({"left_halves": 2, "is_free": False}, {"left_halves": 0, "is_free": False}),
        ({"last_asked": None}, {"last_asked": ago(364)}),
        ({"last_asked": ago(100)}, {"last_asked": ago(90)}),
        # Beyond a year the points are equal, and still the longer one comes first.
        ({"last_asked": ago(800)}, {"last_asked": ago(700)}),
        ({"last_asked": None}, {"last_asked": ago(4000)}),
        ({"verified_on": ago(10)}, {"verified_on": ago(100)}),
        ({"verified_on": ago(300)}, {"verified_on": None}),
        # Free and fitting half comes before fitting wholly and not free.
        ({"fit": Fit(None, ("a",), ("b",))}, {"fit": Fit(None, ("a", "b")), "is_free": False, "last_asked": ago(5)}),
        # What fits wholly comes before what fits half, even if the latter was never asked.
        ({"fit": Fit(None, ("a", "b")), "last_asked": ago(40), "left_halves": 2}, {"fit": Fit(None, ("a",), ("b",))}),
    ],
)
def test_who_comes_first(better: dict[str, object], worse: dict[str, object]) -> None:
    first, second = replace(ADA, id="z", **better), replace(ADA, id="a", **worse)  # type: ignore[arg-type]  # fields of Candidate
    assert order(first, second) == order(second, first) == ["z", "a"]


def test_equals_come_by_their_ids() -> None:
    assert order(replace(ADA, id="c"), replace(ADA, id="a"), replace(ADA, id="b")) == ["a", "b", "c"]


def test_each_score_shows_its_parts() -> None:
    one = Candidate(
        "ada",
        left_halves=3,
        cap_halves=4,
        is_free=True,
        last_asked=ago(73),
        verified_on=ago(36),
        fit=Fit(1.0, ("healthcare", "EMEA"), ("CISO",)),
    )
    best = replace(one, id="best", fit=Fit(2.0))
    (found,) = [ranked for ranked in rank([best, one], TODAY) if ranked.id == "ada"]
    assert found.parts == (
        Part("fit", 30.0, 50, "matches healthcare and EMEA, not CISO, your words are in the profile"),
        Part("capacity", 20.0, 25, "free now, 1½ of 2 left"),
        Part("unasked", 3.0, 15, "asked 73 days ago"),
        Part("fresh", 9.0, 10, "verified 36 days ago"),
    )
    assert found.score == 62.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fit": Fit()}, "nothing in particular was asked for"),
        ({"fit": Fit(0.0)}, "your words are not in the profile"),
        ({"fit": Fit(None, (), ("retail", "DACH"))}, "not retail or DACH"),
        ({"is_free": False, "left_halves": -2}, "not free now, 0 of 2 left"),
        ({"last_asked": ago(1)}, "asked 1 day ago"),
        ({"last_asked": TODAY}, "asked today"),
        ({"last_asked": TODAY + timedelta(days=3)}, "asked today"),
        ({"verified_on": None}, "never verified"),
    ],
)
def test_the_words_of_each_part(changes: dict[str, object], words: str) -> None:
    (found,) = rank([replace(ADA, **changes)], TODAY)  # type: ignore[arg-type]  # fields of Candidate
    assert words in {part.words for part in found.parts}


def test_a_workspace_may_weigh_otherwise() -> None:
    fitting, fresh = replace(ADA, id="f", verified_on=None), replace(ADA, id="v", fit=Fit(None, (), ("retail",)))
    assert order(fitting, fresh) == ["f", "v"]
    assert [one.id for one in rank([fitting, fresh], TODAY, Weights(5, 25, 15, 55))] == ["v", "f"]


def test_odd_numbers_do_no_harm() -> None:
    odd = Candidate("odd", left_halves=9, cap_halves=0, is_free=True, verified_on=date.max, verify_days=0)
    assert 0 <= rank([odd], TODAY)[0].score <= 100


@pytest.mark.parametrize("number", [2, 5, 12])
def test_those_who_fit_alike_take_turns(number: int) -> None:
    """A call every ten days, always to the first: nobody is asked again before everybody was, and none is overused."""
    limits, day = Limits(), TODAY
    uses: dict[str, list[Use]] = {f"p{place:02}": [] for place in range(number)}
    asked: Counter[str] = Counter()
    for _ in range(60):
        candidates = [
            Candidate(
                id=name,
                left_halves=capacity(own, limits, day).left_halves,
                cap_halves=limits.cap_halves,
                is_free=free_on(own, limits, day, ONE) is None,
                last_asked=max((one.on for one in own), default=None),
                verified_on=day,
            )
            for name, own in uses.items()
        ]
        first = rank(candidates, day)[0]
        if first.candidate.is_free:
            uses[first.id].append(Use(day, ONE, Activity.REFERENCE_CALL))
            asked[first.id] += 1
        assert max(asked.values()) - min(asked[name] for name in uses) <= 1
        day += timedelta(days=10)
    assert set(asked) == set(uses)


days = st.integers(-5, 800).map(ago)
words = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True).map(tuple)
ranks = st.one_of(st.none(), st.floats(0, 1000), st.sampled_from([nan, inf, -inf, -1.0]))
fits = st.builds(Fit, ranks, words, words)
some = st.builds(
    Candidate,
    id=st.text("xyz", min_size=1, max_size=3),
    left_halves=st.integers(-1, 6),
    cap_halves=st.integers(0, 6),
    is_free=st.booleans(),
    last_asked=st.one_of(st.none(), days),
    verified_on=st.one_of(st.none(), days),
    fit=fits,
)


@given(st.lists(some, max_size=8, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_the_order_hangs_on_nothing_but_the_facts(candidates, random) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives them as drawn above
    found = rank(candidates, TODAY)
    assert found == rank(random.sample(candidates, len(candidates)), TODAY)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert sorted(one.id for one in found) == sorted(one.id for one in candidates)
    for one in found:
        assert one.score == round(sum(part.points for part in one.parts), 1)
        assert all(0 <= part.points <= part.most and part.words for part in one.parts)


@given(some, some, st.data())
def test_more_of_anything_good_is_never_worth_less(one: Candidate, other: Candidate, data: st.DataObject) -> None:
    other = replace(other, id="other")
    facets = Fit(one.fit.text, (*one.fit.matched, "more"), one.fit.missed[1:])
    better: dict[str, dict[str, object]] = {
        "capacity": {"left_halves": one.left_halves + 1, "is_free": True},
        "unasked": {"last_asked": one.last_asked and one.last_asked - timedelta(days=data.draw(st.integers(0, 99)))},
        "fresh": {"verified_on": one.verified_on and one.verified_on + timedelta(days=data.draw(st.integers(0, 99)))},
        "fit": {"fit": facets},
    }
    for name, changes in better.items():
        assert points(replace(one, **changes), other)[name] >= points(one, other)[name]  # type: ignore[arg-type]  # fields of Candidate
    if one.fit.text is not None:
        doubled = replace(one, fit=replace(one.fit, text=2 * one.fit.text))
        assert points(doubled, other)["fit"] >= points(one, other)["fit"]
