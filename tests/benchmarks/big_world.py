"""A workspace of 1,000 channels, 10,000 people and 100,000 messages: starting it, and what its page waits for."""

import asyncio
import random
import statistics
import time
from typing import Any

from aiohttp import ClientSession
from playwright.async_api import async_playwright

from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.benchmarks.measuring import Figure
from tests.page.conftest import FLAGS, find_chromium
from tests.page.sample_world import MANIFEST

CHANNELS, PEOPLE, MESSAGES = 1_000, 10_000, 100_000
ROUNDS = 5

PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime"""


def seed() -> dict[str, Any]:
    """The same workspace each time. Most people are in few channels, as in life; everybody is in #general."""
    drawn = random.Random(7)  # the same world each time
    people = [{"id": f"U{n:05}", "name": f"user{n}", "real_name": f"Person Number{n}"} for n in range(PEOPLE)]
    channels = [{"id": "C00000", "name": "general", "members": "all", "messages": _messages(drawn, range(PEOPLE))}]
    for n in range(1, CHANNELS):
        members = drawn.sample(range(PEOPLE), 20)
        inside = sorted({0, *members}) if n % 5 == 0 else members
        named = {"id": f"C{n:05}", "name": f"channel-{n}", "members": [f"U{m:05}" for m in inside]}
        channels.append({**named, "messages": _messages(drawn, inside)})
    return {"team": {"name": "Large"}, "users": people, "channels": channels}


def _messages(drawn: random.Random, members: Any) -> list[dict[str, Any]]:
    each = MESSAGES // CHANNELS
    return [
        {"user": f"U{drawn.choice(members):05}", "text": f"Message {n} of many, in plain words"} for n in range(each)
    ]


def figures() -> list[Figure]:
    """Seconds, at the median."""
    made = seed()
    began = time.perf_counter()
    world = World.from_dict(made)
    built = time.perf_counter() - began
    return asyncio.run(_measured(world, built))


async def _measured(world: World, built: float) -> list[Figure]:
    began = time.perf_counter()
    async with Sandbox(world, [App.from_manifest(MANIFEST, channels=["general"])]) as sandbox:
        started = time.perf_counter() - began
        calls = {
            "boot": {},
            "channels": {"as": "U00000"},
            "messages": {"as": "U00000", "channel": "C00000"},
        }
        asked = [
            Figure(f"large workspace: asking for {name}", *await _asked(sandbox.url, name, query))
            for name, query in calls.items()
        ]
        painted = await _painted(sandbox.url)
    return [
        Figure("large workspace: reading its seed", built, "s"),
        Figure("large workspace: starting", started, "s", goal=1.0, at_most=True),
        *asked,
        *painted,
    ]


async def _asked(url: str, name: str, query: dict[str, str]) -> tuple[float, str]:
    seconds = []
    async with ClientSession() as session:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            async with session.get(f"{url}/_page/{name}", params=query) as answer:
                await answer.read()
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), "s"


async def _painted(url: str) -> list[Figure]:
    """First paint, and the time until messages can be read; nothing where there is no browser."""
    path = find_chromium()
    if path is None:
        return []
    paints, readable = [], []
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(ROUNDS):
            page = await browser.new_page()
            began = time.perf_counter()
            await page.goto(f"{url}/#as=U00000&channel=C00000")
            await page.get_by_text("Message 99 of many").first.wait_for()
            readable.append(time.perf_counter() - began)
            paints.append(float(await page.evaluate(PAINTED)) / 1000)
            await page.close()
        await browser.close()
    return [
        Figure("large workspace: first paint", statistics.median(paints), "s", goal=1.0, at_most=True),
        Figure("large workspace: messages can be read", statistics.median(readable), "s"),
    ]
