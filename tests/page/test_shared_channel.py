"""A channel that is shared with another organization says so, in the list and above its messages."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from sandbox.server import Sandbox
from sandbox.world import World
from tests.page.conftest import Window
from tests.patience import UNHURRIED
from tests.sandbox.test_shared_channels import HOME, OTHER

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(browser: Browser) -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(HOME), [], neighbours=[World.from_dict(OTHER)], **UNHURRIED) as running:
        yield running


async def test_the_mark_of_a_shared_channel(window: Window) -> None:
    page = await window.go(as_="U0RITA", channel="C0SHARED")
    await expect(page.locator("#rail").get_by_role("link", name="with-other shared")).to_be_visible()
    await expect(page.get_by_role("banner")).to_contain_text("Shared with another organization")
    await expect(page.get_by_role("banner")).to_contain_text("2 members")
    await expect(page.locator(".message").last).to_contain_text("Thank you")
    await expect(page.locator(".message").last).to_contain_text("Olga Other")
    page = await window.go(as_="U0RITA", channel="C0GENERAL")
    await expect(page.get_by_role("banner")).not_to_contain_text("Shared")
