"""The page on which customers volunteer, in a real browser: without scripts, by keyboard, light and dark, narrow."""

import pytest
from playwright.async_api import Browser, Page, expect

from storage.nominations import Nomination
from storage.settings import Setting
from tests.e2e.conftest import Company
from tests.page.conftest import PATIENCE_MS
from tests.page.demo_page import company as company  # noqa: PLC0414  # a fixture
from tests.page.test_accessibility import problems
from tests.worlds import START

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOOKS = [("light", 1200), ("dark", 400)]


async def opened(browser: Browser, company: Company, look: tuple[str, int], *, scripts: bool) -> Page:
    """The empty form in a window of this look."""
    company.read(
        lambda session: session.merge(
            Setting(workspace_id=session.workspace_id, key="join_open", value=True, changed_at=START)
        )
    )
    scheme, width = look
    context = await browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.goto(f"{company.everboard.pages_url or company.everboard.url}/join/T0QUORVANE")
    return page


@pytest.mark.parametrize("look", LOOKS, ids=["wide-light", "narrow-dark"])
async def test_it_is_filled_in_by_keyboard_and_without_scripts(
    browser: Browser, company: Company, look: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.volunteers.QUICKEST", START - START)  # a browser types faster than people
    page = await opened(browser, company, look, scripts=False)
    await expect(page).to_have_title("Speak for Quorvane")
    await page.get_by_role("button", name="Send").press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Please tell us your name.")
    await page.get_by_role("link", name="Please tell us your name.").press("Enter")
    await expect(page.get_by_label("Your name")).to_be_focused()
    await page.keyboard.type("Ada Okafor")
    for words in ("Harbor Mutual", "ada@harbor.example", "CISO", "Germany", "It saved us a week each month."):
        await page.keyboard.press("Tab")
        await page.keyboard.type(words)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_label("Reference call")).to_be_checked()
    await page.get_by_label("may keep what I wrote here").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    row = company.row(Nomination, Nomination.source == "web")
    assert (row.title, row.country, row.activities) == ("CISO", "DE", ["reference call"])
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.context.close()


@pytest.mark.parametrize("look", LOOKS, ids=["wide-light", "narrow-dark"])
async def test_it_is_accessible(browser: Browser, company: Company, look: tuple[str, int]) -> None:
    page = await opened(browser, company, look, scripts=True)
    assert await problems(page, "the page for volunteers") == []
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await problems(page, "with what is wrong") == []
    await page.context.close()
