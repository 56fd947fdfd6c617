"""Goals of a quarter, on both databases: proposed, agreed, counted, told within the budget, closed with the quarter."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.nominations import Values
from domain.people import Actor, Function, Role
from domain.settings import Settings
from domain.team_goals import Goal, State
from steps import team_goal_times, team_goals
from storage import audit, outbox
from storage.advocates import Advocate
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.outbox import Message
from storage.people import Person
from storage.team_goals import TeamGoal
from tests.steps.race import ROUNDS, at_once
from tests.worlds import World, counted
from views.blocks import message

SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
AT_TEN = timedelta(hours=1, minutes=5)


@dataclass
class Firm:
    """A leader, a manager with two reps in sales, and somebody in support."""

    world: World
    id: str
    leader: Actor
    manager: Actor
    reps: list[Actor]
    other: Actor
    known: Settings = field(default_factory=Settings)

    def do(self, step: Any, actor: Actor, *args: Any) -> Any:
        return self.world.do(self.id, step, actor, self.world.moment(), *args)

    def propose(self, wanted: tuple[int, int, int] = (2, 0, 0), **other: Any) -> None:
        """The leader proposes a goal for the manager's people, or for the function that is given."""
        function, channel = other.get("function"), other.get("channel")
        said = team_goals.Draft(other.get("quarter", SUMMER), function, self.manager.slack_user_id, wanted, channel)
        self.do(team_goals.propose, other.get("by", self.leader), said, other.get("goal_id"), other.get("version", 0))

    def goals(self) -> list[Goal]:
        found: list[Goal] = list(self.do(team_goals.seen, self.leader).goals)
        return found

    def agree(self) -> None:
        for goal in self.goals():
            self.do(team_goals.agree, self.manager, goal.id, goal.version)

    def row(self) -> TeamGoal:
        found: TeamGoal = self.world.do(self.id, lambda session: session.scalars(select(TeamGoal)).one())
        return found

    def run(self, at: datetime, **known: Any) -> list[Message]:
        """Let the clock's job run; answers what it put into the outbox."""
        before = {one.id for one in self.messages()}
        self.world.now = at
        self.world.do(self.id, team_goal_times.run, Moment(at, self.world.rng.getrandbits), Settings(**known))
        return [one for one in self.messages() if one.id not in before]

    def messages(self, kind: Kind | None = None) -> list[Message]:
        query = select(Message).order_by(Message.created_at, Message.id)
        found: list[Message] = self.world.do(self.id, lambda session: list(session.scalars(query)))
        return [one for one in found if kind is None or one.kind == kind.value]

    def activate(self, rep: Actor, name: str, at: datetime | None = None) -> str:
        """An advocate whom this person put forward, published at that time."""
        self.world.rng.random()
        card = self.world.nominate(self.id, rep, _ada(name), receipt=name)

        def publish(session: GuardedSession) -> str:
            contact = session.get_one(Nomination, (session.workspace_id, card.id)).contact_id
            moment = self.world.moment()
            row = Advocate(id=moment.new_id(), contact_id=contact, nomination_id=card.id, state="active")
            row.created_at, row.published_at = moment.now, at or moment.now
            session.add(row)
            return row.id

        made: str = self.world.do(self.id, publish)
        return made


def _ada(name: str) -> Values:
    return Values(contact_name=name, company=f"{name} Ltd", why="She likes it.", customer_knows=True)


@pytest.fixture
def firm(world: World) -> Firm:
    workspace = world.workspace("T1")
    leader, manager = world.member(workspace, "ULEADER", Role.LEADER), world.member(workspace, "UMANAGER")
    reps = [world.member(workspace, f"UREP{at}") for at in range(2)]
    other = world.member(workspace, "UOTHER")

    def place(session: GuardedSession) -> None:
        for rep in reps:
            row = session.get_one(Person, (session.workspace_id, rep.person_id))
            row.manager_id, row.function = manager.person_id, "sales"
        session.get_one(Person, (session.workspace_id, other.person_id)).function = "support"

    world.do(workspace, place)
    return Firm(world, workspace, leader, manager, reps, other)


def test_a_manager_agrees_with_one_click_and_whoever_proposed_hears_of_it(firm: Firm) -> None:
    firm.propose((3, 1, 0))
    [asked] = firm.messages(Kind.GOAL)
    assert asked.target == "UMANAGER"
    assert "3 advocates activated, 1 profile verified" in str(asked.blocks)
    firm.agree()
    [goal] = firm.goals()
    assert (goal.state, goal.wanted, goal.rows[0][2]) == (State.AGREED, (3, 1, 0), 0)
    assert "goal_agree" not in str(firm.messages(Kind.GOAL)[-1].blocks)
    [news] = firm.messages(Kind.GOAL_NEWS)
    assert (news.target, "agrees" in news.text) == ("ULEADER", True)
    trail = firm.world.do(firm.id, lambda session: list(session.scalars(select(Audit.action).order_by(Audit.at))))
    assert [one for one in trail if one.startswith("team_goal")] == ["team_goal.proposed", "team_goal.agreed"]


