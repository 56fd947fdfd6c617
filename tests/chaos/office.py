"""A company in the local workspace with a pulse that is about to go out to everybody. Decides nothing.

The calendar stands at the minute in which the pulse begins, wherever the machine's clock is: what the bot does at its
times, it does at the same ones in every run. Real time, by which leases run out, goes on as it does.
"""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bot import manifest
from bot.clock import real_time
from domain.moment import Moment
from domain.people import Function, Role
from domain.pulse_audience import Audience
from domain.pulse_calendar import Cadence
from domain.pulse_runs import Plan
from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World as SlackWorld
from steps import pulse_clock, pulse_plans
from storage.guard import GuardedSession
from storage.people import Person as PersonRow
from tests.patience import patient
from tests.worlds import KEYS, World

MORNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
TEAM, REPS, LEADER = "U0TEAM", ("U0REP1", "U0REP2", "U0REP3"), "U0LEADER"
JSON = dict[str, Any]


@dataclass
class Office:
    """The local workspace, the database behind the bot, and the calendar of both."""

    sandbox: Sandbox
    app: App
    database_url: str
    world: World
    workspace_id: str
    run_id: str
    asked: tuple[str, ...]
    now: Callable[[], datetime]
    doubles: dict[str, float] = field(default_factory=dict)

    def person(self, user_id: str, timeout: float = 10.0) -> Person:
        """Somebody to act as. Who waits in vain looks again: the bot may be dead at the time."""
        return Person(self.sandbox.url, user_id, timeout=timeout)

    def read(self, function: Callable[..., Any], *args: Any) -> Any:
        """Look into the database."""
        return self.world.do(self.workspace_id, function, *args)

    def standing(self) -> dict[str, list[tuple[str, str]]]:
        """Where each of the bot's messages stands in Slack, by its delivery id: channel and ts of each copy."""
        found: dict[str, list[tuple[str, str]]] = {}
        for channel in list(self.sandbox.world.channels.values()):
            for message in list(channel.messages.values()):
                if delivery_id := _delivery_id(message):
                    found.setdefault(delivery_id, []).append((channel.id, message["ts"]))
        return found


def _delivery_id(message: JSON) -> str | None:
    held = message.get("metadata") or {}
    return (held.get("event_payload") or {}).get("id")


@asynccontextmanager
async def office(database_url: str, people: int, **slack: Any) -> AsyncIterator[Office]:
    """A company of so many salespeople besides the few who act, on a migrated and empty database."""
    world = World(patient(database_url, KEYS), now=MORNING - timedelta(hours=1), rng=random.Random(7))
    asked = tuple(f"U{number:05}" for number in range(people))
    workspace_id, run_id = _opened(world, asked)
    ahead = MORNING + timedelta(minutes=1) - real_time()

    def now() -> datetime:
        return real_time() + ahead

    names = [TEAM, LEADER, *REPS, *asked]
    users = [{"id": one, "name": one.lower(), "real_name": f"Person {one}", "tz": "UTC"} for one in names]
    everyone = [one.lower() for one in (TEAM, LEADER, *REPS)]
    channels = [
        {"id": "C0GENERAL", "name": "general", "members": everyone},
        {"id": "C0ADVOCACY", "name": "advocacy", "members": everyone, "is_private": True},
        {"id": "C0WINS", "name": "advocacy-wins", "members": everyone},
        {"id": "C0SALES", "name": "sales", "members": everyone},
    ]
    seed = {"team": {"id": "T0CHAOS", "name": "Chaos", "domain": "chaos"}, "users": users, "channels": channels}
    app = App.from_manifest(manifest.socket_mode(manifest.load()), channels=("advocacy", "advocacy-wins", "sales"))
    async with Sandbox(SlackWorld.from_dict(seed, now=now()), [app], now=now, **slack) as sandbox:
        yield Office(sandbox, app, database_url, world, workspace_id, run_id, asked, now)
    world.db.close()


def _opened(world: World, asked: tuple[str, ...]) -> tuple[str, str]:
    """The company before anything happened but that a pulse was planned and has begun."""
    workspace_id = world.workspace("T0CHAOS")
    leader = world.member(workspace_id, LEADER, Role.LEADER, Role.ADMIN)
    world.member(workspace_id, TEAM, Role.TEAM)
    for rep in REPS:
        world.member(workspace_id, rep)
    world.do(workspace_id, _hire, world, asked)
    plan = Plan("Spring", Audience((Function.SALES,)), MORNING.date(), cadence=Cadence.ONCE)
    run_id: str = world.do(workspace_id, pulse_plans.start, leader, world.moment(), plan)
    while world.do(workspace_id, pulse_clock.begin, Moment(MORNING, world.rng.getrandbits)):
        pass
    return workspace_id, run_id


def _hire(session: GuardedSession, world: World, asked: tuple[str, ...]) -> None:
    own: dict[str, object] = {
        "workspace_id": session.workspace_id,
        "function": Function.SALES.value,
        "time_zone": "UTC",
        "standing": "member",
        "is_slack_admin": False,
        "updated_at": world.now,
    }
    people = [{**own, "id": f"P{one}", "slack_user_id": one, "name": f"Person {one}"} for one in asked]
    session.execute(insert(PersonRow), people)
