"""How long the page takes to show a large workspace, in a real browser; beside the sample workspace, in turns."""

import asyncio
import statistics

from playwright.async_api import Browser, async_playwright

from sandbox.server import Sandbox
from sandbox.world import World
from tests.benchmarks.measuring import Figure, ratio
from tests.page.conftest import FLAGS, find_chromium
from tests.page.large_world import large_seed
from tests.page.sample_world import SEED

ROUNDS = 5

# When the first message and the rail stood there, in milliseconds since the page was asked for.
WATCH = """
const look = setInterval(() => {
  if (!document.querySelector(".message") || !document.querySelector(".rail-item")) return;
  clearInterval(look);
  window.shown = performance.now();
}, 2);
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def figures() -> list[Figure]:
    """Seconds to the first paint and to the messages; none where there is no browser."""
    path = find_chromium()
    return asyncio.run(_measure(path)) if path else []


async def _measure(path: str) -> list[Figure]:
    async with (
        Sandbox(World.from_dict(large_seed()), []) as large,
        Sandbox(World.from_dict(SEED), []) as small,
        async_playwright() as driver,
    ):
        browser = await driver.chromium.launch(executable_path=path, args=FLAGS)
        await _once(browser, small.url)
        rounds = [(await _once(browser, large.url), await _once(browser, small.url)) for _ in range(ROUNDS)]
        await browser.close()
    paint = statistics.median(big[0] for big, _ in rounds)
    shown = statistics.median(big[1] for big, _ in rounds)
    beside = ratio([(big[1], little[1]) for big, little in rounds])
    return [
        Figure("page, 10,000 people: first paint", paint, "s", goal=1.0, at_most=True),
        Figure("page, 10,000 people: messages and rail are there", shown, "s", goal=1.0, at_most=True),
        Figure("page: that beside the sample workspace", beside, "×"),
    ]


async def _once(browser: Browser, url: str) -> tuple[float, float]:
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.add_init_script(WATCH)
    await page.goto(f"{url}/#as=U0ROSA")
    await page.locator(".message").first.wait_for()
    await page.locator(".rail-item").first.wait_for()
    shown = None
    while shown is None:
        shown = await page.evaluate("window.shown ?? null")
    paint = await page.evaluate(PAINT)
    await context.close()
    return paint / 1000, shown / 1000
