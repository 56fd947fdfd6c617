"""Emoji on messages, and files in messages and forms: by hand and by the keyboard, seen by others at once."""

import struct
import zlib
from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages, type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A picture of two by two grey points.
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00\x80\x80\x00\x80\x80"))
    + chunk(b"IEND", b"")
)
PICTURE: FilePayload = {"name": "chart.png", "mimeType": "image/png", "buffer": PNG}
TABLE: FilePayload = {"name": "quarter.csv", "mimeType": "text/csv", "buffer": b"a,b\n" * 300}


async def test_reactions_by_mouse_and_keyboard(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    message = messages(page).filter(has_text="Welcome to Northwind")
    await message.hover()
    await message.get_by_role("button", name="React: Taking a look").click()
    eyes = message.get_by_role("button", name="eyes, 1: You")
    await expect(eyes).to_have_attribute("aria-pressed", "true")
    await eyes.press("Enter")
    await expect(message.get_by_role("group", name="Reactions")).to_have_count(0)
    # The emoji that had the focus is gone: its message has it now.
    await expect(message).to_be_focused()

    await message.get_by_role("button", name="Add reaction").press("Enter")
    search = page.get_by_role("combobox", name="Find an emoji")
    await expect(search).to_be_focused()
    await search.press_sequentially("rock")
    await expect(page.get_by_role("option", name="rocket")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(message.get_by_role("button", name="rocket, 1: You")).to_be_visible()
    await expect(message.get_by_role("button", name="Add reaction").last).to_be_focused()

    other = await window.context.new_page()
    await other.goto(f"{window.url}/#as=U0NOOR")
    theirs = messages(other).filter(has_text="Welcome to Northwind")
    await theirs.get_by_role("button", name="rocket, 1: Rosa Marín").click()
    await expect(message.get_by_role("button", name="rocket, 2: You and Noor Khan")).to_be_visible()
    welcome = next(iter(channel_messages(sandbox).values()))
    assert welcome["reactions"] == [{"name": "rocket", "users": ["U0ROSA", "U0NOOR"], "count": 2}]


async def test_escape_leaves_the_choice_of_emoji(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    composer = page.get_by_role("textbox", name="Message #general")
    await composer.fill("Good")
    await page.get_by_role("button", name="Emoji", exact=True).click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Choose an emoji")).to_have_count(0)
    await expect(composer).to_be_focused()
    await composer.press_sequentially(" :tad")
    await page.keyboard.press("Tab")
    await expect(composer).to_have_value("Good :tada: ")
    await page.keyboard.press("Enter")
    await expect(messages(page).last).to_contain_text("Good 🎉")


async def test_files_go_with_a_message(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    waiting = page.get_by_role("list", name="Files to send").get_by_role("listitem")
    await page.locator("#composer input[type=file]").set_input_files([PICTURE, TABLE])
    await expect(waiting).to_have_text(["chart.png71 bytes", "quarter.csv1.2 kB"])
    await page.get_by_role("button", name="Remove chart.png").press("Enter")
    await expect(page.get_by_role("button", name="Attach files")).to_be_focused()
    await page.locator("#composer input[type=file]").set_input_files(PICTURE)
    await expect(waiting).to_have_count(2)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(waiting).to_have_count(0)
    said = messages(page).last
    await expect(said).to_contain_text("CSV · 1.2 kB")
    picture = said.get_by_role("img", name="chart.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") == 2
    async with page.expect_download() as download:
        await said.get_by_role("link", name="Download quarter.csv").click()
    assert (await download.value).suggested_filename == "quarter.csv"
    last = next(reversed(channel_messages(sandbox).values()))
    assert [file["name"] for file in last["files"]] == ["quarter.csv", "chart.png"]


FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "everything",
    "title": {"type": "plain_text", "text": "Hand in"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "proof",
            "label": {"type": "plain_text", "text": "Proof"},
            "element": {"type": "file_input", "action_id": "value", "filetypes": ["png", "csv"], "max_files": 2},
        }
    ],
}


async def opened(page: Page, sandbox: Sandbox) -> None:
    """Open the form where the sample app's own was."""
    await type_command(page, "/everything")
    await expect(page.get_by_role("dialog")).to_be_visible()
    [view] = sandbox.world.views.stack("U0ROSA")
    [app] = sandbox.workspace.apps.values()
    client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    await client.views_update(view_id=view["id"], view=FORM)


async def test_a_form_takes_files(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    await opened(page, sandbox)
    form = page.get_by_role("dialog", name="Hand in")
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(form.get_by_role("button", name="Add files")).to_be_focused()
    field = form.locator("input[type=file]")
    await field.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"x"})
    await expect(page.get_by_text("Only these kinds of file fit here: png, csv.")).to_be_visible()
    await field.set_input_files([PICTURE, TABLE])
    await expect(form.get_by_role("listitem")).to_contain_text(["chart.png", "quarter.csv"])
    await field.set_input_files(PICTURE)
    await expect(page.get_by_text("No more than 2 files here.")).to_be_visible()
    await form.get_by_role("button", name="Send").click()
    received = page.get_by_role("dialog").get_by_text("quarter.csv")
    await expect(received.first).to_be_visible()


def channel_messages(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    channel = sandbox.world.find_channel("general")
    assert channel is not None
    return channel.messages
