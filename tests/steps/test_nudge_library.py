"""The library that comes with Everboard: enough for everybody, each text with what it needs and nothing invented."""

import re
from collections import Counter

import pytest

from domain.nudges import TRACK_DAYS, Audience, Button, Fact, fill
from domain.pulse import Element
from domain.pulse_statements import Motive
from steps.nudge_library import shipped

EXAMPLES = dict.fromkeys(Fact, "7") | {Fact.NOMINATOR: "Kim Lee", Fact.WINNER: "Sam Roe", Fact.LEADER: "Jo Day"}
MANY = 80
A_ROUND = 6
"""Weeks in which each group has something new to read even where no fact is known."""


def test_there_are_enough() -> None:
    assert len(shipped()) >= MANY
    assert len({entry.text for entry in shipped()}) == len(shipped())


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("element", Element)
def test_every_group_has_enough_for_whatever_holds_it_back(audience: Audience, element: Element) -> None:
    theirs = [e for e in shipped() if audience in e.audiences and e.element is element and e.day is None]
    assert len([entry for entry in theirs if not entry.needs]) >= A_ROUND
    assert {entry.motive for entry in theirs} == set(Motive)


def test_every_day_of_the_track_has_a_text_whatever_holds_the_group_back() -> None:
    found = Counter((e.day, e.element, a) for e in shipped() if e.day is not None and not e.needs for a in e.audiences)
    assert found.keys() == {(day, element, a) for day in TRACK_DAYS for element in Element for a in Audience}


def test_every_button_and_every_fact_is_used() -> None:
    assert {entry.button for entry in shipped()} == set(Button)
    assert {fact for entry in shipped() for fact in entry.needs} == set(Fact)


def test_no_text_has_a_figure_that_is_not_a_fact_of_the_program() -> None:
    """Numbers of days and minutes aside; a share or a study would need its source."""
    for entry in shipped():
        assert not re.search(r"%|percent|per cent|studies|research|\d+ (times|x|in \d)", entry.text), entry.id
        figures = set(re.findall(r"\d+", fill(entry, EXAMPLES))) - {"7"}
        assert figures <= {"30", "90"}, entry.id


def test_every_text_is_short_and_whole() -> None:
    for entry in shipped():
        said = fill(entry, EXAMPLES)
        assert len(said) <= 330, entry.id
        assert said[-1] in ".?!", entry.id
        assert not re.search(r"[{}<>*_~`]|  ", said), entry.id
