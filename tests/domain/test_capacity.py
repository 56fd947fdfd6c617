"""What activities weigh, the cap around a date, the rest: tables of cases, and properties against brute force."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.capacity import (
    HALF,
    ONE,
    TWO,
    WEIGHTS,
    Capacity,
    Reason,
    Use,
    capacity,
    flagged,
    free_on,
    next_free,
    refusals,
    used_halves,
    weight_words,
    without,
)
from domain.limits import Limits, OwnLimits, limits_for
from domain.vocabulary import Activity

MAY_3 = date(2026, 5, 3)
USUAL = Limits()


def use(day: date, halves: int = ONE, request_id: str | None = None) -> Use:
    activity = next(one for one, weight in WEIGHTS.items() if weight == halves)
    return Use(on=day, halves=halves, activity=activity, request_id=request_id)


def days(number: int) -> date:
    return MAY_3 + timedelta(days=number)


def test_every_activity_has_its_weight() -> None:
    assert set(WEIGHTS) == set(Activity)
    assert {weight: [one.value for one in Activity if WEIGHTS[one] == weight] for weight in (HALF, ONE, TWO)} == {
        HALF: ["quote or logo", "public review"],
        ONE: [
            "reference call",
            "group reference call",
            "analyst briefing",
            "press",
            "referral",
            "beta or product feedback",
            "investor or executive meeting",
        ],
        TWO: ["site visit", "case study", "video", "event speaker", "advisory board"],
    }


@pytest.mark.parametrize(
    ("halves", "words"), [(0, "0"), (1, "½"), (2, "1"), (3, "1½"), (4, "2"), (5, "2½"), (24, "12")]
)
def test_loads_as_people_read_them(halves: int, words: str) -> None:
    assert weight_words(halves) == words


@pytest.mark.parametrize(
    ("before", "new", "gap", "reason"),
    [
        (TWO, HALF, 1, Reason.REST),
        (TWO, HALF, 29, Reason.REST),
        (TWO, HALF, 30, Reason.CAP),
        (TWO, HALF, 89, Reason.CAP),
        (TWO, HALF, 90, None),
        (TWO, TWO, 90, None),
        (ONE, ONE, 29, Reason.REST),
        (ONE, ONE, 30, None),
        (ONE, TWO, 30, Reason.CAP),
        (ONE, TWO, 89, Reason.CAP),
        (ONE, TWO, 90, None),
        (HALF, ONE, 1, None),
        (HALF, HALF, 0, None),
        (HALF, ONE, 0, Reason.REST),
        (ONE, HALF, 0, Reason.REST),
        (ONE, ONE, 0, Reason.REST),
    ],
)
def test_one_use_before_another(before: int, new: int, gap: int, reason: Reason | None) -> None:
    found = free_on([use(MAY_3, before)], USUAL, days(gap), new)
    assert (found and found.reason) == reason
    # The same pair the other way round: the earlier one is added last.
    found = free_on([use(days(gap), new)], USUAL, MAY_3, before)
    assert (found and found.reason) == reason


@pytest.mark.parametrize(
    ("existing", "new", "free"),
    [
        # Each pair lies in one window with the new day, all three in none: 60 before and 60 after are 120 apart.
        ([(-60, ONE), (60, ONE)], (0, ONE), True),
        ([(-40, ONE), (40, ONE)], (0, ONE), False),
        ([(-44, ONE), (45, ONE)], (0, ONE), False),
        ([(-45, ONE), (45, ONE)], (0, ONE), True),
        # Only the window that begins with the middle one is too full.
        ([(-80, HALF), (-40, ONE), (40, ONE)], (0, HALF), False),
        # Four quotes fill the cap, even on one day; the fifth waits.
        ([(0, HALF)] * 3, (0, HALF), True),
        ([(0, HALF)] * 4, (0, HALF), False),
        ([(0, HALF), (1, HALF), (2, HALF), (3, HALF)], (4, HALF), False),
        # Too much elsewhere is true and blocks only what is near it.
        ([(-200, TWO), (-200, TWO)], (0, TWO), True),
        ([(-89, TWO), (-89, TWO)], (0, HALF), False),
        ([(-95, TWO), (-89, ONE), (80, ONE)], (0, ONE), True),
    ],
)
def test_the_cap_around_a_day(existing: list[tuple[int, int]], new: tuple[int, int], free: bool) -> None:
    found = free_on([use(days(gap), halves) for gap, halves in existing], USUAL, days(new[0]), new[1])
    assert (found is None) == free


def test_a_refusal_names_what_stands_in_the_way() -> None:
    study, call = use(MAY_3, TWO), use(days(100), ONE)
    assert [(one.reason, one.uses) for one in refusals([call, study], USUAL, days(10), ONE)] == [
        (Reason.REST, (study,)),
        (Reason.CAP, (study,)),
    ]
    assert [(one.reason, one.uses) for one in refusals([call, study], USUAL, days(95), TWO)] == [
        (Reason.REST, (call,)),
        (Reason.CAP, (call,)),
    ]


def test_what_weighs_more_than_the_cap_is_never_free() -> None:
    strict = limits_for({}, OwnLimits(cap_halves=ONE))
    found = free_on([], strict, MAY_3, TWO)
    assert found is not None
    assert found.reason is Reason.TOO_HEAVY
    assert next_free([], strict, TWO, MAY_3) is None


@pytest.mark.parametrize(
    ("existing", "halves", "expected"),
    [
        ([], TWO, 0),
        ([(0, TWO)], HALF, 90),
        ([(-10, ONE)], ONE, 20),
        ([(0, ONE)], TWO, 90),
        ([(0, HALF)], ONE, 1),
        ([(5, HALF)], ONE, 6),
        ([(5, HALF)], HALF, 0),
        ([(5, ONE)], HALF, 0),
        ([(-100, TWO)], TWO, 0),
        ([(0, TWO), (100, TWO), (200, TWO)], ONE, 290),
        ([(day, TWO) for day in range(0, 400, 30)], HALF, None),
    ],
)
def test_the_next_free_day(existing: list[tuple[int, int]], halves: int, expected: int | None) -> None:
    found = next_free([use(days(gap), weight) for gap, weight in existing], USUAL, halves, MAY_3)
    assert found == (None if expected is None else days(expected))


def test_days_at_the_ends_of_the_calendar_do_no_harm() -> None:
    odd = [use(date.min), use(date.max, TWO)]
    assert next_free(odd, USUAL, TWO, MAY_3) == MAY_3
    assert next_free(odd, USUAL, TWO, date.max) is None
    assert capacity(odd, USUAL, date.min).left_halves == ONE


def test_capacity_of_today() -> None:
    assert capacity([], USUAL, MAY_3) == Capacity(4, 4, 0, MAY_3)
    assert capacity([use(days(-89), HALF), use(days(40), ONE)], USUAL, MAY_3) == Capacity(2, 4, 2, MAY_3)
    assert capacity([use(days(-10), TWO)], USUAL, MAY_3) == Capacity(0, 4, 4, days(80))
    assert capacity([use(days(-10), ONE)], USUAL, MAY_3, halves=TWO) == Capacity(2, 4, 2, days(80))
    assert used_halves([use(days(-89), HALF), use(days(40), ONE)], USUAL, MAY_3) == 2
    over = [use(days(-10), TWO), use(days(-5), TWO)]
    assert capacity(over, USUAL, MAY_3) == Capacity(0, 4, 8, days(85))


def test_touches_over_the_cap_are_flagged_and_nothing_else() -> None:
    fine, touch, study = use(days(-200), TWO), use(days(3), ONE), use(MAY_3, TWO)
    assert flagged([fine, touch, study], USUAL) == (touch, study)
    assert flagged([fine, study], USUAL) == ()


def test_a_request_that_moves_does_not_stand_in_its_own_way() -> None:
    mine, other = use(MAY_3, ONE, "r1"), use(days(-200), ONE, "r2")
    assert without([mine, other], "r1") == (other,)
    assert free_on(without([mine, other], "r1"), USUAL, days(1), ONE) is None


# Properties. The reading of both rules is written out once more, day by day and without any cleverness.

near_days = st.integers(min_value=-150, max_value=150).map(days)
weights = st.sampled_from([HALF, ONE, TWO])
some_uses = st.lists(st.builds(use, near_days, weights), max_size=7)
some_limits = st.builds(
    Limits,
    cap_halves=st.integers(min_value=1, max_value=6),
    window_days=st.sampled_from([1, 2, 30, 90]),
    rest_days=st.sampled_from([0, 1, 30, 45]),
)


def too_full(uses: Sequence[Use], limits: Limits, holding: date) -> bool:
    """Whether any window with this day in it is over the cap: each of them is counted, day by day."""
    for back in range(limits.window_days):
        window = {holding + timedelta(days=ahead - back) for ahead in range(limits.window_days)}
        if sum(one.halves for one in uses if one.on in window) > limits.cap_halves:
            return True
    return False


def unrested(uses: Sequence[Use], new: Use, limits: Limits) -> bool:
    """Whether the new one comes within the rest after another, or another within the rest after it."""
    pairs = [pair for one in uses for pair in ((one, new), (new, one))]
    return any(
        first.halves >= ONE and any(first.on + timedelta(days=gap) == then.on for gap in range(limits.rest_days))
        for first, then in pairs
    )


@given(some_uses, some_limits, near_days, weights)
def test_free_means_no_full_window_and_rested(uses: list[Use], limits: Limits, day: date, halves: int) -> None:
    new = use(day, halves)
    bad = too_full([*uses, new], limits, day) or unrested(uses, new, limits)
    assert (free_on(uses, limits, day, halves) is not None) == bad


@given(some_uses, some_limits, near_days, weights)
def test_the_next_free_day_is_the_first_one(uses: list[Use], limits: Limits, start: date, halves: int) -> None:
    tried = (start + timedelta(days=number) for number in range(201))
    first = next((day for day in tried if free_on(uses, limits, day, halves) is None), None)
    assert next_free(uses, limits, halves, start, horizon_days=200) == first


@given(some_uses, some_limits, near_days, weights, st.randoms(use_true_random=False))
def test_the_order_of_the_uses_is_of_no_importance(uses, limits, day, halves, random) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives them as drawn above
    shuffled = random.sample(uses, len(uses))
    assert refusals(uses, limits, day, halves) == refusals(shuffled, limits, day, halves)
    assert capacity(uses, limits, day, halves) == capacity(shuffled, limits, day, halves)
    assert set(flagged(uses, limits)) == set(flagged(shuffled, limits))


@given(st.builds(use, near_days, weights), st.builds(use, near_days, weights), some_limits)
def test_two_uses_agree_in_either_order(one: Use, other: Use, limits: Limits) -> None:
    if max(one.halves, other.halves) <= limits.cap_halves:
        there = free_on([one], limits, other.on, other.halves)
        back = free_on([other], limits, one.on, one.halves)
        assert (there is None) == (back is None)


@given(some_uses, some_limits, near_days)
def test_what_is_left_is_what_the_cap_would_take(uses: list[Use], limits: Limits, day: date) -> None:
    left = capacity(uses, limits, day).left_halves
    by_the_cap = Limits(limits.cap_halves, limits.window_days, rest_days=0)
    assert left == 0 or free_on(uses, by_the_cap, day, left) is None
    assert free_on(uses, by_the_cap, day, left + 1) is not None


@given(st.lists(st.tuples(st.booleans(), near_days, weights, st.integers(0, 6)), max_size=25), some_limits)
def test_no_sequence_of_free_uses_and_cancellations_breaks_a_rule(
    acts: list[tuple[bool, date, int, int]], limits: Limits
) -> None:
    kept: list[Use] = []
    for adds, day, halves, place in acts:
        if adds and free_on(kept, limits, day, halves) is None:
            kept.append(use(day, halves))
        elif not adds and kept:
            kept.pop(place % len(kept))
        assert not any(too_full(kept, limits, one.on) for one in kept)
        assert not any(unrested([*kept[:place], *kept[place + 1 :]], one, limits) for place, one in enumerate(kept))
        assert flagged(kept, limits) == ()
