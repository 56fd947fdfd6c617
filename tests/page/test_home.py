"""An app's Home and its newer blocks."""

import pytest
from playwright.async_api import expect

from tests.page.conftest import Window
from tests.page.steps import messages, type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_home_is_drawn_and_answers_and_messages_are_one_tab_away(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("link", name="Sampler (connected)").click()
    home = page.get_by_role("region", name="Sampler Home")
    await expect(home.get_by_role("heading", name="Your nominations")).to_be_visible()
    await expect(home.get_by_role("table", name="Supply by region").get_by_role("row")).to_have_count(3)
    await expect(home.get_by_text("A chart of supply")).to_be_visible()
    await home.get_by_role("combobox", name="Show me").click()
    await home.get_by_role("option", name="Closed").click()
    await expect(home.get_by_text("Showing closed ones")).to_be_visible()
    await home.get_by_role("button", name="Nominate").click()
    await page.get_by_role("dialog", name="Nominate a customer").get_by_role("button", name="Cancel").click()

    await page.get_by_role("link", name="Messages").click()
    await type_command(page, "hello")
    await expect(messages(page).last).to_contain_text("You said: hello")
    await page.reload()
    await expect(messages(page).last).to_contain_text("You said: hello")
    await expect(page.get_by_role("heading", name="Sampler", level=1)).to_be_visible()


async def test_newer_blocks_are_drawn(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await type_command(page, "/advocates")
    message = messages(page).filter(has=page.get_by_text("Two matches"))
    await expect(message.locator("ol > li")).to_have_text(["Ada Lovelace, Acme", "Grace Hopper, Globex"])
    await expect(message.get_by_role("table").get_by_role("row")).to_have_text(["NameFree again", "Ada Lovelacenow"])
    await expect(message.get_by_role("button", name="Ask for her")).to_be_visible()
    await expect(message.get_by_role("link", name="Reel")).to_have_attribute("href", "https://example.com/v")
