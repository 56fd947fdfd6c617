"""Whatever is sent in whatever form: the answer that Slack gives, and never a fault of the sandbox."""

import io
import json
from base64 import b64encode
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.control import Control
from sandbox.person import Person, Refused
from sandbox.server import Sandbox
from sandbox.strict_json import DEEPEST, parse
from sandbox.web_api import METHODS
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import installed, over_http
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import SEED

DEEP = "[" * 50_000 + "]" * 50_000
NESTED = '{"a":' * 300 + "1" + "}" * 300

BODIES = [b"", b"{", b"[]", b"null", b'"x"', b"\x00", b"\xff\xfe", DEEP.encode(), NESTED.encode(), b'{"text": NaN}', b'{"text": "\\ud800"}', b'{"text": 1e999}', b'{"limit": ' + b"9" * 5000 + b"}"]  # fmt: skip # noqa: E501
TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "nonsense", "application/json; charset=utf-16", "application/json; charset=klingon"]  # fmt: skip # noqa: E501

PLACES = [
    "api/auth.test",
    "api/chat.postMessage",
    "api/views.publish",
    "api/oauth.v2.access",
    "api/api.test",
    "api/no.such.method",
    "api/%00",
    "commands/T0TEST/x",
    "commands/T0NONE/x",
    "actions/T0TEST/x",
    "_page/say",
    "_page/step",
    "_page/nothing",
    "_control/fail",
    "_control/clock",
    "upload/v1/x",
    "oauth/v2/authorize",
    "link/",
    "",
]


@pytest.mark.parametrize("place", PLACES)
async def test_every_body_at_every_door(sandbox: Sandbox, app: App, place: str) -> None:
    async with ClientSession() as session:
        for kind in TYPES:
            for body in BODIES:
                headers = {"Authorization": f"Bearer {app.bot_token}", "Content-Type": kind}
                async with session.post(f"{sandbox.url}/{place}", data=body, headers=headers) as answer:
                    assert answer.status < 500, (kind, body[:20])
                    assert "internal_error" not in await answer.text(), (kind, body[:20])


@pytest.mark.parametrize("method", METHODS)
async def test_values_in_strange_forms(sandbox: Sandbox, app: App, method: str) -> None:
    strange: list[Any] = [NESTED, json.loads('{"a":' * 90 + "1" + "}" * 90), "\x00", "٣", "1e5", "-1", "x" * 10_000]
    names = ["channel", "post_at", "name", "timestamp", "files", "outputs", "function_execution_id", "length", "filename", "users", "message", "blocks", "view", "metadata", "limit", "oldest", "team_id"]  # fmt: skip # noqa: E501
    async with ClientSession(headers={"Authorization": f"Bearer {app.bot_token}"}) as session:
        for name in names:
            for value in strange:
                body = {"channel": "C0GENERAL", "text": "x", "user_id": "U0RITA", name: value}
                async with session.post(f"{sandbox.api_url}{method}", json=body) as answer:
                    assert answer.status == 200, (name, str(value)[:20])
                    assert (await answer.json()).get("error") != "internal_error"


async def test_a_huge_body_is_refused(sandbox: Sandbox, app: App) -> None:
    headers = {"Authorization": f"Bearer {app.bot_token}"}
    async with ClientSession(headers=headers) as session:
        for place in ("api/chat.postMessage", "_page/say", "_control/fail", "commands/T0TEST/x"):
            body = io.BytesIO(json.dumps({"channel": "C0GENERAL", "text": "x" * 2_000_000}).encode())
            posted = session.post(f"{sandbox.url}/{place}", data=body, headers={"Content-Type": "application/json"})
            async with posted as answer:
                assert (answer.status, (await answer.json())["error"]) == (413, "request_too_large")


