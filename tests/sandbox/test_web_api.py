"""The Web API through Slack's own client: answers, and Slack's own words for every refusal."""

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.clock import Clock
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from sandbox.world import World
from tests.sandbox.documented_errors import DOCUMENTED, UNLISTED
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import SEED, manifest

JSON = dict[str, Any]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("no.such.method", {}, "unknown_method"),
        ("chat.postMessage", {"channel": "C0NONE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0EMPTY", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0OLD", "text": "x"}, "is_archived"),
        ("chat.postMessage", {"channel": "C0GENERAL"}, "no_text"),
        ("chat.postMessage", {"channel": "C0GENERAL", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ("chat.postMessage", {"channel": "C0GENERAL", "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "C0GENERAL", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "C0GENERAL", "text": "x", "metadata": {"x": 1}}, "invalid_metadata_schema"),
        ("chat.postMessage", {"channel": "U0GONE", "text": "x"}, "user_not_found"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postEphemeral", {"channel": "C0GENERAL", "user": "U0GUS", "text": "x"}, "user_not_in_channel"),
        ("chat.postEphemeral", {"channel": "C0GENERAL", "user": "U0NONE", "text": "x"}, "user_not_in_channel"),
        ("chat.update", {"channel": "C0GENERAL", "ts": "1.000001", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": "C0GENERAL", "ts": "1.000001"}, "message_not_found"),
        ("chat.getPermalink", {"channel": "C0GENERAL", "message_ts": "1.000001"}, "message_not_found"),
        ("conversations.list", {"types": "nonsense"}, "invalid_types"),
        ("conversations.list", {"limit": 1000}, "invalid_limit"),
        ("conversations.members", {"channel": "C0GENERAL", "limit": 1000}, "invalid_limit"),
        ("users.conversations", {"limit": 1000}, "invalid_limit"),
        ("users.list", {"limit": 1000}, "invalid_arguments"),
        ("conversations.history", {"channel": "C0GENERAL", "limit": 1000}, "invalid_arguments"),
        ("conversations.history", {"channel": "C0GENERAL", "limit": "all"}, "invalid_arguments"),
        ("conversations.list", {"cursor": "nonsense"}, "invalid_cursor"),
        ("conversations.info", {"channel": "C0NONE"}, "channel_not_found"),
        ("conversations.members", {}, "invalid_arguments"),
        ("conversations.join", {"channel": "C0OLD"}, "is_archived"),
        ("conversations.join", {"channel": "C0ADVOCACY"}, "method_not_supported_for_channel_type"),
        ("conversations.open", {"users": "U0NONE"}, "user_not_found"),
        ("conversations.open", {"users": "U0GONE"}, "user_disabled"),
        ("conversations.open", {"users": "U0SANDBOX"}, "cannot_dm_bot"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.history", {"channel": "C0EMPTY"}, "not_in_channel"),
        ("conversations.history", {"channel": "C0GENERAL", "oldest": "yesterday"}, "invalid_ts_oldest"),
        ("conversations.replies", {"channel": "C0GENERAL", "ts": "1.000001"}, "thread_not_found"),
        ("users.info", {"user": "U0NONE"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@acme.test"}, "users_not_found"),
        ("users.conversations", {"user": "U0NONE"}, "invalid_arguments"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("bots.info", {"bot": "B0NONE"}, "bot_not_found"),
        ("views.open", {"trigger_id": "1.2.3", "view": {"type": "modal"}}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0NONE", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ("views.update", {"view_id": "V0NONE", "view": {"type": "home", "blocks": []}}, "not_found"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
        ("blocks.validate", {"blocks": [{"type": "header"}]}, "invalid_blocks"),
    ],
)  # fmt: skip
async def test_refusals(client: AsyncWebClient, method: str, arguments: JSON, error: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == error


def test_every_method_has_its_row_of_documented_errors() -> None:
    assert set(METHODS) <= set(DOCUMENTED)
    assert set(UNLISTED) <= set(DOCUMENTED)
    assert not [error for method, errors in UNLISTED.items() for error in errors.keys() & DOCUMENTED[method]]


async def test_a_post_to_a_bot_is_refused_as_opening_a_conversation_with_one(client: AsyncWebClient, app: App) -> None:
    answer = await refusal(client, "chat.postMessage", channel=app.bot_user_id, text="x")
    assert answer["error"] == "cannot_dm_bot"


async def test_every_method_is_refused_without_a_good_token(sandbox: Sandbox) -> None:
    nobody = AsyncWebClient(base_url=sandbox.api_url)
    stranger = AsyncWebClient(token="xoxb-wrong", base_url=sandbox.api_url)
    assert (await refusal(nobody, "auth.test"))["error"] == "not_authed"
    assert (await refusal(stranger, "auth.test"))["error"] == "invalid_auth"
    assert (await nobody.api_test())["ok"] is True


async def test_a_token_may_come_in_a_form_but_not_in_json(sandbox: Sandbox, app: App) -> None:
    async with ClientSession() as session:
        async with session.post(f"{sandbox.api_url}auth.test", data={"token": app.bot_token}) as answer:
            assert (await answer.json())["user_id"] == app.bot_user_id
        async with session.post(f"{sandbox.api_url}auth.test", json={"token": app.bot_token}) as answer:
            assert (await answer.json())["error"] == "not_authed"
        async with session.get(f"{sandbox.api_url}auth.test", params={"token": app.bot_token}) as answer:
            assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"\xff", "application/json", "invalid_json"),
        (b"x", "text/plain", "invalid_post_type"),
    ],
)
async def test_bodies_that_are_none(sandbox: Sandbox, app: App, body: bytes, content_type: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {app.bot_token}", "Content-Type": content_type}
    async with (
        ClientSession() as session,
        session.post(f"{sandbox.api_url}auth.test", data=body, headers=headers) as answer,
    ):
        assert answer.status == 200
        assert (await answer.json())["error"] == error


async def test_a_missing_scope_is_named() -> None:
    app = App.from_manifest(manifest(scopes=["commands"], events=[]), channels=["general"])
    async with Sandbox(World.from_dict(SEED), [app]) as sandbox:
        client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x")
        assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "chat:write", "commands")
        assert (await refusal(client, "conversations.list", types="im"))["needed"] == "im:read"
        assert (await refusal(client, "conversations.history", channel="C0GENERAL"))["needed"] == "channels:history"


async def test_without_the_scope_there_are_no_addresses() -> None:
    app = App.from_manifest(manifest(scopes=["users:read"], events=[]))
    async with Sandbox(World.from_dict(SEED), [app]) as sandbox:
        client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        user = (await client.users_info(user="U0RITA"))["user"]
        assert "email" not in user["profile"]


async def test_posting_changing_and_deleting(client: AsyncWebClient, app: App) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "d1"}}
    posted = await client.chat_postMessage(channel="#general", text="Hello <!channel>", metadata=metadata)
    assert posted["channel"] == "C0GENERAL"
    assert posted["message"]["text"] == "Hello <!channel>"
    assert posted["message"]["bot_id"] == app.bot_id

    plain = await client.conversations_history(channel="C0GENERAL", limit=1)
    assert "metadata" not in plain["messages"][0]
    full = await client.conversations_history(channel="C0GENERAL", limit=1, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == metadata

    changed = await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Bye")
    assert (changed["text"], changed["message"]["edited"]["user"]) == ("Bye", app.bot_user_id)
    await client.chat_delete(channel="C0GENERAL", ts=posted["ts"])
    left = await client.conversations_history(channel="C0GENERAL")
    assert posted["ts"] not in [message["ts"] for message in left["messages"]]


async def test_others_messages_are_not_the_apps_to_change(client: AsyncWebClient, sandbox: Sandbox) -> None:
    ts = next(iter(sandbox.world.channels["C0GENERAL"].messages))
    changed = await refusal(client, "chat.update", channel="C0GENERAL", ts=ts, text="x")
    deleted = await refusal(client, "chat.delete", channel="C0GENERAL", ts=ts)
    assert (changed["error"], deleted["error"]) == ("cant_update_message", "cant_delete_message")


async def test_lengths_of_text(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    answer = await refusal(client, "chat.update", channel="C0GENERAL", ts=posted["ts"], text="x" * 4_001)
    assert answer["error"] == "msg_too_long"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", blocks=[section] * 4)
    assert answer["error"] == "msg_blocks_too_long"


async def test_posting_to_a_person_opens_one_direct_message(client: AsyncWebClient) -> None:
    first = await client.chat_postMessage(channel="U0RITA", text="Hello")
    second = await client.chat_postMessage(channel="U0RITA", text="again")
    opened = await client.conversations_open(users="U0RITA")
    assert first["channel"].startswith("D")
    assert first["channel"] == second["channel"] == opened["channel"]["id"]
    listed = await client.conversations_list(types="im")
    assert [channel["user"] for channel in listed["channels"]] == ["U0RITA"]


async def test_messages_to_a_person_need_the_messages_tab() -> None:
    closed = manifest()
    closed["features"]["app_home"]["messages_tab_enabled"] = False
    app = App.from_manifest(closed)
    async with Sandbox(World.from_dict(SEED), [app]) as sandbox:
        client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        answer = await refusal(client, "chat.postMessage", channel="U0RITA", text="x")
        assert answer["error"] == "messages_tab_disabled"


async def test_blocks_get_ids_and_refusals_point_at_the_place(client: AsyncWebClient) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await client.api_call("chat.postMessage", json={"channel": "C0GENERAL", "blocks": blocks})
    block = posted["message"]["blocks"][0]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
    assert posted["message"]["text"] == "This content can't be displayed."
    long = {**button, "text": {"type": "plain_text", "text": "x" * 76}}
    answer = await refusal(
        client, "chat.postMessage", channel="C0GENERAL", blocks=[{"type": "actions", "elements": [long]}]
    )
    assert answer["errors"] == ["must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"]


async def test_threads(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="C0GENERAL", text="Parent")
    reply = await client.chat_postMessage(channel="C0GENERAL", text="Reply", thread_ts=parent["ts"])
    await client.chat_postMessage(channel="C0GENERAL", text="Loud", thread_ts=reply["ts"], reply_broadcast=True)
    thread = await client.conversations_replies(channel="C0GENERAL", ts=parent["ts"])
    assert [m["text"] for m in thread["messages"]] == ["Parent", "Reply", "Loud"]
    assert thread["messages"][0]["reply_count"] == 2
    history = await client.conversations_history(channel="C0GENERAL", limit=2)
    assert [m["text"] for m in history["messages"]] == ["Loud", "Parent"]
    link = await client.chat_getPermalink(channel="C0GENERAL", message_ts=reply["ts"])
    assert f"thread_ts={parent['ts']}" in link["permalink"]
    await client.chat_delete(channel="C0GENERAL", ts=parent["ts"])
    left = await client.conversations_replies(channel="C0GENERAL", ts=parent["ts"])
    assert left["messages"][0]["subtype"] == "tombstone"


async def test_pages_of_history_cover_each_message_once(client: AsyncWebClient) -> None:
    for number in range(7):
        await client.chat_postMessage(channel="C0ADVOCACY", text=str(number))
    texts: list[str] = []
    async for page in await client.conversations_history(channel="C0ADVOCACY", limit=3):
        texts += [message["text"] for message in page["messages"]]
    assert texts == [str(number) for number in reversed(range(7))]


async def test_the_window_of_history(client: AsyncWebClient) -> None:
    posted = [(await client.chat_postMessage(channel="C0ADVOCACY", text=str(n)))["ts"] for n in range(4)]

    async def between(**window: Any) -> list[str]:
        found = await client.conversations_history(channel="C0ADVOCACY", oldest=posted[0], latest=posted[2], **window)
        return [message["text"] for message in found["messages"]]

    assert await between() == ["1"]
    assert await between(inclusive=True) == ["2", "1", "0"]


async def test_lists(client: AsyncWebClient, app: App) -> None:
    channels = (await client.conversations_list(types="public_channel,private_channel"))["channels"]
    assert {c["name"]: c["is_member"] for c in channels} == {
        "general": True,
        "advocacy": True,
        "old": False,
        "empty": False,
    }
    unarchived = (await client.conversations_list(exclude_archived=True))["channels"]
    assert [c["name"] for c in unarchived] == ["general", "empty"]
    members: list[str] = []
    async for page in await client.conversations_members(channel="C0GENERAL", limit=1):
        members += page["members"]
    assert members == ["U0RITA", "U0OMAR", app.bot_user_id]
    own = (await client.users_conversations(types="public_channel,private_channel"))["channels"]
    assert [c["name"] for c in own] == ["general", "advocacy"]
    users = (await client.users_list())["members"]
    assert {u["id"]: u["tz_offset"] % 3600 for u in users} == dict.fromkeys([u["id"] for u in users], 0)
    group = (await client.usergroups_list(include_users=True))["usergroups"][0]
    assert (group["handle"], group["users"]) == ("advocacy", ["U0OMAR"])
    assert (await client.usergroups_users_list(usergroup="S0TEAM"))["users"] == ["U0OMAR"]
    assert (await client.users_lookupByEmail(email="RITA@acme.test"))["user"]["id"] == "U0RITA"
    assert (await client.team_info())["team"]["domain"] == "acme"
    assert (await client.bots_info(bot=app.bot_id))["bot"]["user_id"] == app.bot_user_id


async def test_joining(client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C0EMPTY")
    again = await client.conversations_join(channel="C0EMPTY")
    assert again["warning"] == "already_in_channel"
    await client.chat_postMessage(channel="C0EMPTY", text="x")


async def test_an_ephemeral_message_is_nowhere_but_in_front_of_its_reader(
    client: AsyncWebClient, sandbox: Sandbox
) -> None:
    sent = await client.chat_postEphemeral(channel="C0GENERAL", user="U0RITA", text="Only you")
    history = await client.conversations_history(channel="C0GENERAL")
    assert sent["message_ts"] not in [m["ts"] for m in history["messages"]]
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.message("general", containing="Only you")


async def test_home_is_published_once_and_then_updated(client: AsyncWebClient, sandbox: Sandbox) -> None:
    view = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "One"}}]}
    first = (await client.views_publish(user_id="U0RITA", view=view))["view"]
    second = (await client.views_publish(user_id="U0RITA", view=view, hash=first["hash"]))["view"]
    assert first["id"] == second["id"]
    answer = await refusal(client, "views.publish", user_id="U0RITA", view=view, hash=first["hash"])
    assert answer["error"] == "hash_conflict"
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.home(containing="One")


def test_message_times_are_unique_and_rise() -> None:
    clock = Clock(lambda: datetime(2026, 11, 22, tzinfo=UTC))
    times = [clock.ts() for _ in range(1000)]
    assert all(earlier < later for earlier, later in itertools.pairwise(times))
