"""The form of a pulse sent through the whole app, committed before the ack, beside a bare Bolt app that only acks.

What is stated, and not aimed at: a bare ack keeps nothing. Both are asked by `async_dispatch`, without a web server.
"""

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.clock import SystemClock
from bot.metrics import Metrics
from bot.slack_app import make_app, make_client
from domain.pulse import ELEMENTS
from handlers.house import House, Installation
from sandbox.delivery.http import signature_headers
from schedules.channels import Channels
from schedules.meter import Meter
from storage import migrate
from storage.database import Database
from storage.pulse_ballots import Ballot
from storage.sealing import Keys
from tests.benchmarks.answering import MORNING, Poll, opened
from tests.benchmarks.measuring import Figure, percentile, ratio
from tests.benchmarks.storing import postgresql
from tests.worlds import SECRET, World
from views import pulse_ballot
from views.ids import Callback

ROUNDS, A_ROUND, AT_ONCE = 4, 1500, 50
SIGNED_WITH = "0123456789abcdef0123456789abcdef"


class AtTen(SystemClock):
    """The calendar of the open pulse; real time goes on."""

    def now(self) -> datetime:
        """Shortly after it was opened."""
        return MORNING


def figures() -> list[Figure]:
    """For each database: submissions a second through the app, beside acks a second of a bare app."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_of("SQLite", f"sqlite:///{Path(folder) / 'submitting.db'}"))
    with postgresql() as url:
        return [*found, *asyncio.run(_of("PostgreSQL", url))]


async def _of(name: str, url: str) -> list[Figure]:
    migrate.upgrade(url)
    world = World(Database(url, Keys.of(SECRET)))
    try:
        poll, _statements, _seconds = opened(world)
        async with aiohttp.ClientSession() as session:
            ours, bare = _everboard(world, poll, session), _bare(session)
            taken: list[float] = []
            people, pairs = iter(range(1, 1 + ROUNDS * A_ROUND)), []
            for _ in range(ROUNDS):
                rate = await _rate(ours, poll, people, taken)
                pairs.append((rate, await _rate(bare, poll, iter(range(A_ROUND)), [])))
        kept = world.do(poll.workspace_id, lambda session: session.query(Ballot).count())
        assert kept == ROUNDS * A_ROUND, "an answer was lost"
    finally:
        world.db.close()
    note = f"{AT_ONCE} at once; bare {pairs[-1][1]:.0f} acks a second; all {kept:,} kept"
    return [
        Figure(f"{name}, pulse sent through the app: rate beside a bare ack", ratio(pairs), "×", note=note),
        Figure(f"{name}, pulse sent through the app", pairs[-1][0], "a second"),
        Figure(f"{name}, pulse sent through the app: 99th percentile", percentile(taken, 0.99) * 1000, "ms"),
    ]


async def _rate(app: AsyncApp, poll: Poll, people: Iterator[int], taken: list[float]) -> float:
    requests = [_request(poll, next(people)) for _ in range(A_ROUND)]
    waiting = iter(requests)

    async def some() -> None:
        for request in waiting:
            began = time.perf_counter()
            answer = await app.async_dispatch(request)
            taken.append(time.perf_counter() - began)
            assert answer.status == 200, answer.body

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return A_ROUND / (time.perf_counter() - began)


def _request(poll: Poll, number: int) -> AsyncBoltRequest:
    told = pulse_ballot.Told(poll.run_id, "Spring", MORNING, 5, 30)
    view = pulse_ballot.form(pulse_ballot.Asked(told, "Sales"), dict.fromkeys(ELEMENTS), None, "")
    chosen = {"type": "radio_buttons", "selected_option": {"text": {"type": "plain_text", "text": "4"}, "value": "4"}}
    values = {element.value: {element.value: chosen} for element in ELEMENTS}
    payload = {
        "type": "view_submission",
        "team": {"id": "TBENCH", "domain": "bench"},
        "user": {"id": f"U{number:05}", "username": "rep", "name": "rep", "team_id": "TBENCH"},
        "api_app_id": "A0BENCH",
        "token": "t",
        "trigger_id": "1.2",
        "view": {**view, "id": "V1", "team_id": "TBENCH", "hash": "1.1", "state": {"values": values}},
        "is_enterprise_install": False,
    }
    body = urlencode({"payload": json.dumps(payload)})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    headers |= signature_headers(SIGNED_WITH, body.encode(), int(time.time()))
    return AsyncBoltRequest(body=body, headers=dict(headers))


def _everboard(world: World, poll: Poll, session: aiohttp.ClientSession) -> AsyncApp:
    bits = random.Random(7).getrandbits
    house = House(world.db, AtTen(), bits, wake=lambda: None, channels=Channels(world.db))
    installed = Installation(poll.workspace_id, "TBENCH", "", "xoxb-bench", "UBOT", "BBOT", "Bench")
    house.installations["", "TBENCH"] = installed
    return make_app(make_client(session, "http://127.0.0.1:1/api/"), house, SIGNED_WITH, Metrics(Meter()))


def _bare(session: aiohttp.ClientSession) -> AsyncApp:
    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="TBENCH", bot_user_id="UBOT", bot_id="BBOT", bot_token="xoxb-bench"
        )

    client = make_client(session, "http://127.0.0.1:1/api/")
    app = AsyncApp(client=client, authorize=authorize, signing_secret=SIGNED_WITH)

    @app.view(Callback.PULSE.value)
    async def submit(ack: AsyncAck) -> None:
        await ack()

    return app
