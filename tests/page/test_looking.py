"""What the page asks of a large workspace, over its protocol: parts of a conversation, and users cut short."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from aiohttp import ClientSession

from sandbox.server import Sandbox
from sandbox.world import World
from tests.page.sample_world import SEED

SAID = [{"user": "lena", "text": str(number)} for number in range(10)]


@pytest_asyncio.fixture
async def session() -> AsyncIterator[ClientSession]:
    room = {"id": "C0ROOM", "name": "room", "members": "all", "messages": SAID}
    world = World.from_dict({**SEED, "channels": [*SEED["channels"], room]})
    async with Sandbox(world, []) as running, ClientSession(running.url) as opened:
        yield opened


async def ask(session: ClientSession, name: str, **query: str) -> dict[str, Any]:
    async with session.get(f"/_page/{name}", params={"as": "U0LENA", **query}) as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def part(session: ClientSession, **query: str) -> tuple[str, bool]:
    found = await ask(session, "messages", channel="C0ROOM", **query)
    return "".join(message["text"] for message in found["messages"]), found["has_more"]


async def test_a_part_of_a_conversation_before_or_after_a_message(session: ClientSession) -> None:
    everything = (await ask(session, "messages", channel="C0ROOM"))["messages"]
    ts = {message["text"]: message["ts"] for message in everything}
    assert await part(session, limit="3") == ("789", True)
    assert await part(session, limit="3", before=ts["5"]) == ("234", True)
    assert await part(session, limit="3", before=ts["3"]) == ("012", False)
    assert await part(session, limit="3", after=ts["3"]) == ("456", True)
    assert await part(session, limit="3", after=ts["7"]) == ("89", False)
    assert await part(session, after=ts["3"], before=ts["6"]) == ("45", False)


async def test_users_can_be_had_without_what_the_page_does_not_show(session: ClientSession) -> None:
    full = {user["id"]: user for user in (await ask(session, "boot"))["users"]}
    lean = {user["id"]: user for user in (await ask(session, "boot", lean="1"))["users"]}
    assert full.keys() == lean.keys()
    assert lean["U0ROSA"] == {
        "id": "U0ROSA",
        "name": "rosa",
        "real_name": "Rosa Marín",
        "tz": "Europe/Madrid",
        "profile": {key: full["U0ROSA"]["profile"][key] for key in ("real_name", "display_name", "title")},
        "role_hint": "Sales rep",
    }
    assert lean["U0GUS"]["is_restricted"] is True
