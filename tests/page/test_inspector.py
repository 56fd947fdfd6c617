"""The inspector: what happened before, each call with its checks, and failures that nobody overlooks."""

import pytest
from playwright.async_api import expect
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.page.conftest import Window

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def post_nonsense(sandbox: Sandbox) -> None:
    """Post blocks that Slack does not take."""
    app = next(iter(sandbox.workspace.apps.values()))
    client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="general", text="Too long", blocks=blocks)


async def test_a_refused_call_is_told_counted_and_explained(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    await expect(page.get_by_role("button", name="Inspector", exact=True)).to_be_visible()
    await post_nonsense(sandbox)
    notice = page.get_by_role("status", name="Notices")
    await expect(notice).to_contain_text("chat.postMessage was refused: invalid_blocks")
    await expect(page.get_by_role("button", name="Inspector 1 failed call")).to_be_visible()
    await notice.get_by_role("button", name="Inspect").click()

    calls = page.get_by_role("region", name="Calls")
    checks = calls.locator(".check")
    await expect(calls.get_by_role("button", name="Hide chat.postMessage, failed")).to_be_focused()
    await expect(checks.filter(has_text="Token")).to_have_text("Token passed")
    wrong = checks.filter(has_text="Blocks failed")
    await expect(wrong).to_contain_text("/blocks/0/text/text")
    await expect(wrong).to_contain_text("failed_constraint")
    await expect(wrong).to_contain_text('"expected":3000')


async def test_it_knows_what_happened_before_and_can_be_searched(window: Window, sandbox: Sandbox) -> None:
    await post_nonsense(sandbox)
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="Inspector").click()
    rows = page.get_by_role("region", name="Calls").get_by_role("row")
    await expect(rows.filter(has_text="apps.connections.open")).to_be_visible()
    await page.get_by_label("Filter calls").fill("invalid_blocks")
    await expect(rows).to_have_count(2)
    await page.get_by_label("Filter calls").fill("")
    await page.get_by_label("Failed only").check()
    await expect(rows).to_have_count(2)
    await expect(rows.last).to_have_class("failed-row")


@pytest.mark.parametrize("window", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
async def test_a_call_is_copied_as_json(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_role("button", name="Show apps.connections.open, ok").click()
    await page.get_by_role("button", name="Copy as JSON").click()
    await expect(page.get_by_role("status", name="Notices")).to_contain_text("Copied.")
    copied = await page.evaluate("navigator.clipboard.readText().then(JSON.parse)")
    assert copied["name"] == "apps.connections.open"
    assert copied["detail"]["answer"]["ok"] is True
    assert [check["ok"] for check in copied["checks"]] == [True] * 6
