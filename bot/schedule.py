"""`everboard schedule`: what time brings and when, and running one of it now. Decides nothing about the times."""

from collections.abc import Iterator
from datetime import datetime
from typing import TextIO

from domain.errors import RuleError
from domain.moment import Moment
from domain.time_zones import zone_of
from schedules.clock import STEPS
from schedules.jobs import JOBS, Job
from storage import occurrences, settings
from storage.database import Database
from storage.guard import GuardedSession

ELSEWHERE = {
    "census": "“census” asks Slack, so only `everboard serve` can run it.",
    "crm": "“crm” is no matter of the database alone: run `everboard crm read`.",
}
"""Where to do what this command cannot."""


def listed(db: Database, workspace_id: str, moment: Moment, out: TextIO) -> None:
    """Print each job with when it last ran and is due next, by the workspace's clock."""
    for row in db.run_now(workspace_id, _rows, moment.now):
        out.write(f"{row}\n")


def _rows(session: GuardedSession, now: datetime) -> list[str]:
    known, last = settings.load(session), occurrences.last(session)
    zone = zone_of(known.time_zone)
    width = max(len(job.name) for job in JOBS)

    def said(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "never"

    def rows() -> Iterator[str]:
        yield f"{'job':{width}}  {'last':16}  next ({known.time_zone})"
        for job in sorted(JOBS, key=lambda one: one.due.first(zone, now) or now):
            yield f"{job.name:{width}}  {said(last.get(job.name)):16}  {said(job.due.first(zone, now))}"

    return list(rows())


def run(db: Database, workspace_id: str, moment: Moment, name: str) -> int:
    """Run one job now, whatever its time; answers how many steps it took. What it sends, `everboard serve` delivers.

    Raises RuleError for a job that there is not, or that needs Slack.
    """
    job = next((one for one in JOBS if one.name == name), None)
    if job is None:
        raise RuleError(f"There is no job “{name}”; there are: {', '.join(one.name for one in JOBS)}.")
    if job.errand is not None:
        raise RuleError(ELSEWHERE[job.errand])
    steps = 1
    while db.run_now(workspace_id, _step, moment, job) and steps < STEPS:
        steps += 1
    return steps


def _step(session: GuardedSession, moment: Moment, job: Job) -> bool:
    return job.run(session, moment, settings.load(session))
