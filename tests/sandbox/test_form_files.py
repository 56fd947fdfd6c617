"""Files in forms: what Slack's client does not let through, whoever asks, and what the app gets of the rest."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket
from tests.sandbox.greeter import plain
from tests.sandbox.seeds import MANIFEST, manifest

JSON = dict[str, Any]

SCOPES = [*MANIFEST["oauth_config"]["scopes"]["bot"], "files:read"]


def form(**element: Any) -> JSON:
    field = {"type": "file_input", "action_id": "files", **element}
    return {
        "type": "modal",
        "callback_id": "proof",
        "title": plain("Hand in"),
        "submit": plain("Send"),
        "blocks": [
            {"type": "input", "block_id": "proof", "label": plain("Proof"), "optional": True, "element": field},
        ],
    }


@pytest.fixture
def app() -> App:
    return App.from_manifest(manifest(scopes=SCOPES), channels=["general", "advocacy"])


@pytest.fixture
async def submitted(app: App, sandbox: Sandbox) -> AsyncIterator[list[JSON]]:
    """What the app got of the form."""
    got: list[JSON] = []
    async with over_socket(app, sandbox) as greeter:

        @greeter.bolt.view("proof")
        async def proof(ack: AsyncAck, view: JSON) -> None:
            await ack()
            got.append(view["state"]["values"]["proof"]["files"])

        yield got


async def opened(client: AsyncWebClient, rita: Person, **element: Any) -> JSON:
    """The form, where the app's own was."""
    await rita.command("/hello", "Ada")
    view = await rita.modal()
    await client.views_update(view_id=view["id"], view=form(**element))
    return await rita.modal("proof")


async def test_a_field_takes_what_it_asks_for(sandbox: Sandbox, client: AsyncWebClient, submitted: list[JSON]) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        one, two, other = [await rita.upload(name, b"x") for name in ("one.PNG", "two.csv", "three.txt")]
        await opened(client, rita, filetypes=["png", "csv"], max_files=2)
        kinds = await rita.submit({"proof": [one, other]})
        assert kinds.errors == {"proof": "Only these kinds of file fit here: png, csv."}
        many = await rita.submit({"proof": [one, two, one]})
        assert many.errors == {"proof": "No more than 2 files here."}
        assert submitted == []
        assert (await rita.submit({"proof": [{"id": one["id"], "name": "forged.png"}, two]})).result == "close"
    [state] = submitted
    assert state["files"] == [one, two]
    assert (await client.files_info(file=one["id"]))["file"]["name"] == "one.PNG"


async def test_without_a_word_about_it_there_are_ten_and_none_is_needed(
    sandbox: Sandbox, client: AsyncWebClient, submitted: list[JSON]
) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        files = [await rita.upload(f"{number}.txt", b"x") for number in range(11)]
        await opened(client, rita)
        assert (await rita.submit({"proof": files})).errors == {"proof": "No more than 10 files here."}
        assert (await rita.submit({"proof": []})).result == "close"
    assert submitted == [{"type": "file_input", "files": []}]


async def test_only_ones_own_files_and_none_too_large(
    sandbox: Sandbox, client: AsyncWebClient, submitted: list[JSON]
) -> None:
    async with Person(sandbox.url, "U0OMAR") as omar:
        foreign = await omar.upload("theirs.txt", b"x")
    async with Person(sandbox.url, "U0RITA") as rita:
        large = await rita.upload("large.txt", b"x" * (10 * 1024 * 1024 + 1))
        view = await opened(client, rita)
        for given in (foreign, {"id": "F0NONE"}, {"name": "made-up.txt"}):
            assert (await rita.submit({"proof": [given]})).errors == {"proof": "That file is not there any more."}
        assert (await rita.submit({"proof": [large]})).errors == {"proof": "large.txt is larger than 10 MB."}
        state = {"values": {"proof": {"files": {"type": "file_input", "files": "forged"}}}}
        async with ClientSession(sandbox.url) as session:
            sent = {"as": "U0RITA", "view_id": view["id"], "state": state}
            async with session.post("/_page/submit", json=sent) as answer:
                assert (await answer.json())["errors"] == {"proof": "That file is not there any more."}
    assert submitted == []
