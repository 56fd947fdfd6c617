"""The tour follows what somebody does: steps tick themselves, whoever goes ahead takes it along, ticks are kept."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot import manifest, sample
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.page import sample_app
from tests.page.conftest import Window
from tests.page.sample_world import MANIFEST, SEED
from tests.page.steps import type_command
from views.ids import Action, Callback

browser = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOUR = [
    {
        "title": "Nominate",
        "as": "rosa",
        "channel": "general",
        "text": "Send it.",
        "until": [{"words": "Command", "command": "/nominate"}, {"words": "Form", "submit": "nominate"}],
    },
    {
        "title": "Talk",
        "as": "rosa",
        "tab": "messages",
        "text": "Look.",
        "until": [{"words": "Read", "open": "messages"}],
    },
    {"title": "End", "text": "That is all."},
]


class TestInTheBrowser:
    pytestmark = browser

    @pytest_asyncio.fixture(loop_scope="session")
    async def sandbox(self) -> AsyncIterator[Sandbox]:
        app = App.from_manifest(MANIFEST, channels=["general", "advocacy"])
        async with Sandbox(World.from_dict({**SEED, "tour": TOUR}), [app]) as running:
            handler = AsyncSocketModeHandler(sample_app.build(app.bot_token, running.api_url), app.app_token)
            await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
            yield running
            await handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped

    async def test_steps_tick_themselves_and_lead_on(self, window: Window, sandbox: Sandbox) -> None:
        page = await window.go(as_="U0ROSA")
        tour = page.get_by_role("region", name="Tour")
        todo = tour.get_by_role("list", name="What to do").get_by_role("listitem")
        await expect(todo).to_have_text(["Command", "Form"])
        await type_command(page, "/nominate Ada @ Acme, because")
        await expect(todo).to_have_text(["Command, done", "Form"])
        form = page.get_by_role("dialog", name="Nominate a customer")
        await fill(form)
        await form.get_by_label("Name").fill("A@da")
        await form.get_by_role("button", name="Nominate").click()
        await expect(form.get_by_text("A name has no @ in it.")).to_be_visible()
        # What was refused is not done.
        await expect(tour.locator("li").last).to_have_text("Form")
        await form.get_by_label("Name").fill("Ada")
        await form.get_by_role("button", name="Nominate").click()
        heading = tour.get_by_role("heading")
        await expect(heading).to_have_text("Step 1 of 3 Nominate Done")

        await page.reload()
        await expect(heading).to_have_text("Step 1 of 3 Nominate Done")
        # Whoever goes on without asking takes the tour along.
        await page.get_by_role("link", name="Sampler").click()
        await page.get_by_role("link", name="Messages", exact=True).click()
        await expect(heading).to_have_text("Step 2 of 3 Talk Done")
        await tour.get_by_role("button", name="Next step").click()
        await expect(heading).to_have_text("Step 3 of 3 End")
        # Another workspace of the same name knows nothing of this one.
        room = next(iter(sandbox.world.channels.values()))
        room.created -= 60
        await page.reload()
        await expect(heading).to_have_text("Step 1 of 3 Nominate")
        room.created += 60
        await page.reload()
        await expect(heading).to_have_text("Step 3 of 3 End")
        await tour.get_by_role("button", name="Start again").click()
        await expect(todo).to_have_text(["Command", "Form"])


async def fill(form: Locator) -> None:
    """What the sample app's form asks for beyond what the command said."""
    for combobox in await form.get_by_role("combobox").all():
        if await combobox.get_attribute("aria-required") and not await combobox.input_value():
            await combobox.press_sequentially("acme")
            await combobox.press("Enter")


def test_what_ticks_the_sample_companys_tour_is_there() -> None:
    known = {
        "command": {one["command"] for one in manifest.load()["features"]["slash_commands"]},
        "submit": {callback.value for callback in Callback},
        "press": {action.value for action in Action},
        "open": {"home", "messages"},
    }
    for step in World.from_dict(sample.slack_world()).tour:
        assert step["until"], step["title"]
        for item in step["until"]:
            [kind] = item.keys() - {"words"}
            assert item[kind] in known[kind], item
