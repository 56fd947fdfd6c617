"""Each time of each job runs once: over clock changes, restarts, failures and replicas."""

import asyncio
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.settings import Settings
from schedules import jobs
from schedules.clock import Ticker
from schedules.jobs import JOBS, Job, Missed
from schedules.meter import Meter
from schedules.times import Wall, daily, hourly, may_speak, on
from storage import outbox, receipts, settings
from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession
from storage.occurrences import Occurrence
from storage.outbox import Message, Status
from tests.outbox import KEYS, START, Company
from tests.patience import PATIENCE, patient

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "America/Santiago",  # changes at midnight
    "Africa/Cairo",  # changes at midnight, some years not at all
    "Asia/Tehran",
    "Pacific/Chatham",
)
YEARS = range(2021, 2028)


@pytest.fixture
def company(database_url: str) -> Iterator[Company]:
    db = patient(database_url, KEYS)
    yield Company(db)
    db.close()


def ticker(company: Company, *table: Job, wake: Callable[[], None] = lambda: None) -> Ticker:
    return Ticker(company.db, company.clock, random.Random(5).getrandbits, wake, table)


def speak(session: GuardedSession, moment: Moment, _settings: Settings) -> bool:
    """A job whose effect can be seen: a message in the outbox."""
    outbox.put(session, moment, Kind.REVIEW_DIGEST, "C1", Rendered("digest"))
    return False


def spoken(company: Company) -> list[datetime]:
    """When the job ran."""
    return list(company.across(lambda session: session.scalars(select(Message.created_at).order_by(Message.id)).all()))


def outcomes(company: Company) -> list[str]:
    order = select(Occurrence.outcome).order_by(Occurrence.due_at)
    return list(company.across(lambda session: session.scalars(order).all()))


def zone(company: Company, name: str) -> None:
    company.do(settings.save, company.moment(), None, "time_zone", name)


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(9)])
def test_a_daily_job_is_due_once_a_day_through_every_clock_change(name: str, at: time) -> None:
    local = ZoneInfo(name)
    for year in YEARS:
        start = datetime(year, 1, 1, tzinfo=local).astimezone(UTC) - timedelta(seconds=1)
        due = [moment for month in range(12) for moment in in_month(daily(at), local, start, month)]
        days = [moment.astimezone(local).date() for moment in due]
        assert days == [date(year, 1, 1) + timedelta(days=number) for number in range(360)]
        assert len(set(due)) == 360


def in_month(wall: Wall, local: ZoneInfo, start: datetime, number: int) -> list[datetime]:
    """Due times of the year's thirty-day piece of this number, in order."""
    after = (start.astimezone(local).replace(tzinfo=None) + timedelta(days=30 * number)).replace(tzinfo=local)
    until = (start.astimezone(local).replace(tzinfo=None) + timedelta(days=30 * number + 30)).replace(tzinfo=local)
    return sorted(wall.instants(local, after.astimezone(UTC), until.astimezone(UTC)))


def test_a_time_that_is_skipped_comes_as_much_later() -> None:
    local = ZoneInfo("America/New_York")
    noon = datetime(2026, 3, 7, 17, tzinfo=UTC)
    (due,) = daily(time(2, 30)).instants(local, noon, noon + timedelta(days=1))
    assert due.astimezone(local).time() == time(3, 30)


def test_a_skipped_time_is_not_missed_by_a_look_in_the_hour_that_was_added() -> None:
    local = ZoneInfo("America/New_York")
    after = datetime(2026, 3, 8, 3, 15, tzinfo=local).astimezone(UTC)
    (due,) = daily(time(2, 30)).instants(local, after, after + timedelta(minutes=20))
    assert due.astimezone(local).time() == time(3, 30)


