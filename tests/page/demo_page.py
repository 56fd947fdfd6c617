"""The real bot with the sample company in a browser; a test takes these fixtures by importing them."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page

from tests.e2e.conftest import Company, running
from tests.page.conftest import PATIENCE_MS


@pytest_asyncio.fixture(loop_scope="session")
async def company(browser: Browser, sqlite_url: str) -> AsyncIterator[Company]:
    assert browser.is_connected()
    async with running(sqlite_url, "socket") as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, company: Company) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    opened = await context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    await opened.goto(f"{company.sandbox.url}/#as=U0DESMOND")
    yield opened
    await context.close()
    assert problems == []


def dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name, exact=True)
