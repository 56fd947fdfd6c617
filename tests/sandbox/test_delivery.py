"""Socket Mode, signed HTTP, redelivery and response URLs, seen from an app written without any framework."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError, web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.delivery.http import signature_headers
from sandbox.delivery.socket_mode import SocketMode
from sandbox.person import Person, Refused
from sandbox.response_urls import Reply, ResponseUrls, UrlRefused
from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import installed
from tests.sandbox.seeds import SEED

JSON = dict[str, Any]


@dataclass
class Listening:
    """An app over HTTP that remembers what came and answers as it is told."""

    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        return self.answers.pop(0) if self.answers else web.Response()


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Sandbox, App, Listening]]:
    """A workspace with an app that listens over HTTP."""
    heard = Listening()
    application = web.Application()
    application.router.add_post("/slack", heard.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
    app = installed(transport="http", request_url=url)
    try:
        async with Sandbox(World.from_dict(SEED), [app], retry_delays=(0.0, 0.0, 0.0), **UNHURRIED) as sandbox:
            yield sandbox, app, heard
    finally:
        await runner.cleanup()


async def test_a_command_is_a_signed_form() -> None:
    async with listening() as (sandbox, app, heard), Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello", "AT&T", channel="general")
        headers, body = heard.requests[0]
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert SignatureVerifier(app.signing_secret).is_valid_request(body, headers)
        assert not SignatureVerifier("wrong").is_valid_request(body, headers)
        form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        assert form["text"] == "AT&amp;T"
        assert (form["user_id"], form["channel_name"], form["is_enterprise_install"]) == ("U0RITA", "general", "false")
        assert form["response_url"].startswith(f"{sandbox.url}/commands/T0TEST/")


async def test_an_interaction_is_a_payload_and_an_event_is_json() -> None:
    async with listening() as (sandbox, app, heard), Person(sandbox.url, "U0RITA") as rita:
        await rita.shortcut("hello")
        payload = json.loads(parse_qs(heard.requests[0][1].decode())["payload"][0])
        assert (payload["type"], payload["callback_id"]) == ("shortcut", "hello")
        await rita.say("Hello", channel="general")
        await sandbox.settled()
        headers, body = heard.requests[1]
        assert headers["Content-Type"] == "application/json"
        event = json.loads(body)
        assert event["type"] == "event_callback"
        assert event["authorizations"][0]["user_id"] == app.bot_user_id
        assert (event["event"]["channel_type"], event["event"]["text"]) == ("channel", "Hello")


async def test_events_come_again_three_times_and_then_no_more() -> None:
    async with listening() as (sandbox, _, heard), Person(sandbox.url, "U0RITA") as rita:
        heard.answers = [web.Response(status=500) for _ in range(4)]
        await rita.say("Hello", channel="general")
        await sandbox.settled()
        retries = [headers.get("X-Slack-Retry-Num") for headers, _ in heard.requests]
        assert retries == [None, "1", "2", "3"]
        assert heard.requests[1][0]["X-Slack-Retry-Reason"] == "http_error"
        ids = {json.loads(body)["event_id"] for _, body in heard.requests}
        assert len(ids) == 1
        assert [call.ok for call in sandbox.calls.named("message")] == [False] * 4


async def test_what_a_person_reads_when_the_app_fails() -> None:
    async with listening() as (sandbox, _, heard), Person(sandbox.url, "U0RITA") as rita:
        heard.answers = [web.Response(status=500)]
        with pytest.raises(Refused, match=r'^/hello failed with the error "dispatch_failed"$'):
            await rita.command("/hello")


async def test_plain_text_answers_a_command_for_its_author() -> None:
    async with listening() as (sandbox, _, heard), Person(sandbox.url, "U0RITA") as rita:
        heard.answers = [
            web.Response(text="It is done"),
            web.json_response({"response_type": "in_channel", "text": "All"}),
        ]
        await rita.command("/hello")
        assert (await rita.message("general", containing="It is done"))["is_ephemeral"]
        await rita.command("/hello")
        assert "is_ephemeral" not in await rita.message("general", containing="All")


async def test_the_request_url_is_verified_by_its_challenge() -> None:
    async with listening() as (sandbox, app, heard):
        assert not await sandbox.verify_url(app)
        asked = json.loads(heard.requests[0][1])
        assert asked["type"] == "url_verification"
    async with _echoing() as (sandbox, app):
        assert await sandbox.verify_url(app)


@asynccontextmanager
async def _echoing() -> AsyncIterator[tuple[Sandbox, App]]:
    async def echo(request: web.Request) -> web.Response:
        return web.json_response({"challenge": (await request.json())["challenge"]})

    application = web.Application()
    application.router.add_post("/slack", echo)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app = installed(transport="http", request_url=f"http://127.0.0.1:{runner.addresses[0][1]}/slack")
    try:
        async with Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox:
            yield sandbox, app
    finally:
        await runner.cleanup()


def test_the_signature_is_slacks() -> None:
    # The example of Slack's own documentation.
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        b"channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        b"response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&"
        b"trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = signature_headers("8f742231b10e8888abcd99yyyzzz85a5", body, 1531420618)
    assert headers["X-Slack-Signature"] == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


# Socket Mode


@asynccontextmanager
async def connected(sandbox: Sandbox, app: App) -> AsyncIterator[list[SocketModeRequest]]:
    """Slack's own Socket Mode client, acknowledging everything."""
    taken: list[SocketModeRequest] = []

    async def take(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        taken.append(request)
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    client = SocketModeClient(app_token=app.app_token, web_client=AsyncWebClient(base_url=sandbox.api_url))
    client.socket_mode_request_listeners.append(take)
    await client.connect()  # type: ignore[no-untyped-call] # the SDK leaves it untyped
    try:
        yield taken
    finally:
        await client.close()  # type: ignore[no-untyped-call] # the SDK leaves it untyped


async def test_envelopes_are_shared_among_connections(sandbox: Sandbox, app: App) -> None:
    async with connected(sandbox, app) as one, connected(sandbox, app) as two, Person(sandbox.url, "U0RITA") as rita:
        for _ in range(4):
            await rita.command("/hello")
        assert (len(one), len(two)) == (2, 2)
        assert {request.type for request in one + two} == {"slash_commands"}
        assert all(request.accepts_response_payload for request in one)


async def link(sandbox: Sandbox, app: App) -> str:
    """An address for one connection."""
    client = AsyncWebClient(base_url=sandbox.api_url)
    return str((await client.apps_connections_open(app_token=app.app_token))["url"])


async def test_a_ticket_opens_one_connection(app: App, sandbox: Sandbox) -> None:
    url = await link(sandbox, app)
    async with ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(WSServerHandshakeError) as caught:
            await session.ws_connect(url)
        assert caught.value.status == 401


async def test_pages_see_an_app_come_and_go(sandbox: Sandbox, app: App) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        assert rita.app()["connected"] is False
        async with connected(sandbox, app), Person(sandbox.url, "U0OMAR") as omar:
            assert omar.app()["connected"] is True


async def test_an_app_that_is_told_to_reconnect_comes_back(sandbox: Sandbox, app: App) -> None:
    async with connected(sandbox, app) as taken, Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello")
        await sandbox.disconnect(app, "refresh_requested")
        await sandbox.until_connected(app)
        await rita.command("/hello")
        assert len(taken) == 2


async def test_an_acknowledgement_that_is_too_late_fails_the_command() -> None:
    app = installed()
    async with (
        Sandbox(World.from_dict(SEED), [app], ack_seconds=0.2) as sandbox,
        ClientSession() as session,
        session.ws_connect(await link(sandbox, app)) as socket,
        Person(sandbox.url, "U0RITA") as rita,
    ):
        await socket.receive_json()
        await socket.send_str("nonsense")
        await socket.send_str("[1]")
        with pytest.raises(Refused, match="did not respond"):
            await rita.command("/hello")
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        record = sandbox.calls.named("/hello")[0]
        assert (record.ok, record.detail["reason"]) == (False, "timeout")
        assert record.ms >= 200


async def test_events_come_again_over_a_socket() -> None:
    quick = installed()
    async with (
        Sandbox(World.from_dict(SEED), [quick], ack_seconds=0.05, retry_delays=(0.0, 0.0, 0.0)) as impatient,
        ClientSession() as session,
        session.ws_connect(await link(impatient, quick)) as socket,
        Person(impatient.url, "U0RITA") as rita,
    ):
        await socket.receive_json()
        await rita.say("Hello", channel="general")
        envelopes = [await socket.receive_json() for _ in range(4)]
        assert [envelope["retry_attempt"] for envelope in envelopes] == [0, 1, 2, 3]
        assert [envelope["retry_reason"] for envelope in envelopes] == ["", "timeout", "timeout", "timeout"]
        assert len({envelope["envelope_id"] for envelope in envelopes}) == 4
        assert len({envelope["payload"]["event_id"] for envelope in envelopes}) == 1
        await impatient.settled()


# Response URLs


def test_a_response_url_works_five_times_and_thirty_minutes() -> None:
    seconds = 0.0
    urls = ResponseUrls(lambda: seconds)
    secret = urls.issue(Reply("A", "U", "C", "actions"))
    for _ in range(5):
        urls.use(secret)
    with pytest.raises(UrlRefused, match="used_url"):
        urls.use(secret)
    other = urls.issue(Reply("A", "U", "C", "actions"))
    seconds = 30 * 60 + 1.0
    with pytest.raises(UrlRefused, match="expired_url"):
        urls.use(other)


async def test_answers_to_a_response_url(sandbox: Sandbox, app: App) -> None:
    async with connected(sandbox, app) as taken, Person(sandbox.url, "U0RITA") as rita, ClientSession() as session:
        await rita.command("/hello")
        url = taken[0].payload["response_url"]
        cases: list[tuple[JSON, int, str | None]] = [
            ({"data": b"{"}, 400, "invalid_payload"),
            ({"json": {}}, 400, "no_text"),
            ({"json": {"blocks": [{"type": "nonsense"}]}}, 400, "invalid_blocks"),
            ({"json": {"text": "One"}}, 200, None),
            ({"json": {"text": "Two", "response_type": "in_channel"}}, 200, None),
        ]
        for sent, status, error in cases:
            async with session.post(url, **sent) as answer:
                assert (answer.status, (await answer.json()).get("error")) == (status, error)
        assert (await rita.message("general", containing="One"))["is_ephemeral"]
        assert "is_ephemeral" not in await rita.message("general", containing="Two")
        async with session.post(f"{sandbox.url}/commands/T0TEST/guessed", json={"text": "x"}) as answer:
            assert answer.status == 404


async def test_a_busy_connection_is_pinged_too() -> None:
    """Slack's Node client counts on it: it takes a connection without pings for dead, whatever else comes."""
    ways = SocketMode("A0TEST", lambda _on: None, ping_seconds=0.01)
    application = web.Application()
    application.router.add_get("/link/", ways.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/link/?ticket={ways.issue_ticket()}"
    async with ClientSession() as session, session.ws_connect(url, autoping=False) as socket:
        found: list[WSMsgType] = []
        while found.count(WSMsgType.PING) < 2:
            await socket.ping()
            found.append((await socket.receive(timeout=5)).type)
    await runner.cleanup()