def test_a_time_that_comes_twice_counts_once() -> None:
    local = ZoneInfo("America/New_York")
    noon = datetime(2026, 10, 31, 16, tzinfo=UTC)
    (due,) = daily(time(1, 30)).instants(local, noon, noon + timedelta(days=1))
    assert due == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_day_that_never_was_is_left_out() -> None:
    local = ZoneInfo("Pacific/Apia")
    start = datetime(2011, 12, 29, 12, tzinfo=local).astimezone(UTC)
    due = set(daily(time(9)).instants(local, start, start + timedelta(days=2)))
    assert sorted(moment.astimezone(local).day for moment in due) == [1, 31]


def test_days_are_named() -> None:
    week = on("mon-fri", time(9)).instants(ZoneInfo("UTC"), START, START + timedelta(days=7))
    assert [moment.strftime("%a") for moment in week] == ["Wed", "Thu", "Fri", "Mon", "Tue"]
    with pytest.raises(ValueError, match="name the days"):
        on("0", time(9))


def test_the_hours_in_which_everboard_speaks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    allowed = [hour for hour in range(24) if may_speak(berlin, datetime(2026, 9, 1, hour, 30, tzinfo=UTC))]
    assert [(hour + 2) % 24 for hour in allowed] == list(range(6, 20))


def test_a_job_that_could_never_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="never be allowed to speak"):
        Job("at night", daily(time(22)), speak, Missed.SKIP, speaks=True)


async def test_a_job_runs_at_its_local_time_and_once(company: Company) -> None:
    zone(company, "America/New_York")
    rung: list[int] = []
    hand = ticker(company, Job("digest", daily(time(9)), speak, Missed.SKIP, speaks=True), wake=lambda: rung.append(1))
    for minutes in range(0, 24 * 60, 20):
        await hand.tick(START + timedelta(minutes=minutes))
    assert spoken(company) == [datetime(2026, 9, 1, 13, tzinfo=UTC)]
    assert rung == [1]


async def test_a_restart_does_not_repeat_a_job(company: Company) -> None:
    job = Job("digest", daily(time(10)), speak, Missed.CATCH_UP)
    for _ in range(3):
        await ticker(company, job).tick(START + timedelta(hours=2))
    assert len(spoken(company)) == 1


async def test_what_was_missed_is_caught_up_once(company: Company) -> None:
    job = Job("digest", daily(time(10)), speak, Missed.CATCH_UP)
    await ticker(company, job).tick(START + timedelta(days=20))
    await ticker(company, job).tick(START + timedelta(days=20))
    assert (len(spoken(company)), outcomes(company)) == (1, ["ran"])


async def test_what_was_missed_is_skipped_where_it_would_come_wrong(company: Company) -> None:
    hand = ticker(company, Job("digest", daily(time(10)), speak, Missed.SKIP))
    await hand.tick(START + timedelta(hours=3))
    assert (spoken(company), outcomes(company)) == ([], ["skipped"])
    await hand.tick(START + timedelta(days=1, hours=1, minutes=5))
    assert (len(spoken(company)), outcomes(company)) == (1, ["skipped", "ran"])


async def test_catching_up_waits_until_people_are_awake(company: Company) -> None:
    hand = ticker(company, Job("digest", daily(time(10)), speak, Missed.CATCH_UP, speaks=True))
    await hand.tick(START.replace(hour=23))
    assert spoken(company) == []
    await hand.tick(START.replace(hour=6) + timedelta(days=1))
    assert len(spoken(company)) == 1


async def test_a_job_added_later_begins_with_its_workspace(company: Company) -> None:
    hand = ticker(company, Job("digest", daily(time(8)), speak, Missed.CATCH_UP))
    await hand.tick(START + timedelta(hours=1))
    assert spoken(company) == []


