"""People edit and delete their own messages where they stand: by the keyboard, in a narrow window, read by others."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages
from tests.page.test_accessibility import LOOKS, overflows, problems

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

JSON = dict[str, Any]


async def choose(page: Page, message: Locator, item: str) -> None:
    """Open the menu of a message and pick something, by the keyboard."""
    await message.get_by_role("button", name="More actions").press("Enter")
    await page.get_by_role("menuitem", name=item).press("Enter")


@pytest.mark.parametrize("window", LOOKS, indirect=True, ids=["wide-light", "narrow-dark"])
async def test_a_message_is_edited_where_it_stands(window: Window, sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0ROSA") as rosa:
        said = await rosa.say("Thanks @noor, 5 < 6", channel="general")
    page = await window.go(as_="U0ROSA")
    message = page.locator(f'.message[data-ts="{said["ts"]}"]')
    await choose(page, message, "Edit message")
    editor = message.get_by_role("textbox", name="Edit message")
    await expect(editor).to_be_focused()
    await expect(editor).to_have_value("Thanks @Noor Khan, 5 < 6")
    await expect(editor).to_have_accessible_description("Enter to save, Escape to cancel")
    assert await problems(page, "editor") == []
    assert not await overflows(page)

    await editor.press("Escape")
    await expect(editor).to_have_count(0)
    await expect(message).to_contain_text("Thanks @Noor Khan, 5 < 6")
    more = message.get_by_role("button", name="More actions")
    await expect(more).to_be_focused()

    await choose(page, message, "Edit message")
    await editor.press_sequentially(" and 7")
    # Something else about the message changes meanwhile: what was typed stays, and so does the cursor.
    async with Person(sandbox.url, "U0NOOR") as noor:
        await noor.react(said, "eyes")
    await expect(message.get_by_role("button", name="eyes, 1: Noor Khan")).to_be_visible()
    await expect(editor).to_be_focused()
    await editor.press_sequentially(" too")
    await editor.press("Enter")
    await expect(message).to_contain_text("Thanks @Noor Khan, 5 < 6 and 7 too (edited)")
    await expect(more).to_be_focused()
    await expect(page.locator("#announcer")).to_have_text("The message is changed.")
    assert await problems(page, "edited") == []
    async with Person(sandbox.url, "U0NOOR") as noor:
        kept = await noor.current(said)
    assert kept["text"] == "Thanks <@U0NOOR>, 5 &lt; 6 and 7 too"


async def test_a_message_is_deleted_after_a_question(window: Window, sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0ROSA") as rosa:
        earlier = await rosa.say("First", channel="general")
        said = await rosa.say("Second", channel="general")
        await rosa.say("A reply", channel="general", thread=earlier)
    page = await window.go(as_="U0ROSA")
    question = page.get_by_role("dialog", name="Delete message")
    message = page.locator(f'.message[data-ts="{said["ts"]}"]')
    await choose(page, message, "Delete message…")
    await expect(question).to_contain_text("This cannot be undone.")
    await page.keyboard.press("Escape")
    await expect(message.get_by_role("button", name="More actions")).to_be_focused()
    # An edit that leaves nothing asks the same.
    await choose(page, message, "Edit message")
    await message.get_by_role("textbox").fill("")
    await message.get_by_role("textbox").press("Enter")
    await question.get_by_role("button", name="Delete").press("Enter")
    await expect(message).to_have_count(0)
    first = page.locator(f'.message[data-ts="{earlier["ts"]}"]')
    await expect(first).to_be_focused()

    await choose(page, first, "Delete message…")
    await question.get_by_role("button", name="Delete").press("Enter")
    await expect(first).to_contain_text("This message was deleted.")
    await expect(first).to_be_focused()
    await expect(first.get_by_role("button", name="More actions")).to_have_count(0)
    assert await problems(page, "tombstone") == []
    await first.get_by_role("button", name="1 reply").press("Enter")
    thread = page.locator("#thread")
    reply = messages(thread).last
    await expect(reply).to_contain_text("A reply")
    # With the last reply the place of the first message goes as well, and there is no thread to look at.
    await choose(page, reply, "Delete message…")
    await question.get_by_role("button", name="Delete").press("Enter")
    await expect(first).to_have_count(0)
    await expect(thread).to_be_hidden()


async def test_what_others_wrote_cannot_be_changed(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    await messages(page).last.get_by_role("button", name="More actions").press("Enter")
    await expect(page.get_by_role("menuitem", name="Copy link")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Edit message")).to_have_count(0)
    await expect(page.get_by_role("menuitem", name="Delete message…")).to_have_count(0)


@pytest.mark.parametrize("window", LOOKS, indirect=True, ids=["wide-light", "narrow-dark"])
async def test_arrow_up_in_an_empty_field_edits_the_last_own_message(window: Window, sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0ROSA") as rosa, Person(sandbox.url, "U0NOOR") as noor:
        await rosa.say("Frist", channel="general")
        said = await rosa.say("Secnod", channel="general")
        await noor.say("Noor's own", channel="general")
    page = await window.go(as_="U0ROSA")
    field = page.get_by_role("textbox", name="Message #general")
    message = page.locator(f'.message[data-ts="{said["ts"]}"]')
    editor = page.get_by_role("textbox", name="Edit message")
    await expect(messages(page).last).to_contain_text("Noor's own")
    # In a field with words the key moves the cursor.
    await field.fill("x")
    await field.press("ArrowUp")
    await expect(field).to_be_focused()
    await field.fill("")
    await field.press("Shift+ArrowUp")
    await expect(editor).to_have_count(0)
    await field.press("ArrowUp")
    await expect(message.get_by_role("textbox", name="Edit message")).to_be_focused()
    await expect(editor).to_have_value("Secnod")
    await expect(editor).to_be_in_viewport()
    assert await problems(page, "editor of the last message") == []

    await editor.press("Escape")
    await expect(field).to_be_focused()
    await field.press("ArrowUp")
    await editor.fill("Second")
    await editor.press("Enter")
    await expect(message).to_contain_text("Second (edited)")
    await expect(field).to_be_focused()
    await expect(page.locator("#announcer")).to_have_text("The message is changed.")

    # Emptied, the message goes after a question, and the person is back where they were writing.
    await field.press("ArrowUp")
    await editor.fill("")
    await editor.press("Enter")
    await page.get_by_role("dialog", name="Delete message").get_by_role("button", name="Delete").press("Enter")
    await expect(message).to_have_count(0)
    await expect(field).to_be_focused()
    await field.press("ArrowUp")
    await expect(editor).to_have_value("Frist")


async def test_arrow_up_stays_in_its_thread_and_says_when_there_is_nothing(window: Window, sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0ROSA") as rosa, Person(sandbox.url, "U0NOOR") as noor:
        asked = await noor.say("Who comes?", channel="general")
        reply = await rosa.say("I com", channel="general", thread=asked)
        await rosa.say("Later, outside", channel="general")
    general = sandbox.world.find_channel("general")
    assert general is not None
    page = await window.go(as_="U0ROSA", channel=general.id, thread=asked["ts"])
    thread = page.locator("#thread")
    field = thread.get_by_role("textbox", name="Reply in thread")
    await expect(field).to_be_focused()
    await field.press("ArrowUp")
    editor = thread.locator(f'.message[data-ts="{reply["ts"]}"]').get_by_role("textbox", name="Edit message")
    await expect(editor).to_be_focused()
    await editor.fill("I come")
    await editor.press("Enter")
    await expect(messages(thread).last).to_contain_text("I come (edited)")
    await expect(field).to_be_focused()

    await window.go(as_="U0LENA", channel=general.id, thread=asked["ts"])
    await expect(field).to_be_focused()
    await field.press("ArrowUp")
    await expect(field).to_be_focused()
    await expect(page.locator("#announcer")).to_have_text("None of the latest messages here is yours to edit.")
