"""A large workspace stays usable: what is in sight is drawn, the rest is found by typing or by going back."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from sandbox.server import Sandbox
from sandbox.world import World
from tests.page.conftest import Window
from tests.page.sample_world import SEED
from tests.page.steps import messages, rail

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PEOPLE = 3_000
CHANNELS = 1_000
MESSAGES = 1_000


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(browser: Browser) -> AsyncIterator[Sandbox]:
    assert browser.is_connected()
    users = [{"id": f"U1{number:05}", "name": f"person.{number}"} for number in range(PEOPLE)]
    rooms = [{"name": f"room-{number}", "members": ["rosa"]} for number in range(CHANNELS)]
    said = [{"user": "lena", "text": f"Message {number}"} for number in range(MESSAGES)]
    long = {"id": "C0LONG", "name": "long", "members": ["rosa", "lena"], "messages": said}
    seed = {**SEED, "users": [*SEED["users"], *users], "channels": [*SEED["channels"], *rooms, long]}
    async with Sandbox(World.from_dict(seed), []) as running:
        yield running


async def test_lists_are_cut_and_a_link_leads_far_back(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA", channel="C0LONG")
    await expect(messages(page)).to_have_count(50)
    await expect(rail(page).get_by_role("link", name="room-999")).to_have_count(1)
    await page.get_by_role("button", name="Acting as").click()
    people = page.get_by_role("dialog", name="Act as")
    await expect(people.get_by_role("option")).to_have_count(100)
    await expect(people).to_contain_text("2,905 more: type to find them")
    await people.get_by_label("Find a person").fill("person.2999")
    await expect(people.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Escape")

    channel = sandbox.world.channels["C0LONG"]
    old = next(ts for ts, message in channel.messages.items() if message["text"] == "Message 480")
    await page.goto(f"{window.url}/archives/C0LONG/p{old.replace('.', '')}")
    await expect(messages(page).filter(has_text="Message 480")).to_be_focused()
