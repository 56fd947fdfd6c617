"""Attachments of a message: their blocks are checked as anywhere, and what is nothing is no message."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

JSON = dict[str, Any]

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
SAME = {**SECTION, "block_id": "a"}
UNKNOWN = {"type": "sectoin", "text": {"type": "mrkdwn", "text": "Hello"}}
LONG = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}


async def refused(
    client: AsyncWebClient, attachments: list[Any], method: str = "chat.postMessage", **more: Any
) -> JSON:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json={"channel": "C0GENERAL", "text": "x", "attachments": attachments, **more})
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    ("attachments", "pointer"),
    [
        ([{"blocks": [SECTION, UNKNOWN]}], "/attachments/0/blocks/1/type"),
        ([{"text": "fine"}, {"blocks": [LONG]}], "/attachments/1/blocks/0/text/text"),
        (
            [{"blocks": [{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}]}],
            "/attachments/0/blocks/1/block_id",
        ),
        ([{"blocks": {"type": "section"}}], "/attachments/0/blocks"),
        ([{"text": 5}], "/attachments/0/text"),
        ([{"fields": ["a"]}], "/attachments/0/fields/0"),
        (["a"], "/attachments/0"),
    ],
)
async def test_what_is_wrong_is_refused_where_it_stands(
    client: AsyncWebClient, attachments: list[Any], pointer: str
) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=[{"text": "before"}])
    for method, more in (
        ("chat.postMessage", {}),
        ("chat.postEphemeral", {"user": "U0RITA"}),
        ("chat.update", {"ts": posted["ts"]}),
        ("chat.scheduleMessage", {"post_at": int(float(posted["ts"])) + 3600}),
    ):
        answer = await refused(client, attachments, method, **more)
        assert answer["error"] == "invalid_attachments", method
        assert f"[json-pointer:{pointer}]" in answer["errors"][0], method
    [error, *_more] = (await refused(client, [], "blocks.validate", message={"text": "x", "attachments": attachments}))[
        "errors"
    ]
    assert error["pointer"] == pointer


async def test_a_hundred_are_taken_and_no_more(client: AsyncWebClient) -> None:
    many = [{"text": f"{number}"} for number in range(100)]
    assert (await client.chat_postMessage(channel="C0GENERAL", text="x", attachments=many))["ok"]
    assert (await refused(client, [*many, {"text": "one more"}]))["error"] == "too_many_attachments"


async def test_attachments_alone_are_a_message_if_they_show_something(client: AsyncWebClient) -> None:
    alone = {"channel": "C0GENERAL", "attachments": [{"blocks": [SECTION]}]}
    assert (await client.api_call("chat.postMessage", json=alone))["ok"]
    assert (await refused(client, [{}, {"color": "good"}], text=""))["error"] == "no_text"


async def test_what_was_scheduled_comes_with_its_attachments(client: AsyncWebClient) -> None:
    now = int(float((await client.chat_postMessage(channel="C0GENERAL", text="now"))["ts"]))
    planned = await client.chat_scheduleMessage(
        channel="C0GENERAL", text="later", post_at=now + 3600, attachments=[{"blocks": [SECTION]}]
    )
    assert planned["message"]["attachments"][0]["blocks"][0]["text"]["text"] == "Hello"
