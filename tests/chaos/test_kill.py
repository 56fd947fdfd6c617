"""The bot is killed again and again while people work, and nothing is lost, doubled or half done.

At random instants, from its start on: while it connects, counts people, commits, sends, writes down.
"""

import asyncio
import random
from pathlib import Path

import pytest

from tests.chaos.crowd import Crowd
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.office import office
from tests.chaos.oracle import Watch, breaches, settled
from tests.chaos.scale import SCALE, a_seed, said

pytestmark = pytest.mark.timeout(SCALE.longest)

STARTING = 0.25
"""The share of kills that come before the bot has connected."""


async def killed_again_and_again(running: Fleet, rng: random.Random, kills: int) -> None:
    for _ in range(kills):
        bot = await running.start()
        if rng.random() < STARTING:
            await asyncio.sleep(rng.uniform(0.0, 3.0))
        else:
            await bot.serves()
            await asyncio.sleep(rng.uniform(0.0, 4.0))
        await running.kill(bot)


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
async def test_killed_at_any_instant_it_loses_nothing_and_says_nothing_twice(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    seed = a_seed()
    url: str = request.getfixturevalue(f"{engine}_url")
    async with office(url, SCALE.people) as company, fleet(company, tmp_path) as running:
        crowd, watch = Crowd(company, seed), Watch(company)
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(watch.run())
            work = tasks.create_task(crowd.work())
            await killed_again_and_again(running, random.Random(seed), SCALE.kills)
            await (await running.start()).serves()
            await asyncio.sleep(SCALE.afterwards)
            crowd.stop()
            await work
            await settled(company, SCALE.settling)
            watching.cancel()
        watch.look()
        told = crowd.told
        said(
            f"seed {seed}: {running.kills} kills, {len(told.nominated)} nominations, {len(told.accepted)} accepted, "
            f"{len(told.answered)} answers, {told.unanswered} times without an answer, "
            f"{len(watch.longest)} messages twice for a while"
        )
        found = [*breaches(company, told), *watch.breaches()]
        assert not found, "\n".join(found)
        assert told.nominated
        assert told.answered
        assert running.unforeseen() == []
