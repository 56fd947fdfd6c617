"""Teams' goals for a quarter, with what there is of them so far. Decides nothing about who may see them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Index, Select, String, UniqueConstraint, and_, distinct, func, or_, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column
from sqlalchemy.types import JSON

from domain.people import Function, Standing
from domain.requests import State as RequestState
from domain.team_goals import LIVE, Goal, Numbers, State
from storage.advocates import Advocate
from storage.audit import Audit
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.people import Person
from storage.requests import Request

CONFIRMED = "advocate.verified"
"""What the audit calls it when somebody says that a profile is still right."""


class TeamGoal(TenantRow, Base):
    """One team's goal for a quarter (its first day). `team` is the function's name, or the id of the manager whose
    people it is. Figures stand in the order of the measures; `result` from the end of the quarter on. `told_in` is the
    first day of the last month in which the channel was told."""

    __tablename__ = "team_goal"
    __table_args__ = (
        UniqueConstraint("workspace_id", "quarter", "team"),
        within("manager_id", "person"),
        within("proposed_by_id", "person"),
        Index(None, "workspace_id", "state", "quarter"),
    )

    quarter: Mapped[date]
    team: Mapped[str] = mapped_column(String(32))
    function: Mapped[str | None] = mapped_column(String(32))
    manager_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    proposed_by_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    state: Mapped[str] = mapped_column(String(16))
    wanted: Mapped[list[int]] = mapped_column(JSON)
    answer: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    result: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    place: Mapped[str | None] = mapped_column(String(64))
    told_in: Mapped[date | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


def of_quarter(session: GuardedSession, quarter: date, since: datetime, until: datetime) -> list[Goal]:
    """All of a quarter (which lasts from `since` to before `until`) but those taken back. One statement."""
    return _read(session, since, until, TeamGoal.quarter == quarter, TeamGoal.state != State.WITHDRAWN.value)


def of_person(session: GuardedSession, person_id: str, quarter: date, since: datetime, until: datetime) -> list[Goal]:
    """Those that this person answers for, and the agreed ones of their own team and function. One statement."""
    own = select(Person.function, Person.manager_id).where(Person.id == person_id).subquery()
    theirs = or_(TeamGoal.team.in_(select(own.c.function)), TeamGoal.team.in_(select(own.c.manager_id)))
    agreed = TeamGoal.state.in_([State.AGREED.value, State.CLOSED.value])
    concerns = or_(TeamGoal.manager_id == person_id, and_(theirs, agreed))
    return _read(session, since, until, TeamGoal.quarter == quarter, concerns, TeamGoal.state != State.WITHDRAWN.value)


def one(session: GuardedSession, goal_id: str, since: datetime, until: datetime) -> Goal | None:
    """One of them, with what there is of it in its quarter. One statement."""
    return next(iter(_read(session, since, until, TeamGoal.id == goal_id)), None)


def how_many(session: GuardedSession, quarter: date) -> int:
    """How many there are for a quarter, but those taken back. One statement."""
    there = (TeamGoal.quarter == quarter, TeamGoal.state != State.WITHDRAWN.value)
    return session.scalar(select(func.count()).select_from(TeamGoal).where(*there)) or 0


def _read(session: GuardedSession, since: datetime, until: datetime, *conditions: ColumnElement[bool]) -> list[Goal]:
    session.flush()
    manager = aliased(Person)
    query = (
        select(
            TeamGoal,
            manager.name,
            manager.slack_user_id,
            _activated(since, until).label("activated"),
            _verified(since, until).label("verified"),
            _fulfilled(since, until).label("fulfilled"),
        )
        .join(manager, manager.id == TeamGoal.manager_id)
        .where(*conditions)
        .order_by(TeamGoal.function.is_(None), TeamGoal.function, manager.name, TeamGoal.id)
        .execution_options(populate_existing=True)
    )
    return [
        _value(row.TeamGoal, row.name, row.slack_user_id, (row.activated, row.verified, row.fulfilled))
        for row in session.execute(query)
    ]


def _members() -> Select[str]:
    """The ids of those who are in the team of a goal."""
    member = aliased(Person)
    in_function = and_(TeamGoal.function.is_not(None), member.function == TeamGoal.function)
    of_manager = and_(TeamGoal.function.is_(None), member.manager_id == TeamGoal.manager_id)
    return select(member.id).where(or_(in_function, of_manager)).correlate(TeamGoal)


def _activated(since: datetime, until: datetime) -> ColumnElement[int]:
    return (
        select(func.count(Advocate.id))
        .join(Nomination, Advocate.nomination_id == Nomination.id)
        .where(Advocate.published_at >= since, Advocate.published_at < until, Nomination.nominator_id.in_(_members()))
        .correlate(TeamGoal)
        .scalar_subquery()
    )


def _verified(since: datetime, until: datetime) -> ColumnElement[int]:
    confirmed = (Audit.subject_type == "advocate", Audit.action == CONFIRMED, Audit.at >= since, Audit.at < until)
    counted = select(func.count(distinct(Audit.subject_id))).where(*confirmed, Audit.actor_id.in_(_members()))
    return counted.correlate(TeamGoal).scalar_subquery()


def _fulfilled(since: datetime, until: datetime) -> ColumnElement[int]:
    # `since` and `until` are the beginnings of days on the workspace's clock, with their offset.
    held = (Request.state == RequestState.COMPLETED.value, Request.completed_on >= since.date())
    part = (Request.requester_id, Request.owner_id, Request.taken_by_id)
    counted = select(func.count(Request.id)).where(*held, Request.completed_on < until.date())
    return counted.where(or_(*(one.in_(_members()) for one in part))).correlate(TeamGoal).scalar_subquery()


def _value(row: TeamGoal, manager: str, slack_id: str | None, so_far: Numbers) -> Goal:
    return Goal(
        id=row.id,
        quarter=row.quarter,
        team=Function(row.function) if row.function else None,
        manager_id=row.manager_id,
        manager=manager,
        manager_slack_id=slack_id,
        state=State(row.state),
        wanted=_three(row.wanted),
        done=_three(row.result) if row.result is not None else so_far,
        answer=_three(row.answer) if row.answer is not None else None,
        place=row.place,
        version=row.version,
    )


def _three(figures: Sequence[int]) -> Numbers:
    first, second, third = figures
    return first, second, third


def locked(session: GuardedSession, goal_id: str) -> TeamGoal | None:
    """The row, held until the transaction ends: of two who answer at once one does."""
    lock = {"key_share": True}
    return session.get(TeamGoal, (session.workspace_id, goal_id), with_for_update=lock, populate_existing=True)


def of_team(session: GuardedSession, quarter: date, team: str) -> TeamGoal | None:
    """A team's goal for a quarter, taken back or not."""
    return session.scalar(select(TeamGoal).where(TeamGoal.quarter == quarter, TeamGoal.team == team))


