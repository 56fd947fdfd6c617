"""Profiles stay true: owners are asked once for all of theirs, reminded, and then the team sees to it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.advocates import State
from domain.errors import NotAllowed, RuleError
from domain.freshness import A_MESSAGE, ASKED_AT_MOST
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.settings import Settings
from steps import freshness
from storage.advocates import Advocate
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from tests.steps.crowd import Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.worlds import START, World, counted

OLD = START - timedelta(days=200)
WEEK = timedelta(days=7)


@dataclass
class Desk:
    """A crowd whose accounts have an owner."""

    crowd: Crowd
    owner: Actor
    now: datetime = field(default=START)

    def add(self, *names: str, owner: str | None = "own", checked: datetime = OLD) -> list[str]:
        """Advocates that were last checked then."""
        owner_id = self.owner.person_id if owner == "own" else owner
        return [self.crowd.add(name, owner_id=owner_id, verified_at=checked) for name in names]

    def runs(self, after: timedelta = timedelta()) -> list[Message]:
        """Ask whose turn it is; answers the messages that it made."""
        before = {one.id for one in self.messages()}
        moment = Moment(self.now + after, self.crowd.world.rng.getrandbits)
        while self.crowd.world.do(self.crowd.id, freshness.ask, moment, Settings()):
            pass
        return [one for one in self.messages() if one.id not in before]

    def messages(self, kind: Kind | None = None) -> list[Message]:
        query = select(Message).order_by(Message.id)
        found = self.crowd.world.do(self.crowd.id, lambda session: list(session.scalars(query)))
        return [one for one in found if kind is None or one.kind == kind.value]

    def row(self, advocate_id: str) -> Advocate:
        found: Advocate = self.crowd.world.do(
            self.crowd.id, lambda session: session.get_one(Advocate, (session.workspace_id, advocate_id))
        )
        return found


@pytest.fixture
def desk(crowd: Crowd, world: World) -> Desk:
    return Desk(crowd, world.member(crowd.id, "UOWNER"))


def test_one_message_holds_all_of_an_owner_that_are_due_and_none_that_are_fresh(desk: Desk) -> None:
    desk.add("Ada", "Bea")
    desk.add("Cleo", checked=START - timedelta(days=89))
    (sent,) = desk.runs()
    assert (sent.target, sent.kind) == ("UOWNER", "profile_check")
    assert "2 customers of yours" in sent.text
    assert "Ada" in str(sent.blocks)
    assert "Cleo" not in str(sent.blocks)
    assert desk.runs(timedelta(days=1)) == [], "one is enough for a week"


def test_what_they_would_do_and_agreed_to_is_asked_twice_as_often(desk: Desk) -> None:
    (ada,) = desk.add("Ada", checked=START - timedelta(days=90))
    (sent,) = desk.runs()
    shown = str(sent.blocks)
    assert "would they still do this?" in shown
    assert "Would do: reference call" in shown
    assert "Agreed on" in shown
    assert "check_agreed" in shown
    assert "check_confirm" not in shown
    desk.crowd.world.now = desk.now
    desk.crowd.do(freshness.agreed, desk.owner, ada)
    row = desk.row(ada)
    assert (row.agreed_at, row.verified_at) != (None, row.agreed_at), "the whole profile was not looked at"
    assert "answered" in str(desk.messages(Kind.PROFILE_CHECK)[-1].blocks)
    assert desk.runs(timedelta(days=89)) == []
    (whole,) = desk.runs(timedelta(days=90))
    assert "check_confirm" in str(whole.blocks), "after half a year it is all of it"
    [written] = desk.crowd.world.do(
        desk.crowd.id, lambda session: session.scalars(select(Audit).where(Audit.action.like("%agreement%"))).all()
    )
    assert written.actor_id == desk.owner.person_id


def test_only_the_owner_and_the_team_say_what_still_holds(desk: Desk) -> None:
    (ada,) = desk.add("Ada", checked=START - timedelta(days=90))
    with pytest.raises(NotAllowed):
        desk.crowd.do(freshness.agreed, desk.crowd.rep, ada)


def test_reminded_twice_and_then_the_team_sees_to_it(desk: Desk) -> None:
    desk.add("Ada")
    asked = [len(desk.runs(week * WEEK)) for week in range(6)]
    assert asked == [1] * ASKED_AT_MOST + [0] * (6 - ASKED_AT_MOST)
    moment = Moment(START + 6 * WEEK, desk.crowd.world.rng.getrandbits)
    desk.crowd.world.do(desk.crowd.id, freshness.tell_team, moment, Settings())
    (told,) = desk.messages(Kind.PROFILE_DIGEST)
    assert "Ada" in str(told.blocks)
    assert "has not answered" in str(told.blocks)


def test_without_an_owner_who_can_be_asked_the_team_is_told_at_once(desk: Desk) -> None:
    desk.add("Ada", owner=None)
    desk.add("Bea")

    def away(session: GuardedSession) -> None:
        session.get_one(Person, (session.workspace_id, desk.owner.person_id)).away_until = START.date()

    desk.crowd.world.do(desk.crowd.id, away)
    assert desk.runs() == []
    moment = Moment(START, desk.crowd.world.rng.getrandbits)
    desk.crowd.world.do(desk.crowd.id, freshness.tell_team, moment, Settings())
    (told,) = desk.messages(Kind.PROFILE_DIGEST)
    assert "2 profiles" in told.text


def test_still_right_is_one_click_and_the_message_says_so(desk: Desk) -> None:
    ada, _bea = desk.add("Ada", "Bea")
    desk.runs()
    desk.crowd.do(freshness.confirm, desk.owner, ada)
    assert desk.row(ada).verified_at is not None
    assert desk.row(ada).verified_at > OLD  # type: ignore[operator]  # it is there
    newest = desk.messages(Kind.PROFILE_CHECK)[-1]
    assert "1 customer of yours" in newest.text
    assert "Ada Inc: answered" in str(newest.blocks)
    assert desk.runs(WEEK)[0].text.count("1 customer") == 1


def test_what_has_changed_goes_to_the_team(desk: Desk) -> None:
    (ada,) = desk.add("Ada")
    desk.runs()
    with pytest.raises(RuleError):
        desk.crowd.do(freshness.changed, desk.owner, ada, "  ")
    desk.crowd.do(freshness.changed, desk.owner, ada, "New title: <!channel>")
    (news,) = desk.messages(Kind.PROFILE_NEWS)
    assert news.target == "role:advocacy"
    assert "&lt;!channel&gt;" in str(news.blocks)
    assert "all of these are answered" in desk.messages(Kind.PROFILE_CHECK)[-1].text
    assert desk.runs(timedelta(days=3)) == []


def test_who_left_is_found_by_nobody_and_may_be_nominated_there(desk: Desk) -> None:
    (ada,) = desk.add("Ada")
    assert desk.crowd.finds("chief") == ["Ada"]
    desk.runs()
    assert desk.crowd.do(freshness.left, desk.owner, ada, "Grace", "Harbor Mutual") == "Ada @ Harbor Mutual"
    assert desk.row(ada).state == State.RETIRED.value
    assert desk.crowd.finds("chief") == []
    (news,) = desk.messages(Kind.PROFILE_NEWS)
    assert "Grace" in str(news.blocks)
    with pytest.raises(RuleError, match="retired by now"):
        desk.crowd.do(freshness.confirm, desk.owner, ada)


def test_a_pause_holds_and_is_asked_about_afterwards(desk: Desk) -> None:
    (ada,) = desk.add("Ada")
    desk.runs()
    today = desk.owner.today(START)
    for wrong in (None, today, today + timedelta(days=400)):
        with pytest.raises(RuleError):
            desk.crowd.do(freshness.pause, desk.owner, ada, wrong)
    desk.crowd.do(freshness.pause, desk.owner, ada, today + timedelta(days=30))
    assert desk.row(ada).rest_until == today + timedelta(days=30)
    assert desk.runs(timedelta(days=20)) == []
    assert len(desk.runs(timedelta(days=37))) == 1


def test_only_the_owner_and_the_team_may_answer(desk: Desk) -> None:
    (ada,) = desk.add("Ada")
    for step, args in (
        (freshness.confirm, ()),
        (freshness.changed, ("x",)),
        (freshness.left, ("", "")),
        (freshness.check, ()),
    ):
        with pytest.raises(NotAllowed, match="can say whether that profile is still right"):
            desk.crowd.do(step, desk.crowd.rep, ada, *args)
    desk.crowd.do(freshness.confirm, desk.crowd.team, ada)
    actions = desk.crowd.world.do(desk.crowd.id, lambda session: list(session.scalars(select(Audit.action))))
    assert "advocate.verified" in actions


def test_many_profiles_come_in_portions_and_take_a_constant_number_of_statements(desk: Desk) -> None:
    desk.add(*(f"Person {number}" for number in range(A_MESSAGE + 3)))
    with counted(desk.crowd.world.db) as statements:
        (first,) = desk.runs()
    assert len(statements) < 16
    assert f"{A_MESSAGE} customers" in first.text
    (second,) = desk.runs(WEEK)
    assert f"{A_MESSAGE} customers" in second.text
