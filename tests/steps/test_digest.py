"""The month is told once to leader and champion, and not where nothing happened."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Role
from domain.settings import Settings
from steps import digest, lookup
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from tests.steps.crowd import Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.worlds import counted

FIRST = datetime(2026, 12, 1, 10, tzinfo=UTC)
"""A Tuesday, the first of a month."""

DAY = timedelta(days=1)


@dataclass
class Helm:
    """A program with a leader, a champion who leads it too, and colleagues."""

    crowd: Crowd
    leader: Actor
    both: Actor

    def runs(self, at: datetime) -> list[Message]:
        """Run the job; answers the messages that it made."""
        self.crowd.world.now = at
        before = {one.id for one in self.messages()}
        self.crowd.world.do(self.crowd.id, digest.send_monthly, self.moment(), Settings())
        return [one for one in self.messages() if one.id not in before]

    def moment(self) -> Moment:
        return self.crowd.world.moment()

    def messages(self) -> list[Message]:
        query = select(Message).where(Message.kind == Kind.DIGEST.value).order_by(Message.id)
        found: list[Message] = self.crowd.world.do(self.crowd.id, lambda session: list(session.scalars(query)))
        return found

    def happens(self, on: datetime) -> None:
        """Colleagues take part: each nominates somebody on that day."""
        self.crowd.world.now = on
        for number in range(6):
            rep = self.crowd.world.member(self.crowd.id, f"UREP{number}")
            self.crowd.world.do(self.crowd.id, _function, rep.person_id)
            self.crowd.do(_looks_up, rep)


def _function(session: GuardedSession, person_id: str) -> None:
    session.get_one(Person, (session.workspace_id, person_id)).function = "sales"


def _looks_up(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    lookup.note(session, actor, moment, lookup.look_up(session, actor, moment, "banking", 0))


@pytest.fixture
def helm(crowd: Crowd) -> Helm:
    leader = crowd.world.member(crowd.id, "ULEADER", Role.LEADER)
    return Helm(crowd, leader, crowd.world.member(crowd.id, "UBOTH", Role.LEADER, Role.CHAMPION))


def test_it_comes_once_on_the_first_working_day_to_each(helm: Helm) -> None:
    helm.happens(FIRST - 9 * DAY)
    assert helm.runs(FIRST - DAY) == []
    made = helm.runs(FIRST)
    assert sorted(one.target for one in made) == ["UBOTH", "ULEADER"]
    assert "Customer advocacy in November 2026" in made[0].text
    assert "6 of " in str(made[0].blocks)
    assert helm.runs(FIRST + DAY) == []


def test_where_nothing_happened_nobody_is_told(helm: Helm) -> None:
    assert helm.runs(FIRST) == []


def test_whoever_is_away_gets_it_when_back_while_it_is_news(helm: Helm) -> None:
    helm.happens(FIRST - 9 * DAY)

    def leave(session: GuardedSession, person_id: str, until: date) -> None:
        session.get_one(Person, (session.workspace_id, person_id)).away_until = until

    helm.crowd.world.do(helm.crowd.id, leave, helm.both.person_id, date(2026, 12, 3))
    assert [one.target for one in helm.runs(FIRST)] == ["ULEADER"]
    assert [one.target for one in helm.runs(FIRST + 3 * DAY)] == ["UBOTH"]


def test_sent_by_hand_it_bears_the_words_and_counts_as_sent(helm: Helm) -> None:
    helm.happens(FIRST - 9 * DAY)
    helm.crowd.world.now = FIRST - timedelta(hours=1)
    assert helm.crowd.do(digest.send_now, helm.leader, "Look at <!channel> sales!") == 2
    [first, _second] = helm.messages()
    assert "Look at &lt;!channel&gt; sales!" in str(first.blocks)
    assert "<@ULEADER>" in str(first.blocks)
    assert helm.runs(FIRST) == []
    audited = select(Audit).where(Audit.action == "digest.sent")
    assert len(helm.crowd.world.do(helm.crowd.id, lambda session: list(session.scalars(audited)))) == 1
    with pytest.raises(RuleError):
        helm.crowd.do(digest.send_now, helm.leader, "x" * 1001)
    with pytest.raises(NotAllowed):
        helm.crowd.do(digest.send_now, helm.crowd.team, "")
    with pytest.raises(NotAllowed):
        helm.crowd.do(digest.seen, helm.crowd.rep)


def test_statements_do_not_grow_with_what_happened(helm: Helm) -> None:
    helm.happens(FIRST - 9 * DAY)
    helm.crowd.world.now = FIRST
    with counted(helm.crowd.world.db) as few:
        helm.crowd.do(digest.seen, helm.leader)
    for days in range(10, 20):
        helm.happens(FIRST - days * DAY)
    helm.crowd.world.now = FIRST
    with counted(helm.crowd.world.db) as many:
        helm.crowd.do(digest.seen, helm.leader)
    assert len(many) == len(few) <= 30
