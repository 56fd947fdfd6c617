"""A pulse to ten thousand people, sent through the local workspace: under its rate limits, beside the pace that is
allowed; and with the limits lifted, beside a client that only posts the same message.

What is measured under the limits is its first minutes; all ten thousand take as long as Slack makes them.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from domain.messages import Kind
from domain.moment import Moment
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World as SlackWorld
from schedules.delivery import Delivery
from storage import migrate, outbox
from storage.database import Database
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.pace import WORKSPACE_MS
from storage.sealing import Keys
from tests.benchmarks.answering import MORNING, PEOPLE, opened
from tests.benchmarks.measuring import Figure, percentile
from tests.benchmarks.storing import postgresql
from tests.benchmarks.submitting import AtTen
from tests.worlds import SECRET, World
from views import blocks, pulse_ballot

SECONDS = 120
"""How long it is watched under the limits."""

WARM_UP = 5
"""Seconds that do not count: the first sends open conversations and connections."""

IN_FLIGHT = 20
POSTED = 2000
"""Messages of the client that only posts."""

GOAL = 0.97
"""Of the allowed pace."""

ALERTS_EVERY = 5


@dataclass
class Office:
    """A pulse that waits in the outbox, and the local workspace to which it goes. One delivery is watched, and stops;
    the second sends the rest."""

    world: World
    workspace_id: str
    run_id: str
    sandbox: Sandbox
    app: App
    delivery: Delivery
    second: Delivery

    def stand(self) -> dict[str, int]:
        """How many messages of the bot's stand in each person's conversation with it."""
        mine = self.app.bot_user_id
        direct = [one for one in self.sandbox.world.channels.values() if one.is_im and mine in one.members]
        return {next(user for user in one.members if user != mine): len(one.messages) for one in direct}

    def alert(self) -> str:
        """Something urgent, put into the outbox now; answers its id."""

        def put(session: GuardedSession) -> str:
            moment = Moment(MORNING, self.world.rng.getrandbits)
            said = blocks.message("A customer was nominated.", [blocks.section("A customer was nominated.")])
            return outbox.put(session, moment, Kind.NOMINATION_ALERT, "C00ALERTS", said)

        made: str = self.world.do(self.workspace_id, put)
        self.delivery.wake()
        return made

    def is_delivered(self, message_id: str) -> bool:
        """Whether it stands."""

        def look(session: GuardedSession) -> bool:
            found = session.get(Message, (session.workspace_id, message_id))
            return found is not None and found.ts is not None

        return bool(self.world.do(self.workspace_id, look))


def figures() -> list[Figure]:
    """For each database: the share of the allowed pace, and what the machinery could do beyond."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_of("SQLite", f"sqlite:///{Path(folder) / 'fan_out.db'}"))
    with postgresql() as url:
        return [*found, *asyncio.run(_of("PostgreSQL", url))]


async def _of(name: str, url: str) -> list[Figure]:
    async with _open(url) as office:
        share, waits, refused = await watched(office, SECONDS)
        office.sandbox.rates.on = False
        ours = await _lifted(office)
        assert office.stand() == {f"U{n:05}": 1 for n in range(PEOPLE)}, "everybody has it once"
        bare = await _bare(office)
    note = f"{SECONDS} s of {PEOPLE:,} people; {refused} answers “too fast”; at the end everybody has it, once"
    return [
        Figure(f"{name}, pulse under Slack's limits: share of the allowed pace", share, "×", GOAL, note=note),
        Figure(
            f"{name}, an alert that overtakes it: 99th percentile", percentile(waits, 0.99), "s", note="until it stands"
        ),
        Figure(
            f"{name}, the limits lifted: rate beside a client that only posts",
            ours / bare,
            "×",
            note=f"{ours:.0f} a second",
        ),
    ]


@asynccontextmanager
async def _open(url: str) -> AsyncIterator[Office]:
    migrate.upgrade(url)
    world = World(Database(url, Keys.of(SECRET)))
    poll, _statements, _seconds = opened(world)
    app = App.from_manifest(manifest.load(), channels=["alerts"])
    people = [{"id": f"U{n:05}", "name": f"user{n}", "real_name": f"Person Number{n}"} for n in range(PEOPLE)]
    world_seed = {"users": people, "channels": [{"id": "C00ALERTS", "name": "alerts", "members": ["U00000"]}]}
    async with Sandbox(SlackWorld.from_dict(world_seed), [app], rates=True) as sandbox:

        async def slack_for(_workspace_id: str) -> AsyncWebClient:
            return AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)

        both = [Delivery(world.db, slack_for, AtTen(), random.Random(seed)) for seed in (3, 4)]
        yield Office(world, poll.workspace_id, poll.run_id, sandbox, app, *both)
    world.db.close()


async def watched(office: Office, seconds: float) -> tuple[float, list[float], int]:
    """The share of the allowed pace in so many seconds, how long alerts took meanwhile, and how often it was too
    fast."""
    stop = asyncio.Event()
    running = asyncio.create_task(office.delivery.run(stop))
    await asyncio.sleep(WARM_UP)
    began, before = time.perf_counter(), _posted(office)
    waits = []
    while (gone := time.perf_counter() - began) < seconds:
        waits.append(await _until_it_stands(office))
        await asyncio.sleep(max(0.0, ALERTS_EVERY - (time.perf_counter() - began - gone)))
    sent, took = _posted(office) - before, time.perf_counter() - began
    stop.set()
    await running
    refused = len(office.sandbox.calls.named("chat.postMessage", ok=False))
    return sent / took * WORKSPACE_MS / 1000, waits, refused


def _posted(office: Office) -> int:
    return sum(len(one.messages) for one in office.sandbox.world.channels.values())


async def _until_it_stands(office: Office) -> float:
    began, message_id = time.perf_counter(), office.alert()
    while not await asyncio.to_thread(office.is_delivered, message_id):  # noqa: ASYNC110  # rows ring no bell
        await asyncio.sleep(0.02)
    return time.perf_counter() - began


async def _lifted(office: Office) -> float:
    """Sends a second of all the rest, each claimed, sent and written down."""
    before, began = _posted(office), time.perf_counter()
    await office.second.drain(paced=False)
    return (_posted(office) - before) / (time.perf_counter() - began)


async def _bare(office: Office) -> float:
    """Posts a second of the SDK's own client, so many in flight, nothing written down."""
    client = AsyncWebClient(token=office.app.bot_token, base_url=office.sandbox.api_url)
    said = pulse_ballot.invitation(pulse_ballot.Told(office.run_id, "Spring", MORNING, 5, 30), "Sales")
    left = iter(range(POSTED))

    async def some() -> None:
        for _one in left:
            await client.chat_postMessage(channel="C00ALERTS", text=said.text, blocks=list(said.blocks))

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(IN_FLIGHT)))
    return POSTED / (time.perf_counter() - began)