def test_other_figures_count_once_the_leader_has_taken_them(firm: Firm) -> None:
    firm.propose((9, 0, 0))
    [goal] = firm.goals()
    firm.do(team_goals.answer, firm.manager, goal.id, goal.version, (4, 0, 2))
    [goal] = firm.goals()
    assert (goal.state, goal.wanted, goal.answer) == (State.ANSWERED, (9, 0, 0), (4, 0, 2))
    firm.do(team_goals.accept, firm.leader, goal.id, goal.version)
    [goal] = firm.goals()
    assert (goal.state, goal.wanted, goal.answer) == (State.AGREED, (4, 0, 2), None)


def test_the_same_figures_are_a_yes(firm: Firm) -> None:
    firm.propose((9, 0, 0))
    [goal] = firm.goals()
    firm.do(team_goals.answer, firm.manager, goal.id, goal.version, (9, 0, 0))
    assert [one.state for one in firm.goals()] == [State.AGREED]


def test_nobody_agrees_to_figures_that_they_have_not_seen(firm: Firm) -> None:
    firm.propose((3, 0, 0))
    [seen] = firm.goals()
    firm.propose((30, 0, 0), goal_id=seen.id, version=seen.version)
    with pytest.raises(RuleError, match="changed in the meantime"):
        firm.do(team_goals.agree, firm.manager, seen.id, seen.version)
    assert firm.row().state == "proposed"
    with pytest.raises(RuleError, match="changed in the meantime"):
        firm.propose((5, 0, 0), goal_id=seen.id, version=seen.version)
    assert firm.row().wanted == [30, 0, 0]


def test_only_its_manager_answers_and_only_the_leader_proposes(firm: Firm) -> None:
    firm.propose()
    [goal] = firm.goals()
    for act in (team_goals.agree, partial(team_goals.answer, instead=(1, 0, 0)), team_goals.asked):
        args = (goal.id,) if act is team_goals.asked else (goal.id, goal.version)
        for actor in (firm.reps[0], firm.leader):
            with pytest.raises(NotAllowed, match=r"^Only "):
                firm.world.do(firm.id, act, actor, firm.world.moment(), *args)
    for act in (team_goals.accept, team_goals.withdraw):
        with pytest.raises(NotAllowed, match=r"^Only "):
            firm.do(act, firm.manager, goal.id, goal.version)
    with pytest.raises(NotAllowed, match=r"^Only "):
        firm.propose(by=firm.manager)
    with pytest.raises(NotAllowed, match=r"^Only "):
        firm.do(team_goals.seen, firm.other)


def test_a_team_without_people_is_refused_at_the_field(firm: Firm) -> None:
    with pytest.raises(RuleError) as refusal:
        firm.propose(function=Function.PRODUCT)
    assert set(refusal.value.fields) == {"team"}


def test_two_leaders_who_think_of_the_same_team_make_one_goal(firm: Firm) -> None:
    second = firm.world.member(firm.id, "ULEADER2", Role.LEADER)
    heard: list[object] = []
    for round_ in range(ROUNDS):
        quarter = date(2027 + round_, 1, 1)
        said = team_goals.Draft(quarter, Function.SALES, "UMANAGER", (1, 0, 0), None)
        acts = [
            partial(team_goals.propose, actor=who, moment=firm.world.moment(), said=said, goal_id=None, version=0)
            for who in (firm.leader, second)
        ]
        heard += at_once(firm.world.db, firm.id, *acts)
    refused = [one for one in heard if one is not None]
    assert len(refused) == ROUNDS
    assert all("has a goal for this quarter already" in str(one) for one in refused)


def test_what_was_taken_back_can_be_proposed_again(firm: Firm) -> None:
    firm.propose()
    [goal] = firm.goals()
    firm.do(team_goals.withdraw, firm.leader, goal.id, goal.version)
    assert firm.goals() == []
    assert "taken back" in firm.messages(Kind.GOAL)[-1].text
    with pytest.raises(RuleError, match="taken back"):
        firm.do(team_goals.agree, firm.manager, goal.id, goal.version + 1)
    firm.propose((7, 0, 0))
    assert [(one.id, one.state, one.wanted) for one in firm.goals()] == [(goal.id, State.PROPOSED, (7, 0, 0))]


