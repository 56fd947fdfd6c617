"""Who is asked, and in which group: each person once, nobody whose function is unknown, nobody who is away."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import RuleError
from domain.people import Function
from domain.pulse import ELEMENTS
from domain.pulse_audience import Audience, Candidate, check, resolve
from domain.pulse_statements import MANAGERS, group_of, statements

UNTIL = date(2026, 12, 3)
PRIYA = Candidate("P1", "UPRIYA", "Priya", Function.SALES, None, "UTC", None)
RITA = Candidate("P2", "URITA", "Rita", Function.SALES, "P1", "UTC", None)
OMAR = Candidate("P3", "UOMAR", "Omar", Function.MARKETING, "P9", "UTC", None)
NEW = Candidate("P4", "UNEW", "Nele New", None, "P1", "UTC", None)
EVERYBODY = [PRIYA, RITA, OMAR, NEW]


def groups(audience: Audience, everybody: list[Candidate] | None = None) -> dict[str, tuple[str, str | None]]:
    found = resolve(audience, everybody or EVERYBODY, UNTIL)
    return {one.who.name: (one.group, one.team) for one in found.asked}


def test_whoever_is_named_twice_is_asked_once_in_the_home_function() -> None:
    audience = Audience(
        (Function.SALES,), ("C1", "C2"), people=("URITA",), members={"C1": ("URITA",), "C2": ("URITA", "UOMAR")}
    )
    assert groups(audience) == {"Priya": ("Sales", None), "Rita": ("Sales", "P1"), "Omar": ("Marketing", None)}


def test_a_manager_who_is_asked_as_one_counts_as_one() -> None:
    assert groups(Audience((Function.SALES,), managers=True)) == {"Priya": (MANAGERS, None), "Rita": ("Sales", "P1")}


def test_unknown_away_and_outside_are_told_apart() -> None:
    away = replace(RITA, away_until=UNTIL)
    found = resolve(Audience((Function.SALES,), people=("UNEW", "UGUEST")), [PRIYA, away, NEW], UNTIL)
    assert [one.who.name for one in found.asked] == ["Priya"]
    assert (found.unknown, found.away, found.outside) == ((NEW,), (away,), ("UGUEST",))


@pytest.mark.parametrize(
    ("audience", "why"),
    [
        (Audience(), "That is nobody"),
        (Audience((Function.PRODUCT,)), "That is nobody"),
        (Audience(people=("UNEW",)), r"Nele New \(nobody knows what they work in\)"),
    ],
)
def test_an_audience_of_nobody_is_refused_and_says_why(audience: Audience, why: str) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        check(audience, resolve(audience, EVERYBODY, UNTIL))
    assert set(refused.value.fields) == {"functions"}
    check(Audience((Function.SALES,)), resolve(Audience((Function.SALES,)), EVERYBODY, UNTIL))


def test_an_audience_is_kept_whole() -> None:
    audience = Audience(
        (Function.SALES, Function.OTHER), ("C1",), managers=True, people=("U1",), members={"C1": ("U2",)}
    )
    assert Audience.of(audience.stored()) == audience


@pytest.mark.parametrize("group", [MANAGERS, *(group_of(one, as_manager=False) for one in Function), "Imported"])
def test_every_group_has_five_statements_in_the_first_person(group: str) -> None:
    asked = statements(group)
    assert tuple(asked) == ELEMENTS
    assert len(set(asked.values())) == 5
    assert all(words.startswith("I ") and words.endswith(".") for words in asked.values())


def test_whoever_leaves_one_of_two_channels_is_still_asked() -> None:
    audience = Audience(channels=("C1", "C2"), members={"C1": ("URITA",), "C2": ("URITA",)})
    once = audience.moved("C1", "URITA", joined=False)
    assert once.members == {"C1": (), "C2": ("URITA",)}
    assert once.moved("C1", "UOMAR", joined=True).moved("C1", "UOMAR", joined=True).members["C1"] == ("UOMAR",)
