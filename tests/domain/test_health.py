"""The verdict on a program: what each measure is made of, what they come to, and what holds the program back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.adoption import Count
from domain.health import (
    FEWEST,
    ON_COURSE_FROM,
    SCALES,
    STALLING_FROM,
    Figures,
    Measure,
    Verdict,
    disagreements,
    judge,
    verdict_on,
)
from domain.health_figures import Coverage, voice_of
from domain.people import Function
from domain.portfolio import Measured, Target
from domain.pulse import ELEMENTS, Element, GroupResult, PulseResult, Told, Unblocked, barrier_point
from domain.self_checks import STATEMENTS, Part, Summary

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
GOAL = timedelta(hours=72)

NOTHING: dict[Measure, float | None] = dict.fromkeys(Measure)
FINE = {one: SCALES[one].fine for one in Measure}


def values(**known: float) -> dict[Measure, float | None]:
    return NOTHING | {Measure[name]: value for name, value in known.items()}


@pytest.mark.parametrize(
    ("measured", "points", "verdict", "drags"),
    [
        (NOTHING, None, None, ()),
        (values(ADOPTION=0.3, PULSE=5), None, None, ()),
        (FINE, 100, Verdict.ON_COURSE, ()),
        (values(ADOPTION=0.0, PULSE=1.0, COVERAGE=0.0), 0, Verdict.FAILING, (Measure.ADOPTION, Measure.PULSE)),
        (values(ADOPTION=0.3, PULSE=3.5, COVERAGE=0.2), 75, Verdict.ON_COURSE, (Measure.COVERAGE,)),
        (values(ADOPTION=0.3, PULSE=3.5, COVERAGE=0.1999), 74, Verdict.STALLING, (Measure.COVERAGE,)),
        (
            values(ADOPTION=0.15, COVERAGE=0.4, FILL_RATE=0.16),
            40,
            Verdict.STALLING,
            (Measure.FILL_RATE, Measure.ADOPTION),
        ),
        (
            values(ADOPTION=0.06, COVERAGE=0.4, FILL_RATE=0.32),
            36,
            Verdict.FAILING,
            (Measure.ADOPTION, Measure.FILL_RATE),
        ),
    ],
)
def test_points_verdict_and_drags(
    measured: Mapping[Measure, float | None], points: int | None, verdict: Verdict | None, drags: tuple[Measure, ...]
) -> None:
    found = judge(measured)
    assert (found.points, found.verdict, found.drags) == (points, verdict, drags)


any_values = st.fixed_dictionaries({one: st.none() | st.floats(0, 5) for one in Measure})


@given(any_values)
def test_points_are_between_none_and_all_and_drags_are_the_weakest(measured: dict[Measure, float | None]) -> None:
    found = judge(measured)
    known = {one: part for one, part in found.attained.items() if part is not None}
    assert (found.points is None) == (len(known) < FEWEST) == (found.verdict is None)
    assert found.points is None or 0 <= found.points <= 100
    left = [part for one, part in known.items() if one not in found.drags]
    assert all(known[drag] < 1 and known[drag] <= other for drag in found.drags for other in left)


@given(any_values, st.sampled_from(Measure), st.floats(0, 5))
def test_a_better_figure_never_makes_it_worse(
    measured: dict[Measure, float | None], better: Measure, more: float
) -> None:
    value = measured[better]
    if value is None:
        return
    before, after = judge(measured), judge(measured | {better: value + more})
    assert (after.points or 0) >= (before.points or 0)
    order = [Verdict.FAILING, Verdict.STALLING, Verdict.ON_COURSE]
    if before.verdict and after.verdict:
        assert order.index(after.verdict) >= order.index(before.verdict)


def test_where_each_verdict_begins() -> None:
    assert [verdict_on(points) for points in (0, STALLING_FROM - 1)] == [Verdict.FAILING] * 2
    assert [verdict_on(points) for points in (STALLING_FROM, ON_COURSE_FROM - 1)] == [Verdict.STALLING] * 2
    assert [verdict_on(points) for points in (ON_COURSE_FROM, 100)] == [Verdict.ON_COURSE] * 2


def told(n: int, *means: float | None, unanimous: dict[Element, int] | None = None) -> Told:
    found = dict(zip(ELEMENTS, means, strict=True))
    return Told(n, found, unanimous or {}, barrier_point(means), {})


def held(*groups: GroupResult, ago: int = 30) -> PulseResult:
    return PulseResult("Autumn", TODAY - timedelta(days=ago), tuple(groups))


SINCE = TODAY - timedelta(days=200)


def test_the_voice_is_that_of_everybody_where_it_may_be_told() -> None:
    whole = GroupResult("Everybody", told(20, 4, 3, 2.5, 4, 4), is_all=True)
    sales = GroupResult("sales", told(10, 4, 4, 4, 4, 4))
    support = GroupResult("support", told(10, 4, 2, 1, 4, 4))
    team = GroupResult("support", told(6, 1, 1, 1, 1, 1), team="m1")
    found = voice_of([held(whole, sales, support, team)], SINCE)
    assert found is not None
    assert (found.lowest, found.mean, found.n) == (Element.KNOWLEDGE, 2.5, 20)
    assert (found.stuck, found.group) == (Element.DESIRE, "support")


def test_without_everybody_groups_weigh_by_who_answered() -> None:
    found = voice_of(
        [held(GroupResult("sales", told(30, 4, 4, 4, 4, 4)), GroupResult("support", told(10, 4, 4, 4, 4, 2)))], SINCE
    )
    assert found is not None
    assert (found.lowest, found.mean, found.n, found.stuck) == (Element.REINFORCEMENT, 3.5, 40, Unblocked.NONE)


def test_what_everybody_scored_alike_counts_as_its_end_of_the_scale() -> None:
    alike = told(5, 4, None, 4, 4, 4, unanimous={Element.DESIRE: 1})
    found = voice_of([held(GroupResult("sales", alike))], SINCE)
    assert found is not None
    assert (found.lowest, found.mean, found.stuck) == (Element.DESIRE, 1, Element.DESIRE)


def test_a_pulse_that_tells_nothing_leaves_the_one_before_and_an_old_one_is_none() -> None:
    old = held(GroupResult("sales", told(9, 4, 4, 4, 4, 3.2)), ago=120)
    silent = held(GroupResult("sales"), GroupResult("support", told(5, *[None] * 5)))
    found = voice_of([old, silent], SINCE)
    assert found is not None
    assert found.held_on == old.held_on
    assert voice_of([old], TODAY - timedelta(days=119)) is None
    assert voice_of([], SINCE) is None


def target(name: str, count: int, available: int) -> Measured:
    return Measured(Target(name, name, {}, count, TODAY), available, available)


def test_what_one_target_has_too_much_covers_no_other() -> None:
    assert Coverage.of([target("A", 4, 9), target("B", 6, 1)]) == Coverage(10, 5, "B", 5)
    assert Coverage.of([]) is None


def summary(part: Part, score: float) -> Summary:
    return Summary(part, date(2026, 7, 1), 1, dict.fromkeys(STATEMENTS[part], score))


def figures(**changes: object) -> Figures:
    given: dict[str, object] = {"first": TODAY, "last": TODAY} | changes
    return Figures(**given)  # type: ignore[arg-type]  # named by the tests


def test_only_who_meets_customers_is_expected_to_take_part() -> None:
    rows = [
        Count(Function.SALES, "m1", 6, took_part=3),
        Count(Function.SUPPORT, None, 6, took_part=0),
        Count(Function.EXECUTIVE, None, 50, took_part=50),
        Count(None, None, 50, took_part=50),
    ]
    found = figures(adoption=rows)
    assert found.values()[Measure.ADOPTION] == 0.25
    assert [(one.function, is_told) for one, is_told in found.functions()] == [
        (Function.SALES, True),
        (Function.SUPPORT, True),
    ]
    assert figures(adoption=[Count(Function.SALES, None, 4, took_part=4)]).values()[Measure.ADOPTION] is None


@pytest.mark.parametrize(
    ("leader", "champion", "expected"),
    [
        (5, None, [(Part.LEADER, True)]),
        (1, 5, [(Part.LEADER, False), (Part.CHAMPION, True)]),
        (2.5, 2.5, []),
        (None, None, []),
    ],
)
def test_a_view_far_from_the_figures_is_named(
    leader: float | None, champion: float | None, expected: list[tuple[Part, bool]]
) -> None:
    views = {Part.LEADER: leader, Part.CHAMPION: champion}
    checks = {part: summary(part, score) for part, score in views.items() if score is not None}
    found = figures(self_checks=checks)
    health = judge(values(ADOPTION=0.15, COVERAGE=0.4))
    assert [(one.who, one.is_rosier) for one in disagreements(found, health)] == expected
    assert disagreements(found, judge(values(ADOPTION=0.15))) == []
