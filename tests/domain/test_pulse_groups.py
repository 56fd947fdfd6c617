"""What is told of groups, against somebody who knows every membership and every output, and nobody's answers."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pulse import ELEMENTS, Element, GroupResult, Scores, barrier_point
from domain.pulse_groups import EVERYBODY, FEWEST_ALIKE, Cell, results
from tests.tallies import tally

Answers = Sequence[tuple[str, str | None, Scores]]
"""Group, manager, scores."""

HIGH: Scores = (5, 4, 5, 4, 5)
STUCK: Scores = (5, 2, 4, 4, 4)

_score = st.sampled_from([None, 1, 2, 3, 4, 5])
_scores: st.SearchStrategy[Scores] = st.tuples(_score, _score, _score, _score, _score)
_answers = st.lists(
    st.tuples(st.sampled_from(["Sales", "Marketing", "Support"]), st.sampled_from([None, "M1", "M2", "M3"]), _scores),
    max_size=45,
)


def told(answers: Answers, smallest: int = 5) -> list[GroupResult]:
    cells: defaultdict[tuple[str, str | None], list[Scores]] = defaultdict(list)
    for group, team, scores in answers:
        cells[group, team].append(scores)
    return results([Cell(group, team, tally(scores)) for (group, team), scores in cells.items()], smallest)


def shown(found: Sequence[GroupResult]) -> set[tuple[str, str | None]]:
    return {(one.group, one.team) for one in found if one.told is not None}


def members(answers: Answers, one: GroupResult) -> list[int]:
    """The places of those whom a result is over."""
    return [
        place
        for place, (group, team, _scores) in enumerate(answers)
        if one.is_all or (group == one.group and one.team in (None, team))
    ]


def derivable(rows: Sequence[Sequence[int]], width: int) -> list[int]:
    """The places whose own value is a linear combination of the sums: columns that stand alone once reduced."""
    matrix = [[Fraction(value) for value in row] for row in rows]
    done = 0
    for column in range(width):
        pivot = next((at for at in range(done, len(matrix)) if matrix[at][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        lead = matrix[done][column]
        matrix[done] = [value / lead for value in matrix[done]]
        for at, row in enumerate(matrix):
            if at != done and row[column]:
                matrix[at] = [value - row[column] * first for value, first in zip(row, matrix[done], strict=True)]
        done += 1
    return [row.index(Fraction(1)) for row in matrix if sum(map(bool, row)) == 1]


def sums_of(answers: Answers, found: Sequence[GroupResult], element: Element) -> list[list[int]]:
    """Over whom each sum of points runs that somebody can work out from a mean; who did not say is not in it."""
    place = ELEMENTS.index(element)
    rows = []
    for one in found:
        if one.told is not None and (one.told.means[element] is not None or element in one.told.unanimous):
            inside = set(members(answers, one))
            said = [scores[place] is not None for _group, _team, scores in answers]
            rows.append([int(at in inside and said[at]) for at in range(len(answers))])
    return rows


def test_the_adversary_would_find_somebody_alone() -> None:
    assert derivable([[1, 1, 1], [1, 1, 0]], 3) == [2]
    assert derivable([[1, 1, 1, 1], [1, 1, 0, 0]], 4) == []


@settings(max_examples=150, deadline=None)
@given(_answers)
def test_no_answer_of_anybody_comes_out(answers: Answers) -> None:
    found = told(answers)
    for element in ELEMENTS:
        assert derivable(sums_of(answers, found, element), len(answers)) == []


@settings(max_examples=150, deadline=None)
@given(_answers)
def test_whoever_is_told_apart_is_among_five(answers: Answers) -> None:
    """People whom every output treats alike can't be told apart: there are always five of them."""
    found = told(answers)
    for element in ELEMENTS:
        columns = [column for column in zip(*sums_of(answers, found, element), strict=True) if any(column)]
        assert all(columns.count(column) >= 5 for column in columns)


@settings(max_examples=150, deadline=None)
@given(_answers)
def test_no_own_barrier_of_fewer_than_three_is_told(answers: Answers) -> None:
    for one in told(answers):
        if one.told is None:
            continue
        own = [barrier_point(answers[place][2]) for place in members(answers, one)]
        assert all(count == own.count(barrier) >= FEWEST_ALIKE for barrier, count in one.told.spread.items())
        assert one.told.merged == len(own) - sum(one.told.spread.values())
        assert one.told.merged == 0 or one.told.merged >= FEWEST_ALIKE
        assert len(own) not in one.told.spread.values(), "everybody's barrier would be known"


def test_a_small_group_takes_the_sum_with_it_and_a_small_team_another_team() -> None:
    sales, marketing, support = [("Sales", None, HIGH)] * 9, [("Marketing", None, HIGH)] * 6, [("Support", None, HIGH)]
    assert shown(told([*sales, *marketing])) == {(EVERYBODY, None), ("Sales", None), ("Marketing", None)}
    assert shown(told([*sales, *marketing, *support])) == {("Sales", None), ("Marketing", None)}
    teams = [*[("Sales", "M1", HIGH)] * 9, *[("Sales", "M2", HIGH)] * 6, ("Sales", "M3", HIGH)]
    assert shown(told([*teams])) == {(EVERYBODY, None), ("Sales", None), ("Sales", "M1")}


def test_people_without_a_known_manager_protect_a_team() -> None:
    team, rest = [("Sales", "M1", STUCK)] * 6, [("Sales", None, HIGH)]
    assert ("Sales", "M1") in shown(told([*team, *rest * 5]))
    assert ("Sales", "M1") not in shown(told([*team, *rest * 4]))


def test_an_element_that_few_answered_is_not_told_anywhere_it_could_be_worked_out() -> None:
    silent: Scores = (5, None, 5, 5, 4)
    answers = [*[("Sales", None, STUCK)] * 8, *[("Marketing", None, silent)] * 5, ("Marketing", None, HIGH)]
    found = {one.group: one.told for one in told(answers)}
    desire = {name: one.means[Element.DESIRE] if one else None for name, one in found.items()}
    assert desire == {EVERYBODY: None, "Sales": 2.0, "Marketing": None}


def test_a_larger_smallest_group_hides_more() -> None:
    answers = [("Sales", None, HIGH)] * 9
    assert shown(told(answers, 9)) == {(EVERYBODY, None), ("Sales", None)}
    assert shown(told(answers, 10)) == set()


def test_nobody_answered() -> None:
    assert [(one.group, one.told) for one in told([])] == [(EVERYBODY, None)]


def test_a_barrier_that_all_share_is_not_told_of_each() -> None:
    _everybody, sales = told([("Sales", None, STUCK)] * 7)
    assert sales.told is not None
    assert sales.told.barrier is Element.DESIRE
    assert (sales.told.spread, sales.told.merged) == ({}, 7)