async def test_a_failing_job_changes_nothing_stops_nobody_and_is_tried_again(company: Company) -> None:
    fails = [True]

    def sometimes(session: GuardedSession, moment: Moment, given: Settings) -> bool:
        speak(session, moment, given)
        if fails.pop():
            fails.append(False)
            raise RuntimeError("no")
        return False

    broken = Job("broken", daily(time(10)), sometimes, Missed.CATCH_UP)
    hand = ticker(company, broken, Job("sound", daily(time(10)), speak, Missed.CATCH_UP))
    later = START + timedelta(hours=1)
    await hand.tick(later)
    assert (len(spoken(company)), outcomes(company)) == (1, ["ran"])
    await hand.tick(later)
    assert (len(spoken(company)), outcomes(company)) == (2, ["ran", "ran"])


async def test_how_late_a_job_ran_and_how_often_it_failed_is_counted(company: Company) -> None:
    def never(_session: GuardedSession, _moment: Moment, _settings: Settings) -> bool:
        raise RuntimeError("no")

    meter, bits = Meter(), random.Random(5).getrandbits
    table = [
        Job("broken", daily(time(10)), never, Missed.CATCH_UP),
        Job("sound", daily(time(10)), speak, Missed.CATCH_UP),
    ]
    hand = Ticker(company.db, company.clock, bits, lambda: None, table, meter=meter)
    due = START.replace(hour=10, minute=0)
    for seconds in (7, 22):
        await hand.tick(due + timedelta(seconds=seconds))
    assert meter.runs == {("broken", "failed"): 2, ("sound", "ran"): 1}
    assert meter.late == {"sound": 7.0}


async def test_a_job_that_found_the_database_busy_is_put_off_and_has_not_failed(company: Company) -> None:
    busy = [True, False]

    def sometimes(session: GuardedSession, moment: Moment, given: Settings) -> bool:
        if busy.pop(0):
            raise DatabaseBusyError("somebody else is writing")
        return speak(session, moment, given)

    meter, bits = Meter(), random.Random(5).getrandbits
    job = Job("digest", daily(time(10)), sometimes, Missed.CATCH_UP)
    hand = Ticker(company.db, company.clock, bits, lambda: None, [job], meter=meter)
    for hours in (1, 2):
        await hand.tick(START + timedelta(hours=hours))
    assert meter.runs == {("digest", "ran"): 1}
    assert len(spoken(company)) == 1


async def test_a_job_over_many_rows_goes_in_steps(company: Company) -> None:
    left = [True, True, False]

    def stepwise(session: GuardedSession, moment: Moment, given: Settings) -> bool:
        speak(session, moment, given)
        return left.pop(0)

    await ticker(company, Job("steps", daily(time(10)), stepwise, Missed.CATCH_UP)).tick(START + timedelta(hours=2))
    assert (len(spoken(company)), left) == (3, [])


async def test_every_workspace_has_its_own_times(company: Company) -> None:
    other = company.workspace("T2")
    company.do(settings.save, company.moment(), None, "time_zone", "Asia/Tokyo", workspace=other)
    hand = ticker(company, Job("digest", daily(time(10)), speak, Missed.CATCH_UP))
    await hand.tick(START + timedelta(hours=2))
    (message,) = company.across(lambda session: session.scalars(select(Message.workspace_id)).all())
    assert message == company.workspace_id
    await hand.tick(START + timedelta(hours=16, minutes=30))
    assert len(spoken(company)) == 2


async def test_a_moved_time_zone_is_followed(company: Company) -> None:
    hand = ticker(company, Job("digest", daily(time(10)), speak, Missed.CATCH_UP))
    await hand.tick(START)
    zone(company, "Europe/Berlin")
    await hand.tick(START + timedelta(minutes=1))
    assert spoken(company) == []
    await hand.tick(START + timedelta(hours=23, minutes=1))
    assert len(spoken(company)) == 1


def test_replicas_at_once_run_a_job_once(postgresql_url: str) -> None:
    databases = [patient(postgresql_url, KEYS) for _ in range(3)]
    company = Company(databases[0])
    job = Job("digest", daily(time(10)), speak, Missed.CATCH_UP)

    def tick(db: Database) -> None:
        asyncio.run(Ticker(db, company.clock, random.Random().getrandbits, lambda: None, [job]).tick(LATER))

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(tick, databases))
    assert len(spoken(company)) == 1
    for db in databases:
        db.close()


