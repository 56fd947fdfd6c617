"""Delivery against the local workspace, with the scopes of Everboard's own manifest."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from domain.messages import Kind
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from schedules.delivery import Delivery
from storage import outbox, undelivered
from storage.delivery import LEASE
from storage.outbox import Status
from tests.outbox import KEYS, Company
from tests.patience import patient

SEED = {
    "team": {"id": "T1", "name": "Acme", "domain": "acme"},
    "users": [
        {"id": "U0ADA", "name": "ada", "real_name": "Ada", "email": "ada@acme.test", "is_admin": True},
        {"id": "U0BOB", "name": "bob", "real_name": "Bob", "email": "bob@acme.test"},
    ],
    "channels": [
        {"id": "C0ADVOCACY", "name": "advocacy", "members": ["ada"], "is_private": True},
        {"id": "C0WINS", "name": "advocacy-wins", "members": "all"},
    ],
}


@dataclass
class Office:
    """A company whose Slack is the local workspace."""

    company: Company
    sandbox: Sandbox
    app: App
    delivery: Delivery

    def texts(self, channel_id: str) -> list[str]:
        """What Everboard said in a channel."""
        return [
            message["text"]
            for message in self.sandbox.world.channels[channel_id].messages.values()
            if message.get("bot_id") == self.app.bot_id and not message.get("subtype")
        ]

    def told(self, user_id: str) -> list[str]:
        """What Everboard told a person."""
        im = self.sandbox.world.find_im(user_id, self.app.bot_user_id)
        return [] if im is None else self.texts(im.id)


@asynccontextmanager
async def opened(url: str, *, channels: tuple[str, ...], optional_scopes: bool = True) -> AsyncIterator[Office]:
    app = App.from_manifest(manifest.load(), channels=channels, optional_scopes=optional_scopes)
    db = patient(url, KEYS)
    company = Company(db)
    async with Sandbox(World.from_dict(SEED, now=company.clock.now()), [app], now=company.clock.now) as sandbox:

        async def slack_for(workspace_id: str) -> AsyncWebClient:
            return AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)

        delivery = Delivery(db, slack_for, company.clock, random.Random(3), pause=company.clock.pause)
        yield Office(company, sandbox, app, delivery)
    db.close()


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with opened(sqlite_url, channels=("advocacy", "advocacy-wins")) as made:
        yield made


async def settle(office: Office) -> None:
    office.company.clock.move(LEASE + timedelta(seconds=1))
    await office.delivery.drain()


async def test_alerts_reach_the_private_channel_of_the_usual_name_and_stay_current(office: Office) -> None:
    office.company.put("role:advocacy", "new nomination", slot="nomination:1")
    office.company.put("U0BOB", "thank you")
    await office.delivery.drain()
    office.company.put("role:advocacy", "accepted", slot="nomination:1")
    await office.delivery.drain()
    assert office.texts("C0ADVOCACY") == ["accepted"]
    assert office.told("U0BOB") == ["thank you"]


@pytest.mark.parametrize("target", ["role:advocacy", "U0BOB"])
async def test_an_answer_that_is_lost_does_not_double_the_message(office: Office, target: str) -> None:
    office.sandbox.faults.lose("chat.postMessage")
    message_id = office.company.put(target, "once")
    await office.delivery.drain()
    assert Status(office.company.row(message_id).status) is Status.SENDING
    await settle(office)
    assert office.texts("C0ADVOCACY") + office.told("U0BOB") == ["once"]
    assert Status(office.company.row(message_id).status) is Status.DELIVERED


async def test_without_the_optional_scopes_a_channel_gets_a_possible_repeat_and_a_person_none(sqlite_url: str) -> None:
    async with opened(sqlite_url, channels=("advocacy",), optional_scopes=False) as office:
        office.sandbox.faults.lose("chat.postMessage", times=2)
        office.company.put("role:advocacy", "alert", Kind.NOMINATION_ALERT)
        office.company.put("U0BOB", "news")
        await office.delivery.drain()
        await settle(office)
        assert office.texts("C0ADVOCACY") == ["alert", "alert"]
        assert office.told("U0BOB") == ["news"]


async def test_a_rate_limit_is_waited_out(office: Office) -> None:
    office.sandbox.faults.limit("chat.postMessage", retry_after=20)
    started = office.company.clock.real()
    office.company.put("U0BOB", "patience")
    await office.delivery.drain()
    assert office.told("U0BOB") == ["patience"]
    assert office.company.clock.real() - started >= timedelta(seconds=20)


async def test_an_uninvited_bot_says_so_to_the_admin_and_posts_once_it_is_invited(sqlite_url: str) -> None:
    async with opened(sqlite_url, channels=()) as office:
        office.company.admin("U0ADA")
        office.company.put("role:wins", "Acme is in", Kind.WIN)
        await office.delivery.drain()
        (told,) = office.told("U0ADA")
        assert "I'm not a member of <#C0WINS>" in told
        assert [problem.status for problem in office.company.do(undelivered.problems)] == [Status.HELD]
        office.sandbox.admin.add_member("advocacy-wins", office.app.bot_user_id)
        office.company.do(outbox.release_held, office.company.moment())
        await office.delivery.drain()
        assert office.texts("C0WINS") == ["Acme is in"]
