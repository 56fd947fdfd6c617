"""Faults of Slack on demand, as Slack's own client meets them."""

import asyncio

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox


async def texts(client: AsyncWebClient) -> list[str]:
    return [m["text"] for m in (await client.conversations_history(channel="C0ADVOCACY"))["messages"]]


async def test_a_rate_limit_says_when_to_come_back(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0ADVOCACY", text="One")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel="C0ADVOCACY", text="Two")
    assert await texts(client) == ["Two"]


async def test_a_lost_answer_has_done_its_work(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.lose("chat.postMessage")
    patient = AsyncWebClient(token=client.token, base_url=client.base_url, retry_handlers=[])
    with pytest.raises(ClientError):
        await patient.chat_postMessage(channel="C0ADVOCACY", text="Once")
    assert await texts(client) == ["Once"]


async def test_slacks_client_posts_again_by_itself_after_a_lost_answer(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    sandbox.faults.lose("chat.postMessage")
    await client.chat_postMessage(channel="C0ADVOCACY", text="Twice")
    assert await texts(client) == ["Twice", "Twice"]


async def test_a_late_answer(sandbox: Sandbox, app: object, client: AsyncWebClient) -> None:
    sandbox.faults.delay("auth.test", 0.2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.auth_test(), 0.05)
    assert (await client.auth_test())["ok"] is True


async def test_refusals_last_until_they_are_cleared(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.refuse("*", "token_revoked", times=None)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.auth_test()
    sandbox.faults.clear()
    sandbox.faults.refuse("auth.test", "internal_error", status=500)
    with pytest.raises(SlackApiError, match="internal_error"):
        await client.auth_test()
    assert (await client.auth_test())["ok"] is True
