"""Teams' goals for a quarter: proposing them, agreeing on them, and what Home and the overview show of them.

What time brings (telling channels, closing a quarter) is in steps.team_goal_times.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import permissions, quarters
from domain.errors import NotFound, RuleError
from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.people import Actor, Function
from domain.permissions import Action, Relation
from domain.settings import Settings
from domain.team_goals import (
    MOST_GOALS,
    Goal,
    Move,
    Numbers,
    Overview,
    State,
    after,
    check_quarter,
    check_team,
    check_version,
    found,
)
from domain.time_zones import zone_of
from domain.value import Period
from steps.checks import colleague
from steps.periods import bounds
from storage import audit, nudges, outbox, settings, team_goals
from storage.guard import GuardedSession
from storage.people import Person
from storage.team_goals import TeamGoal
from storage.workspaces import Workspace
from views import team_goal_messages as messages


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form of a goal says. `function` None: the people of the manager."""

    quarter: date
    function: Function | None
    manager_slack_id: str | None
    wanted: Numbers
    channel: str | None


def goals_of(session: GuardedSession, quarter: date, known: Settings) -> list[Goal]:
    """All goals of a quarter with what there is of them. One statement."""
    return team_goals.of_quarter(session, quarter, *_bounds(quarter, known))


def _bounds(quarter: date, known: Settings) -> tuple[datetime, datetime]:
    period = Period(quarter, quarters.after(quarter) - timedelta(days=1))
    return bounds(period, known.time_zone)


def this_quarter(moment: Moment, known: Settings) -> date:
    """The first day of the present quarter on the workspace's calendar."""
    return quarters.quarter_of(moment.now.astimezone(zone_of(known.time_zone)).date())


def in_home(session: GuardedSession, actor: Actor, moment: Moment) -> Overview:
    """What this person answers for, and what their team and function have agreed on. One statement."""
    known = settings.load(session)
    quarter = this_quarter(moment, known)
    goals = team_goals.of_person(session, actor.person_id, quarter, *_bounds(quarter, known))
    plans = permissions.may(actor, Action.PROPOSE_GOALS)
    return Overview(quarter, goals, actor.person_id, plans)


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Overview:
    """Every team's goals of this quarter, or for others what concerns them. Raises NotAllowed where nothing does."""
    own = in_home(session, actor, moment)
    if permissions.may(actor, Action.SEE_GOALS):
        known = settings.load(session)
        return Overview(own.quarter, goals_of(session, own.quarter, known), actor.person_id, own.plans)
    if not own.goals:
        permissions.check(actor, Action.SEE_GOALS)
    return own


