"""What time brings to teams' goals: their channels are told once a month, and a quarter that is over is closed."""

from datetime import date

from domain import quarters
from domain.messages import Kind
from domain.moment import Moment
from domain.settings import ChannelRole, Settings
from domain.team_goals import MOVES, Goal, Move, State, after
from domain.time_zones import zone_of
from steps import unasked
from steps.campaign_sending import channel_has_room
from steps.team_goals import goals_of, slot_of
from storage import audit, outbox, team_goals
from storage.guard import GuardedSession
from storage.outbox import TO_CHANNEL_ROLE
from views import team_goal_messages as messages


def run(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Close the quarters that are over, then tell the channels whose week has room."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    quarter = quarters.quarter_of(today)
    for over in team_goals.quarters_to_close(session, quarter):
        _close(session, moment, known, over)
    if not known.nudges_paused:
        _tell_channels(session, moment, known, today)
    return False


def _close(session: GuardedSession, moment: Moment, known: Settings, quarter: date) -> None:
    """Keep what came of each, and tell its manager and whoever proposed it."""
    goals = goals_of(session, quarter, known)
    proposers = team_goals.proposers(session, [goal.id for goal in goals])
    for goal in goals:
        row = team_goals.locked(session, goal.id)
        if row is None or (State(row.state), Move.CLOSE) not in MOVES:
            continue
        was = State(row.state)
        state = after(was, Move.CLOSE)
        row.state, row.result, row.closed_at = state.value, list(goal.done), moment.now
        row.version += 1
        what, result = f"team_goal.{state.value}", {"state": state.value, "result": row.result}
        audit.record(session, moment, None, what, ("team_goal", row.id), before={"state": was.value}, after=result)
        message = messages.result(goal, state)
        subjects = [row.manager_id, row.proposed_by_id]
        if goal.manager_slack_id:
            slot = slot_of(row) if state is State.LAPSED else None
            outbox.put(session, moment, Kind.GOAL_NEWS, goal.manager_slack_id, message, subjects=subjects, slot=slot)
        proposer = proposers.get(goal.id)
        if proposer and proposer != goal.manager_slack_id:
            outbox.put(session, moment, Kind.GOAL_NEWS, proposer, message, subjects=subjects)


def _tell_channels(session: GuardedSession, moment: Moment, known: Settings, today: date) -> None:
    """One message for all goals of a channel; a channel that got something this week is told in a later one."""
    quarter, month = quarters.quarter_of(today), today.replace(day=1)
    before = quarters.before(quarter)
    places = team_goals.to_tell(session, quarter, before, month)
    if not places:
        return
    by_id = {goal.id: goal for one in (before, quarter) for goal in goals_of(session, one, known)}
    ledger = unasked.ledger(session, moment)
    for place, ids in places.items():
        if channel_has_room(ledger, channel_of(place, known), today, known):
            some: list[Goal] = [by_id[goal_id] for goal_id in ids]
            subjects = [goal.manager_id for goal in some]
            outbox.put(session, moment, Kind.GOAL_POST, place, messages.post(some), subjects=subjects)
            team_goals.note_told(session, ids, month)


def channel_of(place: str, known: Settings) -> str:
    """The channel that a place means now, or the place where nobody has chosen one."""
    if not place.startswith(TO_CHANNEL_ROLE):
        return place
    return known.channels.get(ChannelRole(place.removeprefix(TO_CHANNEL_ROLE))) or place
