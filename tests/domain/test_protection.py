"""Who may be asked, when, and what they read who may not ask: cases, and a property over whole histories."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.advocates import Consent, ConsentScope, State
from domain.capacity import HORIZON_DAYS, ONE, TWO, WEIGHTS, Use, flagged, without
from domain.limits import Limits, OwnLimits, limits_for
from domain.phrases import A_USE
from domain.protection import (
    NEEDS_SCOPE,
    Facts,
    Pause,
    PauseReason,
    activity_to_show,
    check,
    free_for,
    has_room,
    is_free,
    next_day,
    standing,
)
from domain.vocabulary import Activity

TODAY = date(2026, 5, 10)
CALL, STUDY, QUOTE = Activity.REFERENCE_CALL, Activity.CASE_STUDY, Activity.QUOTE
EVERYTHING = Consent(tuple(ConsentScope), date(2026, 1, 1), "email")
FREE = Facts(state=State.ACTIVE, consent=EVERYTHING, verified_on=date(2026, 4, 1))


def on(number: int) -> date:
    return TODAY + timedelta(days=number)


def use(day: date, activity: Activity = CALL, request_id: str | None = None) -> Use:
    return Use(on=day, halves=WEIGHTS[activity], activity=activity, request_id=request_id)


def agreed(*scopes: ConsentScope) -> Facts:
    return replace(FREE, consent=Consent(scopes, date(2026, 1, 1), "email"))


def test_every_activity_has_a_scope_and_words() -> None:
    assert set(NEEDS_SCOPE) == set(A_USE) == set(Activity)


@pytest.mark.parametrize("activity", Activity)
def test_somebody_who_is_free_may_be_asked_for_anything(activity: Activity) -> None:
    assert check(FREE, activity, on(20), TODAY) == ()
    assert next_day(FREE, activity, TODAY) == TODAY


WISH, HEALTH, BREAK, OTHER = PauseReason.WISH, PauseReason.HEALTH, PauseReason.RENEWAL, PauseReason.OTHER
SHY = limits_for({}, OwnLimits(cap_halves=ONE, rest_days=120))
STUDIED = (use(date(2026, 5, 3), STUDY),)

CASES = [
    (replace(FREE, state=State.RESTING), CALL, "state", "is resting, and only active advocates can be asked"),
    (replace(FREE, state=State.RETIRED), CALL, "state", "is retired, and only active advocates can be asked"),
    (replace(FREE, consent=None), Activity.FEEDBACK, "consent", "has not agreed to be listed here"),
    (agreed(ConsentScope.PUBLIC), QUOTE, "consent", "has not agreed to be listed here"),
    (agreed(ConsentScope.LISTED), CALL, "consent", "has not agreed to talk with prospects and partners"),
    (agreed(ConsentScope.LISTED, ConsentScope.PUBLIC), CALL, "consent", "has not agreed to talk with prospects"),
    (agreed(ConsentScope.LISTED, ConsentScope.CONVERSATIONS), STUDY, "consent", "has not agreed to be named in public"),
    (replace(FREE, refused=("case study",)), STUDY, "refused", "does not want to be asked for a case study"),
    (replace(FREE, health="red"), CALL, "red", "is at an account that is in trouble (health: red)"),
    (replace(FREE, health="yellow"), CALL, "yellow", "is at an account that needs care (health: yellow)"),
    (replace(FREE, verified_on=None), CALL, "stale", "has a profile that nobody has verified yet"),
    (
        replace(FREE, verified_on=on(-360)),
        CALL,
        "stale",
        "has a profile that was last verified on 15 May 2025, too long ago to be offered",
    ),
    (
        replace(FREE, pauses=(Pause(WISH, on(1)),)),
        CALL,
        "wish",
        "asked to be left alone for now; free again from 11 May",
    ),
    (replace(FREE, pauses=(Pause(WISH),)), CALL, "wish", "asked to be left alone for now; until somebody ends it"),
    (replace(FREE, pauses=(Pause(HEALTH),)), CALL, "paused", "is paused until the account is well again; until"),
    (replace(FREE, pauses=(Pause(BREAK, on(90)),)), CALL, "paused", "is paused for the renewal; free again from 8 Aug"),
    (
        replace(FREE, pauses=(Pause(OTHER, date(2027, 1, 1)),)),
        CALL,
        "paused",
        "is paused by the advocacy team; free again from 1 January 2027",
    ),
    (replace(FREE, renewal_on=on(0)), CALL, "renewal", "has a renewal on 10 May; free again from 11 May"),
    (replace(FREE, renewal_on=on(30)), CALL, "renewal", "has a renewal on 9 June; free again from 10 June"),
    (replace(FREE, renewal_on=on(50)), CALL, "renewal", "has a renewal on 29 June; free again from 30 June"),
    (
        replace(FREE, uses=(use(on(-1)),)),
        CALL,
        "rest",
        "was asked for a reference call on 9 May; free again from 8 June",
    ),
    (
        replace(FREE, uses=(use(on(25)),)),
        CALL,
        "rest",
        "is booked for a reference call on 4 June; free again from 4 July",
    ),
    (
        replace(FREE, uses=(use(on(-80)), use(on(-40)))),
        STUDY,
        "cap",
        "gives at most 2 in 90 days, and has given or promised 1: a reference call on 31 March; free again from 29 Ju",
    ),
    (
        replace(FREE, uses=tuple(use(on(-20), QUOTE) for _ in range(5))),
        QUOTE,
        "cap",
        (
            "gives at most 2 in 90 days, and has given or promised 2½: a quote or logo on 20 April, a quote or logo "
            "on 20 April, a quote or logo on 20 April and 2 more; free again from 19 July"
        ),
    ),
    (
        replace(FREE, limits=SHY),
        STUDY,
        "cap",
        "asked to give at most 1 in 90 days, and a case study counts as 2; not free",
    ),
]


@pytest.mark.parametrize(("facts", "activity", "kind", "words"), CASES)
def test_what_stands_in_the_way_is_said(facts: Facts, activity: Activity, kind: str, words: str) -> None:
    (found,) = check(facts, activity, on(20), TODAY)
    assert found.kind == kind
    assert found.words.startswith(words)


def test_rest_and_cap_are_both_named_with_one_day_for_both() -> None:
    found = check(replace(FREE, uses=STUDIED), CALL, on(20), TODAY)
    assert [one.words for one in found] == [
        "was asked for a case study on 3 May; free again from 1 August",
        "gives at most 2 in 90 days, and has given or promised 2: a case study on 3 May; free again from 1 August",
    ]
    assert {one.free_from for one in found} == {date(2026, 8, 1)}


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        (replace(FREE, renewal_on=on(-1)), 20),
        (replace(FREE, renewal_on=on(31)), 0),
        (replace(FREE, renewal_on=on(51)), 20),
        (replace(FREE, renewal_on=on(31)), 32),
        (replace(FREE, pauses=(Pause(WISH, TODAY), Pause(OTHER, on(-5)))), 0),
        (replace(FREE, verified_on=on(-359)), 20),
        (replace(FREE, health="green"), 20),
        (replace(FREE, refused=("case study", "of our own making")), 20),
        (replace(FREE, uses=(use(on(-10)),)), 20),
        (replace(FREE, uses=(use(on(50)),)), 20),
    ],
)
def test_nothing_stands_in_the_way_any_more_or_yet(facts: Facts, day: int) -> None:
    assert check(facts, CALL, on(day), TODAY) == ()


def test_an_own_limit_is_a_wish_and_ours_is_not() -> None:
    ours, theirs = replace(FREE, uses=STUDIED), replace(FREE, uses=STUDIED, limits=SHY)
    assert [one.can_be_overridden for one in check(ours, CALL, on(20), TODAY)] == [True, True]
    assert [one.can_be_overridden for one in check(theirs, CALL, on(20), TODAY)] == [False, False]
    rested = replace(ours, limits=limits_for({}, OwnLimits(rest_days=60)))
    assert [one.can_be_overridden for one in check(rested, CALL, on(20), TODAY)] == [False, True]
    loosened = limits_for({}, OwnLimits(cap_halves=8, rest_days=0, granted=True))
    assert check(replace(FREE, uses=STUDIED, limits=loosened), CALL, on(20), TODAY) == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(FREE, uses=(use(on(-1)),)), on(29)),
        (replace(FREE, pauses=(Pause(WISH, on(10)), Pause(OTHER, on(40)))), on(40)),
        (replace(FREE, pauses=(Pause(OTHER, on(10)), Pause(WISH))), None),
        (replace(FREE, renewal_on=on(20)), on(21)),
        # Rest ends on day 29, which lies before a renewal; after that one there is another use.
        (replace(FREE, uses=(use(on(-1)), use(on(60))), renewal_on=on(40)), on(90)),
        (replace(FREE, pauses=(Pause(WISH, on(365)),)), on(365)),
        (replace(FREE, pauses=(Pause(WISH, on(366)),)), None),
        (replace(FREE, health="red"), None),
        (replace(FREE, state=State.RESTING), None),
    ],
)
def test_the_next_day_looks_at_everything(facts: Facts, expected: date | None) -> None:
    assert next_day(facts, CALL, TODAY) == expected


offsets = st.integers(min_value=-120, max_value=200)
activities = st.sampled_from([CALL, STUDY, QUOTE])
pauses = st.builds(Pause, st.sampled_from(PauseReason), st.one_of(st.none(), offsets.map(on)))
some_facts = st.builds(
    replace,
    st.just(FREE),
    uses=st.lists(st.builds(use, offsets.map(on), activities), max_size=5).map(tuple),
    pauses=st.lists(pauses, max_size=2).map(tuple),
    renewal_on=st.one_of(st.none(), offsets.map(on)),
    health=st.sampled_from(["green", "yellow", None]),
)


@settings(max_examples=40)  # each example tries a year of days
@given(some_facts, activities)
def test_the_next_day_is_the_first_without_an_obstacle(facts: Facts, activity: Activity) -> None:
    def free(number: int) -> bool:
        # Asked and used on that day; what does not hang on the day is judged today.
        dated = replace(facts, health=None, verified_on=on(number))
        return not standing(facts, activity, TODAY) and not check(dated, activity, on(number), on(number))

    first = next((on(number) for number in range(HORIZON_DAYS + 1) if free(number)), None)
    assert next_day(facts, activity, TODAY) == first


@given(some_facts, activities, st.integers(0, 90), st.sampled_from(State))
def test_free_is_what_has_no_obstacle(facts: Facts, activity: Activity, ahead: int, state: State) -> None:
    for one in (facts, replace(facts, state=state)):
        assert is_free(one, activity, on(ahead), TODAY) == (check(one, activity, on(ahead), TODAY) == ())


@pytest.mark.parametrize(
    ("accepted", "activity"),
    [
        ((), CALL),
        (("quote or logo", "reference call"), CALL),
        (("press", "case study"), STUDY),
        (("of our own making",), CALL),
    ],
)
def test_the_activity_that_a_look_up_shows(accepted: tuple[str, ...], activity: Activity) -> None:
    assert activity_to_show(accepted) is activity


acts = st.one_of(
    st.tuples(st.just("approve"), activities, st.integers(0, 120)),
    st.tuples(st.just("move"), st.integers(0, 9), st.integers(0, 120)),
    st.tuples(st.just("cancel"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 60), st.just(0)),
)


@given(st.lists(acts, max_size=30))
def test_no_history_of_checked_approvals_goes_over_the_cap(history: list[tuple[str, object, int]]) -> None:
    facts, today = replace(FREE, limits=Limits(verify_days=10_000)), TODAY
    for number, (act, what, ahead) in enumerate(history):
        day = today + timedelta(days=ahead)
        if act == "approve" and isinstance(what, Activity) and not check(facts, what, day, today):
            facts = replace(facts, uses=(*facts.uses, use(day, what, f"r{number}")))
        elif act == "wait" and isinstance(what, int):
            today += timedelta(days=what)
        elif isinstance(what, int) and facts.uses:
            one = facts.uses[what % len(facts.uses)]
            rest = replace(facts, uses=without(facts.uses, one.request_id or ""))
            if act == "cancel":
                facts = rest
            elif not check(rest, one.activity, day, today):
                facts = replace(rest, uses=(*rest.uses, replace(one, on=day)))
        assert flagged(facts.uses, facts.limits) == ()
        assert _fullest_window(facts.uses) <= TWO


def _fullest_window(uses: tuple[Use, ...]) -> int:
    return max((sum(one.halves for one in uses if 0 <= (one.on - first.on).days < 90) for first in uses), default=0)


@given(
    some_facts,
    st.sampled_from(State),
    st.sets(st.sampled_from(Activity)),
    st.sets(st.sampled_from(Activity)),
    st.sets(st.sampled_from(ConsentScope)),
    st.sampled_from(["green", "yellow", "red", None]),
    st.integers(0, 400),
)
def test_a_census_finds_free_whom_a_look_up_finds_free(
    facts: Facts,
    state: State,
    asked: set[Activity],
    refused: set[Activity],
    scopes: set[ConsentScope],
    health: str | None,
    age: int,
) -> None:
    consent = Consent(tuple(scopes), date(2026, 1, 1), "email")
    facts = replace(facts, state=state, refused=refused, consent=consent, health=health, verified_on=on(-age))
    assert free_for(facts, asked, TODAY) == {one for one in asked if is_free(facts, one, TODAY, TODAY)}
    listed = ConsentScope.LISTED in scopes
    whatever = replace(facts, refused=(), consent=EVERYTHING)
    assert has_room(facts, TODAY) is (listed and is_free(whatever, CALL, TODAY, TODAY))
