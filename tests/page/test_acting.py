"""Acting as somebody: whom one finds, in which order, and who cannot act any more."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from sandbox.server import Sandbox
from tests.page.conftest import Window
from tests.page.steps import act_as

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_people_stand_in_groups_and_whoever_has_left_cannot_act(window: Window, sandbox: Sandbox) -> None:
    sandbox.admin.change_user("U0NOOR", deleted=True)
    page = await window.go(as_="U0ROSA")
    await expect(page.get_by_role("button", name="Acting as")).to_contain_text("Sales rep")
    await page.get_by_role("button", name="Acting as").click()
    people = page.get_by_role("dialog", name="Act as")
    guests = people.get_by_role("group", name="Guests and people from elsewhere")
    await expect(guests.get_by_role("option")).to_have_text(["GGGus Grant GuestAgency"])
    gone = people.get_by_role("group", name="Deactivated").get_by_role("option", name="Noor Khan")
    await expect(gone).to_be_disabled()
    await gone.click(force=True)
    await expect(people).to_be_visible()
    await people.get_by_label("Find a person").fill("noor")
    await page.keyboard.press("Enter")
    await expect(people).to_be_visible()
    await people.get_by_label("Find a person").fill("program leader")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Acting as")).to_contain_text("Lena Vogt")


async def test_a_slow_answer_takes_the_focus_from_nobody(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    answer = asyncio.Event()

    async def late(route: Route) -> None:
        await answer.wait()
        await route.continue_()

    await page.route("**/_page/channels*", late)
    await act_as(page, "program leader")
    acting = page.get_by_role("button", name="Acting as")
    await expect(acting).to_contain_text("Lena Vogt")
    inspector = page.get_by_role("button", name="Inspector")
    await inspector.focus()
    answer.set()
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    await expect(inspector).to_be_focused()


async def test_who_waits_for_a_new_person_can_write_at_once(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await act_as(page, "program leader")
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
