"""Runs the jobs that are due, each time of each job once, however many replicas and restarts there are.

Decides which times are due by asking the table of jobs and what the database says has run. APScheduler only calls
`tick`; it keeps no state, for its stores must not be shared by replicas.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.clock import Clock
from domain.moment import Moment
from domain.settings import Settings
from domain.time_zones import zone_of
from schedules.jobs import JOBS, Job, Missed
from schedules.meter import Meter
from schedules.times import LOOK_BACK, may_speak
from storage import leaving, occurrences, outbox, settings, workspaces
from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession

EVERY = 15
"""Seconds between ticks: a job is never later than that, and a look costs two small queries a workspace."""

GRACE = timedelta(minutes=10)
"""How late a job may be without counting as missed: a restart, or a slow database."""

DAY = timedelta(days=1)
"""Between looks for workspaces whose data is to be erased; the first is at the start."""

STEPS = 1000
"""Further transactions that one run of a job may ask for; a job that never ends must not hold up the others."""

_Span = tuple[ZoneInfo, datetime]
"""A workspace's zone, and since when a job has not run there."""

log = structlog.get_logger("clock")


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is known of a workspace before its jobs are looked at."""

    settings: Settings
    made_at: datetime
    last: dict[str, datetime]

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.settings.time_zone)

    def since(self, job: Job) -> datetime:
        return self.last.get(job.name, self.made_at)


class Ticker:
    """The clock's hand. `wake` is rung when a job has put messages into the outbox."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        random_bits: Callable[[int], int],
        wake: Callable[[], None],
        jobs: Sequence[Job] = JOBS,
        errands: Mapping[str, Callable[[str], None]] = MappingProxyType({}),
        meter: Meter | None = None,
    ) -> None:
        """`errands` begin what a job does outside of the database, by name, for a workspace's id."""
        self._meter = meter or Meter()
        self._db, self._clock, self._random_bits, self._wake, self._jobs = db, clock, random_bits, wake, jobs
        self._errands = errands
        self._ticking = asyncio.Lock()
        self._looked: datetime | None = None
        self._next: dict[tuple[str, str], tuple[_Span, datetime]] = {}

    async def tick(self, now: datetime) -> None:
        """Run whatever is due at `now` (aware UTC) and has not run. One job's failure does not stop the others."""
        async with self._ticking:
            for workspace_id in await self._db.across(workspaces.every):
                await self._tick(workspace_id, now)
            if self._looked is None or now - self._looked >= DAY:
                await self._erase_lapsed(now)
                self._looked = now

    async def _erase_lapsed(self, now: datetime) -> None:
        """Erase what workspaces left behind that were not seen for 30 days; a replica that stops is followed by the
        next."""
        for workspace_id in await self._db.across(workspaces.lapsed, now):
            if not await self._db.across(workspaces.give_up, now, workspace_id):
                continue
            try:
                while await self._db.run(workspace_id, leaving.erase_some):
                    pass
            except Exception:  # logged with its trace; what is left is erased when it is looked for again
                self._meter.failed("erase lapsed workspaces")
                log.exception("not erased", workspace=workspace_id)
            else:
                log.warning("workspace erased", workspace=workspace_id)

    async def next_due(self, now: datetime) -> datetime | None:
        """The first time after `now` at which a job is due, for a calendar that is moved from one to the next."""
        times: list[datetime] = []
        for workspace_id in await self._db.across(workspaces.every):
            standing = await self._db.read(workspace_id, _standing)
            found = (job.due.first(standing.zone, now) for job in self._jobs if job.calendar)
            times += [time for time in found if time is not None]
            times += await self._db.read(workspace_id, _coming, self._jobs, now)
        return min(times, default=None)

    async def run(self, stop: asyncio.Event) -> None:
        """Tick every 15 s until `stop` is set; a tick that has begun is finished."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._tick_now,
            IntervalTrigger(seconds=EVERY, timezone=UTC),
            next_run_time=datetime.now(UTC),  # the scheduler's own affairs, not the calendar's
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        try:
            await stop.wait()
            scheduler.pause()
            async with self._ticking:
                pass
        finally:
            scheduler.shutdown(wait=False)

    async def _tick_now(self) -> None:
        try:
            await self.tick(self._clock.now())
        except DatabaseBusyError as error:
            log.warning("database busy", error=str(error))

    async def _tick(self, workspace_id: str, now: datetime) -> None:
        standing = await self._db.read(workspace_id, _standing)
        for job in self._jobs:
            due = self._due(workspace_id, job, (standing.zone, standing.since(job)), now)
            if due is None or (job.speaks and not may_speak(standing.zone, now)):
                continue
            try:
                await self._run(workspace_id, job, due, Moment(now, self._random_bits))
            except DatabaseBusyError as error:  # nothing was committed, and nothing is wrong with the job
                log.warning("job put off", job=job.name, workspace=workspace_id, error=str(error))
            except Exception:  # logged with its trace; nothing was committed, the next tick tries again
                self._meter.failed(job.name)
                log.exception("job failed", job=job.name, workspace=workspace_id)

    def _due(self, workspace_id: str, job: Job, span: _Span, now: datetime) -> datetime | None:
        """The last time at which the job was due since it ran; the next one is kept, for most ticks find none."""
        kept, following = self._next.get((workspace_id, job.name), (None, now))
        if kept != span:
            following = job.due.first(*span) or now + LOOK_BACK
            self._next[workspace_id, job.name] = (span, following)
        return job.due.latest(*span, now) if following <= now else None

    async def _run(self, workspace_id: str, job: Job, due: datetime, moment: Moment) -> None:
        more, spoke = await self._db.run(workspace_id, _once, moment, job, due)
        self._meter.ran(job.name, due, moment.now)
        if job.errand is not None:
            if more and job.errand in self._errands:
                self._errands[job.errand](workspace_id)
            return
        for _ in range(STEPS if more else 0):
            more, said = await self._db.run(workspace_id, _step, moment, job)
            spoke = spoke or said
            if not more:
                break
        if spoke:
            self._wake()


def _standing(session: GuardedSession) -> _Standing:
    return _Standing(settings.load(session), occurrences.since(session), occurrences.last(session))


def _coming(session: GuardedSession, jobs: Sequence[Job], now: datetime) -> list[datetime]:
    """When jobs that mostly find nothing to do will have something to do."""
    asked = [job.coming for job in jobs if job.coming is not None]
    known = settings.load(session)
    return [time for coming in asked if (time := coming(session, now, known)) is not None]


def _once(session: GuardedSession, moment: Moment, job: Job, due: datetime) -> tuple[bool, bool]:
    """Note the occurrence and do the job in one transaction: whether it asks for more, and has messages to send."""
    missed = job.missed is Missed.SKIP and moment.now - due > GRACE
    if not occurrences.begin(session, moment, job.name, due, "skipped" if missed else "ran") or missed:
        return False, False
    return _step(session, moment, job)


def _step(session: GuardedSession, moment: Moment, job: Job) -> tuple[bool, bool]:
    more = job.run(session, moment, settings.load(session))
    return more, outbox.PUT in session.info
