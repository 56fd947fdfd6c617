"""The leader changes the texts: off and on, in other words, one more; a bad place is refused at its field."""

from functools import partial

import pytest

from domain.errors import NotAllowed, NotFound, RuleError
from domain.nudges import Audience, Button, Fact
from domain.people import Role
from domain.pulse import Element
from domain.pulse_statements import Motive
from steps import nudge_answers, nudge_editing
from steps.nudge_library import library, shipped
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.nudges import NudgeEdit
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture
from tests.worlds import ADA

FIRST = next(entry for entry in shipped() if entry.day is None and not entry.needs)
OWN = ("Ask {nominator} how it went last time.", Element.DESIRE, [Audience.SALES], Motive.BELONGING, Button.DONE)


def texts(floor: Floor) -> dict[str, str]:
    """Of everything that may be sent."""
    found = floor.world.do(floor.id, library)
    return {entry.id: entry.text for entry in found if not entry.is_off}


def test_a_text_is_said_otherwise_and_comes_back(floor: Floor) -> None:
    floor.do(nudge_editing.change, floor.leader, FIRST.id, "  Something else: {leader} says so.  ", is_off=False)
    assert texts(floor)[FIRST.id] == "Something else: {leader} says so."
    entry = floor.do(nudge_editing.one, floor.leader, FIRST.id)
    assert (entry.needs, entry.is_changed) == ((Fact.LEADER,), True)
    floor.do(nudge_editing.change, floor.leader, FIRST.id, "", is_off=False)
    assert texts(floor)[FIRST.id] == FIRST.text
    assert len(floor.world.do(floor.id, lambda session: session.query(Audit).all())) == 2


def test_a_text_is_switched_off_and_on(floor: Floor) -> None:
    floor.do(nudge_editing.change, floor.leader, FIRST.id, FIRST.text, is_off=True)
    assert FIRST.id not in texts(floor)
    floor.do(nudge_editing.change, floor.leader, FIRST.id, FIRST.text, is_off=False)
    assert texts(floor)[FIRST.id] == FIRST.text


@pytest.mark.parametrize("text", ["Ask {somebody} about it today.", "Ask {nominator about it.", "Short", "x" * 601])
def test_a_bad_text_is_refused_at_its_field_and_nothing_changes(floor: Floor, text: str) -> None:
    for given in (
        partial(floor.do, nudge_editing.change, floor.leader, FIRST.id, text, is_off=True),
        partial(floor.do, nudge_editing.add, floor.leader, text, *OWN[1:]),
        partial(floor.do, nudge_editing.attempt, floor.leader, text, Audience.SALES),
    ):
        with pytest.raises(RuleError) as refused:
            given()
        assert "text" in refused.value.fields
    assert texts(floor)[FIRST.id] == FIRST.text
    assert len(texts(floor)) == len(shipped())


def test_one_more_is_sent_like_the_others(floor: Floor) -> None:
    entry = floor.do(nudge_editing.add, floor.leader, "Bring one customer's name to lunch.", *OWN[1:])
    assert entry.is_own
    assert entry in floor.do(nudge_editing.shelf, floor.leader, Element.DESIRE)[:1]
    with pytest.raises(RuleError, match="already"):
        floor.do(nudge_editing.add, floor.leader, "Bring one customer's name to lunch.", *OWN[1:])
    with pytest.raises(RuleError) as refused:
        floor.do(nudge_editing.add, floor.leader, OWN[0], OWN[1], [], *OWN[3:])
    assert "audiences" in refused.value.fields


def test_trying_it_out_says_what_is_missing_and_then_how_it_reads(floor: Floor) -> None:
    tried = floor.do(nudge_editing.attempt, floor.leader, OWN[0], Audience.SALES)
    assert "agreed to be named" in tried.lacks
    rep = floor.world.member(floor.id, "UREP")
    floor.world.nominate(floor.id, rep, ADA)
    assert floor.do(nudge_editing.attempt, floor.leader, OWN[0], Audience.SALES).lacks, "nobody agreed yet"
    floor.do(nudge_answers.name_me, rep, allowed=True)
    tried = floor.do(nudge_editing.attempt, floor.leader, OWN[0], Audience.SALES)
    assert (tried.text, tried.lacks) == ("Ask Name of UREP how it went last time.", "")
    floor.do(nudge_answers.name_me, rep, allowed=False)
    assert floor.do(nudge_editing.attempt, floor.leader, OWN[0], Audience.SALES).lacks


def test_a_text_that_names_a_fact_of_an_earlier_version_is_left_out(floor: Floor) -> None:
    floor.do(nudge_editing.change, floor.leader, FIRST.id, "Something else for this week.", is_off=False)
    own = floor.do(nudge_editing.add, floor.leader, "Bring one customer's name to lunch.", *OWN[1:])

    def spoil(session: GuardedSession) -> None:
        for row in session.query(NudgeEdit).all():
            row.text = "Ask {a_fact_of_old} for a name."

    floor.world.do(floor.id, spoil)
    assert not {FIRST.id, own.id} & texts(floor).keys()


def test_only_the_leader_may(floor: Floor) -> None:
    rep = floor.world.member(floor.id, "UREP", Role.TEAM)
    floor.world.now = TUESDAY
    for step, more in (
        (nudge_editing.shelf, (Element.DESIRE,)),
        (nudge_editing.one, (FIRST.id,)),
        (nudge_editing.add, OWN),
        (nudge_editing.attempt, (OWN[0], Audience.SALES)),
    ):
        with pytest.raises(NotAllowed):
            floor.do(step, rep, *more)
    with pytest.raises(NotFound):
        floor.do(nudge_editing.one, floor.leader, "nothing")
