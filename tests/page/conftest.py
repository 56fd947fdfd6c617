"""A real browser on a real workspace: finds Chromium, starts the sandbox with the sample app, opens windows."""

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.page import sample_app
from tests.page.sample_world import MANIFEST, SEED
from tests.patience import PATIENCE, UNHURRIED, Unhurried

# A busy machine draws slowly; what never comes still fails within this.
PATIENCE_MS = PATIENCE * 1000

# Chromium without its own traffic: nothing but loopback may be asked.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

expect.set_options(timeout=PATIENCE_MS)


def find_chromium() -> str | None:
    """The browser to use: EVERBOARD_CHROMIUM, else what is installed."""
    named = os.environ.get("EVERBOARD_CHROMIUM")
    candidates = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for path in map(shutil.which, candidates) if path), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser. Without one tests are skipped; in CI that is an error."""
    path = find_chromium()
    if path is not None:
        return path
    words = "no Chromium or Chrome found: install one, or name it in EVERBOARD_CHROMIUM"
    if os.environ.get("CI") == "true":
        raise RuntimeError(words)
    pytest.skip(words)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playwright(chromium: str) -> AsyncIterator[Playwright]:
    async with async_playwright() as driver:
        yield driver


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(playwright: Playwright, chromium: str) -> AsyncIterator[Browser]:
    running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield running
    await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """The workspace with the sample app connected. It asks for the browser first: without one it need not start.

    `@pytest.mark.parametrize("sandbox", [{"ack_seconds": 1.0}], indirect=True)` makes one that is as hasty as Slack.
    """
    app = App.from_manifest(MANIFEST, channels=["general", "advocacy"])
    options: Unhurried = {**UNHURRIED, **getattr(request, "param", {})}
    async with Sandbox(World.from_dict(SEED), [app], **options) as running:
        bolt = sample_app.build(app.bot_token, running.api_url)
        handler = AsyncSocketModeHandler(bolt, app.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
        yield running
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped


class Window:
    """A browser window on the workspace."""

    def __init__(self, context: BrowserContext, page: Page, url: str) -> None:
        self.context = context
        self.page = page
        self.url = url
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self._heard(said.type, said.text))

    def _heard(self, kind: str, text: str) -> None:
        # The sample's picture cannot be loaded on purpose: the page shows its description instead.
        if kind == "error" and "ERR_NAME_NOT_RESOLVED" not in text:
            self.problems.append(text)

    async def go(self, **address: str) -> Page:
        """Open the page at an address such as `as_="U0ROSA", channel="C0ADVOCACY"`."""
        parts = "&".join(f"{key.rstrip('_')}={value}" for key, value in address.items())
        # Otherwise only what follows the # changes, and the former place is on screen for a moment longer.
        await self.page.goto("about:blank")
        await self.page.goto(f"{self.url}/#{parts}")
        return await self.settled()

    async def settled(self) -> Page:
        """Wait until the page has loaded and shows a place: before that, it takes the focus once more."""
        await expect(self.page.locator("#loading")).to_have_count(0)
        await expect(self.page.locator("#place")).not_to_contain_text("Opening…")
        return self.page


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, sandbox: Sandbox, request: pytest.FixtureRequest) -> AsyncIterator[Window]:
    """A fresh window; `@pytest.mark.parametrize("window", [{...}], indirect=True)` sets its size or colours."""
    options: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, **getattr(request, "param", {})}
    context = await browser.new_context(**options, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    opened = Window(context, await context.new_page(), sandbox.url)
    yield opened
    await context.close()
    assert opened.problems == []
