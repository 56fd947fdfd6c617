"""What is out of order is plain to see, and each of it can be taken back: faults, the token, channels, people."""

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import rail

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def opened(window: Window) -> tuple[Page, Locator]:
    page = await window.go(as_="U0ROSA")
    await page.get_by_role("button", name="Time and conditions").click()
    conditions = page.get_by_role("dialog", name="Time and conditions")
    await expect(conditions).to_contain_text("Nothing is out of order.")
    return page, conditions


async def test_faults_are_listed_counted_and_taken_back_one_by_one(window: Window, sandbox: Sandbox) -> None:
    page, conditions = await opened(window)
    wrong = conditions.get_by_role("list", name="What is out of order").get_by_role("listitem")
    await conditions.get_by_role("button", name="Storm").click()
    await expect(wrong).to_contain_text(["Every call is told “too many” (429), wait 1 s, 20 times"])
    await conditions.get_by_label("With which call").fill("views.open")
    await conditions.get_by_label("How often").fill("2")
    await conditions.get_by_role("button", name="Let it happen").click()
    await expect(wrong).to_contain_text(["429", "views.open fails with internal_error, 2 times"])
    await page.keyboard.press("Escape")
    button = page.get_by_role("button", name="Time and conditions")
    await expect(button).to_contain_text("2 faults are on")

    await page.reload()
    await expect(button).to_contain_text("2 faults are on")
    await button.click()
    await conditions.get_by_role("button", name="Take back Every call").click()
    await expect(wrong).to_have_count(1)
    # Whoever takes things back by the keyboard goes on from there.
    await expect(conditions.get_by_role("button", name="Take back views.open")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(conditions).to_contain_text("Nothing is out of order.")
    assert sandbox.faults.waiting == []
    await expect(button).not_to_contain_text("fault")


async def test_a_revoked_token_is_given_back(window: Window, sandbox: Sandbox) -> None:
    page, conditions = await opened(window)
    await conditions.get_by_role("button", name="Revoke the app's token").click()
    await page.get_by_role("dialog", name="Revoke the token?").get_by_role("button", name="Revoke").click()
    await expect(conditions).to_contain_text("The token of Sampler is revoked")
    [app] = sandbox.workspace.apps.values()
    assert app.revoked
    await conditions.get_by_role("button", name="Give back").click()
    await expect(conditions).to_contain_text("Nothing is out of order.")
    assert not app.revoked


async def test_a_channel_is_archived_and_opened_again(window: Window, sandbox: Sandbox) -> None:
    page, conditions = await opened(window)
    field = conditions.get_by_role("combobox", name="A channel")
    await field.press_sequentially("general")
    await page.keyboard.press("Enter")
    await conditions.get_by_role("button", name="Archive", exact=True).click()
    await expect(conditions).to_contain_text("#general is archived")
    await page.keyboard.press("Escape")
    await expect(page.locator("#place")).to_contain_text("This channel is archived.")
    await expect(rail(page).get_by_role("link", name="general")).to_contain_text("archived")
    await page.get_by_role("button", name="Time and conditions").click()
    await conditions.get_by_role("button", name="Open again #general").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_visible()


async def test_a_person_is_deactivated_and_let_in_again(window: Window, sandbox: Sandbox) -> None:
    page, conditions = await opened(window)
    field = conditions.get_by_role("combobox", name="A person")
    await field.press_sequentially("rosa")
    await expect(
        conditions.locator(".list-status").get_by_text("No results")
    ).to_be_visible()  # nobody shuts themselves out
    await field.fill("noor")
    await page.keyboard.press("Enter")
    await conditions.get_by_role("button", name="Deactivate", exact=True).click()
    await expect(conditions).to_contain_text("Noor Khan is deactivated")
    assert sandbox.world.users["U0NOOR"]["deleted"]
    await conditions.get_by_role("button", name="Let in again Noor Khan").click()
    await expect(conditions.get_by_role("button", name="Let in again Noor Khan")).to_have_count(0)
    assert not sandbox.world.users["U0NOOR"]["deleted"]
