"""Secondary attachments: their limits, and the blocks inside them, which keep the same rules as anywhere else."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.checks import MESSAGE_TEXT, check_attachments
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket
from tests.sandbox.greeter import plain
from tests.sandbox.refused import refusal

JSON = dict[str, Any]

DIVIDER: JSON = {"type": "divider"}
BUTTON: JSON = {"type": "button", "text": plain("Yes")}


def section(text: str = "x", **more: object) -> JSON:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def attached(*blocks: JSON) -> JSON:
    return {"blocks": list(blocks)}


def told(reason: str, pointer: str) -> str:
    return f"{reason} [json-pointer:{pointer}]"


@pytest.mark.parametrize(
    ("attachment", "reason", "pointer"),
    [
        (attached(section("x" * 3001)), "must be less than 3001 characters", "/blocks/0/text/text"),
        (attached(DIVIDER, {"type": "unheard"}), "unsupported type: unheard", "/blocks/1/type"),
        (attached(section(color="red")), "invalid additional property: color", "/blocks/0"),
        (attached(*[DIVIDER] * 51), "no more than 50 items allowed", "/blocks"),
        (attached({"type": "actions", "elements": []}), "no fewer than 1 items allowed", "/blocks/0/elements"),
        (attached(*[section(block_id="one")] * 2), "`block_id` must be unique: one", "/blocks/1/block_id"),
        ({"blocks": "x"}, "must provide an array", "/blocks"),
        ({"text": 5}, "must provide a string", "/text"),
        ({"text": "x", "fallback": []}, "must provide a string", "/fallback"),
        ({"text": "x", "footer": "x" * 301}, "must be less than 301 characters", "/footer"),
        ({"text": "x", "callback_id": "x" * 256}, "must be less than 256 characters", "/callback_id"),
        ({"text": "x", "color": "blue"}, "must be good, warning, danger or a hex color code", "/color"),
        ({"text": "x", "ts": "soon"}, "must be a Unix timestamp", "/ts"),
        ({"text": "x", "mrkdwn_in": ["title"]}, "must be one of: pretext, text, fields", "/mrkdwn_in/0"),
        ({"text": "x", "fields": [{"short": True}]}, "missing required field: title or value", "/fields/0"),
        ({"text": "x", "fields": [{"title": "x", "short": 1}]}, "must provide a boolean", "/fields/0/short"),
        ({"text": "x", "actions": [BUTTON] * 6}, "no more than 5 items allowed", "/actions"),
        ({"title": "x"}, "missing required field: blocks or fallback or text", ""),
        ({}, "missing required field: blocks or fallback or text", ""),
        ("x", "must provide an object", ""),
    ],
)
async def test_what_an_attachment_may_not_be(
    client: AsyncWebClient, attachment: object, reason: str, pointer: str
) -> None:
    given = {"channel": "C0GENERAL", "text": "x", "attachments": [{"text": "Fine"}, attachment]}
    answer = await refusal(client, "chat.postMessage", **given)
    assert answer["error"] == "invalid_attachments"
    wanted = told(reason, f"/attachments/1{pointer}")
    assert (answer["errors"], answer["response_metadata"]) == ([wanted], {"messages": [f"[ERROR] {wanted}"]})
    [error] = (await refusal(client, "blocks.validate", message=given | {"channel": None}))["errors"]
    assert (error["message"], error["pointer"]) == (reason, f"/attachments/1{pointer}")


@pytest.mark.parametrize(
    "beside",
    [
        *({"text": "x"}, {"title": "x"}, {"footer": "x"}, {"ts": 1}, {"callback_id": "x"}, {"fields": []}),
        *({"actions": []}, {"mrkdwn_in": []}, {"indent": False}, {"is_msg_unfurl": False}, {"colour": "good"}),
    ],
)
async def test_beside_blocks_stands_nothing_of_the_older_kind(client: AsyncWebClient, beside: JSON) -> None:
    given = {"channel": "C0GENERAL", "text": "x", "attachments": [attached(DIVIDER) | beside]}
    answer = await refusal(client, "chat.postMessage", **given)
    assert (answer["error"], answer["errors"]) == ("invalid_attachments", ["invalid_keys"])
    assert answer["response_metadata"] == {"messages": ["[ERROR] invalid_keys"]}
    [error] = (await refusal(client, "blocks.validate", message=given | {"channel": None}))["errors"]
    assert (error["message"], error["pointer"]) == ("invalid_keys", "/attachments/0")


async def test_without_blocks_unknown_keys_are_passed_over(client: AsyncWebClient) -> None:
    given = {"text": "x", "colour": "good", "is_msg_unfurl": False, "blocks": []}
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=[given])
    assert posted["message"]["attachments"] == [{"text": "x", "id": 1, "fallback": "x"}]


async def test_everything_that_is_wrong_is_told_at_once(client: AsyncWebClient) -> None:
    wrong = [{"fallback": 5, **attached({"type": "unheard"})}, {"title": "x"}]
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", attachments=wrong)
    assert answer["errors"] == [
        told("must provide a string", "/attachments/0/fallback"),
        told("unsupported type: unheard", "/attachments/0/blocks/0/type"),
        told("missing required field: blocks or fallback or text", "/attachments/1"),
    ]


async def test_a_block_id_is_used_once_in_all_attachments(client: AsyncWebClient) -> None:
    twice = [attached(DIVIDER, section(block_id="one")), attached(section(block_id="one"))]
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", attachments=twice)
    assert answer["errors"] == [told("`block_id` must be unique: one", "/attachments/1/blocks/0/block_id")]


async def test_how_many_and_how_much(client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=[{"text": "x"}] * 100)
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", attachments=[{"text": "x"}] * 101)
    assert answer == {"ok": False, "error": "too_many_attachments"}
    long = [attached(section("x" * 3000)) for _ in range(4)]
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", attachments=long)
    assert answer["error"] == "attachment_payload_limit_exceeded"
    assert [one.reason for one in check_attachments([{"text": "x"}] * 101, MESSAGE_TEXT)] == [
        "no more than 100 items allowed"
    ]
    assert len(check_attachments(long, MESSAGE_TEXT)) == 1


async def test_what_slack_adds_and_takes_back(client: AsyncWebClient) -> None:
    given = [attached({"type": "actions", "elements": [BUTTON]}), {"text": "Two", "color": "#36a64f", "ts": 123456789}]
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=given)
    [first, second] = posted["message"]["attachments"]
    assert (first["id"], first["fallback"]) == (1, "[no preview available]")
    assert first["blocks"][0]["block_id"]
    assert first["blocks"][0]["elements"][0]["action_id"]
    assert second == {**given[1], "id": 2, "fallback": "Two"}
    changed = await client.chat_update(channel="C0GENERAL", ts=posted["ts"], attachments=[first, second])
    assert changed["message"]["attachments"] == [first, second]


async def test_a_refused_update_changes_nothing(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=[{"text": "Old"}])
    given = {"channel": "C0GENERAL", "ts": posted["ts"], "text": "y", "attachments": [{"title": "New"}]}
    assert (await refusal(client, "chat.update", **given))["error"] == "invalid_attachments"
    [newest] = (await client.conversations_history(channel="C0GENERAL", limit=1))["messages"]
    assert (newest["text"], newest["attachments"][0]["text"]) == ("x", "Old")


async def test_a_scheduled_message_is_checked_when_it_is_scheduled(sandbox: Sandbox, client: AsyncWebClient) -> None:
    at = int((sandbox.now() + timedelta(hours=1)).timestamp())
    given: JSON = {"channel": "C0GENERAL", "text": "x", "post_at": at}
    bad = [attached(section("x" * 3001))]
    answer = await refusal(client, "chat.scheduleMessage", **given, attachments=bad)
    wanted = told("must be less than 3001 characters", "/attachments/0/blocks/0/text/text")
    assert (answer["error"], answer["errors"]) == ("invalid_attachments", [wanted])
    hidden = [attached({"type": "image", "alt_text": "x", "slack_file": {"id": "F0NONE"}})]
    answer = await refusal(client, "chat.scheduleMessage", **given, attachments=hidden)
    assert answer["errors"] == [told("invalid slack file", "/attachments/0/blocks/0/slack_file")]
    answer = await refusal(client, "chat.scheduleMessage", **given, attachments=[{"text": "x"}] * 101)
    assert answer["error"] == "too_many_attachments"
    assert not (await client.chat_scheduledMessages_list())["scheduled_messages"]
    made = await client.chat_scheduleMessage(**given, attachments=[attached(section("Later"))])
    assert made["message"]["attachments"][0]["id"] == 1
    await sandbox.calendar.by(timedelta(hours=2))
    [newest] = (await client.conversations_history(channel="C0GENERAL", limit=1))["messages"]
    assert newest["attachments"][0]["blocks"][0]["text"]["text"] == "Later"
    assert newest["attachments"][0]["blocks"][0]["block_id"]


async def test_an_answer_through_a_response_url(sandbox: Sandbox, app: App) -> None:
    async with over_socket(app, sandbox), Person(sandbox.url, "U0RITA") as rita, ClientSession() as session:
        await rita.command("/hello", "Ada")
        url = sandbox.calls.named("/hello")[-1].detail["payload"]["response_url"]
        for attachments, error in (
            ([{"title": "x"}], "invalid_attachments"),
            ([{"text": "x"}] * 101, "too_many_attachments"),
            ([attached(section("x" * 3000))] * 4, "attachment_payload_limit_exceeded"),
        ):
            async with session.post(url, json={"text": "x", "attachments": attachments}) as got:
                assert (got.status, (await got.json())["error"]) == (400, error)
        async with session.post(url, json={"text": "See", "attachments": [attached(section("Seen"))]}) as got:
            assert got.status == 200
