"""The table of everything that time brings: what runs, when, and what is done about a time that was missed.

Decides the schedule; each job is a function that takes a session, the moment and the workspace's settings, changes
rows and puts messages into the outbox, in the same transaction as the note that it ran. A further job is one line
in JOBS and one function:

    Job("review digest", on("mon-fri", time(9)), review.digest, Missed.SKIP, speaks=True)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from domain.moment import Moment
from domain.retention import MESSAGES
from domain.settings import Settings
from schedules.times import LOOK_BACK, Wall, daily, hourly, may_speak, on, quarter_hourly
from steps import (
    account_risk,
    assets,
    campaign_sending,
    conversations,
    digest,
    erasing,
    findable,
    freshness,
    health,
    launch_plan_times,
    mechanism_days,
    monthly_thanks,
    nudges,
    onboarding,
    pulse_clock,
    request_timers,
    retention,
    saved_searches,
    self_checks,
    team_goal_times,
    team_week,
    value,
    waiting,
)
from storage import drafts, import_progress, occurrences, outbox, receipts, undelivered
from storage.database import leave_no_copy
from storage.guard import GuardedSession

RECEIPTS_KEPT = timedelta(days=3)
"""Slack delivers an event again within the hour; a socket's backlog was never seen to be a day old."""

_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)

Run = Callable[[GuardedSession, Moment, Settings], bool]
"""A job in one workspace. True asks for a further transaction at once: jobs over many rows go in small steps."""


Coming = Callable[[GuardedSession, datetime, Settings], datetime | None]
"""The first instant after this one at which a job will have something to do."""


class Missed(Enum):
    """What is done about a time at which nothing ran, because everything was down."""

    CATCH_UP = "run once for all that was missed"
    SKIP = "leave it: it would come at the wrong time"


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table. A job that `speaks` runs only between 06:00 and 20:00 of the workspace's own time.

    A calendar that is moved forward stops at each time of a job that is in the `calendar`; others run in passing.
    """

    name: str
    due: Wall
    run: Run
    missed: Missed
    speaks: bool = False
    calendar: bool = True
    errand: str | None = None
    """What is done after the note that it ran, outside of the database: one of the names that the ticker was given."""
    coming: Coming | None = None
    """For a job that mostly finds nothing to do: when it next will, for a calendar that is moved forward."""

    def __post_init__(self) -> None:
        times = self.due.instants(ZoneInfo("UTC"), _SOME_DAY, _SOME_DAY + LOOK_BACK)
        if self.speaks and not any(may_speak(ZoneInfo("UTC"), instant) for instant in times):
            raise ValueError(f"{self.name} would never be allowed to speak")


def purge(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Forget what has served: receipts, messages' bodies, old occurrences."""
    leave_no_copy(session)
    receipts.forget_before(session, moment.now - RECEIPTS_KEPT)
    drafts.forget_before(session, moment.now - RECEIPTS_KEPT)
    occurrences.forget(session, moment.now)
    nudges.tidy(session, moment)
    import_progress.forget(session, moment.now)
    return undelivered.purge(session, moment.now, moment.now - timedelta(days=settings.numbers[MESSAGES]))


def errand(_session: GuardedSession, _moment: Moment, _settings: Settings) -> bool:
    """Nothing in the database: the job is its errand, and asks for that once."""
    return True


def try_held(session: GuardedSession, moment: Moment, _settings: Settings) -> bool:
    """Try what waits for a channel: the event that it was mended may have passed us by."""
    outbox.release_held(session, moment)
    return False


