"""Talking to anybody, joining and leaving: by mouse or keyboard alone."""

import pytest
from playwright.async_api import expect

from tests.page.conftest import Window
from tests.page.steps import act_as, messages, rail, type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_direct_message_is_started_by_keyboard_and_arrives(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="New message").press("Enter")
    await page.get_by_role("dialog", name="New message").get_by_label("Whom to write to").fill("amir")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Amir Haddad", level=1)).to_be_visible()
    await type_command(page, "Hello Amir")
    await act_as(page, "amir")
    await expect(rail(page).get_by_role("link", name="Rosa Marín")).to_have_attribute("aria-current", "page")
    await expect(messages(page).last).to_contain_text("Hello Amir")


async def test_an_app_can_be_written_to(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="New message").click()
    await page.get_by_role("dialog", name="New message").get_by_role("option", name="Sampler").click()
    await expect(page.get_by_role("heading", name="Sampler", level=1)).to_be_visible()
    await expect(page.get_by_role("link", name="Messages", exact=True)).to_have_attribute("aria-current", "page")


async def test_channels_are_joined_and_left(window: Window) -> None:
    page = await window.go(as_="U0ROSA", channel="C0RANDOM")
    await page.get_by_role("button", name="Join channel").click()
    await expect(page.get_by_role("textbox", name="Message #random")).to_be_visible()
    await page.get_by_role("button", name="More about #random").press("Enter")
    await page.get_by_role("menuitem", name="Leave #random").press("Enter")
    await expect(page.get_by_role("button", name="Join channel")).to_be_visible()
