"""A launch plan on both databases: begun from a template, changed, reminded of, posted within the budget, ended."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed, RuleError
from domain.home import Home
from domain.launch_plan import Goals, Part, Phase, Plan, State, Task, Template
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Function, Role, Standing
from domain.settings import Settings
from steps import home, launch_plan, launch_plan_times, launch_tasks, schedule, team_goals
from storage import outbox
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.launch_plan import LaunchPlan, LaunchTask
from storage.outbox import Message
from storage.people import Person
from tests.steps.race import ROUNDS, at_once
from tests.worlds import World, counted
from views.blocks import message

FIRST = date(2026, 9, 1)
TEN = datetime(2026, 9, 1, 10, tzinfo=UTC)
"""A Tuesday."""


@dataclass
class Office:
    """A leader, a champion, a manager with two reps in sales, and somebody in support."""

    world: World
    id: str
    leader: Actor
    champion: Actor
    manager: Actor
    rep: Actor
    known: Settings = field(default_factory=Settings)

    def do(self, step: Any, actor: Actor, *args: Any) -> Any:
        return self.world.do(self.id, step, actor, self.world.moment(), *args)

    def begin(self, template: Template = Template.NEW, *functions: Function, by: Actor | None = None) -> None:
        said = launch_plan.Begun(template, FIRST, functions or (Function.SALES,))
        self.do(launch_plan.begin, by or self.leader, said)

    def plan(self, actor: Actor | None = None) -> Plan:
        found: Plan = self.do(launch_plan.seen, actor or self.leader)
        return found

    def task(self, **wanted: object) -> Task:
        """The first task with these values."""
        return next(
            one for one in self.plan().tasks if all(getattr(one, name) == value for name, value in wanted.items())
        )

    def at(self, task: Task, step: Any, actor: Actor | None = None, *args: Any) -> Task:
        """Do something with a task as it is now."""
        now = self.task(id=task.id)
        self.do(step, actor or self.leader, now.id, now.version, *args)
        return self.task(id=task.id)

    def alone(self, *keep: Task) -> None:
        """Leave out all other tasks."""
        for task in self.plan().tasks:
            if task.id not in {one.id for one in keep}:
                self.at(task, launch_tasks.leave_out)

    def run(self, step: Any, at: datetime, **known: Any) -> list[Message]:
        """Let a job run at this time; answers what it put into the outbox."""
        before = {one.id for one in self.messages()}
        self.world.now = at
        self.world.do(self.id, step, Moment(at, self.world.rng.getrandbits), replace(self.known, **known))
        return [one for one in self.messages() if one.id not in before]

    def remind(self, days: float) -> list[Message]:
        return self.run(launch_plan_times.remind, TEN + timedelta(days=days))

    def post(self, at: datetime, **known: Any) -> list[Message]:
        return self.run(launch_plan_times.post, at, **known)

    def messages(self, kind: Kind | None = None) -> list[Message]:
        query = select(Message).order_by(Message.created_at, Message.id)
        found: list[Message] = self.world.do(self.id, lambda session: list(session.scalars(query)))
        return [one for one in found if kind is None or one.kind == kind.value]

    def person(self, actor: Actor, **values: object) -> None:
        """Change what is known of somebody."""

        def change(session: GuardedSession) -> None:
            row = session.get_one(Person, (session.workspace_id, actor.person_id))
            for name, value in values.items():
                setattr(row, name, value)

        self.world.do(self.id, change)

    def written(self, **values: Any) -> launch_tasks.Written:
        usual = {"phase": Phase.PROMOTE, "title": "Ask around", "owner_slack_id": "UMANAGER", "due": date(2026, 9, 4)}
        return launch_tasks.Written(**{"channel": None, "words": "", **usual, **values})


@pytest.fixture
def office(world: World) -> Office:
    workspace = world.workspace("T1")
    leader, champion = world.member(workspace, "ULEADER", Role.LEADER), world.member(workspace, "UCHAMP", Role.CHAMPION)
    manager, rep = world.member(workspace, "UMANAGER"), world.member(workspace, "UREP")
    second, other = world.member(workspace, "UREP2"), world.member(workspace, "UOTHER")
    found = Office(world, workspace, leader, champion, manager, rep)
    for one in (rep, second):
        found.person(one, manager_id=manager.person_id, function="sales")
    found.person(other, manager_id=rep.person_id, function="sales")
    return found


def test_each_part_falls_to_whoever_has_it(office: Office) -> None:
    office.begin(Template.NEW, Function.SALES, Function.SUPPORT)
    plan = office.plan()
    owners = {(task.part, task.function): task.owner_slack_id for task in plan.tasks}
    assert owners[Part.LEADER, None] == "ULEADER"
    assert owners[Part.CHAMPION, None] == "UCHAMP"
    assert owners[Part.MANAGER, Function.SALES] == "UMANAGER", "who leads most of its people"
    assert owners[Part.MANAGER, Function.SUPPORT] == "ULEADER", "nobody is known: whoever begins gives it to somebody"
    assert {task.place for task in plan.tasks if task.words} == {"role:sales"}, (
        "a channel that nobody knows gets no post"
    )
    assert (plan.template, plan.starts_on, plan.is_whole, plan.plans) == (Template.NEW, FIRST, True, True)
    assert [task.due for task in plan.tasks] == sorted(task.due for task in plan.tasks)


def test_one_plan_runs_at_a_time_and_another_begins_after_its_end(office: Office) -> None:
    office.begin()
    with pytest.raises(RuleError, match="A plan runs already"):
        office.begin()
    with pytest.raises(RuleError, match="A plan runs already"):
        office.do(launch_plan.beginning, office.leader)
    first = office.plan()
    office.do(launch_plan.end, office.leader, first.id)
    with pytest.raises(RuleError, match="ended already"):
        office.do(launch_plan.end, office.leader, first.id)
    assert office.plan().id is None
    with pytest.raises(RuleError, match="has ended"):
        office.do(launch_tasks.finish, office.leader, first.tasks[0].id, first.tasks[0].version)
    office.begin(Template.STALLED)
    assert office.plan().template is Template.STALLED
    trail = office.world.do(office.id, lambda session: list(session.scalars(select(Audit.action).order_by(Audit.id))))
    assert [one for one in trail if one.startswith("launch")] == [
        "launch_plan.begun",
        "launch_plan.ended",
        "launch_plan.begun",
    ]


def test_two_leaders_who_begin_at_once_begin_one_plan(office: Office) -> None:
    said = launch_plan.Begun(Template.NEW, FIRST, (Function.SALES,))
    second = office.world.member(office.id, "ULEADER2", Role.LEADER)
    for _round in range(ROUNDS):
        acts = [
            partial(launch_plan.begin, actor=who, moment=office.world.moment(), said=said)
            for who in (office.leader, second)
        ]
        heard = at_once(office.world.db, office.id, *acts)
        assert [str(one) for one in heard if one is not None] == [
            "A plan runs already. Please end it before you begin another one."
        ]
        office.do(launch_plan.end, office.leader, office.plan().id)


def test_what_a_form_lacks_is_said_at_its_field_and_nothing_is_kept(office: Office) -> None:
    for said, name in (
        (launch_plan.Begun(Template.NEW, None, (Function.SALES,)), "starts_on"),
        (launch_plan.Begun(Template.NEW, FIRST - timedelta(days=1), (Function.SALES,)), "starts_on"),
        (launch_plan.Begun(Template.NEW, FIRST, ()), "functions"),
    ):
        with pytest.raises(RuleError) as refusal:
            office.do(launch_plan.begin, office.leader, said)
        assert set(refusal.value.fields) == {name}
    assert office.plan().id is None
    office.begin()
    for values, name in (
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"owner_slack_id": None}, "owner"),
        ({"owner_slack_id": "UNOBODY"}, "owner"),
        ({"due": None}, "due"),
        ({"due": FIRST - timedelta(days=1)}, "due"),
        ({"channel": "C1"}, "words"),
        ({"words": "Hello"}, "channel"),
        ({"words": "x" * 1501, "channel": "C1"}, "words"),
    ):
        before = len(office.plan().tasks)
        with pytest.raises(RuleError) as refusal:
            office.do(launch_tasks.save, office.leader, office.written(**values), None, 0)
        assert set(refusal.value.fields) == {name}
        assert len(office.plan().tasks) == before


def test_a_task_is_added_and_changed_and_a_full_plan_takes_no_more(office: Office) -> None:
    office.begin()
    office.do(launch_tasks.save, office.leader, office.written(), None, 0)
    made = office.task(title="Ask around")
    assert (made.owner_slack_id, made.due, made.phase) == ("UMANAGER", date(2026, 9, 4), Phase.PROMOTE)
    said = office.written(title="Ask in the weekly", words="Who comes to mind?", channel="C0SALES")
    office.do(launch_tasks.save, office.leader, said, made.id, made.version)
    with pytest.raises(RuleError, match="changed in the meantime"):
        office.do(launch_tasks.save, office.leader, office.written(), made.id, made.version)
    changed = office.task(id=made.id)
    assert (changed.title, changed.place, changed.words) == ("Ask in the weekly", "C0SALES", "Who comes to mind?")
    for at in range(40 - len(office.plan().tasks)):
        office.do(launch_tasks.save, office.leader, office.written(title=f"More {at}"), None, 0)
    with pytest.raises(RuleError, match="holds 40 tasks"):
        office.do(launch_tasks.save, office.leader, office.written(), None, 0)


def test_a_post_keeps_its_usual_channel_until_another_is_chosen(office: Office) -> None:
    office.begin()
    post = office.task(place="role:sales")
    said = office.written(title=post.title, words="Other words", due=post.due)
    office.do(launch_tasks.save, office.leader, said, post.id, post.version)
    assert office.task(id=post.id).place == "role:sales"
    now = office.task(id=post.id)
    office.do(launch_tasks.save, office.leader, replace(said, words=""), now.id, now.version)
    assert (office.task(id=post.id).place, office.task(id=post.id).words) == (None, None)


def test_done_undone_moved_left_out_and_taken_in_again(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    done = office.at(task, launch_tasks.finish, office.manager)
    assert (done.state, done.done_on) == (State.DONE, FIRST)
    with pytest.raises(RuleError, match="done already"):
        office.at(task, launch_tasks.finish, office.manager)
    again = office.at(task, launch_tasks.reopen, office.manager)
    assert (again.state, again.done_on) == (State.OPEN, None)
    later = again.due + timedelta(days=9)
    moved = office.at(task, launch_tasks.move, office.manager, later)
    assert (moved.due, moved.planned) == (later, task.due)
    with pytest.raises(RuleError, match="changed in the meantime"):
        office.do(launch_tasks.finish, office.manager, moved.id, task.version)
    with pytest.raises(RuleError) as refusal:
        office.at(task, launch_tasks.move, office.manager, FIRST - timedelta(days=1))
    assert set(refusal.value.fields) == {"day"}
    total = len([one for one in office.plan().tasks if one.state is not State.LEFT_OUT])
    assert office.at(task, launch_tasks.leave_out).state is State.LEFT_OUT
    assert office.at(task, launch_tasks.reopen).state is State.OPEN
    assert len([one for one in office.plan().tasks if one.state is not State.LEFT_OUT]) == total


def test_only_its_owner_and_the_leader_touch_a_task_and_only_the_leader_the_plan(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    before = office.plan().tasks
    for actor in (office.rep, office.champion):
        for act in (launch_tasks.finish, launch_tasks.reopen, partial(launch_tasks.move, day=FIRST)):
            with pytest.raises(NotAllowed, match=r"^Only "):
                office.world.do(office.id, act, actor, office.world.moment(), task.id, task.version)
        with pytest.raises(NotAllowed, match=r"^Only "):
            office.do(launch_tasks.asked_day, actor, task.id)
    for actor in (office.rep, office.champion, office.manager):
        for refused, args in (
            (launch_tasks.leave_out, (task.id, task.version)),
            (launch_tasks.form, (task.id,)),
            (launch_tasks.save, (office.written(), None, 0)),
            (launch_plan.beginning, ()),
            (launch_plan.end, (office.plan().id,)),
        ):
            with pytest.raises(NotAllowed, match=r"^Only "):
                office.do(refused, actor, *args)
        with pytest.raises(NotAllowed, match=r"^Only "):
            office.begin(by=actor)
    assert office.plan().tasks == before
    with pytest.raises(NotAllowed, match="Guests"):
        office.at(task, launch_tasks.finish, replace(office.manager, standing=Standing.GUEST))
    with pytest.raises(NotAllowed, match=r"^Only "):
        office.do(launch_tasks.finish, office.rep, "nothing", 1)


def test_leader_and_champion_see_all_of_it_owners_their_own_and_others_nothing(office: Office) -> None:
    office.begin()
    everything = len(office.plan().tasks)
    assert (len(office.plan(office.champion).tasks), office.plan(office.champion).plans) == (everything, False)
    own = office.plan(office.manager)
    assert {task.owner_slack_id for task in own.tasks} == {"UMANAGER"}
    assert (own.is_whole, own.plans, own.goals) == (False, False, None)
    with pytest.raises(NotAllowed, match=r"^Only "):
        office.plan(office.rep)


def test_the_plan_says_how_far_the_teams_goals_are(office: Office) -> None:
    office.begin()
    assert office.plan().goals == Goals(0, 0)
    said = team_goals.Draft(date(2026, 7, 1), Function.SALES, "UMANAGER", (1, 0, 0), None)
    office.do(team_goals.propose, office.leader, said, None, 0)
    assert office.plan().goals == Goals(0, 1)
    [goal] = office.do(team_goals.seen, office.leader).goals
    office.do(team_goals.agree, office.manager, goal.id, goal.version)
    assert office.plan().goals == Goals(1, 0)


def test_an_owner_hears_once_a_day_of_all_that_is_near_and_the_message_stays_current(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    assert task.due == date(2026, 9, 9)
    first = office.remind(1)
    [told] = [one for one in first if one.target == "UMANAGER"]
    assert (told.kind, told.text) == ("plan_task", "1 task of the launch plan for you, the first in 7 days.")
    assert "launch_plan_done" in str(told.blocks)
    assert office.remind(1) == [], "the same job again says nothing"
    office.at(task, launch_tasks.finish, office.manager)
    newest = office.messages(Kind.PLAN_TASK)[-1]
    assert (newest.slot, newest.target) == (told.slot, "UMANAGER")
    assert "Done, thank you" in newest.text
    assert "launch_plan_reopen" in str(newest.blocks)
    office.at(task, launch_tasks.reopen, office.manager)
    assert "launch_plan_done" in str(office.messages(Kind.PLAN_TASK)[-1].blocks)
    [due] = [one for one in office.remind(8) if one.target == "UMANAGER"]
    assert "the first for today" in due.text
    assert due.slot != told.slot, "what changes in an old message, nobody hears of"
    assert [one for one in office.remind(9) if one.target == "UMANAGER" and "since" in one.text] == []


def test_what_is_late_is_brought_up_once_and_whoever_runs_the_plan_hears_of_it_once(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    office.alone(task)
    office.remind(8)
    sent = office.remind(11)
    assert sorted((one.kind, one.target) for one in sent) == [("plan_news", "ULEADER"), ("plan_task", "UMANAGER")]
    assert "since 3 days" in next(one.text for one in sent if one.target == "UMANAGER")
    for days in (12, 13, 20, 40):
        assert office.remind(days) == []
    office.at(task, launch_tasks.move, office.manager, FIRST + timedelta(days=60))
    assert [one.target for one in office.remind(54)] == ["UMANAGER"], "another day is a new beginning"


def test_after_a_week_of_downtime_one_message_comes(office: Office) -> None:
    office.begin()
    office.alone(office.task(part=Part.MANAGER))
    assert [one.target for one in office.remind(10)] == ["UMANAGER"]


def test_whoever_is_away_is_told_when_they_are_back(office: Office) -> None:
    office.begin()
    office.alone(office.task(part=Part.MANAGER))
    office.person(office.manager, away_until=FIRST + timedelta(days=9))
    assert office.remind(8) == []
    assert [one.target for one in office.remind(10)] == ["UMANAGER"]


def test_a_task_whose_owner_has_left_comes_to_whoever_runs_the_plan(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    office.alone(task)
    office.person(office.manager, standing="deactivated")
    [sent] = office.remind(1)
    assert (sent.kind, sent.target) == ("plan_news", "ULEADER")
    assert "give it to somebody else" in str(sent.blocks)
    assert office.remind(2) == []
    now = office.task(id=task.id)
    said = office.written(title=task.title, owner_slack_id="UREP", due=task.due)
    office.do(launch_tasks.save, office.leader, said, now.id, now.version)
    assert [one.target for one in office.remind(3)] == ["UREP"]


def test_whoever_had_it_before_reads_that_it_is_a_colleagues_now(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    office.alone(task)
    office.remind(1)
    now = office.task(id=task.id)
    said = office.written(title=task.title, owner_slack_id="UREP", due=task.due)
    office.do(launch_tasks.save, office.leader, said, now.id, now.version)
    newest = office.messages(Kind.PLAN_TASK)[-1]
    assert (newest.target, "a colleague's now" in newest.text) == ("UMANAGER", True)
    assert "launch_plan_done" not in str(newest.blocks)


def test_a_post_waits_for_its_day_its_hour_and_the_channels_room(office: Office) -> None:
    office.begin()
    post = office.task(place="role:sales")
    assert post.due == date(2026, 9, 7)
    nine = datetime(2026, 9, 7, 9, tzinfo=UTC)
    assert office.post(nine - timedelta(hours=1)) == []
    assert office.post(nine, nudges_paused=True) == []
    nudge = message("A nudge.", [])
    office.world.do(
        office.id,
        outbox.put,
        Moment(nine - timedelta(days=3), lambda bits: bits),
        Kind.CHANNEL_NUDGE,
        "role:sales",
        nudge,
    )
    assert office.post(nine) == [], "the channel has had its post of the week"
    [told] = office.post(nine + timedelta(days=4))
    assert (told.kind, told.target) == ("plan_post", "role:sales")
    assert "From <@ULEADER>" in str(told.blocks)
    assert office.post(nine + timedelta(days=4)) == []
    now = office.task(id=post.id)
    assert (now.state, now.done_on) == (State.POSTED, date(2026, 9, 11))
    with pytest.raises(RuleError, match="posted it already"):
        office.at(post, launch_tasks.reopen)


def test_two_posts_for_one_channel_come_in_two_weeks(office: Office) -> None:
    office.begin()
    office.at(office.task(place="role:sales"), launch_tasks.finish)
    for title in ("One", "Two"):
        said = office.written(title=title, words=f"Words {title}", channel="C0SALES", due=date(2026, 9, 7))
        office.do(launch_tasks.save, office.leader, said, None, 0)
    monday = datetime(2026, 9, 7, 9, tzinfo=UTC)
    assert [one.text for one in office.post(monday)] == ["From our advocacy program: Words One"]
    assert office.post(monday + timedelta(days=6)) == []
    assert [one.text for one in office.post(monday + timedelta(days=7))] == ["From our advocacy program: Words Two"]


def test_leader_and_champion_hear_once_that_all_is_done(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    office.alone(task)
    office.at(task, launch_tasks.finish, office.manager)
    assert sorted(one.target for one in office.messages(Kind.PLAN_NEWS)) == ["UCHAMP", "ULEADER"]
    assert "The launch plan is done" in office.messages(Kind.PLAN_NEWS)[0].text
    office.at(task, launch_tasks.reopen, office.manager)
    office.at(task, launch_tasks.finish, office.manager)
    assert len(office.messages(Kind.PLAN_NEWS)) == 2


def test_home_says_how_far_it_is_to_those_whom_it_concerns(office: Office) -> None:
    def seen(actor: Actor) -> Any:
        found: Home = office.do(home.seen, actor)
        return found.plan

    assert (seen(office.leader).whole, seen(office.leader).plans) == (None, True)
    assert (seen(office.rep).whole, seen(office.rep).own_open, seen(office.rep).plans) == (None, 0, False)
    office.begin()
    office.at(office.task(part=Part.CHAMPION), launch_tasks.finish, office.champion)
    whole = seen(office.champion).whole
    assert (whole.done, whole.total, whole.late, whole.next_on) == (1, len(office.plan().tasks), 0, FIRST)
    own = seen(office.manager)
    assert (own.whole, own.own_open, own.own_next) == (None, 3, date(2026, 9, 9))
    assert (seen(office.rep).whole, seen(office.rep).own_open) == (None, 0)
    office.world.now += timedelta(days=5)
    assert seen(office.leader).whole.late == 1


def test_the_calendar_names_what_is_open(office: Office) -> None:
    office.begin()
    titles = [one.title for one in office.do(schedule.seen, office.leader).entries]
    assert "Launch plan: Announce the program to sales" in titles
    office.at(office.task(place="role:sales"), launch_tasks.finish)
    titles = [one.title for one in office.do(schedule.seen, office.leader).entries]
    assert "Launch plan: Announce the program to sales" not in titles


def test_the_statements_are_the_same_however_many_tasks_there_are(office: Office) -> None:
    def cost(act: Any) -> int:
        with counted(office.world.db) as statements:
            act()
        return len([one for one in statements if "launch_task" in one and one.lstrip().upper().startswith("SELECT")])

    office.begin()
    few = cost(office.plan)
    reading = cost(lambda: office.remind(-30))
    for at in range(20):
        office.do(launch_tasks.save, office.leader, office.written(title=f"More {at}"), None, 0)
    assert cost(office.plan) == few == 1
    assert cost(lambda: office.remind(-30)) == reading == 1


def test_each_change_is_written_down(office: Office) -> None:
    office.begin()
    task = office.task(part=Part.MANAGER)
    office.at(task, launch_tasks.move, office.manager, FIRST + timedelta(days=20))
    office.at(task, launch_tasks.finish, office.manager)
    query = select(Audit).where(Audit.subject_id == task.id).order_by(Audit.id)
    moved, done = office.world.do(office.id, lambda session: list(session.scalars(query)))
    assert (moved.action, moved.before, moved.after["due"]) == (
        "launch_task.moved",
        {"due": "2026-09-09"},
        "2026-09-21",
    )
    assert (done.action, done.actor_id, done.after["state"]) == ("launch_task.done", office.manager.person_id, "done")
    rows = office.world.do(office.id, lambda session: list(session.scalars(select(LaunchTask))))
    assert {row.done_by_id for row in rows if row.state == "done"} == {office.manager.person_id}
    [plan] = office.world.do(office.id, lambda session: list(session.scalars(select(LaunchPlan))))
    assert plan.started_by_id == office.leader.person_id