def send_chart(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    """Send whoever asks what they see, with a chart. Raises NotAllowed."""
    message = messages.chart(seen(session, actor, moment))
    outbox.put(session, moment, Kind.GOAL_NEWS, actor.slack_user_id, message, subjects=[actor.person_id])


def draft(session: GuardedSession, actor: Actor, moment: Moment, goal_id: str | None) -> tuple[date, Goal | None]:
    """What the form opens with: the quarter, and the goal that is changed. Raises NotAllowed, NotFound."""
    permissions.check(actor, Action.PROPOSE_GOALS)
    known = settings.load(session)
    quarter = this_quarter(moment, known)
    return quarter, found(goals_of(session, quarter, known), goal_id) if goal_id else None


def propose(
    session: GuardedSession, actor: Actor, moment: Moment, said: Draft, goal_id: str | None, version: int
) -> None:
    """Propose a goal, new or changed, and ask its manager.

    Raises NotAllowed, RuleError at the fields, when the quarter is over or somebody changed the goal meanwhile.
    """
    permissions.check(actor, Action.PROPOSE_GOALS)
    known = settings.load(session)
    check_quarter(said.quarter, this_quarter(moment, known))
    if not said.manager_slack_id:
        raise RuleError("Who agrees to it?", {"manager": "Please pick the colleague who answers for this team."})
    manager = colleague(session, said.manager_slack_id, "manager")
    function = said.function.value if said.function else None
    check_team(team_goals.how_many_in(session, function, manager.id), said.function)
    # Two leaders who think of the same team at once: the second one finds the first one's goal.
    session.get_one(Workspace, session.workspace_id, with_for_update={"key_share": True})
    row = _row_for(session, said, function or manager.id, goal_id, version)
    before = _said(row) if row else None
    if row is None:
        row = TeamGoal(id=moment.new_id(), quarter=said.quarter, created_at=moment.now, version=0)
        session.add(row)
    elif row.manager_id != manager.id:
        _tell_no_longer_asked(session, moment, row)
    row.state = (after(State(row.state), Move.PROPOSE) if before else State.PROPOSED).value
    row.team, row.function, row.manager_id = function or manager.id, function, manager.id
    row.proposed_by_id, row.wanted, row.answer = actor.person_id, list(said.wanted), None
    row.place = said.channel or _usual_place(session, function)
    row.version += 1
    what = "team_goal.changed" if before else "team_goal.proposed"
    audit.record(session, moment, actor.person_id, what, ("team_goal", row.id), before=before, after=_said(row))
    _show(session, moment, row, known)


def _row_for(session: GuardedSession, said: Draft, team: str, goal_id: str | None, version: int) -> TeamGoal | None:
    """The row that a form is about; one that was taken back is used again. Raises RuleError."""
    there = team_goals.of_team(session, said.quarter, team)
    if goal_id is None:
        if there is not None and there.state != State.WITHDRAWN.value:
            words = "This team has a goal for this quarter already. Please change that one."
            raise RuleError(words, {"team": words})
        if there is None and team_goals.how_many(session, said.quarter) >= MOST_GOALS:
            raise RuleError(f"There are {MOST_GOALS} goals for this quarter already. Please take one back first.")
        return there
    row = _here(session, goal_id)
    if there is not None and there.id != row.id:
        words = "This team has a goal for this quarter already. Please change that one."
        raise RuleError(words, {"team": words})
    check_version(version, row.version)
    return row


def _usual_place(session: GuardedSession, function: str | None) -> str | None:
    """Where the function gets its nudges; a manager's team has no channel that is known."""
    plan = nudges.plan_of(session, function) if function else None
    return plan.place if plan is not None else None


def agree(session: GuardedSession, actor: Actor, moment: Moment, goal_id: str, version: int) -> None:
    """The manager says yes to the figures they saw. Raises NotAllowed, RuleError."""
    row = _own(session, actor, goal_id)
    _moved(session, actor, moment, row, Move.AGREE, version)


def answer(session: GuardedSession, actor: Actor, moment: Moment, goal_id: str, version: int, instead: Numbers) -> None:
    """The manager would rather have other figures. Raises NotAllowed, RuleError."""
    row = _own(session, actor, goal_id)
    if list(instead) == row.wanted and row.state == State.PROPOSED.value:
        _moved(session, actor, moment, row, Move.AGREE, version)  # the same figures are a yes
        return
    _moved(session, actor, moment, row, Move.ANSWER, version, answer=list(instead))


def asked(session: GuardedSession, actor: Actor, _moment: Moment, goal_id: str) -> Goal:
    """One's own goal, for the form that names other figures. Raises NotAllowed, NotFound."""
    _own(session, actor, goal_id, lock=False)
    return _goal(session, goal_id, settings.load(session))


def accept(session: GuardedSession, actor: Actor, moment: Moment, goal_id: str, version: int) -> None:
    """The leader takes the manager's figures. Raises NotAllowed, RuleError."""
    permissions.check(actor, Action.PROPOSE_GOALS)
    row = _here(session, goal_id)
    _moved(session, actor, moment, row, Move.ACCEPT, version, wanted=row.answer)


def withdraw(session: GuardedSession, actor: Actor, moment: Moment, goal_id: str, version: int) -> None:
    """The leader takes it back. Raises NotAllowed, RuleError."""
    permissions.check(actor, Action.PROPOSE_GOALS)
    _moved(session, actor, moment, _here(session, goal_id), Move.WITHDRAW, version)


def _moved(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    row: TeamGoal,
    move: Move,
    version: int,
    *,
    wanted: list[int] | None = None,
    answer: list[int] | None = None,
) -> None:
    known = settings.load(session)
    check_quarter(row.quarter, this_quarter(moment, known))
    state = after(State(row.state), move)
    check_version(version, row.version)
    before = _said(row)
    row.state, row.version = state.value, row.version + 1
    row.wanted, row.answer = wanted or row.wanted, answer
    what = f"team_goal.{state.value}"
    audit.record(session, moment, actor.person_id, what, ("team_goal", row.id), before=before, after=_said(row))
    goal = _show(session, moment, row, known)
    if actor.person_id != row.proposed_by_id and move in (Move.AGREE, Move.ANSWER):
        _tell_proposer(session, moment, row, messages.news(goal))


def _own(session: GuardedSession, actor: Actor, goal_id: str, *, lock: bool = True) -> TeamGoal:
    """The goal of whoever answers for it. Raises NotAllowed, NotFound."""
    row = _here(session, goal_id, lock=lock, missing_for=actor)
    relations = [Relation.MANAGER_OF] if row.manager_id == actor.person_id else []
    permissions.check(actor, Action.ANSWER_GOAL, relations)
    return row


def _here(session: GuardedSession, goal_id: str, *, lock: bool = True, missing_for: Actor | None = None) -> TeamGoal:
    row = team_goals.locked(session, goal_id) if lock else session.get(TeamGoal, (session.workspace_id, goal_id))
    if row is None:
        if missing_for is not None:
            permissions.check(missing_for, Action.ANSWER_GOAL)
        raise NotFound("This goal isn't there any more.")
    return row


def _goal(session: GuardedSession, goal_id: str, known: Settings) -> Goal:
    """One of them as it stands. Raises NotFound."""
    row = _here(session, goal_id, lock=False)
    goal = team_goals.one(session, goal_id, *_bounds(row.quarter, known))
    if goal is None:
        raise NotFound("This goal isn't there any more.")
    return goal


def _show(session: GuardedSession, moment: Moment, row: TeamGoal, known: Settings) -> Goal:
    """Keep the manager's message up to date; answers the goal as it is now."""
    session.flush()
    goal = _goal(session, row.id, known)
    proposer = session.get_one(Person, (session.workspace_id, row.proposed_by_id))
    message = messages.ask(goal, proposer.slack_user_id)
    subjects = [row.manager_id, row.proposed_by_id]
    outbox.put(session, moment, Kind.GOAL, goal.manager_slack_id or "", message, subjects=subjects, slot=slot_of(row))
    return goal


def slot_of(row: TeamGoal) -> str:
    """The message to the manager, which stays current."""
    return f"goal:{row.id}:{row.manager_id}"


def _tell_no_longer_asked(session: GuardedSession, moment: Moment, row: TeamGoal) -> None:
    earlier = session.get_one(Person, (session.workspace_id, row.manager_id))
    message = messages.no_longer_asked(row.quarter)
    target = earlier.slack_user_id or ""
    outbox.put(session, moment, Kind.GOAL, target, message, subjects=[earlier.id], slot=slot_of(row))


def _tell_proposer(session: GuardedSession, moment: Moment, row: TeamGoal, message: Rendered) -> None:
    proposer = session.get_one(Person, (session.workspace_id, row.proposed_by_id))
    if proposer.slack_user_id:
        subjects = [proposer.id, row.manager_id]
        outbox.put(session, moment, Kind.GOAL_NEWS, proposer.slack_user_id, message, subjects=subjects)


def _said(row: TeamGoal) -> Mapping[str, object]:
    return {
        "state": row.state,
        "manager": row.manager_id,
        "wanted": row.wanted,
        "answer": row.answer,
        "place": row.place,
    }
