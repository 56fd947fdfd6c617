"""Whatever comes in under Slack's name, Everboard answers it, nothing unforeseen happens, and no row breaks a rule.

Payloads that Slack really sent are garbled and sent again, through the whole of the bot: signed HTTP, Bolt, the
listeners, a real database. `CHAOS_SEED=…` repeats a run.
"""

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession
from sqlalchemy import update
from sqlalchemy.engine import make_url

from storage.guard import GuardedSession
from storage.outbox import Message, Status
from tests.chaos.garbling import Garbler
from tests.chaos.listening import Listening, listening
from tests.chaos.payloads import Post, Sent, closings, events_of_slack, ids_of, recorded, shown
from tests.chaos.rules import no_row_breaks_a_rule, undecided
from tests.chaos.scale import SCALE, a_seed, said
from tests.e2e.acts import nominated, published
from tests.e2e.conftest import Company, running
from tests.e2e.doors import administers, every_door_once, looks_up, reviews

pytestmark = pytest.mark.timeout(SCALE.longest)

EACH = 200
"""Payloads after which the rows are looked at, and put back as they were: who has lost a role finds closed doors."""

FORGED_IN = 50
"""One in so many is signed with a wrong secret."""

MOST = 60
"""Different failures after which a run has told enough."""

ANSWERING = 5.0
"""Seconds within which whoever answers has done so."""


@dataclass
class Shooting:
    """One run: sends what it is given and notes what should not have happened, each kind of failure once."""

    company: Company
    post: Post
    heard: Listening
    found: dict[str, str] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)

    async def shoot(self, sent: Sent, *, forged: bool = False) -> None:
        """Send one, wait until it is answered, and look."""
        before = dict(self.company.everboard.house.installations)
        status, body = await self.post.send(sent, secret="0" * 32 if forged else None)
        await self.company.everboard.house.finished(ANSWERING)
        self.statuses[status] += 1
        wrong = self.heard.news()
        if status != (401 if forged else 200):
            wrong.append(f"answered {status} {body[:80]} {self.heard.last}")
        for what in wrong:
            self.note(what, sent)
        self.company.everboard.house.installations.update(before)  # a token that was revoked, as far as it knew

    def note(self, what: str, sent: Sent) -> None:
        """One failure."""
        key = what.partition("\n")[0].partition(": ")[0] + what.rpartition(" at ")[2].partition("\n")[0]
        self.times[key] += 1
        self.found.setdefault(key, f"{what}\n    {sent.name}: {shown(sent.payload)}")

    def look(self) -> None:
        """At the rows."""
        for breach in no_row_breaks_a_rule(self.company.everboard.db):
            self.found.setdefault(breach.split(" ")[0] + breach.split(": ")[-1][:30], f"a row breaks a rule: {breach}")

    def report(self) -> str:
        """What failed, the most frequent first."""
        told = sorted(self.found.items(), key=lambda one: -self.times[one[0]])
        return "\n".join(f"{self.times[key]} times: {words}" for key, words in told[:MOST])


@dataclass
class Snapshot:
    """The rows as they were, to go back to; on SQLite alone."""

    url: str
    kept: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def __post_init__(self) -> None:
        with closing(self._open()) as file:
            file.backup(self.kept)

    def restore(self) -> None:
        """Put them back, as one transaction."""
        with closing(self._open()) as file:
            self.kept.backup(file)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(str(make_url(self.url).database), timeout=60)


async def some_doors(company: Company) -> None:
    """A few of the doors, for the form of every day."""
    async with (
        company.person("desmond") as rep,
        company.person("kaylee") as second,
        company.person("priyanka") as team,
        company.person("rasmus") as admin,
    ):
        await published(rep, team, "Ada Okafor")
        await reviews(company, rep, second, team)
        await looks_up(team)
        await administers(company, admin)
        await nominated(rep, "Lea Mbeki")


def mended(session: GuardedSession) -> None:
    """One of the doors shows what could not be delivered, and a message stands for that."""
    session.execute(update(Message).where(Message.status == Status.DEAD.value).values(problem=None))
    session.commit()


async def under_fire(company: Company, seed: int, number: int, seconds: float) -> Shooting:
    """So many garbled payloads, or as many as go into that time."""
    rng, sent = random.Random(seed), [*recorded(company), *events_of_slack()]
    sent += closings(sent)
    snapshot = Snapshot(company.everboard.db.url)
    async with ClientSession() as session:
        with listening() as heard:
            run = Shooting(company, Post(company, session), heard)
            garbler = Garbler(rng, ids_of(company))
            began, done = time.monotonic(), 0
            while done < number and time.monotonic() - began < seconds:
                one = run.post.fresh(sent[done % len(sent)])
                await run.shoot(Sent(one.kind, garbler.garbled(one.payload)), forged=rng.randrange(FORGED_IN) == 0)
                done += 1
                if done % EACH == 0:
                    run.look()
                    snapshot.restore()
            run.look()
    took = time.monotonic() - began
    said(f"seed {seed}: {done} payloads of {len(sent)} kinds in {took:.0f} s, {dict(run.statuses)}")
    return run


async def test_some_payloads_garbled(sample_url: str) -> None:
    seed = a_seed()
    async with running(sample_url, "http") as company:
        await some_doors(company)
        await company.delivered()
        company.read(mended)
        run = await under_fire(company, seed, SCALE.few_payloads, SCALE.payload_seconds)
    assert not run.found, run.report()
    assert run.statuses[200] > 100


@pytest.mark.slow
async def test_every_payload_garbled(sample_url: str) -> None:
    seed = a_seed()
    async with running(sample_url, "http") as company:
        await every_door_once(company)
        await company.delivered()
        company.read(mended)
        run = await under_fire(company, seed, SCALE.payloads, SCALE.longest)
    assert not run.found, run.report()
    assert run.statuses[200] > SCALE.payloads * 0.9


def test_every_column_that_names_one_of_a_few_things_is_looked_at() -> None:
    assert undecided() == set()
