"""Several bots on one PostgreSQL, of which one dies, one stands still past its lease and one is started anew.

And two on one SQLite file, which nobody should do, and which harms nothing.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.delivery import LEASE
from storage.guard import GuardedSession
from storage.outbox import Message, Status
from tests.chaos.crowd import Crowd
from tests.chaos.fleet import Bot, Fleet, fleet
from tests.chaos.office import Office, office
from tests.chaos.oracle import Watch, breaches, settled
from tests.chaos.scale import SCALE, a_seed, said
from tests.patience import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(SCALE.longest)]

PAST_THE_LEASE = LEASE.total_seconds() + 10


async def worked(running: Fleet, seed: int, trouble: Callable[[random.Random], Awaitable[None]]) -> Watch:
    """People work while trouble comes; afterwards everything has to be in order. Answers who watched."""
    company = running.office
    crowd, watch = Crowd(company, seed), Watch(company)
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(watch.run())
        work = tasks.create_task(crowd.work())
        await trouble(random.Random(seed))
        await asyncio.sleep(SCALE.afterwards)
        crowd.stop()
        await work
        await settled(company, SCALE.settling)
        # A second copy goes at the latest now, and whoever stood still has had the time to take it back.
        await asyncio.sleep(15)
        watching.cancel()
    watch.look()
    told = crowd.told
    said(
        f"seed {seed}: {len(told.nominated)} nominations, {len(told.accepted)} accepted, {len(told.answered)} answers, "
        f"{told.unanswered} times without an answer, {len(watch.longest)} messages twice for a while"
    )
    found = [*breaches(company, told), *watch.breaches()]
    assert not found, "\n".join(found)
    assert running.unforeseen() == []
    return watch


async def test_three_replicas_of_which_one_dies_one_stands_still_and_one_is_started_anew(
    postgresql_url: str, tmp_path: Path
) -> None:
    seed = a_seed()
    async with office(postgresql_url, SCALE.people) as company, fleet(company, tmp_path) as running:
        bots = [await running.start() for _ in range(3)]
        await asyncio.gather(*(bot.serves() for bot in bots))

        async def trouble(rng: random.Random) -> None:
            for _ in range(SCALE.rounds):
                rng.shuffle(bots)
                dies, stands_still, is_restarted = bots
                await asyncio.sleep(rng.uniform(0.5, 3.0))
                stands_still.freeze()
                await running.kill(dies)
                bots[0] = await running.start()
                await asyncio.sleep(rng.uniform(0.5, 3.0))
                is_restarted.process.terminate()
                await is_restarted.process.wait()
                bots[2] = await running.start()
                await asyncio.gather(bots[0].serves(), bots[2].serves())
                await asyncio.sleep(PAST_THE_LEASE)
                stands_still.thaw()

        await worked(running, seed, trouble)


async def test_what_a_bot_sends_that_stood_still_past_its_lease_is_taken_back(
    postgresql_url: str, tmp_path: Path
) -> None:
    """Its call is on the way when it is stopped, and Slack does it after another replica has looked and sent."""
    async with office(postgresql_url, 1) as company, fleet(company, tmp_path) as running:
        first = await running.start()
        await first.serves()
        await settled(company, 60)
        company.sandbox.faults.delay("chat.postMessage", PAST_THE_LEASE + 5)
        async with company.person("U0REP1") as rep:
            await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
            await rep.modal("nominate")
            assert (await rep.submit({})).result == "update"
            await until(lambda: not company.sandbox.faults.waiting)
            first.freeze()
            second = await running.start()
            await second.serves()
            watch = Watch(company)
            watching = asyncio.create_task(watch.run())
            await asyncio.sleep(PAST_THE_LEASE)
            await until(lambda: bool(watch.longest))
            first.thaw()
            await until(lambda: all(len(at) == 1 for at in company.standing().values()))
            watching.cancel()
            await settled(company, 120)
        assert max(watch.longest.values()) < 30
        assert_once(company)


def assert_once(company: Office) -> None:
    """Every message that was delivered stands where the database says, and nothing else."""

    def delivered(session: GuardedSession) -> dict[str, list[tuple[str, str]]]:
        found = session.scalars(select(Message).where(Message.status == Status.DELIVERED.value))
        return {row.id: [(str(row.channel), str(row.ts))] for row in found}

    assert company.standing() == company.read(delivered)


async def test_two_on_one_sqlite_file_by_mistake_do_no_harm(sqlite_url: str, tmp_path: Path) -> None:
    seed = a_seed()
    async with office(sqlite_url, SCALE.people) as company, fleet(company, tmp_path) as running:
        bots: list[Bot] = [await running.start(), await running.start()]
        await asyncio.gather(*(bot.serves() for bot in bots))

        async def trouble(rng: random.Random) -> None:
            for _ in range(SCALE.rounds):
                await asyncio.sleep(rng.uniform(3.0, 6.0))
                await running.kill(bots.pop(rng.randrange(2)))
                bots.append(await running.start())
                await bots[-1].serves()

        await worked(running, seed, trouble)