def test_what_the_team_did_this_quarter_counts_and_nothing_else(firm: Firm) -> None:
    firm.propose((5, 5, 5))
    firm.propose((5, 5, 5), function=Function.SUPPORT)
    ada = firm.activate(firm.reps[0], "Ada")
    firm.activate(firm.reps[1], "Grace")
    firm.activate(firm.reps[1], "Before", datetime(2026, 6, 30, 12, tzinfo=UTC))
    firm.activate(firm.other, "Rosa")

    def confirmed(session: GuardedSession) -> None:
        for actor in (firm.reps[0], firm.reps[1], firm.other):
            audit.record(session, firm.world.moment(), actor.person_id, "advocate.verified", ("advocate", ada))

    firm.world.do(firm.id, confirmed)
    support, team = firm.goals()
    assert (support.team, support.done) == (Function.SUPPORT, (1, 1, 0))
    assert (team.team, team.done) == (None, (2, 1, 0)), "a profile that two confirm counts once"


def test_home_shows_it_to_those_whom_it_concerns_in_one_statement(firm: Firm) -> None:
    firm.propose()
    assert firm.do(team_goals.in_home, firm.reps[0]).goals == [], "nobody reads a proposal but its manager"
    assert len(firm.do(team_goals.in_home, firm.manager).goals) == 1
    firm.agree()
    assert len(firm.do(team_goals.in_home, firm.reps[0]).goals) == 1
    assert firm.do(team_goals.in_home, firm.other).goals == []
    firm.propose(function=Function.SALES)
    with counted(firm.world.db) as statements:
        firm.do(team_goals.in_home, firm.manager)
    assert len([one for one in statements if "team_goal" in one]) == 1


def test_the_channel_is_told_once_a_month_and_within_its_budget(firm: Firm) -> None:
    firm.propose(channel="C0SALES")
    firm.propose((1, 0, 0), function=Function.SALES, channel="C0SALES")
    assert firm.run(firm.world.now) == [], "nothing is told that nobody agreed to"
    firm.agree()
    start = firm.world.now
    post = message("A nudge.", [])
    firm.world.do(firm.id, outbox.put, firm.world.moment(), Kind.CHANNEL_NUDGE, "C0SALES", post)
    assert firm.run(start + timedelta(days=3)) == [], "the channel has had its post of the week"
    assert firm.run(start + timedelta(days=8), nudges_paused=True) == []
    [told] = firm.run(start + timedelta(days=8))
    assert (told.kind, told.target) == (Kind.GOAL_POST.value, "C0SALES")
    assert "Sales" in str(told.blocks)
    assert "Team of Name of UMANAGER" in str(told.blocks), "both of the channel's in one"
    assert "data_visualization" in str(told.blocks)
    for days in (9, 16, 20):
        assert firm.run(start + timedelta(days=days)) == []


def test_the_quarter_ends_with_a_result_told_once_even_after_a_long_downtime(firm: Firm) -> None:
    firm.propose((1, 0, 0), channel="C0SALES")
    firm.propose((3, 0, 0), function=Function.SUPPORT)
    support, _team = firm.goals()
    firm.do(team_goals.agree, firm.manager, _team.id, _team.version)
    firm.activate(firm.reps[0], "Ada")
    firm.activate(firm.reps[0], "Late", datetime(2026, 10, 2, tzinfo=UTC))
    sent = firm.run(datetime(2026, 10, 9, 10, 5, tzinfo=UTC))
    assert sorted((one.kind, one.target) for one in sent) == [
        ("goal_news", "ULEADER"),
        ("goal_news", "ULEADER"),
        ("goal_news", "UMANAGER"),
        ("goal_news", "UMANAGER"),
        ("goal_post", "C0SALES"),
    ]
    assert any("the goal is reached" in one.text for one in sent)
    assert any("was not agreed before the quarter ended" in one.text for one in sent)
    assert firm.run(datetime(2026, 10, 10, 10, 5, tzinfo=UTC)) == []
    rows = firm.world.do(firm.id, lambda session: list(session.scalars(select(TeamGoal))))
    assert {(row.state, tuple(row.result)) for row in rows} == {("closed", (1, 0, 0)), ("lapsed", (0, 0, 0))}
    with pytest.raises(RuleError, match="quarter is over"):
        firm.do(team_goals.agree, firm.manager, support.id, support.version)


def test_a_form_of_a_past_quarter_is_refused(firm: Firm) -> None:
    firm.world.now = datetime(2026, 10, 1, 9, tzinfo=UTC)
    with pytest.raises(RuleError, match="quarter is over"):
        firm.propose(quarter=SUMMER)
    firm.propose(quarter=AUTUMN)
