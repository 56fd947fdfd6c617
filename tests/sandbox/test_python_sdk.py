"""Slack's own Python clients: the one that blocks, and both Socket Mode clients that need nothing but the SDK."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import current_thread, main_thread
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient as BlockingSocket
from slack_sdk.socket_mode.aiohttp import SocketModeClient as AwaitingSocket
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.greeter import form, greeting

JSON = dict[str, Any]
REFUSED = {"response_action": "errors", "errors": {"name": "Not this one"}}


@pytest.fixture
def blocking(app: App, sandbox: Sandbox) -> WebClient:
    """The client that blocks its thread; the sandbox's own must stay free."""
    return WebClient(token=app.bot_token, base_url=sandbox.api_url)


def written(client: WebClient) -> list[JSON]:
    """What a message goes through, and what is left of it."""
    posted = client.chat_postMessage(channel="C0GENERAL", text="One", blocks=greeting("*One*"))
    client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Two", blocks=greeting("*Two*"))
    client.chat_postMessage(channel="C0GENERAL", text="A reply", thread_ts=posted["ts"])
    gone = client.chat_postMessage(channel="C0GENERAL", text="Gone")
    client.chat_delete(channel="C0GENERAL", ts=gone["ts"])
    left: list[JSON] = client.conversations_replies(channel="C0GENERAL", ts=posted["ts"])["messages"]
    return left


async def test_messages_through_the_client_that_blocks(blocking: WebClient) -> None:
    left = await asyncio.to_thread(written, blocking)
    assert [message["text"] for message in left] == ["Two", "A reply"]
    assert left[0]["blocks"][0]["text"]["text"] == "*Two*"


async def test_it_pages_by_cursor(blocking: WebClient) -> None:
    def names() -> list[list[str]]:
        return [[user["name"] for user in page["members"]] for page in blocking.users_list(limit=2)]

    pages = await asyncio.to_thread(names)
    assert [len(page) for page in pages] == [2, 2, 2]
    assert {"rita", "slackbot"} < {name for page in pages for name in page}


async def test_it_raises_what_is_refused(blocking: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await asyncio.to_thread(blocking.chat_postMessage, channel="C0OLD", text="Hello")
    assert caught.value.response["error"] == "is_archived"


async def test_it_waits_as_long_as_it_is_told(blocking: WebClient, sandbox: Sandbox) -> None:
    sandbox.faults.limit("auth.test", retry_after=1)
    blocking.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    assert (await asyncio.to_thread(blocking.auth_test))["ok"]
    refused, taken = sandbox.calls.named("auth.test")
    assert (refused.error, taken.error) == ("ratelimited", None)
    assert (taken.at - refused.at).total_seconds() > 0.9


# Socket Mode: an app of two acts, with each client.


@asynccontextmanager
async def blocking_socket(app: App, sandbox: Sandbox) -> AsyncIterator[list[SocketModeRequest]]:
    """The built-in client, which reads and answers in threads of its own."""
    web = WebClient(token=app.bot_token, base_url=sandbox.api_url)
    client = BlockingSocket(app_token=app.app_token, web_client=web, ping_interval=0.5)
    taken: list[SocketModeRequest] = []

    def take(socket: BaseSocketModeClient, request: SocketModeRequest) -> None:
        assert current_thread() is not main_thread()
        taken.append(request)
        if request.type == "slash_commands":
            web.views_open(trigger_id=request.payload["trigger_id"], view=form("Ada"))
        socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer_to(request)))

    client.socket_mode_request_listeners.append(take)
    await asyncio.to_thread(client.connect)
    try:
        yield taken
    finally:
        await asyncio.to_thread(client.close)


@asynccontextmanager
async def awaiting_socket(app: App, sandbox: Sandbox) -> AsyncIterator[list[SocketModeRequest]]:
    """The client on aiohttp."""
    web = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    client = AwaitingSocket(app_token=app.app_token, web_client=web)
    taken: list[SocketModeRequest] = []

    async def take(socket: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        taken.append(request)
        if request.type == "slash_commands":
            await web.views_open(trigger_id=request.payload["trigger_id"], view=form("Ada"))
        await socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer_to(request)))

    client.socket_mode_request_listeners.append(take)
    await client.connect()  # type: ignore[no-untyped-call] # the SDK leaves it untyped
    try:
        yield taken
    finally:
        await client.close()  # type: ignore[no-untyped-call] # the SDK leaves it untyped


def answer_to(request: SocketModeRequest) -> JSON | None:
    """Options for the type-ahead, a complaint about the form, and nothing else."""
    kind = request.payload.get("type")
    if kind == "block_suggestion":
        return {"options": [{"text": {"type": "plain_text", "text": "Acme"}, "value": "acme"}]}
    return REFUSED if kind == "view_submission" else None


# The built-in client cannot be closed while it listens, which it does for three seconds at a time.
both = pytest.mark.parametrize("connect", [pytest.param(blocking_socket, marks=pytest.mark.slow), awaiting_socket])
Connecting = Callable[[App, Sandbox], AbstractAsyncContextManager[list[SocketModeRequest]]]


@both
async def test_both_socket_mode_clients(connect: Connecting, app: App, sandbox: Sandbox) -> None:
    async with connect(app, sandbox) as taken, Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello", "Ada & Grace", channel="general")
        await rita.modal("greeting", containing="Ada")
        submitted = await rita.submit({"company": "Acme"})
        assert (submitted.result, submitted.errors) == ("errors", REFUSED["errors"])
        await rita.say("Über 1,000 characters: " + "ä😀" * 1_000, channel="general")
        await sandbox.settled()
    assert [request.type for request in taken] == ["slash_commands", "interactive", "interactive", "events_api"]
    assert taken[0].payload["text"] == "Ada &amp; Grace"
    assert taken[-1].payload["event"]["text"].endswith("ä😀")


@both
async def test_both_come_back_when_they_are_told_to_go(connect: Connecting, app: App, sandbox: Sandbox) -> None:
    async with connect(app, sandbox) as taken, Person(sandbox.url, "U0RITA") as rita:
        await sandbox.disconnect(app, "refresh_requested")
        await sandbox.until_connected(app)
        await rita.command("/hello", "again", channel="general")
        await rita.modal("greeting")
    # The client on aiohttp hears both the word and the closing, and may connect once for each.
    assert len(sandbox.calls.named("apps.connections.open")) > 1
    assert [request.payload["text"] for request in taken] == ["again"]
