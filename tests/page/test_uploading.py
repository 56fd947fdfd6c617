"""Files of people, over the protocol of the page: whose they are, who sees them, what is refused."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest_asyncio
from aiohttp import ClientSession

from sandbox.apps import App
from sandbox.files import MOST_BYTES
from sandbox.server import Sandbox
from sandbox.world import World
from tests.page.sample_world import MANIFEST, SEED

JSON = dict[str, Any]


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(SEED), [App.from_manifest(MANIFEST, channels=["general"])]) as running:
        yield running


@pytest_asyncio.fixture
async def session(sandbox: Sandbox) -> AsyncIterator[ClientSession]:
    async with ClientSession(sandbox.url) as opened:
        yield opened


async def upload(session: ClientSession, name: str, content: bytes = b"abc") -> tuple[int, JSON]:
    async with session.post("/_page/upload", params={"as": "U0AMIR", "name": name}, data=BytesIO(content)) as answer:
        return answer.status, await answer.json()


async def say(session: ClientSession, channel: str, files: object, as_: str = "U0AMIR") -> tuple[int, JSON]:
    body = {"as": as_, "channel": channel, "text": "", "files": files}
    async with session.post("/_page/say", json=body) as answer:
        return answer.status, await answer.json()


async def seen(session: ClientSession, file: JSON, as_: str) -> int:
    async with session.get(file["url_private"], params={"as": as_}) as answer:
        return answer.status


async def test_a_file_is_its_owners_until_it_is_shared(session: ClientSession) -> None:
    file = (await upload(session, "a/b.png"))[1]["file"]
    assert (file["name"], file["size"], file["user"], file["mimetype"]) == ("a_b.png", 3, "U0AMIR", "image/png")
    assert [await seen(session, file, who) for who in ("U0AMIR", "U0LENA", "U0ROSA")] == [200, 404, 404]
    message = (await say(session, "C0ADVOCACY", [file["id"]]))[1]["message"]
    assert (message["subtype"], [one["id"] for one in message["files"]]) == ("file_share", [file["id"]])
    assert "blocks" not in message
    assert [await seen(session, file, who) for who in ("U0AMIR", "U0LENA", "U0ROSA")] == [200, 200, 404]


async def test_what_is_refused(session: ClientSession) -> None:
    file = (await upload(session, "x.txt"))[1]["file"]
    assert (await upload(session, ""))[0] == 400
    assert (await upload(session, "empty.txt", b""))[1]["error"] == "empty.txt is empty."
    assert "is larger than 32 MB" in (await upload(session, "big.bin", bytes(MOST_BYTES + 1)))[1]["error"]
    assert (await say(session, "C0ADVOCACY", []))[1]["error"] == "There is nothing to send yet."
    assert (await say(session, "C0ADVOCACY", ["F0NONE"]))[1]["error"] == "That file is not there any more."
    assert (await say(session, "C0ADVOCACY", [file["id"]], as_="U0LENA"))[1]["ok"] is False
    for nonsense in ("F1", [1], ["F1"] * 11, {"id": "F1"}):
        assert (await say(session, "C0ADVOCACY", nonsense))[0] == 400
