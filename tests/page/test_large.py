"""A large workspace stays usable: what is in sight is drawn, the rest is a scroll, a key or a few letters away."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox.server import Sandbox
from sandbox.world import World
from tests.page.conftest import Window
from tests.page.large_world import CHANNELS, large_seed
from tests.page.steps import messages, rail

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# As much as is ever on screen: three hundred messages are some nine thousand nodes.
MOST_NODES = 12_000


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(browser: Browser) -> AsyncIterator[Sandbox]:
    assert browser.is_connected()
    async with Sandbox(World.from_dict(large_seed()), []) as running:
        yield running


def ts_of(sandbox: Sandbox, text: str) -> str:
    channel = sandbox.world.channels["C0LONG"]
    return next(ts for ts, message in channel.messages.items() if message["text"] == text)


async def nodes(page: Page) -> int:
    return int(await page.evaluate("document.querySelectorAll('*').length"))


async def walk(page: Page, key: str, text: str) -> None:
    """Press an arrow key until a message has the focus; at the edge of what is loaded a press may only load."""
    wanted = messages(page).filter(has_text=text).and_(page.locator(":focus"))
    for _ in range(600):
        await page.keyboard.press(key)
        if await wanted.count():
            return
    await expect(wanted).to_have_count(1)


async def test_the_rail_draws_what_is_near_and_keys_reach_the_rest(window: Window) -> None:
    page = await window.go(as_="U0ROSA", channel="C0LONG")
    links = rail(page).get_by_role("link")
    await expect(rail(page).get_by_role("link", name="advocacy", exact=True).or_(links.first).first).to_be_visible()
    assert await links.count() < 120
    await rail(page).get_by_role("link", name="general", exact=True).focus()
    await page.keyboard.press("End")
    await expect(rail(page).get_by_role("link", name="random")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(rail(page).get_by_role("link", name="old-launch")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    last = rail(page).get_by_role("link", name=f"room-{CHANNELS - 1}")
    await expect(last).to_be_focused()
    await expect(last.locator("xpath=..")).to_have_attribute("aria-setsize", str(CHANNELS + 2))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=f"room-{CHANNELS - 1}", level=1)).to_be_visible()
    assert await links.count() < 120
    assert await nodes(page) < MOST_NODES


async def test_people_are_found_by_typing_and_by_going_down(window: Window) -> None:
    page = await window.go(as_="U0ROSA", channel="C0LONG")
    await page.get_by_role("button", name="Acting as").click()
    people = page.get_by_role("dialog", name="Act as")
    options = people.get_by_role("option")
    await expect(options).to_have_count(100)
    await expect(people).to_contain_text("9,905 more: type to find them")
    for _ in range(110):
        await page.keyboard.press("ArrowDown")
    await expect(options).to_have_count(200)
    await people.get_by_label("Find a person").fill("person.2999")
    await expect(options).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Acting as")).to_contain_text("person.2999")


async def test_a_link_leads_far_back_and_one_reads_on_from_there(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA", channel="C0LONG")
    await expect(messages(page).last).to_contain_text("Message 49999.")
    await expect(messages(page)).to_have_count(50)
    await page.goto(f"{window.url}/archives/C0LONG/p{ts_of(sandbox, 'Message 480.').replace('.', '')}")
    found = messages(page).filter(has_text="Message 480.")
    await expect(found).to_be_focused()
    await walk(page, "ArrowUp", "Message 350.")
    await walk(page, "ArrowDown", "Message 750.")
    assert await messages(page).count() <= 300
    assert await nodes(page) < MOST_NODES

    # What is said meanwhile waits at the end.
    said = {"as": "U0LENA", "channel": "C0LONG", "text": "News"}
    await page.request.post(f"{window.url}/_page/say", data=said)
    await page.get_by_role("button", name="New messages below").click()
    await expect(messages(page).last).to_contain_text("News")
    await expect(messages(page)).to_have_count(50)


async def test_scrolling_up_brings_what_was_earlier(window: Window) -> None:
    page = await window.go(as_="U0ROSA", channel="C0LONG")
    first = messages(page).filter(has_text="Message 49950.")
    await expect(first).to_have_count(1)
    await page.locator("#place .scroll").hover()
    await page.mouse.wheel(0, -2000)
    await expect(messages(page).filter(has_text="Message 49900.")).to_have_count(1)
    await expect(first).to_be_in_viewport()
