"""The launch plan: beginning one from a template, seeing how far it is, and ending it.

Its tasks are in steps.launch_tasks, what time brings (reminders, posts) in steps.launch_plan_times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain import permissions, quarters
from domain.errors import RuleError
from domain.launch_plan import (
    Part,
    Plan,
    Template,
    check_day,
    check_functions,
)
from domain.launch_templates import Draft, drafted
from domain.moment import Moment
from domain.people import Actor, Function, Role
from domain.permissions import Action
from domain.settings import ChannelRole, Settings
from domain.time_zones import zone_of
from steps.working_days import working_in
from storage import audit, launch_plan, people, settings
from storage.guard import GuardedSession
from storage.launch_plan import ENDED, LaunchPlan, LaunchTask
from storage.outbox import TO_CHANNEL_ROLE
from storage.workspaces import Workspace

PLACES = {
    Function.SALES: ChannelRole.SALES,
    Function.MARKETING: ChannelRole.MARKETING,
    Function.CUSTOMER_SUCCESS: ChannelRole.CUSTOMER_SUCCESS,
}
"""Functions whose channel is known from the settings."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the form of a new plan says."""

    template: Template
    starts_on: date | None
    functions: Sequence[Function]


def today_in(moment: Moment, known: Settings) -> date:
    """Which day it is on the workspace's calendar."""
    return moment.now.astimezone(zone_of(known.time_zone)).date()


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Plan:
    """The plan that runs: all of it, or for others their own tasks. Raises NotAllowed for whoever has none.

    Three statements, however many tasks there are.
    """
    permissions.check(actor, Action.LOOK_UP)
    today, may_see = today_in(moment, settings.load(session)), permissions.may(actor, Action.SEE_PLAN)
    row = launch_plan.running(session)
    tasks = launch_plan.tasks(session, row.id, None if may_see else actor.person_id) if row else []
    if not tasks:
        permissions.check(actor, Action.SEE_PLAN)
    goals = launch_plan.goals(session, quarters.quarter_of(today)) if row and may_see else None
    plans = permissions.may(actor, Action.EDIT_PLAN)
    template, starts_on = (Template(row.template), row.starts_on) if row else (None, None)
    return Plan(row.id if row else None, template, starts_on, tasks, today, actor.person_id, may_see, plans, goals)


def beginning(session: GuardedSession, actor: Actor, moment: Moment) -> date:
    """The day with which the form of a new plan opens. Raises NotAllowed, RuleError while one runs."""
    permissions.check(actor, Action.EDIT_PLAN)
    _check_none_runs(session)
    return today_in(moment, settings.load(session))


def _check_none_runs(session: GuardedSession) -> None:
    if launch_plan.running(session) is not None:
        raise RuleError("A plan runs already. Please end it before you begin another one.")


def begin(session: GuardedSession, actor: Actor, moment: Moment, said: Begun) -> None:
    """Begin a plan from a template. Raises NotAllowed, RuleError at the fields, and while one runs."""
    permissions.check(actor, Action.EDIT_PLAN)
    known = settings.load(session)
    starts_on = check_day(said.starts_on, today_in(moment, known), "starts_on")
    functions = check_functions(said.functions)
    # Two leaders who begin at once: the second one finds the first one's plan.
    session.get_one(Workspace, session.workspace_id, with_for_update={"key_share": True})
    _check_none_runs(session)
    plan = LaunchPlan(id=moment.new_id(), template=said.template.value, starts_on=starts_on, created_at=moment.now)
    plan.started_by_id = actor.person_id
    session.add(plan)
    session.flush()
    owners = _owners(session, actor, functions)
    for draft in drafted(said.template, starts_on, functions, working_in(known.time_zone)):
        session.add(_task(moment, plan, draft, owners))
    after_ = {"template": plan.template, "starts_on": starts_on.isoformat()}
    audit.record(session, moment, actor.person_id, "launch_plan.begun", ("launch_plan", plan.id), after=after_)


def _owners(
    session: GuardedSession, actor: Actor, functions: Sequence[Function]
) -> Mapping[tuple[Part, Function | None], str]:
    """Whose each part is. What nobody is known for falls to whoever begins, who gives it to somebody."""
    champions = people.holders(session, Role.CHAMPION)
    leads = launch_plan.leads_by_function(session)
    owners = {(Part.LEADER, function): actor.person_id for function in (None, *functions)}
    owners[Part.CHAMPION, None] = champions[0].id if champions else actor.person_id
    return owners | {(Part.MANAGER, one): leads.get(one, actor.person_id) for one in functions}


def _task(
    moment: Moment, plan: LaunchPlan, draft: Draft, owners: Mapping[tuple[Part, Function | None], str]
) -> LaunchTask:
    role = PLACES.get(draft.function) if draft.function else None
    is_post = draft.words is not None and role is not None
    return LaunchTask(
        id=moment.new_id(),
        plan_id=plan.id,
        phase=draft.phase.value,
        part=draft.part.value,
        function=draft.function.value if draft.function else None,
        title=draft.title,
        planned_on=draft.due,
        due_on=draft.due,
        owner_id=owners[draft.part, draft.function],
        place=f"{TO_CHANNEL_ROLE}{role.value}" if role and is_post else None,
        words=draft.words if is_post else None,
        created_at=moment.now,
        version=1,
    )


def end(session: GuardedSession, actor: Actor, moment: Moment, plan_id: str) -> None:
    """End the plan that runs: nobody is reminded and nothing posted any more. Raises NotAllowed, RuleError."""
    permissions.check(actor, Action.EDIT_PLAN)
    lock = {"key_share": True}
    row = session.get(LaunchPlan, (session.workspace_id, plan_id), with_for_update=lock, populate_existing=True)
    if row is None or row.state == ENDED:
        raise RuleError("This plan has ended already.")
    row.state, row.ended_at = ENDED, moment.now
    states = {"state": "running"}, {"state": ENDED}
    about = ("launch_plan", row.id)
    audit.record(session, moment, actor.person_id, "launch_plan.ended", about, before=states[0], after=states[1])
