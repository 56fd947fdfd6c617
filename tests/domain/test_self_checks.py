"""The self-check of leader and champion: what counts as an answer, who may give it, and how it went over time."""

from datetime import date

import pytest

from domain.errors import NotAllowed, RuleError
from domain.people import Actor, Role
from domain.quarters import after
from domain.self_checks import (
    QUARTERS_SHOWN,
    ROLE_OF,
    STATEMENTS,
    Attribute,
    Part,
    SelfCheck,
    check_part,
    check_quarter,
    check_scores,
    newest,
    parts_of,
    summaries,
)

SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)


def scores(part: Part, *values: int) -> dict[Attribute, int]:
    return dict(zip(STATEMENTS[part], values, strict=True))


def actor(*roles: Role) -> Actor:
    return Actor("p1", "U1", "Ada", roles=frozenset(roles))


def test_each_part_has_five_statements_of_its_own() -> None:
    asked = [attribute for part in Part for attribute in STATEMENTS[part]]
    assert asked == list(Attribute)
    assert {len(STATEMENTS[part]) for part in Part} == {5}
    assert all(
        words.startswith(("I ", "When ", "Whoever ", "What ", "This "))
        for part in Part
        for words in STATEMENTS[part].values()
    )


@pytest.mark.parametrize("part", Part)
def test_five_whole_points_are_an_answer(part: Part) -> None:
    typed = {attribute.name: "4" for attribute in STATEMENTS[part]}
    assert check_scores(part, typed) == dict.fromkeys(STATEMENTS[part], 4)


@pytest.mark.parametrize("said", [None, "", "0", "6", "4.5", "four", "٤", "-1"])
def test_anything_else_is_refused_at_its_statement(said: str | None) -> None:
    typed = {attribute.name: "4" for attribute in STATEMENTS[Part.LEADER]} | {"TIME": said}
    with pytest.raises(RuleError) as refused:
        check_scores(Part.LEADER, typed)
    assert list(refused.value.fields) == ["TIME"]


def test_each_checks_themselves_in_their_own_part() -> None:
    assert parts_of(actor(Role.CHAMPION, Role.LEADER)) == (Part.LEADER, Part.CHAMPION)
    assert parts_of(actor(Role.ADMIN, Role.TEAM)) == ()
    check_part(actor(Role.LEADER), Part.LEADER)
    with pytest.raises(NotAllowed, match="Only the executive champion"):
        check_part(actor(Role.LEADER), Part.CHAMPION)
    assert set(ROLE_OF) == set(Part)


def test_answers_of_a_quarter_that_is_over_stand() -> None:
    check_quarter(AUTUMN, AUTUMN)
    with pytest.raises(RuleError, match="A new quarter has begun"):
        check_quarter(SUMMER, AUTUMN)


def test_a_quarter_is_the_mean_of_those_who_answered() -> None:
    found = summaries(
        [
            SelfCheck(Part.CHAMPION, SUMMER, scores(Part.CHAMPION, 5, 5, 5, 5, 5)),
            SelfCheck(Part.LEADER, AUTUMN, scores(Part.LEADER, 5, 1, 3, 3, 4)),
            SelfCheck(Part.LEADER, AUTUMN, scores(Part.LEADER, 4, 2, 3, 3, 4)),
            SelfCheck(Part.LEADER, SUMMER, scores(Part.LEADER, 1, 1, 1, 1, 1)),
        ]
    )
    assert [(one.part, one.quarter, one.n) for one in found] == [
        (Part.LEADER, SUMMER, 1),
        (Part.LEADER, AUTUMN, 2),
        (Part.CHAMPION, SUMMER, 1),
    ]
    assert found[1].means == dict(zip(STATEMENTS[Part.LEADER], (4.5, 1.5, 3, 3, 4), strict=True))
    assert (found[1].mean, found[1].weakest) == (3.2, Attribute.TIME)
    assert newest(found, AUTUMN) == {Part.LEADER: found[1]}
    assert newest(found, SUMMER) == {Part.LEADER: found[1], Part.CHAMPION: found[2]}


def test_two_years_are_shown() -> None:
    quarters = [date(2020, 1, 1)]
    for _more in range(QUARTERS_SHOWN + 3):
        quarters.append(after(quarters[-1]))
    found = summaries(SelfCheck(Part.LEADER, quarter, scores(Part.LEADER, 1, 2, 3, 4, 5)) for quarter in quarters)
    assert [one.quarter for one in found] == quarters[-QUARTERS_SHOWN:]
    assert summaries([]) == []
