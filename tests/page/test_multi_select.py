"""A list of many that acts at once tells the app of each item that is chosen or taken away, as Slack does."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def option(text: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": text}, "value": text.lower()}


BLOCKS: list[dict[str, Any]] = [
    {
        "type": "section",
        "block_id": "topics",
        "text": {"type": "mrkdwn", "text": "Topics"},
        "accessory": {
            "type": "multi_static_select",
            "action_id": "card",
            "placeholder": {"type": "plain_text", "text": "Which"},
            "options": [option("Security"), option("Cost"), option("Speed")],
            "initial_options": [option("Speed")],
        },
    }
]


async def test_each_change_is_told(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    [app] = sandbox.workspace.apps.values()
    client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    await client.chat_postMessage(channel="general", text="Topics", blocks=BLOCKS)
    field = messages(page).last.get_by_role("combobox")
    await field.focus()
    chosen = [["speed", "security"], ["speed", "security", "cost"], ["security", "cost"]]
    await field.press_sequentially("sec")
    async with page.expect_response("**/_page/action"):
        await field.press("Enter")
    await field.press_sequentially("cost")
    async with page.expect_response("**/_page/action"):
        await field.press("Enter")
    async with page.expect_response("**/_page/action"):
        await messages(page).last.get_by_role("button", name="Remove Speed").click()
    await expect(field).to_be_focused()
    told = [call.detail["payload"]["actions"][0] for call in sandbox.calls.named("block_actions")]
    assert [[one["value"] for one in action["selected_options"]] for action in told] == chosen
