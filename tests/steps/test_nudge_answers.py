"""What people say to nudges holds from then on, and can be taken back."""

from datetime import timedelta

import pytest

from domain.errors import NotAllowed, NotFound
from domain.nudge_answers import Answered, Said, Wishes
from domain.nudges import Audience
from domain.people import Actor
from steps import nudge_answers, nudge_plans
from storage import people
from storage.guard import GuardedSession
from storage.nudges import SENT, Nudge, NudgeReply
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture

WEEK = timedelta(days=7)


def actor_of(floor: Floor, slack_user_id: str) -> Actor:
    def find(session: GuardedSession) -> Actor:
        found = people.actor_of(session, slack_user_id)
        assert found is not None
        return found

    actor: Actor = floor.world.do(floor.id, find)
    return actor


def told(floor: Floor) -> tuple[Nudge, Actor]:
    """A nudge that somebody got, and that person."""
    floor.people(20)
    floor.plan(place=None)
    floor.tick(TUESDAY)
    nudge = floor.nudges(Nudge.outcome == SENT)[0]
    return nudge, actor_of(floor, nudge.target)


def gets(floor: Floor, actor: Actor, week: int) -> list[str | None]:
    """Which text this person gets in that week."""
    floor.tick(TUESDAY + week * WEEK)
    due = (TUESDAY + week * WEEK).date()
    sent = floor.nudges(Nudge.person_id == actor.person_id, Nudge.due_on == due, Nudge.outcome == SENT)
    return [nudge.entry_id for nudge in sent]


def test_whoever_stops_them_gets_none_until_they_take_it_back(floor: Floor) -> None:
    nudge, actor = told(floor)
    said = floor.do(nudge_answers.answer, actor, Said.STOP, nudge.id)
    assert said == Answered(Said.STOP, nudge.id, Wishes(stopped=True), in_channel=False)
    assert gets(floor, actor, 1) == []
    floor.do(nudge_answers.undo, actor, Said.STOP, nudge.id)
    assert len(gets(floor, actor, 2)) == 1


def test_less_often_is_four_weeks_without(floor: Floor) -> None:
    nudge, actor = told(floor)
    said = floor.do(nudge_answers.answer, actor, Said.SNOOZE, nudge.id)
    assert said.wishes.until == (TUESDAY + 4 * WEEK).date()
    assert [len(gets(floor, actor, week)) for week in (1, 2, 3, 4)] == [0, 0, 0, 1]
    assert floor.do(nudge_answers.wishes, actor) == Wishes()


def test_what_is_not_for_somebody_never_comes_to_them_again(floor: Floor) -> None:
    nudge, actor = told(floor)
    floor.do(nudge_answers.answer, actor, Said.NOT_MINE, nudge.id)
    floor.do(nudge_answers.answer, actor, Said.NOT_MINE, nudge.id)
    assert len(floor.rows(NudgeReply)) == 1
    later = [text for week in range(1, 25) for text in gets(floor, actor, week)]
    assert len(later) == 24
    assert nudge.entry_id not in later
    floor.do(nudge_answers.undo, actor, Said.NOT_MINE, nudge.id)
    assert nudge.entry_id in [text for week in range(25, 45) for text in gets(floor, actor, week)]


def test_taking_back_a_rest_leaves_what_was_stopped_since(floor: Floor) -> None:
    nudge, actor = told(floor)
    floor.do(nudge_answers.answer, actor, Said.SNOOZE, nudge.id)
    floor.do(nudge_answers.answer, actor, Said.STOP, nudge.id)
    assert floor.do(nudge_answers.undo, actor, Said.SNOOZE, nudge.id).wishes == Wishes(stopped=True)


def test_what_was_done_is_counted_once_and_can_be_undone(floor: Floor) -> None:
    nudge, actor = told(floor)
    for _twice in range(2):
        floor.do(nudge_answers.answer, actor, Said.DONE, nudge.id)
    seen = floor.do(nudge_plans.overview, floor.leader)
    assert sum(one.did for one in seen.past) == 1
    for _twice in range(2):
        floor.do(nudge_answers.undo, actor, Said.DONE, nudge.id)
    assert floor.rows(NudgeReply) == []


def test_a_channels_nudge_is_everybodys_and_a_direct_one_its_readers_own(floor: Floor) -> None:
    nudge, _actor = told(floor)
    floor.plan(Audience.SUPPORT, "C0SUPPORT")
    floor.tick(TUESDAY + 2 * WEEK)
    post = floor.nudges(Nudge.person_id.is_(None))[0]
    other = floor.world.member(floor.id, "UOTHER")
    assert floor.do(nudge_answers.answer, other, Said.DONE, post.id).in_channel
    for nudge_id in (nudge.id, "nothing"):
        with pytest.raises(NotFound):
            floor.do(nudge_answers.answer, other, Said.DONE, nudge_id)


def test_guests_are_refused(floor: Floor) -> None:
    nudge, _actor = told(floor)
    guest = floor.world.member(floor.id, "UGUEST")
    floor.change([guest.person_id], standing="guest")
    guest = actor_of(floor, "UGUEST")
    for said in Said:
        with pytest.raises(NotAllowed):
            floor.do(nudge_answers.answer, guest, said, nudge.id)
    with pytest.raises(NotAllowed):
        floor.do(nudge_answers.name_me, guest, allowed=True)
