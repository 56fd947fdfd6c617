"""Time and conditions: the calendar moves and the page with it; limits and faults are asked for and taken back."""

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages, type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def opened(window: Window) -> Page:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="Time and conditions").click()
    await expect(page.get_by_role("dialog", name="Time and conditions")).to_contain_text("Nothing is scheduled.")
    return page


async def test_a_moved_calendar_gives_days_other_names(window: Window, sandbox: Sandbox) -> None:
    page = await opened(window)
    before = sandbox.now()
    conditions = page.get_by_role("dialog", name="Time and conditions")
    await expect(conditions.get_by_role("button", name="To the next scheduled thing")).to_be_disabled()
    await conditions.get_by_role("button", name="Next week").click()
    await expect(conditions.get_by_role("region", name="Time")).to_contain_text("Nothing was due on the way.")
    assert (sandbox.now() - before).days == 7
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="Yesterday")).to_have_count(0)
    await type_command(page, "A week later")
    await expect(page.get_by_role("region", name="Today").get_by_text("A week later")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("region", name="Today").get_by_text("A week later")).to_be_visible()


async def test_limits_and_faults_are_switched(window: Window, sandbox: Sandbox) -> None:
    page = await opened(window)
    conditions = page.get_by_role("dialog", name="Time and conditions")
    async with page.expect_response("**/_control/rates"):
        await conditions.get_by_label("Limit calls as Slack does").check()
    await conditions.get_by_label("What goes wrong").select_option("The app is not reached")
    await conditions.get_by_label("With which call").fill("/advocates")
    await conditions.get_by_role("button", name="Let it happen").click()
    wrong = conditions.get_by_role("list", name="What is out of order").get_by_role("listitem")
    await expect(wrong).to_contain_text("/advocates does not reach the app, once")
    assert sandbox.rates.on
    await page.keyboard.press("Escape")
    await type_command(page, "/advocates")
    await expect(messages(page).last).to_contain_text("/advocates failed")
    await page.get_by_role("button", name="Time and conditions").click()
    await expect(wrong).to_have_count(0)
    async with page.expect_response("**/_control/rates"):
        await conditions.get_by_label("Limit calls as Slack does").uncheck()
    await expect(conditions.get_by_label("Limit calls as Slack does")).not_to_be_checked()
    assert not sandbox.rates.on