async def test_broken_compression_is_refused(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    url = f"{sandbox.api_url}api.test"
    async with ClientSession() as session, session.post(url, data=b"no gzip", headers=headers) as answer:
        assert answer.status == 400


async def test_a_ticket_opens_one_connection(sandbox: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=app.app_token, base_url=sandbox.api_url)
    url = (await client.apps_connections_open(app_token=app.app_token))["url"]
    async with ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        for bad in (url, url.replace("ticket=", "ticket=x"), url.replace(app.id, "A0NONE")):
            with pytest.raises(WSServerHandshakeError) as caught:
                await session.ws_connect(bad)
            assert caught.value.status in (401, 404)


async def test_frames_that_are_no_acknowledgement_change_nothing(sandbox: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=app.app_token, base_url=sandbox.api_url)
    url = (await client.apps_connections_open(app_token=app.app_token))["url"]
    async with ClientSession() as session, session.ws_connect(url) as socket, Person(sandbox.url, "U0RITA") as rita:
        await socket.receive_json()
        for frame in ("{", "[]", "5", DEEP, '{"envelope_id": 5}', '{"envelope_id": "x", "payload": []}'):
            await socket.send_str(frame)
        await socket.send_bytes(b"\xff")
        await rita.say("Still there", channel="general")
        envelope = await socket.receive_json()
        acknowledgement = {"envelope_id": envelope["envelope_id"], "payload": "ignored"}
        await socket.send_json(acknowledgement)
        await socket.send_json(acknowledgement)
        await sandbox.settled()
        assert [call.ok for call in sandbox.calls.named("message")] == [True]
        assert not socket.closed


async def test_a_frame_that_is_too_large_ends_the_connection_alone(sandbox: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=app.app_token, base_url=sandbox.api_url)
    url = (await client.apps_connections_open(app_token=app.app_token))["url"]
    async with ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        with suppress(ConnectionError):
            # The other side may hang up before all of it is sent.
            await socket.send_str("x" * 5_000_000)
        assert (await socket.receive()).type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING)
    assert (await AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url).auth_test())["ok"] is True


@pytest.mark.parametrize("mishap", ["forged", "stale"])
async def test_an_app_refuses_what_is_badly_signed_or_replayed(mishap: str) -> None:
    app = installed(transport="http")
    async with (
        Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox,
        over_http(app, sandbox) as greeter,
        Person(sandbox.url, "U0RITA") as rita,
        Control(sandbox.url) as control,
    ):
        await control.demand("deliveries", mishap=mishap, name="/hello")
        with pytest.raises(Refused, match="dispatch_failed"):
            await rita.command("/hello", "quickly")
        assert greeter.seen == []
        await rita.command("/hello", "quickly")
        assert len(greeter.seen) == 1


@pytest.mark.parametrize("text", ["{", "NaN", "[Infinity]", '"\\ud800"', '["\\udfff"]', DEEP, NESTED, "9" * 5000])
def test_what_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a broken text, a deep one and a long number have no word in common
        parse(text)


@pytest.mark.parametrize("depth", [1, DEEPEST - 1])
def test_what_is_read(depth: int) -> None:
    assert parse("[" * depth + '"\\ud83d\\ude00"' + "]" * depth)
    assert parse("[" + "[]," * 200 + "1]")[-1] == 1


@pytest.mark.parametrize(
    ("method", "more", "error"),
    [
        ("conversations.list", {"limit": "9" * 5000}, "invalid_limit"),
        ("conversations.list", {"limit": "\u0663"}, "invalid_limit"),
        ("conversations.history", {"channel": "C0GENERAL", "oldest": "\u0663"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": "C0GENERAL", "oldest": "9" * 5000}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": "C0GENERAL", "latest": "9" * 5000}, "invalid_ts_latest"),
        ("chat.scheduleMessage", {"channel": "C0GENERAL", "text": "x", "post_at": "9" * 5000}, "invalid_time"),
        ("conversations.list", {"cursor": b64encode(b"next:-5").decode()}, "invalid_cursor"),
        ("conversations.list", {"cursor": b64encode(b"next:" + b"9" * 5000).decode()}, "invalid_cursor"),
    ],
)
async def test_numbers_that_nobody_can_read(
    client: AsyncWebClient, method: str, more: dict[str, str], error: str
) -> None:
    assert (await refusal(client, method, **more))["error"] == error
