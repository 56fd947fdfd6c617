"""The effect is counted from what people did after their own nudges, and from no one else's deeds."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from domain.errors import NotAllowed
from domain.nudge_effect import Did, Effect
from domain.nudges import Audience
from steps import nudge_effect
from storage.nudges import HELD_OUT, SENT, SILENT, Nudge
from storage.saved_searches import LookUp
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture
from tests.worlds import counted

WEEK = timedelta(days=7)


def look_ups(floor: Floor, person_ids: list[str], after: timedelta = timedelta(days=1)) -> None:
    """Each of them looks something up, so long after the first Tuesday."""
    rows = [
        {
            "workspace_id": floor.id,
            "id": floor.world.moment().new_id(),
            "person_id": person_id,
            "query": "ciso",
            "fitted": 1,
            "at": TUESDAY + after,
        }
        for person_id in person_ids
    ]
    floor.world.do(floor.id, lambda session: session.execute(insert(LookUp), rows))


def seen(floor: Floor) -> Effect:
    found = floor.do(nudge_effect.effect, floor.leader)
    assert isinstance(found, Effect)
    return found


def test_people_with_and_without_are_compared(floor: Floor) -> None:
    floor.people(600)
    floor.plan(place=None)
    floor.tick(TUESDAY)
    sent = [nudge.person_id or "" for nudge in floor.nudges(Nudge.outcome == SENT)]
    held = [nudge.person_id or "" for nudge in floor.nudges(Nudge.outcome == HELD_OUT)]
    look_ups(floor, sent[::2])
    look_ups(floor, held[:3])
    look_ups(floor, sent, after=timedelta(days=8))
    look_ups(floor, sent, after=timedelta(days=-1))
    floor.world.now = TUESDAY + 3 * WEEK
    found = seen(floor).people[Did.LOOKED_UP]
    assert (found.with_nudges.n, found.without.n) == (len(sent), len(held))
    assert found.with_nudges.mean == pytest.approx(0.5, abs=0.01)
    assert found.without.mean == pytest.approx(3 / len(held))
    assert found.bounds is not None
    assert not found.may_be_chance
    assert seen(floor).people[Did.NOMINATED].may_be_chance


def test_a_week_counts_when_its_seven_days_are_over(floor: Floor) -> None:
    floor.people(50)
    floor.plan(place=None)
    floor.tick(TUESDAY)
    floor.world.now = TUESDAY + timedelta(days=6)
    assert seen(floor).people[Did.LOOKED_UP].with_nudges.n == 0
    floor.world.now = TUESDAY + timedelta(days=8)
    assert seen(floor).people[Did.LOOKED_UP].with_nudges.n > 30


def test_channels_are_compared_week_by_week_and_by_their_own_people(floor: Floor) -> None:
    sales, support = floor.people(4), floor.people(4, function="support")
    floor.plan()
    floor.plan(Audience.SUPPORT, "C0SUPPORT")
    for week in range(10):
        floor.tick(TUESDAY + week * WEEK)
    weeks = floor.nudges(Nudge.audience == "sales")
    first = weeks[0]
    look_ups(floor, sales)
    look_ups(floor, support, after=timedelta(days=30))
    floor.world.now = TUESDAY + 12 * WEEK
    found = seen(floor).channels[Did.LOOKED_UP]
    outcomes = [nudge.outcome for nudge in floor.nudges()]
    assert found.with_nudges.n == outcomes.count(SENT)
    assert found.without.n == outcomes.count(SILENT)
    done = {True: 0.0, False: 0.0}
    done[first.outcome == SENT] += 4
    after_30 = next(n for n in floor.nudges(Nudge.audience == "support") if n.due_on == (TUESDAY + 4 * WEEK).date())
    done[after_30.outcome == SENT] += 4
    assert found.with_nudges.mean * found.with_nudges.n == pytest.approx(done[True])
    assert found.without.mean * found.without.n == pytest.approx(done[False])
    assert found.bounds is None, "too few to tell"


def test_it_takes_as_many_statements_for_many_as_for_few(floor: Floor) -> None:
    def statements() -> int:
        with counted(floor.world.db) as found:
            seen(floor)
        return len(found)

    floor.world.now = TUESDAY
    few = statements()
    floor.people(800)
    floor.plan(place=None)
    floor.tick(TUESDAY + WEEK)
    look_ups(floor, [nudge.person_id or "" for nudge in floor.nudges()])
    floor.world.now = TUESDAY + 3 * WEEK
    assert statements() == few


def test_only_the_leader_sees_it(floor: Floor) -> None:
    with pytest.raises(NotAllowed):
        floor.do(nudge_effect.effect, floor.world.member(floor.id, "UREP"))
