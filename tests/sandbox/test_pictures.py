"""Pictures in blocks that Slack keeps: which of them an app may show, and how the others are refused, everywhere."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket
from tests.sandbox.greeter import plain
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import MANIFEST, manifest

JSON = dict[str, Any]

SCOPES = [*MANIFEST["oauth_config"]["scopes"]["bot"], "files:read", "files:write"]


@pytest.fixture
def app() -> App:
    return App.from_manifest(manifest(scopes=SCOPES), channels=["general", "advocacy"])


def image(**file: str) -> JSON:
    return {"type": "image", "alt_text": "A chart", "slack_file": file}


def section(**file: str) -> JSON:
    return {"type": "section", "text": plain("See"), "accessory": image(**file)}


def modal(*blocks: JSON) -> JSON:
    return {"type": "modal", "title": plain("Charts"), "blocks": list(blocks)}


def wrong(pointer: str) -> list[str]:
    return [f"invalid slack file [json-pointer:{pointer}]"]


async def test_an_app_shows_its_own_pictures(client: AsyncWebClient) -> None:
    file = (await client.files_upload_v2(filename="chart.png", content=b"x"))["files"][0]
    blocks = [image(id=file["id"]), section(url=file["url_private"])]
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Charts", blocks=blocks)
    assert [block["type"] for block in posted["message"]["blocks"]] == ["image", "section"]
    await client.views_publish(user_id="U0RITA", view={"type": "home", "blocks": blocks})


async def test_files_that_cannot_be_shown(sandbox: Sandbox, client: AsyncWebClient) -> None:
    text = (await client.files_upload_v2(filename="notes.txt", content="x"))["files"][0]
    begun = await client.files_getUploadURLExternal(filename="chart.png", length=3)
    async with Person(sandbox.url, "U0RITA") as rita:
        theirs = await rita.upload("chart.png", b"x")
    for file_id in ("F0NONE", text["id"], begun["file_id"], theirs["id"]):
        answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=[image(id=file_id)])
        assert (answer["error"], answer["errors"]) == ("invalid_blocks", wrong("/blocks/0/slack_file"))
    own = (await client.files_upload_v2(filename="chart.png", content="x"))["files"][0]
    elsewhere = own["url_private"].replace("T0TEST", "T0OTHER")
    for url in (theirs["url_private"], elsewhere, "https://files.example.test/chart.png", f"{sandbox.url}/"):
        blocks = [{"type": "divider"}, section(url=url)]
        answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=blocks)
        assert answer["errors"] == wrong("/blocks/1/accessory/slack_file"), url


async def test_what_people_share_where_the_app_is_can_be_shown(sandbox: Sandbox, client: AsyncWebClient) -> None:
    async with Person(sandbox.url, "U0RITA") as rita, ClientSession(sandbox.url) as session:
        file = await rita.upload("chart.gif", b"x")
        said = {"as": "U0RITA", "channel": "C0GENERAL", "text": "", "files": [file["id"]]}
        async with session.post("/_page/say", json=said) as answered:
            message = {**(await answered.json())["message"], "channel": "C0GENERAL"}
            await client.chat_postMessage(channel="C0GENERAL", text="See", blocks=[image(id=file["id"])])
        await rita.delete(message)
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=[image(id=file["id"])])
    assert answer["error"] == "invalid_blocks"


async def test_views_and_answers_are_refused_alike(sandbox: Sandbox, app: App, client: AsyncWebClient) -> None:
    unknown = image(id="F0NONE")
    async with over_socket(app, sandbox), Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello", "Ada")
        view = await rita.modal()
        trigger = sandbox.workspace.triggers.issue(app.id, "U0RITA")
        for method, more in (
            ("views.open", {"trigger_id": trigger, "view": modal(unknown)}),
            ("views.update", {"view_id": view["id"], "view": modal(unknown)}),
            ("views.publish", {"user_id": "U0RITA", "view": {"type": "home", "blocks": [unknown]}}),
        ):
            answer = await refusal(client, method, **more)
            assert answer["error"] == "invalid_arguments"
            assert answer["response_metadata"]["messages"] == [f"[ERROR] {wrong('/view/blocks/0/slack_file')[0]}"]
        # What was refused has used up nothing.
        await client.views_open(trigger_id=trigger, view=modal())
        url = sandbox.calls.named("/hello")[-1].detail["payload"]["response_url"]
        async with ClientSession() as session, session.post(url, json={"blocks": [unknown]}) as got:
            assert (got.status, "invalid_blocks" in await got.text()) == (400, True)
        body = {"text": "x", "attachments": [{"blocks": [unknown]}]}
        async with ClientSession() as session, session.post(url, json=body) as got:
            assert (got.status, "invalid_attachments" in await got.text()) == (400, True)


@pytest.mark.parametrize(
    ("inside", "pointer"),
    [
        ({"blocks": [image(id="F0NONE")]}, "blocks/0/slack_file"),
        ({"blocks": [section(url="https://files.example.test/x")]}, "blocks/0/accessory/slack_file"),
        # Where Slack describes no shape, a picture is looked up all the same, whatever stands there.
        ({"text": "x", "preview": {"slack_file": {"id": 5}}}, "preview/slack_file"),
        ({"text": "x", "preview": {"slack_file": {"url": ["x"]}}}, "preview/slack_file"),
        ({"text": "x", "preview": {"slack_file": "F0NONE"}}, "preview/slack_file"),
        ({"text": "x", "preview": [{"slack_file": None}]}, "preview/0/slack_file"),
    ],
)
async def test_attachments_hide_no_picture(client: AsyncWebClient, inside: JSON, pointer: str) -> None:
    own = (await client.files_upload_v2(filename="chart.png", content=b"x"))["files"][0]
    attached = [{"blocks": [image(id=own["id"])]}]
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=attached)
    wanted = wrong(f"/attachments/1/{pointer}")
    more = {"channel": "C0GENERAL", "text": "x", "attachments": [*attached, inside]}
    for method, which in (
        ("chat.postMessage", {}),
        ("chat.postEphemeral", {"user": "U0RITA"}),
        ("chat.update", {"ts": posted["ts"]}),
    ):
        answer = await refusal(client, method, **more, **which)
        assert (answer["error"], answer["errors"]) == ("invalid_attachments", wanted), method
    assert (await client.conversations_history(channel="C0GENERAL", limit=1))["messages"][0]["ts"] == posted["ts"]


async def test_blocks_validate_looks_the_picture_up(client: AsyncWebClient) -> None:
    own = (await client.files_upload_v2(filename="chart.png", content=b"x"))["files"][0]
    for block, taken in ((section(id=own["id"]), True), (section(id="F0NONE"), False)):
        for given, pointer in (
            ({"blocks": [block]}, "/0/accessory/slack_file"),
            ({"view": modal(block)}, "/blocks/0/accessory/slack_file"),
            ({"message": {"text": "x", "blocks": [block]}}, "/blocks/0/accessory/slack_file"),
            (
                {"message": {"text": "x", "attachments": [{"blocks": [block]}]}},
                "/attachments/0/blocks/0/accessory/slack_file",
            ),
        ):
            if taken:
                assert (await client.api_call("blocks.validate", json=given))["ok"] is True
            else:
                [error] = (await refusal(client, "blocks.validate", **given))["errors"]
                assert (error["pointer"], error["message"]) == (pointer, "invalid slack file")


@pytest.mark.parametrize("written", ['"slack_file"', '"slack\\u005ffile"', '"\\u0073lack_file"'])
async def test_a_picture_is_looked_up_however_its_key_is_written(
    sandbox: Sandbox, app: App, client: AsyncWebClient, written: str
) -> None:
    blocks = '[{"type": "image", "alt_text": "x", "slack_file": {"id": "F0NONE"}}]'.replace('"slack_file"', written)
    headers = {"Authorization": f"Bearer {app.bot_token}", "Content-Type": "application/json"}
    url = f"{sandbox.api_url}chat.postMessage"
    async with ClientSession() as session:
        body = f'{{"channel": "C0GENERAL", "text": "x", "blocks": {blocks}}}'
        async with session.post(url, data=body, headers=headers) as answer:
            assert (await answer.json())["errors"] == wrong("/blocks/0/slack_file")
        form = {"token": app.bot_token, "channel": "C0GENERAL", "text": "x", "blocks": blocks}
        async with session.post(url, data=form) as answer:
            assert (await answer.json())["errors"] == wrong("/blocks/0/slack_file")
