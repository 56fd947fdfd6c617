"""What becomes a reference by itself, where an app may forbid that, and what "@" offers."""

import pytest
from playwright.async_api import expect

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RENDER = """async (object) => {
  const { textNodes } = await import("/page/text.js");
  const frame = document.createElement("div");
  frame.append(...textNodes(object));
  return [...frame.querySelectorAll("a, .mention")].map((node) => node.textContent);
}"""

TEXT = "https://x.example/a #random no#random &#random; #nowhere *#general* <https://y.example|y> <#C0RANDOM>"


async def test_a_verbatim_text_links_only_what_is_marked(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await expect(messages(page).last).to_be_visible()
    verbatim = {"type": "mrkdwn", "text": TEXT, "verbatim": True}
    assert await page.evaluate(RENDER, verbatim) == ["y", "#random"]
    eager = {"type": "mrkdwn", "text": TEXT}
    assert await page.evaluate(RENDER, eager) == ["https://x.example/a", "#random", "#general", "y", "#random"]
    assert await page.evaluate(RENDER, {"type": "plain_text", "text": TEXT}) == []


async def test_at_offers_everybody_and_groups(window: Window, sandbox: Sandbox) -> None:
    group = sandbox.admin.set_group("reps", ["U0ROSA"])
    page = await window.go(as_="U0ROSA")
    composer = page.get_by_role("textbox", name="Message #general")
    await composer.press_sequentially("@he")
    offered = page.get_by_role("option")
    await expect(offered).to_have_text(["@hereEverybody in this channel who is active"])
    await page.keyboard.press("Enter")
    await expect(composer).to_have_value("@here ")
    await composer.press_sequentially("@rep")
    await expect(offered).to_have_text(["@repsreps, 1 member"])
    await page.keyboard.press("Enter")
    await composer.press_sequentially("hello")
    await page.keyboard.press("Enter")
    said = messages(page).last
    await expect(said).to_contain_text("@here @reps hello")
    # Rosa is one of both: they stand out for her.
    await expect(said.locator(".mention-me")).to_have_count(2)
    channel = sandbox.world.find_channel("general")
    assert channel is not None
    assert next(reversed(channel.messages.values()))["text"] == f"<!here> <!subteam^{group['id']}> hello"
