"""Launch plans and their tasks. Decides nothing about who may see or change them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.launch_plan import Goals, Part, Phase, Progress, State, Task
from domain.people import Function, Standing
from domain.team_goals import UNDECIDED
from domain.team_goals import State as GoalState
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.people import Person
from storage.team_goals import TeamGoal

RUNNING, ENDED = "running", "ended"
"""Where a plan stands; one runs at a time."""


class LaunchPlan(TenantRow, Base):
    """One plan. `told_done_at` says when leader and champion heard that all of it is done."""

    __tablename__ = "launch_plan"
    __table_args__ = (within("started_by_id", "person"), Index(None, "workspace_id", "state"))

    template: Mapped[str] = mapped_column(String(32))
    starts_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(16), default=RUNNING)
    started_by_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    told_done_at: Mapped[datetime | None]


class LaunchTask(TenantRow, Base):
    """One task of a plan. `told_on` is the last day on which its owner was written to about it, on the workspace's
    calendar; `reported_on` when whoever runs the plan heard that it is late."""

    __tablename__ = "launch_task"
    __table_args__ = (
        within("plan_id", "launch_plan"),
        within("owner_id", "person"),
        Index(None, "workspace_id", "plan_id", "state"),
        Index(None, "workspace_id", "owner_id", "state"),
    )

    plan_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    phase: Mapped[str] = mapped_column(String(16))
    part: Mapped[str] = mapped_column(String(32))
    function: Mapped[str | None] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(Text)
    planned_on: Mapped[date]
    due_on: Mapped[date]
    owner_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    place: Mapped[str | None] = mapped_column(String(64))
    words: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default=State.OPEN.value)
    done_on: Mapped[date | None]
    done_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    told_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


def running(session: GuardedSession) -> LaunchPlan | None:
    """The plan that runs. One statement."""
    return session.scalar(select(LaunchPlan).where(LaunchPlan.state == RUNNING).order_by(LaunchPlan.id.desc()).limit(1))


def tasks(session: GuardedSession, plan_id: str, owner_id: str | None = None) -> list[Task]:
    """All tasks of a plan, or one owner's, by day. One statement."""
    whose = (LaunchTask.owner_id == owner_id,) if owner_id else ()
    return _read(session, LaunchTask.plan_id == plan_id, *whose)


def one(session: GuardedSession, task_id: str) -> Task | None:
    """One of them. One statement."""
    return next(iter(_read(session, LaunchTask.id == task_id)), None)


def told_together(session: GuardedSession, owner_id: str, told_on: date) -> list[Task]:
    """The tasks that an owner was last written to about on that day, by day. One statement."""
    return _read(session, LaunchTask.owner_id == owner_id, LaunchTask.told_on == told_on)


def _read(session: GuardedSession, *conditions: ColumnElement[bool]) -> list[Task]:
    session.flush()
    query = (
        select(LaunchTask, Person)
        .join(Person, Person.id == LaunchTask.owner_id)
        .where(*conditions)
        .order_by(LaunchTask.due_on, LaunchTask.created_at, LaunchTask.id)
        .execution_options(populate_existing=True)
    )
    return [_value(row, owner) for row, owner in session.execute(query)]


def _value(row: LaunchTask, owner: Person) -> Task:
    return Task(
        id=row.id,
        phase=Phase(row.phase),
        part=Part(row.part),
        function=Function(row.function) if row.function else None,
        title=row.title,
        planned=row.planned_on,
        due=row.due_on,
        owner_id=row.owner_id,
        owner=owner.name,
        owner_slack_id=owner.slack_user_id,
        owner_is_here=owner.standing == Standing.MEMBER.value and owner.slack_user_id is not None,
        place=row.place,
        words=row.words,
        state=State(row.state),
        done_on=row.done_on,
        version=row.version,
    )


def locked(session: GuardedSession, task_id: str) -> LaunchTask | None:
    """The row, held until the transaction ends: of two who change it at once one does."""
    lock = {"key_share": True}
    return session.get(LaunchTask, (session.workspace_id, task_id), with_for_update=lock, populate_existing=True)


def open_rows(session: GuardedSession, plan_id: str) -> Sequence[tuple[LaunchTask, Person]]:
    """The open tasks of a plan with their owners, by day. One statement."""
    query = (
        select(LaunchTask, Person)
        .join(Person, Person.id == LaunchTask.owner_id)
        .where(LaunchTask.plan_id == plan_id, LaunchTask.state == State.OPEN.value)
        .order_by(LaunchTask.due_on, LaunchTask.id)
    )
    return [(row, owner) for row, owner in session.execute(query)]


def leads_by_function(session: GuardedSession) -> dict[Function, str]:
    """Who has most people of each function: the one that a manager's part falls to. One statement."""
    members = (Person.standing == Standing.MEMBER.value, Person.manager_id.is_not(None), Person.function.is_not(None))
    query = select(Person.function, Person.manager_id, func.count()).where(*members)
    counted = defaultdict[Function, list[tuple[int, str]]](list)
    for function, manager_id, people in session.execute(query.group_by(Person.function, Person.manager_id)):
        if function and manager_id:
            counted[Function(function)].append((-people, manager_id))
    return {function: min(found)[1] for function, found in counted.items()}


def goals(session: GuardedSession, quarter: date) -> Goals:
    """How many teams have agreed on the goals of a quarter, and how many have been asked. One statement."""
    query = select(TeamGoal.state, func.count()).where(TeamGoal.quarter == quarter).group_by(TeamGoal.state)
    found = {row[0]: row[1] for row in session.execute(query)}
    agreed = found.get(GoalState.AGREED.value, 0)
    return Goals(agreed, sum(found.get(state.value, 0) for state in UNDECIDED))


def glance_columns(person_id: str, today: date) -> dict[str, ColumnElement[Any]]:
    """How far the running plan is, and somebody's own part in it, as columns."""
    here = LaunchTask.plan_id.in_(select(LaunchPlan.id).where(LaunchPlan.state == RUNNING))
    is_open = LaunchTask.state == State.OPEN.value
    counts = LaunchTask.state != State.LEFT_OUT.value
    own = (here, is_open, LaunchTask.owner_id == person_id)
    number, first = select(func.count(LaunchTask.id)), select(func.min(LaunchTask.due_on))
    return {
        "plan": select(LaunchPlan.workspace_id).where(LaunchPlan.state == RUNNING).exists(),
        "plan total": number.where(here, counts).scalar_subquery(),
        "plan open": number.where(here, is_open).scalar_subquery(),
        "plan late": number.where(here, is_open, LaunchTask.due_on < today).scalar_subquery(),
        "plan next": first.where(here, is_open).scalar_subquery(),
        "plan own": number.where(*own).scalar_subquery(),
        "plan own next": first.where(*own).scalar_subquery(),
    }


def progress_in(row: Mapping[str, Any]) -> Progress | None:
    """How far the plan is, by those columns; None: there is none."""
    if not row["plan"]:
        return None
    total, still_open = row["plan total"] or 0, row["plan open"] or 0
    return Progress(total - still_open, total, row["plan late"] or 0, row["plan next"])
