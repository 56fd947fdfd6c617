"""Which nudge comes: the barrier decides, everything is used before anything comes again, and motives share."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.nudge_choice import (
    HELD_OUT_OF,
    SILENT_OF,
    TOO_EARLY,
    Group,
    Shelf,
    is_held_out,
    is_silent,
    order_of,
    standing,
    why_of,
)
from domain.nudges import Audience, Button, Entry, Fact
from domain.pulse import ELEMENTS, Barrier, Element, GroupResult, PulseResult, Told, Unblocked
from domain.pulse_statements import Motive

DAY = date(2026, 3, 3)


def entry(name: str, element: Element = Element.DESIRE, motive: Motive = Motive.GAIN, **more: object) -> Entry:
    facts: dict[str, object] = {"audiences": (Audience.SALES,), "text": "x" * 30, "button": Button.DONE} | more
    return Entry(name, element, motive=motive, **facts)  # type: ignore[arg-type]  # what a test says of it


entries = st.lists(
    st.builds(
        lambda element, motive, needs, audience, off: entry(
            "", element, motive, needs=needs, audiences=(audience,), is_off=off
        ),
        st.sampled_from(Element),
        st.sampled_from(Motive),
        st.lists(st.sampled_from([Fact.USES, Fact.LEADER]), max_size=1).map(tuple),
        st.sampled_from([Audience.SALES, Audience.SUPPORT]),
        st.booleans(),
    ),
    max_size=12,
).map(
    lambda made: [
        entry(f"e{at}", e.element, e.motive, needs=e.needs, audiences=e.audiences, is_off=e.is_off)
        for at, e in enumerate(made)
    ]
)
weeks = st.lists(st.dictionaries(st.sampled_from([Fact.USES, Fact.LEADER]), st.just("7")), max_size=40)
groups = st.builds(
    Group,
    st.just(Audience.SALES),
    st.sampled_from(Element),
    motives=st.dictionaries(st.sampled_from(Motive), st.integers(0, 50)),
)


@given(entries, groups, weeks, st.text(max_size=3))
def test_nothing_comes_twice_until_all_that_can_be_said_was_used(
    library: list[Entry], group: Group, facts: list[dict[Fact, str]], seed: str
) -> None:
    history: list[str] = []
    for known in facts:
        chosen = Shelf(library, group).choose(known, history, seed)
        there = [e for e in library if Audience.SALES in e.audiences and not e.is_off and e.can_say(known)]
        allowed = [e for e in there if e.element in order_of(group.element)]
        if chosen is None:
            assert allowed == []
            continue
        assert chosen.entry in allowed
        same = {e.id for e in allowed if e.element is chosen.entry.element}
        if chosen.entry.id in history:
            assert same <= set(history), "it came again before another had come at all"
            assert len(same) == 1 or chosen.entry.id != history[-1]
        history.append(chosen.entry.id)


@given(entries, groups, st.integers(1, 5))
def test_with_the_same_facts_each_round_has_each_text_once(library: list[Entry], group: Group, rounds: int) -> None:
    shelf, history = Shelf(library, group), list[str]()
    pool = next(
        (
            found
            for element in order_of(group.element)
            if (
                found := {
                    e.id
                    for e in library
                    if e.element is element and not e.is_off and not e.needs and Audience.SALES in e.audiences
                }
            )
        ),
        set[str](),
    )
    for _ in range(rounds * len(pool)):
        chosen = shelf.choose({}, history, "seed")
        assert chosen is not None
        history.append(chosen.entry.id)
    assert all(set(history[at : at + len(pool)]) == pool for at in range(0, len(history), len(pool) or 1))


@given(entries, groups, st.lists(st.text(max_size=2), max_size=5))
def test_nothing_of_how_it_is_done_while_nobody_knows_why_or_wants_to(
    library: list[Entry], group: Group, history: list[str]
) -> None:
    chosen = Shelf(library, group).choose({Fact.USES: "7", Fact.LEADER: "Jo"}, history, "")
    if chosen is not None and group.element in (Element.AWARENESS, Element.DESIRE):
        assert chosen.entry.element not in TOO_EARLY


def test_what_holds_the_group_back_is_spoken_of_and_nothing_else_while_there_is_a_text() -> None:
    library = [entry(f"{element.value}{at}", element) for element in Element for at in (1, 2)]
    for element in Element:
        shelf, history = Shelf(library, Group(Audience.SALES, element)), list[str]()
        for _ in range(5):
            chosen = shelf.choose({}, history, "")
            assert chosen is not None
            assert chosen.entry.element is element
            history.append(chosen.entry.id)


def test_motives_come_by_their_share() -> None:
    library = [entry(f"{motive.value}{at}", motive=motive) for motive in Motive for at in range(12)]
    group = Group(Audience.SALES, Element.DESIRE, motives={Motive.GAIN: 29, Motive.LEADER: 9})
    history: list[str] = []
    for _ in range(14):
        chosen = Shelf(library, group).choose({}, history, "seed")
        assert chosen is not None
        history.append(chosen.entry.id)
    came = Counter(word.rstrip("0123456789") for word in history)
    assert came["gain"] == 11
    assert came["leader"] == 3


def test_without_answers_each_motive_comes_as_often() -> None:
    library = [entry(f"{motive.value}{at}", motive=motive) for motive in Motive for at in range(4)]
    history: list[str] = []
    for _ in range(10):
        chosen = Shelf(library, Group(Audience.SALES, Element.DESIRE)).choose({}, history, "seed")
        assert chosen is not None
        history.append(chosen.entry.id)
    assert set(Counter(word[:-1] for word in history).values()) == {2}


def test_what_somebody_does_not_want_does_not_come_again() -> None:
    shelf = Shelf([entry("a"), entry("b")], Group(Audience.SALES, Element.DESIRE))
    for history in ([], ["a"], ["b"], ["b", "b"]):
        chosen = shelf.choose({}, history, "", unwanted={"a"})
        assert chosen is not None
        assert chosen.entry.id == "b"
    assert shelf.choose({}, [], "", unwanted={"a", "b"}) is None


def test_a_day_of_the_track_has_its_own_texts() -> None:
    library = [entry("weekly"), entry("third", day=3)]
    group = Group(Audience.SALES, Element.DESIRE)
    third, weekly = Shelf(library, group, 3).choose({}, [], ""), Shelf(library, group).choose({}, [], "")
    assert third is not None
    assert weekly is not None
    assert (third.entry.id, weekly.entry.id) == ("third", "weekly")
    assert Shelf(library, group, 10).choose({}, [], "") is None


def pulse(name: str, barrier: Barrier | None, group: str = "Sales", team: str | None = None) -> PulseResult:
    told = None if barrier is None else Told(9, {}, {}, barrier, {})
    return PulseResult(name, DAY, (GroupResult(group, told, team),))


@pytest.mark.parametrize(
    ("pulses", "element", "since"),
    [
        ([], Element.AWARENESS, None),
        ([pulse("one", None)], Element.AWARENESS, None),
        ([pulse("one", Element.ABILITY)], Element.ABILITY, "one"),
        ([pulse("one", Element.ABILITY), pulse("two", Element.DESIRE)], Element.DESIRE, "two"),
        ([pulse("one", Element.ABILITY), pulse("two", None)], Element.ABILITY, "one"),
        ([pulse("one", Element.ABILITY), pulse("two", Unblocked.INCOMPLETE)], Element.ABILITY, "one"),
        ([pulse("one", Element.ABILITY), pulse("two", Unblocked.NONE)], Element.REINFORCEMENT, "two"),
        ([pulse("one", Element.ABILITY, "Marketing")], Element.AWARENESS, None),
        ([pulse("one", Element.ABILITY, "sales")], Element.ABILITY, "one"),
        ([pulse("one", Element.ABILITY, team="P1")], Element.AWARENESS, None),
    ],
)
def test_the_last_pulse_that_said_something_decides(
    pulses: list[PulseResult], element: Element, since: str | None
) -> None:
    group = standing(Audience.SALES, pulses)
    assert (group.element, group.pulse) == (element, since)


def test_managers_and_customer_success_are_found_by_their_groups_names() -> None:
    assert standing(Audience.MANAGERS, [pulse("one", Element.DESIRE, "Managers")]).element is Element.DESIRE
    answered = standing(Audience.CUSTOMER_SUCCESS, [pulse("one", Element.DESIRE, "Customer success")])
    assert answered.element is Element.DESIRE


def test_the_why_can_be_kept() -> None:
    chosen = Shelf([entry("a")], Group(Audience.SALES, Element.DESIRE, "Q1")).choose({}, [], "")
    assert chosen is not None
    assert why_of(chosen.why.stored()) == chosen.why
    assert (chosen.why.used, chosen.why.size, chosen.why.pulse) == (1, 1, "Q1")
    assert order_of(Element.ABILITY)[0] is Element.ABILITY
    assert set(order_of(Element.ABILITY)) == set(ELEMENTS)


def test_one_person_in_ten_is_held_out_and_always_the_same() -> None:
    people = [f"P{number}" for number in range(5000)]
    held = {person for person in people if is_held_out("W1", person)}
    assert 0.08 < len(held) * HELD_OUT_OF / len(people) / 10 < 0.12
    assert held == {person for person in people if is_held_out("W1", person)}
    assert held != {person for person in people if is_held_out("W2", person)}


@given(st.text(max_size=5), st.text(max_size=5), st.integers(1, 50_000))
def test_exactly_one_week_in_ten_is_silent(seed: str, plan: str, block: int) -> None:
    first = date.fromordinal(block * 70)
    weeks = [date.fromordinal(first.toordinal() + 7 * week + 3) for week in range(SILENT_OF)]
    assert sum(is_silent(seed, plan, week) for week in weeks) == 1
