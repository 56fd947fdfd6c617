"""What time brings to a launch plan: its owners are reminded, its posts go out within the channels' budget, and whoever
runs it hears what is late or has lost its owner."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time

from domain.launch_plan import Move, State, Task, after, is_long_late, is_to_be_told, is_told_beside
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Role, Standing
from domain.settings import Settings
from domain.time_zones import zone_of
from steps import unasked
from steps.campaign_sending import can_be_asked, channel_has_room
from steps.launch_plan import today_in
from steps.launch_tasks import show, tell_when_all_is_done
from steps.team_goal_times import channel_of
from storage import audit, launch_plan, outbox, people
from storage.guard import GuardedSession
from storage.launch_plan import LaunchPlan, LaunchTask
from storage.people import Person
from views import launch_plan_messages as messages

POSTS_FROM = time(9)
"""Nothing is posted before this time of the workspace's day: whoever stands for the words is there to answer."""

Rows = Sequence[tuple[LaunchTask, Person]]


def remind(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Write to every owner whose task is near, due or late, once a day and about all of theirs; then to the leader."""
    plan = launch_plan.running(session)
    if plan is None:
        return False
    today = today_in(moment, known)
    rows = launch_plan.open_rows(session, plan.id)
    for owner_id, tasks in _to_tell(rows, today):
        for row in tasks:
            row.told_on = today
        show(session, moment, owner_id, today)
    _report(session, moment, plan, rows, today)
    return False


def _to_tell(rows: Rows, today: date) -> list[tuple[str, list[LaunchTask]]]:
    """Whom to write to, and about which tasks. Whoever is away is told when they are back."""
    by_owner: defaultdict[str, list[LaunchTask]] = defaultdict(list)
    for row, owner in rows:
        if can_be_asked(owner) and not (owner.away_until is not None and owner.away_until >= today):
            by_owner[owner.id].append(row)
    return [
        (owner_id, [row for row in tasks if is_told_beside(row.due_on, today)])
        for owner_id, tasks in by_owner.items()
        if any(is_to_be_told(row.due_on, row.told_on, today) for row in tasks)
    ]


def _report(session: GuardedSession, moment: Moment, plan: LaunchPlan, rows: Rows, today: date) -> None:
    """Tell whoever runs the plan, once a task, of what is late for long and of what has lost its owner."""
    some = [
        (row, owner)
        for row, owner in rows
        if row.reported_on is None and (is_long_late(row.due_on, today) or not can_be_asked(owner))
    ]
    leaders = people.holders(session, Role.LEADER)
    starter = [one for one in leaders if one.id == plan.started_by_id] or leaders[:1]
    if not some or not starter or not starter[0].slack_user_id:
        return
    for row, _owner in some:
        row.reported_on = today
    others = [launch_plan.one(session, row.id) for row, owner in some if owner.id != starter[0].id]
    tasks: list[Task] = [task for task in others if task is not None]
    if tasks:
        message = messages.late(tasks, today)
        subjects = [starter[0].id, *(task.owner_id for task in tasks)]
        outbox.put(session, moment, Kind.PLAN_NEWS, starter[0].slack_user_id, message, subjects=subjects)


def post(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Post what is due in the channels whose week has room; the others get it once theirs has."""
    plan = None if known.nudges_paused else launch_plan.running(session)
    if plan is None:
        return False
    local, today = moment.now.astimezone(zone_of(known.time_zone)), today_in(moment, known)
    due = [
        (row, owner)
        for row, owner in launch_plan.open_rows(session, plan.id)
        if row.words and row.place and (row.due_on < today or (row.due_on == today and local.time() >= POSTS_FROM))
    ]
    for row, owner in due:
        ledger = unasked.ledger(session, moment)
        if row.place and channel_has_room(ledger, channel_of(row.place, known), today, known):
            _post(session, moment, row.id, owner, today)
    if due:
        tell_when_all_is_done(session, moment, plan.id)
    return False


def _post(session: GuardedSession, moment: Moment, task_id: str, owner: Person, today: date) -> None:
    row = launch_plan.locked(session, task_id)  # somebody may be changing it at this moment
    if row is None or row.state != State.OPEN.value or not row.words or not row.place:
        return
    row.state, row.done_on = after(State(row.state), Move.POST).value, today
    row.version += 1
    by = owner.slack_user_id if owner.standing == Standing.MEMBER.value else None
    message = messages.post(row.words, by)
    outbox.put(session, moment, Kind.PLAN_POST, row.place, message, subjects=[owner.id])
    about = ("launch_task", row.id)
    states = {"state": State.OPEN.value}, {"state": row.state, "place": row.place}
    audit.record(session, moment, None, "launch_task.posted", about, before=states[0], after=states[1])
    session.flush()
    if row.told_on is not None:
        show(session, moment, row.owner_id, row.told_on)
