"""Writing and reading: what goes wrong is said privately, nothing typed is lost, nothing typed becomes markup."""

import asyncio

import pytest
from playwright.async_api import WebSocketRoute, expect

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import messages, rail, type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HASTY = [{"ack_seconds": 1.0}]
"""For commands that the app never acknowledges."""


async def test_a_new_message_is_read_out_as_it_is_seen(window: Window, sandbox: Sandbox) -> None:
    page = await window.go(as_="U0ROSA")
    async with Person(sandbox.url, "U0LENA") as lena:
        await lena.say("*Thank you*, @Amir & all", channel="general")
    await expect(page.locator("#announcer")).to_have_text("Lena Vogt in general: Thank you, @Amir Haddad & all")


@pytest.mark.parametrize("sandbox", HASTY, indirect=True)
async def test_a_command_that_fails_comes_back_with_the_words_typed(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    composer = page.get_by_role("textbox", name="Message")
    await type_command(page, "/silent one two")
    note = messages(page).filter(has_text="Slackbot")
    await expect(note).to_contain_text("/silent failed because the app did not respond")
    await expect(note).to_contain_text("Only visible to you")
    await expect(composer).to_have_value("/silent one two")
    await type_command(page, "/nonsense")
    await expect(note.last).to_contain_text("/nonsense is not a valid command")


async def test_people_never_write_markup(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await type_command(page, '<img src=x onerror="window.hit=1"> <!channel> & *bold* @Amir Haddad ')
    last = messages(page).last
    await expect(last).to_contain_text('<img src=x onerror="window.hit=1"> <!channel> & bold @Amir Haddad')
    await expect(last.locator(".mention")).to_have_text(["@Amir Haddad"])
    assert await page.evaluate("window.hit") is None


async def test_a_very_long_message_is_folded_and_can_be_read(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await type_command(page, "*a _b ~c `d <e " * 2600 + "the end 🎈 שלום")
    last = messages(page).last
    await last.get_by_role("button", name="Show more").click()
    await expect(last).to_contain_text("the end 🎈 שלום")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")


async def test_shift_enter_makes_a_line_and_drafts_stay(window: Window) -> None:
    page = await window.go(as_="U0AMIR")
    composer = page.get_by_role("textbox", name="Message")
    await composer.press_sequentially("one")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("two")
    await expect(composer).to_have_value("one\ntwo")
    await rail(page).get_by_role("link", name="advocacy").click()
    await expect(page.get_by_role("textbox", name="Message #advocacy")).to_have_value("")
    await rail(page).get_by_role("link", name="general").click()
    await expect(page.get_by_role("textbox", name="Message #general")).to_have_value("one\ntwo")


async def test_times_are_those_of_who_looks(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    first = messages(page).first.locator("time").last
    in_madrid = await first.get_attribute("title")
    await window.go(as_="U0NOOR")
    await expect(first).not_to_have_attribute("title", str(in_madrid))


async def test_what_happened_while_the_connection_was_lost_is_caught_up(window: Window, sandbox: Sandbox) -> None:
    sockets: list[WebSocketRoute] = []
    network = asyncio.Event()
    network.set()

    async def through(route: WebSocketRoute) -> None:
        sockets.append(route)
        await network.wait()
        route.connect_to_server()

    await window.page.route_web_socket("**/_page/stream**", through)
    page = await window.go(as_="U0ROSA")
    await expect(messages(page)).to_have_count(4)
    network.clear()
    await sockets[0].close()
    await expect(page.get_by_text("Connection lost. Trying to reconnect…")).to_be_visible()
    async with Person(sandbox.url, "U0LENA") as lena:
        await lena.say("You missed this", channel="general")
    await expect(messages(page)).to_have_count(4)
    network.set()
    await expect(messages(page).last).to_contain_text("You missed this")
    await expect(page.get_by_text("Connection lost. Trying to reconnect…")).to_be_hidden()


@pytest.mark.parametrize("sandbox", HASTY, indirect=True)
async def test_arrow_keys_move_in_lists_and_the_inspector_lists_calls(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    listed = messages(page)
    await listed.last.focus()
    await page.keyboard.press("ArrowUp")
    await expect(listed.nth(2)).to_be_focused()
    await page.keyboard.press("Home")
    await expect(listed.first).to_be_focused()

    await rail(page).get_by_role("link", name="general").focus()
    await page.keyboard.press("ArrowDown")
    await expect(rail(page).get_by_role("link", name="Sampler")).to_be_focused()

    await page.get_by_role("button", name="Inspector").click()
    await type_command(page, "/silent")
    row = page.get_by_role("region", name="Inspector").get_by_role("row").filter(has_text="/silent")
    await expect(row).to_have_class("failed-row")


async def test_a_permalink_leads_to_its_message(window: Window, sandbox: Sandbox) -> None:
    await window.go(as_="U0ROSA")
    general = sandbox.world.find_channel("general")
    assert general is not None
    first = next(iter(general.messages))
    await window.page.goto(f"{window.url}/archives/{general.id}/p{first.replace('.', '')}")
    await expect(messages(window.page).filter(has_text="Welcome to Northwind")).to_be_focused()
    await expect(window.page.get_by_role("button", name="Acting as")).to_contain_text("Rosa Marín")
