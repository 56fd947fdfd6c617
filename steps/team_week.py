"""Telling the advocacy team on Mondays how its week was and what waits. Decides no figure."""

from datetime import datetime, timedelta

from domain import permissions
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.settings import Settings
from domain.team_week import WORDS_LIMIT, Week, week_before
from domain.time_zones import zone_of
from steps.checks import optional
from steps.periods import bounds
from steps.progress import TEAM_CHANNEL
from storage import audit, outbox, settings, team_week
from storage.guard import GuardedSession
from views import team_week as view


def send_weekly(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Post the week before in the team's channel. Silent where nothing happened and nothing waits."""
    found = read(session, moment, known)
    if found.says_something:
        outbox.put(session, moment, Kind.TEAM_WEEK, TEAM_CHANNEL, view.message(found, moment.now, None, None))
    return False


def read(session: GuardedSession, moment: Moment, known: Settings) -> Week:
    """The last whole week on the workspace's calendar. Two statements."""
    period = week_before(moment.now.astimezone(zone_of(known.time_zone)).date())
    since, until = bounds(period, known.time_zone)
    before = bounds(period.before() or period, known.time_zone)
    done, earlier, waiting = team_week.read(session, _times(moment, known, since, until), before)
    return Week(period, done, earlier, waiting)


def _times(moment: Moment, known: Settings, since: datetime, until: datetime) -> team_week.Times:
    numbers = known.numbers
    return team_week.Times(
        since,
        until,
        review_goal=moment.now - timedelta(days=numbers["review_goal_days"]),
        verified=moment.now - timedelta(days=numbers["verify_days"]),
        request_goal=timedelta(hours=numbers["request_goal_hours"]),
        today=moment.now.astimezone(zone_of(known.time_zone)).date(),
    )


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Week:
    """The same for whoever may see it. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_QUEUE)
    return read(session, moment, settings.load(session))


def send_now(session: GuardedSession, actor: Actor, moment: Moment, words: str) -> None:
    """Post it in the team's channel with these words on top. Raises RuleError at `words`, NotAllowed."""
    permissions.check(actor, Action.SEE_QUEUE)
    said = optional(words, WORDS_LIMIT, "words")
    message = view.message(read(session, moment, settings.load(session)), moment.now, said, actor.slack_user_id)
    outbox.put(session, moment, Kind.TEAM_WEEK, TEAM_CHANNEL, message, subjects=[actor.person_id])
    audit.record(session, moment, actor.person_id, "team_week.sent", ("workspace", session.workspace_id))
