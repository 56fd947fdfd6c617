"""Counting by any mix of values: by cases, and beside a plain loop over everybody."""

from hypothesis import given
from hypothesis import strategies as st

from domain.portfolio import Member, Roll, Wanted, gap, in_words
from domain.query import Facet
from domain.vocabulary import Activity

WORDS = ["a", "b", "c", "d"]
CALL, STUDY = Activity.REFERENCE_CALL, Activity.CASE_STUDY

members = st.lists(
    st.builds(
        lambda words, active, free, usual: (words, active, frozenset(free), usual),
        st.lists(st.sampled_from(WORDS), unique=True),
        st.booleans(),
        st.lists(st.sampled_from([CALL, STUDY]), unique=True),
        st.booleans(),
    ),
    max_size=30,
).map(
    lambda rows: [
        Member(str(at), None, words, active, usual, free) for at, (words, active, free, usual) in enumerate(rows)
    ]
)
wanted = st.builds(
    Wanted,
    st.lists(st.sets(st.sampled_from(WORDS), min_size=1), max_size=3),
    st.sets(st.sampled_from([CALL, STUDY])).map(frozenset),
)


@given(members, wanted)
def test_a_roll_counts_as_a_loop_over_everybody_does(everybody: list[Member], asked: Wanted) -> None:
    roll = Roll.of(everybody)
    fitting = [one for one in everybody if all(set(some) & set(one.words) for some in asked.all_of)]
    free = [one for one in fitting if (one.free_for & asked.activities if asked.activities else one.is_available)]
    active = [one for one in fitting if one.is_active]
    assert (roll.active(asked), roll.available(asked)) == (len(active), len(free))
    assert list(roll.chosen(asked, available=True)) == [one.id for one in free]
    assert list(roll.chosen(asked, available=False)) == [one.id for one in active]


def test_a_gap_is_never_less_than_none() -> None:
    assert [gap(5, 2), gap(5, 5), gap(5, 9)] == [3, 0, 0]


def test_criteria_are_told_as_people_say_them() -> None:
    criteria = {Facet.PERSONA: ("CISO", "CIO"), Facet.INDUSTRY: ("healthcare",), Facet.COUNTRY: ("DE",)}
    assert in_words(criteria) == "healthcare, Germany, CISO or CIO"
    assert in_words({}) == "any advocate"
