"""A workflow step of an app is run by hand: its inputs by their kinds, what came of it, and what is wrong."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail

from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.page import sample_app
from tests.page.conftest import Window
from tests.page.sample_world import MANIFEST, SEED

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def parameter(kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "title": title, "description": "", **more}


STEP = {
    "praise": {
        "title": "Praise somebody",
        "description": "Puts a word in for a colleague",
        "input_parameters": {
            "who": parameter("slack#/types/user_id", "Who", is_required=True),
            "seats": parameter("integer", "Seats", description="How many they use"),
            "tags": parameter("array", "Tags"),
            "loud": parameter("boolean", "Loudly"),
        },
        "output_parameters": {"said": parameter("string", "What was said", is_required=True)},
    }
}


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(browser: Browser) -> AsyncIterator[Sandbox]:
    assert browser.is_connected()
    events = {"event_subscriptions": {"bot_events": ["function_executed"]}, "org_deploy_enabled": True}
    settings = {**MANIFEST["settings"], **events}
    app = App.from_manifest({**MANIFEST, "settings": settings, "functions": STEP}, channels=["general"])
    async with Sandbox(World.from_dict(SEED), [app]) as running:
        bolt = sample_app.build(app.bot_token, running.api_url)

        @bolt.function("praise")
        async def praise(inputs: dict[str, Any], complete: AsyncComplete, fail: AsyncFail) -> None:
            if inputs.get("seats") == 13:
                await fail("Thirteen brings bad luck")
            else:
                await complete({"said": f"{sorted(inputs.items())}"})

        handler = AsyncSocketModeHandler(bolt, app.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
        yield running
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped


async def test_a_step_is_run_by_the_keyboard(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="Shortcuts").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("p")
    await expect(page.get_by_role("menuitem", name="Praise somebody…")).to_be_focused()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Praise somebody")
    who = dialog.get_by_role("combobox", name="Who")
    await expect(who).to_be_focused()
    await dialog.get_by_role("button", name="Run step").press("Enter")
    await expect(dialog.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(who).to_be_focused()
    await who.press_sequentially("noor")
    await who.press("Enter")
    await dialog.get_by_label("Seats").fill("many")
    await dialog.get_by_label("Tags").fill('{"a": 1}')
    await page.keyboard.press("Tab")
    await dialog.get_by_role("button", name="Run step").click()
    await expect(dialog.get_by_text("Please enter a whole number.")).to_be_visible()
    await expect(dialog.get_by_text("Please enter a list as JSON")).to_be_visible()
    await dialog.get_by_label("Seats").fill("12")
    await dialog.get_by_label("Tags").fill('["a"]')
    await dialog.get_by_label("Seats").press("Enter")
    await expect(dialog.get_by_text("The step is done.").first).to_be_visible()
    said = "[('loud', False), ('seats', 12), ('tags', ['a']), ('who', 'U0NOOR')]"
    await expect(dialog.get_by_role("definition")).to_have_text(said)

    await dialog.get_by_label("Seats").fill("13")
    await dialog.get_by_role("button", name="Run again").click()
    await expect(dialog.get_by_text("The step failed: Thirteen brings bad luck").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Shortcuts")).to_be_focused()
