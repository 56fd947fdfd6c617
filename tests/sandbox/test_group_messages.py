"""Direct messages of several people: opening them, talking in them, who sees them."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket
from tests.sandbox.seeds import MANIFEST, manifest

SCOPES = [*MANIFEST["oauth_config"]["scopes"]["bot"], "mpim:read", "mpim:write", "mpim:history"]
EVENTS = [*MANIFEST["settings"]["event_subscriptions"]["bot_events"], "message.mpim"]


@pytest.fixture
def app() -> App:
    return App.from_manifest(manifest(scopes=SCOPES, events=EVENTS), channels=["general", "advocacy"])


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    return str(caught.value.response["error"])


async def test_several_people_have_one_conversation(sandbox: Sandbox, client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0RITA,U0OMAR", return_im=True)
    again = await client.conversations_open(users="U0OMAR,U0RITA")
    assert again["channel"] == {"id": first["channel"]["id"]}
    assert (first["channel"]["is_mpim"], first["channel"]["is_im"], again["already_open"]) == (True, False, True)
    assert first["channel"]["name"] == "mpdm-greeter--rita--omar-1"
    listed = await client.conversations_list(types="mpim")
    assert [one["id"] for one in listed["channels"]] == [first["channel"]["id"]]
    assert listed["channels"][0]["num_members"] == 3


async def test_talk_in_it_reaches_the_app_and_nobody_else(sandbox: Sandbox, app: App, client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U0RITA,U0OMAR"))["channel"]["id"]
    async with over_socket(app, sandbox), Person(sandbox.url, "U0RITA") as rita:
        await client.chat_postMessage(channel=channel, text="Hello, you two")
        await rita.message(channel, containing="you two")
        await rita.say("Hello yourself", channel=channel)
        await sandbox.settled()
        events = [call.detail["payload"]["event"] for call in sandbox.calls.named("message")]
    assert [(one["channel_type"], one["text"]) for one in events][-1] == ("mpim", "Hello yourself")
    read = await client.conversations_history(channel=channel)
    assert [message["text"] for message in read["messages"]] == ["Hello yourself", "Hello, you two"]
    url = f"{sandbox.url}/_page/messages"
    async with ClientSession() as session:
        for who, seen in (("U0OMAR", True), ("U0GUS", False)):
            async with session.get(url, params={"as": who, "channel": channel}) as answer:
                assert (await answer.json())["ok"] is seen


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0RITA,U0NONE", "user_not_found"),
        ("U0RITA,U0GONE", "user_disabled"),
        ("U0RITA,U0SANDBOX", "cannot_dm_bot"),
        (",".join(f"U{n}" for n in range(9)), "too_many_users"),
    ],
)
async def test_who_cannot_be_in_it(client: AsyncWebClient, users: str, error: str) -> None:
    assert await refusal(client, "conversations.open", users=users) == error


async def test_it_is_no_channel(client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U0RITA,U0OMAR"))["channel"]["id"]
    for method in ("conversations.archive", "conversations.invite", "conversations.join"):
        answer = await refusal(client, method, channel=channel, users="U0GUS")
        assert answer == "method_not_supported_for_channel_type", method