def quarters_to_close(session: GuardedSession, quarter: date) -> list[date]:
    """The quarters before this one in which something is still open. One statement."""
    open_ones = TeamGoal.state.in_([one.value for one in LIVE])
    query = select(TeamGoal.quarter).where(open_ones, TeamGoal.quarter < quarter).distinct()
    return list(session.scalars(query.order_by(TeamGoal.quarter)))


def to_tell(session: GuardedSession, quarter: date, before: date, month: date) -> dict[str, list[str]]:
    """The ids of goals whose channel was not told this month, by channel: agreed ones of this quarter, and results of
    the quarter before. One statement."""
    present = and_(TeamGoal.state == State.AGREED.value, TeamGoal.quarter == quarter)
    past = and_(TeamGoal.state == State.CLOSED.value, TeamGoal.quarter == before)
    untold = or_(TeamGoal.told_in.is_(None), TeamGoal.told_in < month)
    query = select(TeamGoal.place, TeamGoal.id).where(
        TeamGoal.place.is_not(None), untold, or_(present, past if month == quarter else present)
    )
    found: dict[str, list[str]] = {}
    for place, goal_id in session.execute(query.order_by(TeamGoal.place, TeamGoal.id)):
        if place is not None:
            found.setdefault(place, []).append(goal_id)
    return found


def note_told(session: GuardedSession, goal_ids: Sequence[str], month: date) -> None:
    """Their channel was told. One statement."""
    session.execute(
        update(TeamGoal)
        .where(TeamGoal.id.in_(goal_ids))
        .values(told_in=month)
        .execution_options(synchronize_session=False)
    )


def how_many_in(session: GuardedSession, function: str | None, manager_id: str) -> int:
    """How many full members a team has. One statement."""
    of_team_ = Person.function == function if function else Person.manager_id == manager_id
    query = select(func.count()).select_from(Person).where(of_team_, Person.standing == Standing.MEMBER.value)
    return session.scalar(query) or 0


def proposers(session: GuardedSession, goal_ids: Sequence[str]) -> dict[str, str | None]:
    """The Slack ids of those who proposed these goals. One statement."""
    query = select(TeamGoal.id, Person.slack_user_id).join(Person, Person.id == TeamGoal.proposed_by_id)
    return {row.id: row.slack_user_id for row in session.execute(query.where(TeamGoal.id.in_(goal_ids)))}
