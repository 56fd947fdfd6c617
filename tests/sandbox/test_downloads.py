"""Pictures that blocks name by an address: fetched where they are on this machine, and refused where that fails."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.downloads import Downloads
from sandbox.person import Person
from sandbox.refusals import Refused
from sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket
from tests.sandbox.greeter import ANSWERS, plain
from tests.sandbox.refused import refusal

JSON = dict[str, Any]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(16)


@dataclass
class Gallery:
    """A web server with pictures, good and bad."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    closed: bool = False

    async def answer(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked.append(name)
        if name == "moved":
            raise web.HTTPFound("/chart.png")
        if name == "away":
            raise web.HTTPFound("https://elsewhere.example.test/chart.png")
        if name == "round":
            raise web.HTTPFound("/round")
        body = {"chart.png": PNG, "photo.jpg": b"\xff\xd8\xff\xe0", "wave.gif": b"GIF89a", "flow.webp": WEBP}.get(name)
        if name == "broken" or self.closed:
            raise web.HTTPInternalServerError
        if body is None:
            return web.Response(text="<html>Please log in</html>", content_type="image/png")
        return web.Response(body=body)


@pytest.fixture
async def gallery() -> AsyncIterator[Gallery]:
    found = Gallery()
    application = web.Application()
    application.router.add_get("/{name}", found.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


def image(url: str) -> JSON:
    return {"type": "image", "alt_text": "A chart", "image_url": url}


def section(url: str) -> JSON:
    return {"type": "section", "text": plain("See"), "accessory": image(url)}


def modal(*blocks: JSON) -> JSON:
    return {"type": "modal", "title": plain("Charts"), "blocks": list(blocks)}


def failed(pointer: str) -> str:
    return f"downloading image failed [json-pointer:{pointer}]"


@pytest.mark.parametrize("name", ["chart.png", "photo.jpg", "wave.gif", "moved", "away"])
async def test_pictures_that_are_there(client: AsyncWebClient, gallery: Gallery, name: str) -> None:
    blocks = [image(f"{gallery.url}/{name}"), section(f"{gallery.url}/{name}")]
    await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    assert gallery.asked.count(name) == 1
    await client.views_publish(user_id="U0RITA", view={"type": "home", "blocks": blocks})


@pytest.mark.parametrize("name", ["page.html", "flow.webp", "broken", "round"])
async def test_what_is_no_picture(client: AsyncWebClient, gallery: Gallery, name: str) -> None:
    blocks = [{"type": "divider"}, image(f"{gallery.url}/{name}")]
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=blocks)
    wanted = failed("/blocks/1/image_url")
    assert answer == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [wanted],
        "response_metadata": {"messages": [f"[ERROR] {wanted}"]},
    }


@pytest.mark.parametrize(
    "url", ["x", "chart.png", "ftp://127.0.0.1/chart.png", "data:image/png;base64,eA==", "http://["]
)
async def test_what_nobody_can_fetch(client: AsyncWebClient, url: str) -> None:
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=[section(url)])
    assert answer["errors"] == [failed("/blocks/0/accessory/image_url")]


async def test_where_nobody_listens(client: AsyncWebClient, unused_tcp_port: int) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        blocks = [image(f"http://{host}:{unused_tcp_port}/chart.png")]
        answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=blocks)
        assert answer["errors"] == [failed("/blocks/0/image_url")]


async def test_nobody_beyond_this_machine_is_called(client: AsyncWebClient) -> None:
    blocks = [image("https://pictures.example.test/chart.png")]
    await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)


async def test_a_picture_that_comes_back_is_taken_again(gallery: Gallery) -> None:
    downloads, url = Downloads(), f"{gallery.url}/chart.png"
    gallery.closed = True
    await downloads.look([[image(url)]])
    assert downloads.failed(url)
    gallery.closed = False
    await downloads.look([[image(url)]])
    assert not downloads.failed(url)


async def test_every_way_in_is_refused_alike(
    sandbox: Sandbox, app: App, client: AsyncWebClient, gallery: Gallery
) -> None:
    bad = image(f"{gallery.url}/page.html")
    message: JSON = {"channel": "C0GENERAL", "text": "x"}
    posted = await client.chat_postMessage(**message)
    inside = {**message, "attachments": [{"blocks": [bad]}]}
    for method, given in (
        ("chat.postMessage", inside),
        ("chat.postEphemeral", {**inside, "user": "U0RITA"}),
        ("chat.update", {**inside, "ts": posted["ts"]}),
    ):
        answer = await refusal(client, method, **given)
        assert (answer["error"], answer["errors"]) == (
            "invalid_attachments",
            [failed("/attachments/0/blocks/0/image_url")],
        )
    home = {"type": "home", "blocks": [bad]}
    answer = await refusal(client, "views.publish", user_id="U0RITA", view=home)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {failed('/view/blocks/0/image_url')}"]
    [error] = (await refusal(client, "blocks.validate", blocks=[bad]))["errors"]
    assert (error["pointer"], error["message"]) == ("/0/image_url", "downloading image failed")
    # An attachment's own picture is fetched when it is shown.
    await client.chat_postMessage(**message, attachments=[{"text": "x", "image_url": bad["image_url"]}])
    form = {"token": app.bot_token, **message, "blocks": json.dumps([bad])}
    async with ClientSession() as session, session.post(f"{sandbox.api_url}chat.postMessage", data=form) as got:
        assert (await got.json())["errors"] == [failed("/blocks/0/image_url")]


async def test_answers_of_the_app_are_refused_as_well(
    sandbox: Sandbox, app: App, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = image(f"{gallery.url}/chart.png"), image(f"{gallery.url}/page.html")
    monkeypatch.setitem(ANSWERS, "Pictured", {"response_action": "update", "view": modal(bad)})
    async with over_socket(app, sandbox), Person(sandbox.url, "U0RITA") as rita, ClientSession() as session:
        await rita.command("/hello", "Ada")
        url = sandbox.calls.named("/hello")[-1].detail["payload"]["response_url"]
        for block, status in ((bad, 400), (good, 200)):
            async with session.post(url, json={"text": "x", "blocks": [block]}) as got:
                assert got.status == status
        await rita.modal()
        with pytest.raises(Refused, match="trouble connecting"):
            await rita.submit({"name": "Pictured", "company": "Acme 1"})
        [told] = sandbox.calls.named("view_submission answer")
        assert told.detail["messages"] == [f"[ERROR] {failed('/view/blocks/0/image_url')}"]