def nudge(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Welcome newcomers, then send the nudge of the week: that is the order in which the budget is theirs."""
    return onboarding.run(session, moment, settings) or nudges.run(session, moment, settings)


def coming_nudge(session: GuardedSession, now: datetime, settings: Settings) -> datetime | None:
    """When somebody's time for a nudge comes; none while they are paused."""
    found = [] if settings.nudges_paused else [onboarding.coming(session, now), nudges.coming(session, now)]
    return min((time for time in found if time is not None), default=None)


JOBS: tuple[Job, ...] = (
    Job("purge", daily(time(3, 10)), purge, Missed.CATCH_UP),
    Job("retention", daily(time(3, 30)), retention.run, Missed.CATCH_UP),
    Job("program health", daily(time(4, 40)), health.keep, Missed.CATCH_UP),
    Job("business value", daily(time(4, 45)), value.keep, Missed.CATCH_UP),
    Job("census", daily(time(4, 20)), errand, Missed.SKIP, calendar=False, errand="census"),
    Job("crm", hourly(52), errand, Missed.CATCH_UP, calendar=False, errand="crm"),
    Job("expire nominations", daily(time(9, 10)), waiting.expire, Missed.CATCH_UP, speaks=True),
    Job("review digest", on("mon-fri", time(9)), waiting.digest, Missed.SKIP, speaks=True),
    Job("approvals that end", on("mon", time(9, 15)), assets.tell_of_ends, Missed.SKIP, speaks=True),
    Job("profiles to check", daily(time(9, 30)), freshness.ask, Missed.CATCH_UP, speaks=True),
    Job("accounts at risk", hourly(12), account_risk.tell, Missed.CATCH_UP, speaks=True, calendar=False),
    Job("accounts at risk today", daily(time(9, 35)), account_risk.tell, Missed.CATCH_UP, speaks=True),
    Job("profiles nobody confirms", on("mon", time(9, 25)), freshness.tell_team, Missed.SKIP, speaks=True),
    Job("requests", hourly(5), request_timers.run, Missed.CATCH_UP, speaks=True, calendar=False),
    Job("requests of the day", daily(time(9, 20)), request_timers.run, Missed.CATCH_UP, speaks=True),
    Job("request digest", on("mon-fri", time(9, 5)), request_timers.digest, Missed.SKIP, speaks=True),
    Job("free again", daily(time(9, 40)), saved_searches.tell_of_freed, Missed.CATCH_UP, speaks=True),
    Job("team week", on("mon", time(9, 20)), team_week.send_weekly, Missed.SKIP, speaks=True),
    Job("monthly digest", on("mon-fri", time(9, 55)), digest.send_monthly, Missed.SKIP, speaks=True),
    Job("monthly thanks", on("mon-fri", time(9, 57)), monthly_thanks.draft, Missed.SKIP, speaks=True),
    Job("self-checks", on("mon-fri", time(9, 50)), self_checks.ask, Missed.CATCH_UP, speaks=True),
    Job("team goals", on("mon-fri", time(10, 5)), team_goal_times.run, Missed.CATCH_UP, speaks=True),
    Job("launch plan", on("mon-fri", time(9, 10)), launch_plan_times.remind, Missed.CATCH_UP, speaks=True),
    Job("launch posts", hourly(47), launch_plan_times.post, Missed.CATCH_UP, speaks=True, calendar=False),
    Job("launch posts of the day", daily(time(9)), launch_plan_times.post, Missed.CATCH_UP, speaks=True),
    Job("conversations", on("mon-fri", time(9, 12)), conversations.remind, Missed.CATCH_UP, speaks=True),
    Job("conversations to forget", daily(time(3, 20)), conversations.forget, Missed.CATCH_UP),
    Job("pulses", quarter_hourly(), pulse_clock.run, Missed.CATCH_UP, calendar=False, coming=pulse_clock.coming),
    Job("nudges", quarter_hourly(), nudge, Missed.CATCH_UP, calendar=False, coming=coming_nudge),
    Job("erasures", quarter_hourly(), erasing.go_on, Missed.CATCH_UP, calendar=False),
    Job("profiles to find", hourly(27), findable.renew, Missed.CATCH_UP, calendar=False),
    Job("campaigns", hourly(37), campaign_sending.run, Missed.CATCH_UP, speaks=True, calendar=False),
    Job("campaigns of the day", daily(time(9, 45)), campaign_sending.run, Missed.CATCH_UP, speaks=True),
    Job("programs", daily(time(9, 42)), mechanism_days.run, Missed.CATCH_UP, speaks=True),
    Job("try held messages", hourly(17), try_held, Missed.SKIP, speaks=True, calendar=False),
)
"""All jobs."""
