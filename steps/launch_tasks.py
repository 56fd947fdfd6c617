"""The tasks of a launch plan: adding and changing them, saying that one is done, and the message that tells an owner.

The plan itself is in steps.launch_plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain import permissions
from domain.errors import NotFound, RuleError
from domain.launch_plan import (
    TITLE_LIMIT,
    WORDS_LIMIT,
    Move,
    Part,
    Phase,
    Progress,
    State,
    Task,
    after,
    check_day,
    check_posting,
    check_room,
    check_version,
    found,
    progress_of,
)
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Role, Standing
from domain.permissions import Action
from steps.checks import colleague, needed, optional
from steps.launch_plan import today_in
from storage import audit, launch_plan, outbox, people, settings
from storage.guard import GuardedSession
from storage.launch_plan import ENDED, LaunchPlan, LaunchTask
from storage.people import Person
from views import launch_plan_messages as messages


@dataclass(frozen=True, slots=True)
class Written:
    """What the form of a task says."""

    phase: Phase
    title: str
    owner_slack_id: str | None
    due: date | None
    channel: str | None
    words: str


def form(session: GuardedSession, actor: Actor, moment: Moment, task_id: str | None) -> tuple[date, Task | None]:
    """What the form of a task opens with: today, and the task that is changed. Raises NotAllowed, RuleError."""
    permissions.check(actor, Action.EDIT_PLAN)
    today = today_in(moment, settings.load(session))
    return today, _seen_one(session, task_id) if task_id else None


def _seen_one(session: GuardedSession, task_id: str) -> Task:
    task = launch_plan.one(session, task_id)
    return found([task] if task else [], task_id)


def save(
    session: GuardedSession, actor: Actor, moment: Moment, said: Written, task_id: str | None, version: int
) -> None:
    """Add a task, or change one. Raises NotAllowed, RuleError at the fields, or when it changed meanwhile."""
    permissions.check(actor, Action.EDIT_PLAN)
    today = today_in(moment, settings.load(session))
    title = needed(said.title, TITLE_LIMIT, "title", "What is to be done?")
    words = optional(said.words, WORDS_LIMIT, "words")
    row = _here(session, task_id) if task_id else None
    place = said.channel or (row.place if row and words and row.place and row.place.startswith("role:") else None)
    check_posting(place, words)
    if not said.owner_slack_id:
        raise RuleError("Whose task is it?", {"owner": "Please pick the colleague whose task it is."})
    owner = colleague(session, said.owner_slack_id, "owner")
    due = said.due if row is not None and said.due == row.due_on else check_day(said.due, today, "due")
    before, told = None, None
    if row is None:
        row = _new(session, moment, due)
    else:
        after(State(row.state), Move.CHANGE)
        check_version(version, row.version)
        before = _said(row)
        row.version += 1
        told = (row.owner_id, row.told_on) if row.owner_id != owner.id else None
    if told or row.due_on != due:
        row.reported_on = None
    if told:
        row.told_on = None
    row.phase, row.title, row.owner_id, row.due_on = said.phase.value, title, owner.id, due
    row.place, row.words = place, words
    _noted(session, actor, moment, row, "changed" if before else "added", before)
    if told and told[1] is not None:
        show(session, moment, told[0], told[1])  # whoever had it before reads that it is not theirs any more


def _new(session: GuardedSession, moment: Moment, due: date | None) -> LaunchTask:
    plan = _running(session)
    # Two who add the last task that fits: the second one is told.
    session.get_one(LaunchPlan, (session.workspace_id, plan.id), with_for_update={"key_share": True})
    check_room(len(launch_plan.tasks(session, plan.id)))
    row = LaunchTask(id=moment.new_id(), plan_id=plan.id, part=Part.LEADER.value, created_at=moment.now, version=1)
    row.planned_on = row.due_on = due or plan.starts_on
    row.state = State.OPEN.value
    session.add(row)
    return row


def _running(session: GuardedSession) -> LaunchPlan:
    plan = launch_plan.running(session)
    if plan is None:
        raise RuleError("No plan runs any more. Please open the launch plan again.")
    return plan


def finish(session: GuardedSession, actor: Actor, moment: Moment, task_id: str, version: int) -> None:
    """Say that a task is done. Raises NotAllowed, RuleError."""
    row = _moved(session, actor, task_id, Move.FINISH, version)
    row.done_on, row.done_by_id = today_in(moment, settings.load(session)), actor.person_id
    _noted(session, actor, moment, row, "done", {"state": State.OPEN.value})
    tell_when_all_is_done(session, moment, row.plan_id)


def reopen(session: GuardedSession, actor: Actor, moment: Moment, task_id: str, version: int) -> None:
    """It is to be done after all. Raises NotAllowed, RuleError."""
    was = _own(session, actor, task_id).state
    row = _moved(session, actor, task_id, Move.REOPEN, version)
    row.done_on = row.done_by_id = None
    _noted(session, actor, moment, row, "reopened", {"state": was})


def leave_out(session: GuardedSession, actor: Actor, moment: Moment, task_id: str, version: int) -> None:
    """Take a task out of the plan. Raises NotAllowed, RuleError."""
    permissions.check(actor, Action.EDIT_PLAN)
    row = _moved(session, actor, task_id, Move.LEAVE_OUT, version)
    _noted(session, actor, moment, row, "left_out", {"state": State.OPEN.value})
    tell_when_all_is_done(session, moment, row.plan_id)


def asked_day(session: GuardedSession, actor: Actor, moment: Moment, task_id: str) -> tuple[date, Task]:
    """What the form for another day opens with. Raises NotAllowed, RuleError."""
    _own(session, actor, task_id)
    return today_in(moment, settings.load(session)), _seen_one(session, task_id)


def move(session: GuardedSession, actor: Actor, moment: Moment, task_id: str, version: int, day: date | None) -> None:
    """Do it on another day. Raises NotAllowed, RuleError at `day`."""
    row = _moved(session, actor, task_id, Move.CHANGE, version)
    due = check_day(day, today_in(moment, settings.load(session)))
    before = {"due": row.due_on.isoformat()}
    if due != row.due_on:
        row.due_on, row.reported_on = due, None
    _noted(session, actor, moment, row, "moved", before)


def _moved(session: GuardedSession, actor: Actor, task_id: str, move_: Move, version: int) -> LaunchTask:
    row = _own(session, actor, task_id)
    plan = session.get_one(LaunchPlan, (session.workspace_id, row.plan_id))
    if plan.state == ENDED:
        raise RuleError("This plan has ended.")
    state = after(State(row.state), move_)
    check_version(version, row.version)
    row.state, row.version = state.value, row.version + 1
    return row


def _own(session: GuardedSession, actor: Actor, task_id: str) -> LaunchTask:
    """The task of whoever it is for, or of whoever plans. Raises NotAllowed, NotFound."""
    row = launch_plan.locked(session, task_id)
    if row is None or row.owner_id != actor.person_id:
        permissions.check(actor, Action.EDIT_PLAN)
    else:
        permissions.check(actor, Action.LOOK_UP)  # whoever is a guest by now has no task any more
    if row is None:
        raise NotFound("This task isn't there any more.")
    return row


def _here(session: GuardedSession, task_id: str) -> LaunchTask:
    row = launch_plan.locked(session, task_id)
    if row is None:
        raise NotFound("This task isn't there any more.")
    return row


def _noted(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    row: LaunchTask,
    what: str,
    before: Mapping[str, object] | None,
) -> None:
    """Write it down, and keep the owner's message up to date."""
    about = ("launch_task", row.id)
    audit.record(session, moment, actor.person_id, f"launch_task.{what}", about, before=before, after=_said(row))
    if row.told_on is not None:
        show(session, moment, row.owner_id, row.told_on)