LATER = START + timedelta(hours=3)


async def test_a_calendar_can_be_moved_from_one_due_time_to_the_next(company: Company) -> None:
    hand = ticker(company, Job("digest", on("tue", time(10)), speak, Missed.SKIP, speaks=True))
    now, ran = START, 0
    while (following := await hand.next_due(now)) is not None and following < START + timedelta(days=90):
        now = following
        await hand.tick(now)
        ran += 1
    assert ran == len(spoken(company)) == 13


async def test_the_clock_ticks_by_itself_and_stops_when_told(company: Company) -> None:
    company.clock.move(timedelta(hours=3))
    stop, rung = asyncio.Event(), asyncio.Event()
    hand = ticker(company, Job("digest", daily(time(10)), speak, Missed.CATCH_UP), wake=rung.set)
    running = asyncio.create_task(hand.run(stop))
    async with asyncio.timeout(PATIENCE):
        await rung.wait()
        stop.set()
        await running
    assert len(spoken(company)) == 1


def test_names_of_jobs_are_unique() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)


async def test_the_daily_purge_forgets_what_has_served(company: Company) -> None:
    old = company.put("C1", "secret")

    def deliver(session: GuardedSession) -> None:
        row = session.get(Message, (session.workspace_id, old))
        assert row is not None
        row.status, row.done_at = Status.DELIVERED.value, company.clock.now()
        receipts.keep(session, company.moment(), "view:V1:submit")

    company.do(deliver)
    later = START + timedelta(days=9)
    company.clock.jump(timedelta(days=9))
    company.do(receipts.keep, company.moment(), "view:V2:submit")
    await ticker(company, *(job for job in JOBS if job.run is jobs.purge)).tick(later)
    assert company.row(old).text == ""
    assert company.do(receipts.outcome_of, "view:V1:submit") is None
    assert company.do(receipts.outcome_of, "view:V2:submit") == ""


async def test_what_waits_for_a_channel_is_tried_every_hour_of_the_day(company: Company) -> None:
    held = company.put("role:advocacy")

    def hold(session: GuardedSession) -> None:
        row = session.get(Message, (session.workspace_id, held))
        assert row is not None
        row.status = Status.HELD.value

    company.do(hold)
    hand = ticker(company, *(job for job in JOBS if job.run is jobs.try_held))
    await hand.tick(START + timedelta(minutes=16))
    assert company.row(held).status == Status.HELD.value
    await hand.tick(START + timedelta(minutes=17))
    assert company.row(held).status == Status.WAITING.value


def test_an_hour_is_an_hour_on_the_wall() -> None:
    due = list(hourly(17).instants(ZoneInfo("UTC"), START, START + timedelta(hours=3)))
    assert due == [START + timedelta(minutes=17 + 60 * number) for number in range(3)]


async def test_an_errand_is_run_once_by_one_replica_and_not_too_late(company: Company) -> None:
    began: list[str] = []
    job = Job("census", daily(time(4, 20)), jobs.errand, Missed.SKIP, errand="census")
    bits = random.Random(5).getrandbits
    replicas = [
        Ticker(company.db, company.clock, bits, lambda: None, [job], {"census": began.append}) for _ in range(2)
    ]
    company.clock.move(datetime(2026, 9, 2, 4, 21, tzinfo=UTC) - company.clock.now())
    for replica in (*replicas, *replicas):
        await replica.tick(company.clock.now())
    assert began == [company.workspace_id]
    company.clock.move(timedelta(days=1, hours=2))
    await replicas[0].tick(company.clock.now())
    assert began == [company.workspace_id], "what was missed is left to the next day"


def test_every_errand_in_the_table_is_one_that_the_bot_runs() -> None:
    assert {job.errand for job in JOBS if job.errand} == {"census", "crm"}
