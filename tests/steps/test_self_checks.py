"""Leader and champion are asked once a quarter, answer in a form, and change their answers until the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select

from domain.errors import NotAllowed, RuleError
from domain.home import Home
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Role
from domain.self_checks import STATEMENTS, Part
from domain.settings import Settings
from steps import home, self_checks
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from storage.self_checks import SelfCheckRow
from tests.steps.race import ROUNDS, at_once
from tests.worlds import World, counted

SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
FIVE = dict(zip(STATEMENTS[Part.LEADER], (5, 4, 3, 2, 1), strict=True))


@dataclass
class Helm:
    """A workspace with a leader, a champion and a rep."""

    world: World
    id: str
    leader: Actor
    champion: Actor
    rep: Actor

    def asks(self, at: datetime | None = None) -> list[Message]:
        """Run the job; answers the messages that it made."""
        before = {one.id for one in self.messages()}
        self.world.do(self.id, self_checks.ask, Moment(at or self.world.now, self.world.rng.getrandbits), Settings())
        return [one for one in self.messages() if one.id not in before]

    def asked_in_home(self, actor: Actor) -> Sequence[Part]:
        found: Home = self.world.do(self.id, home.seen, actor, self.world.moment())
        return found.self_checks

    def messages(self) -> list[Message]:
        query = select(Message).where(Message.kind == Kind.SELF_CHECK.value).order_by(Message.id)
        return self.world.do(self.id, lambda session: list(session.scalars(query)))  # type: ignore[no-any-return]

    def rows(self) -> list[SelfCheckRow]:
        query = select(SelfCheckRow).order_by(SelfCheckRow.id)
        return self.world.do(self.id, lambda session: list(session.scalars(query)))  # type: ignore[no-any-return]


@pytest.fixture
def helm(world: World) -> Helm:
    workspace = world.workspace("T1")
    leader = world.member(workspace, "ULEADER", Role.LEADER)
    champion = world.member(workspace, "UCHAMPION", Role.CHAMPION)
    return Helm(world, workspace, leader, champion, world.member(workspace, "UREP"))


def test_what_lies_unanswered_is_brought_up_once(helm: Helm) -> None:
    helm.asks()
    helm.world.do(helm.id, self_checks.save, helm.leader, helm.world.moment(), Part.LEADER, SUMMER, FIVE)
    assert helm.asks(helm.world.now + timedelta(days=13, hours=23)) == []
    [sent] = helm.asks(helm.world.now + timedelta(days=14))
    assert (sent.target, sent.slot) == ("UCHAMPION", None)
    assert "still waits" in sent.text
    assert helm.asks(helm.world.now + timedelta(days=20)) == []


def test_whoever_is_away_is_reminded_when_they_are_back(helm: Helm) -> None:
    helm.asks()
    later = helm.world.now + timedelta(days=15)
    helm.world.do(helm.id, _away, helm.champion, until=later.date())
    assert {one.target for one in helm.asks(later)} == {"ULEADER"}
    assert {one.target for one in helm.asks(later + timedelta(days=1))} == {"UCHAMPION"}


def _away(session: GuardedSession, actor: Actor, *, until: date) -> None:
    session.get_one(Person, (session.workspace_id, actor.person_id)).away_until = until


def test_both_are_asked_once_a_quarter_and_nobody_else(helm: Helm) -> None:
    sent = helm.asks()
    assert {one.target for one in sent} == {"ULEADER", "UCHAMPION"}
    assert "July to September 2026" in sent[0].text
    assert "leader and executive champion read the answers" in str(sent[0].blocks)
    assert helm.asks() == []
    assert len(helm.asks(datetime(2026, 10, 1, 9, tzinfo=UTC))) == 2
    assert [row.quarter for row in helm.rows()] == [SUMMER, SUMMER, AUTUMN, AUTUMN]


def test_who_is_away_is_asked_when_they_are_back(helm: Helm) -> None:
    def away(session: GuardedSession) -> None:
        person = session.get_one(Person, (session.workspace_id, helm.leader.person_id))
        person.away_until = helm.world.now.date()

    helm.world.do(helm.id, away)
    assert [one.target for one in helm.asks()] == ["UCHAMPION"]
    assert [one.target for one in helm.asks(helm.world.now + timedelta(days=1))] == ["ULEADER"]


def test_answers_can_be_changed_until_the_quarter_is_over(helm: Helm) -> None:
    helm.asks()
    world = helm.world
    assert world.do(helm.id, self_checks.form, helm.leader, world.moment(), Part.LEADER).scores is None
    world.do(helm.id, self_checks.save, helm.leader, world.moment(), Part.LEADER, SUMMER, FIVE)
    world.do(helm.id, self_checks.save, helm.leader, world.moment(), Part.LEADER, SUMMER, dict.fromkeys(FIVE, 2))
    opened = world.do(helm.id, self_checks.form, helm.leader, world.moment(), Part.LEADER)
    assert (opened.quarter, opened.scores) == (SUMMER, dict.fromkeys(FIVE, 2))
    assert "is answered. Thank you" in helm.messages()[-1].text
    [row] = [row for row in helm.rows() if row.scores]
    assert row.scores == [2, 2, 2, 2, 2]
    world.now = datetime(2026, 10, 1, 9, tzinfo=UTC)
    with pytest.raises(RuleError, match="A new quarter has begun"):
        world.do(helm.id, self_checks.save, helm.leader, world.moment(), Part.LEADER, SUMMER, FIVE)
    opened = world.do(helm.id, self_checks.form, helm.leader, world.moment(), Part.LEADER)
    assert (opened.quarter, opened.scores) == (AUTUMN, None)


def test_who_answers_before_being_asked_is_not_asked(helm: Helm) -> None:
    helm.world.do(helm.id, self_checks.save, helm.leader, helm.world.moment(), Part.LEADER, SUMMER, FIVE)
    assert helm.messages() == []
    assert [one.target for one in helm.asks()] == ["UCHAMPION"]


def test_each_answers_their_own_part_and_the_audit_holds_no_answer(helm: Helm) -> None:
    world = helm.world
    for actor, part in ((helm.rep, Part.LEADER), (helm.leader, Part.CHAMPION), (helm.champion, Part.LEADER)):
        with pytest.raises(NotAllowed, match=r"^Only "):
            world.do(helm.id, self_checks.form, actor, world.moment(), part)
        with pytest.raises(NotAllowed, match=r"^Only "):
            world.do(helm.id, self_checks.save, actor, world.moment(), part, SUMMER, FIVE)
    assert helm.rows() == []
    world.do(helm.id, self_checks.save, helm.leader, world.moment(), Part.LEADER, SUMMER, FIVE)
    query = select(Audit).where(Audit.action == "self_check.answered")
    [entry] = world.do(helm.id, lambda session: list(session.scalars(query)))
    assert (entry.before, entry.after) == (None, None)


def test_a_form_sent_twice_at_once_is_kept_once(helm: Helm) -> None:
    world = helm.world

    def forget(session: GuardedSession) -> None:
        session.execute(delete(SelfCheckRow))

    for _round in range(ROUNDS):
        moments = [world.moment() for _two in range(2)]
        acts = [
            partial(
                self_checks.save,
                actor=helm.leader,
                moment=moment,
                part=Part.LEADER,
                quarter=SUMMER,
                scores=dict.fromkeys(FIVE, score),
            )
            for score, moment in enumerate(moments, 3)
        ]
        assert at_once(world.db, helm.id, *acts) == [None, None]
        [row] = helm.rows()
        assert row.scores in ([3] * 5, [4] * 5)
        world.do(helm.id, forget)


def test_home_asks_for_what_is_lacking(helm: Helm) -> None:
    assert helm.asked_in_home(helm.rep) == ()
    assert helm.asked_in_home(helm.leader) == (Part.LEADER,)
    helm.asks()
    assert helm.asked_in_home(helm.leader) == (Part.LEADER,)
    helm.world.do(helm.id, self_checks.save, helm.leader, helm.world.moment(), Part.LEADER, SUMMER, FIVE)
    assert helm.asked_in_home(helm.leader) == ()


def test_the_job_reads_in_three_statements(helm: Helm) -> None:
    helm.asks()
    with counted(helm.world.db) as statements:
        helm.asks()
    assert len([one for one in statements if one.lstrip().upper().startswith("SELECT")]) == 3 + 2  # the test looks too
