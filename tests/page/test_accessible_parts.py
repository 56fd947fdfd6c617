"""Axe finds nothing serious in what opens above a place: emoji, steps, conditions, files, and the tour as it ticks."""

from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages
from tests.page.test_accessibility import NARROW, overflows, problems

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOOKS: list[dict[str, Any]] = [{"color_scheme": "light", "viewport": NARROW}, {"color_scheme": "dark"}]
FILE: Any = {"name": "quarter.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}


@pytest.mark.parametrize("window", LOOKS, indirect=True, ids=["narrow-light", "wide-dark"])
async def test_what_opens_above_a_place(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    await page.locator("#composer input[type=file]").set_input_files(FILE)
    await expect(page.get_by_role("list", name="Files to send")).to_be_visible()
    found = await problems(page, "files to send")
    await page.get_by_role("button", name="Send", exact=True).click()
    said = messages(page).last
    await said.get_by_role("link", name="quarter.csv", exact=True).focus()
    await said.get_by_role("button", name="Add reaction").press("Enter")
    await page.keyboard.press("Enter")
    await expect(said.get_by_role("group", name="Reactions")).to_be_visible()
    found += await problems(page, "file and reaction")
    await said.get_by_role("button", name="Add reaction").first.press("Enter")
    await expect(page.get_by_role("dialog", name="Choose an emoji")).to_be_visible()
    found += await problems(page, "emoji")
    assert not await overflows(page)
    await page.keyboard.press("Escape")

    if await page.get_by_role("button", name="Open navigation").is_visible():
        await page.get_by_role("button", name="Open navigation").click()
    await page.get_by_role("button", name="Time and conditions").click()
    conditions = page.get_by_role("dialog", name="Time and conditions")
    await conditions.get_by_role("button", name="Storm").click()
    await expect(conditions).to_contain_text("20 times")
    found += await problems(page, "conditions")
    assert not await overflows(page)
    assert found == []