def _said(row: LaunchTask) -> Mapping[str, object]:
    return {"state": row.state, "title": row.title, "owner": row.owner_id, "due": row.due_on.isoformat()}


def slot_of(owner_id: str, told_on: date) -> str:
    """The message to an owner about all that is theirs on that day; it stays current."""
    return f"launch-tasks:{owner_id}:{told_on.isoformat()}"


def show(session: GuardedSession, moment: Moment, owner_id: str, told_on: date) -> None:
    """Put an owner's message of that day, as it is now. Two statements beside those of the outbox."""
    tasks = launch_plan.told_together(session, owner_id, told_on)
    owner = session.get_one(Person, (session.workspace_id, owner_id))
    if owner.slack_user_id and owner.standing == Standing.MEMBER.value:
        message = messages.tasks(tasks, told_on)
        slot = slot_of(owner_id, told_on)
        outbox.put(session, moment, Kind.PLAN_TASK, owner.slack_user_id, message, subjects=[owner_id], slot=slot)


def tell_when_all_is_done(session: GuardedSession, moment: Moment, plan_id: str) -> None:
    """Leader and champion hear once that nothing is open any more."""
    progress = _progress(session, moment, plan_id)
    plan = session.get_one(LaunchPlan, (session.workspace_id, plan_id))
    if progress.next_on is not None or plan.told_done_at is not None or not progress.total:
        return
    plan.told_done_at = moment.now
    heard = {
        one.id: one.slack_user_id for role in (Role.LEADER, Role.CHAMPION) for one in people.holders(session, role)
    }
    for person_id, target in heard.items():
        message = messages.all_done(progress)
        outbox.put(session, moment, Kind.PLAN_NEWS, target or "", message, subjects=[person_id])


def _progress(session: GuardedSession, moment: Moment, plan_id: str) -> Progress:
    return progress_of(launch_plan.tasks(session, plan_id), today_in(moment, settings.load(session)))
