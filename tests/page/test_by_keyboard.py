"""The main job without a mouse: nominate, review, journey, publish, look up. The focus is never lost on the way."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.demo_page import company, dialog, page
from tests.page.keys import Keys
from tests.page.steps import messages, rail

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(300),
]


__all__ = ["company", "page"]


def button(where: Locator, name: str) -> Locator:
    return where.get_by_role("button", name=name)


def channel(page: Page, name: str) -> Locator:
    return rail(page).get_by_role("link").filter(has=page.get_by_text(name, exact=True))


async def test_the_main_job_without_a_mouse(page: Page) -> None:
    keys = Keys(page)
    await nominate(page, keys)
    alert = await review(page, keys)
    await journey(page, keys, alert)
    await look_up(page, keys)


async def nominate(page: Page, keys: Keys) -> None:
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_focused()
    await keys.write("/nominate Ada Okafor @ Harbor Mutual, runs our EU rollout")
    await keys.press("Enter")
    form = dialog(page, "Nominate a customer")
    await keys.to(form.get_by_label("Their work email"))
    await keys.write("ada@harbor.example")
    await keys.use(button(form, "Nominate"))
    thanks = dialog(page, "Thank you")
    await expect(thanks).to_contain_text("Ada Okafor")
    await keys.press("Escape")
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_focused()


async def review(page: Page, keys: Keys) -> Locator:
    await keys.act_as("Priyanka")
    await keys.to(rail(page).locator("[tabindex='0']"), "Shift+Tab")
    await keys.use(channel(page, "advocacy"), "ArrowUp")
    await expect(page.get_by_role("textbox", name="Message #advocacy")).to_be_focused()
    alert = messages(page).filter(has_text="Ada Okafor, Harbor Mutual").last
    await keys.use(button(alert, "Accept"), "Shift+Tab")
    await keys.use(button(dialog(page, "Accept"), "Accept"))
    await expect(alert).to_contain_text("is asked to introduce us")
    # The button that opened the form is gone; its message has the focus.
    await expect(alert).to_be_focused()
    await keys.use(button(alert, "Record the introduction"))
    await keys.use(button(dialog(page, "Introduction"), "Yes, they have"))
    await expect(dialog(page, "Thank you")).to_be_visible()
    await keys.press("Escape")
    await keys.kept()
    await keys.use(button(alert, "Open the journey"))
    return alert


async def journey(page: Page, keys: Keys, alert: Locator) -> None:
    steps = dialog(page, "Journey")
    await keys.use(button(steps, "Schedule"))
    await keys.use(button(dialog(page, "Interview"), "Save"))
    await expect(steps).to_be_visible()
    await keys.use(button(steps, "Notes"))
    notes = dialog(page, "Interview notes")
    await keys.to(notes.get_by_role("textbox").first)
    await keys.write("Warm and precise.")
    await keys.to(notes.get_by_role("checkbox"))
    await keys.press("Space")
    await keys.use(button(notes, "Save"))
    await expect(steps).to_be_visible()
    await fill_profile(page, keys, steps)

    await keys.use(button(steps, "Record"))
    consent = dialog(page, "Consent")
    await keys.to(consent.get_by_role("checkbox", name="Colleagues may find them here"))
    await keys.press("Space")
    await keys.to(consent.get_by_label("How we know"))
    await keys.write("By email, on the phone before")
    await keys.use(button(consent, "Save"))
    await expect(steps).to_be_visible()

    await keys.use(button(steps, "Publish"))
    await keys.use(button(dialog(page, "Publish"), "Publish"))
    await expect(steps).to_contain_text("active")
    await keys.kept()
    await keys.press("Escape")
    await expect(steps).to_be_hidden()
    # The message says something else now, and still has the focus.
    await expect(alert).to_contain_text("Now: active")
    await keys.kept()
    assert await alert.and_(page.locator(":focus-within")).count()


async def fill_profile(page: Page, keys: Keys, steps: Locator) -> None:
    await keys.use(button(steps, "Edit"))
    profile = dialog(page, "Profile")
    await keys.to(profile.get_by_label("Title").first)
    await keys.write("VP Operations")
    for label, words in (
        ("Industry", ["insurance"]),
        ("Languages", ["English", "German"]),
        ("What they would do", ["reference call"]),
    ):
        field = profile.get_by_role("combobox", name=label)
        for word in words:
            await keys.to(field, "Tab" if await field.and_(page.locator(":focus")).count() == 0 else "End")
            await page.keyboard.type(word)
            await expect(profile.get_by_role("option", name=word).first).to_be_visible()
            await keys.press("Enter")
        if label == "Industry":
            continue
        await keys.press("Escape")  # a list of many stays open
        await expect(profile).to_be_visible()
    for label, text in {"Country": "Germany", "What they use us for": "The rollout in nine countries"}.items():
        await keys.to(profile.get_by_label(label).first, "Shift+Tab" if label == "Country" else "Tab")
        await keys.write(text)
    await keys.use(button(profile, "Save"))
    await expect(steps).to_be_visible()


async def look_up(page: Page, keys: Keys) -> None:
    await keys.act_as("Camille")
    await keys.to(rail(page).locator("[tabindex='0']"), "Shift+Tab")
    await keys.press("Home")
    await keys.use(channel(page, "general"), "ArrowDown")
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_focused()
    await keys.write("/advocates insurance rollout")
    await keys.press("Enter")
    answer = messages(page).filter(has_text="Ada Okafor").last
    await expect(answer).to_contain_text("Only visible to you")
    profile = button(answer, "Open profile").first
    await keys.use(profile, "Shift+Tab")
    await expect(dialog(page, "Advocate")).to_contain_text("The rollout in nine countries")
    await keys.press("Escape")
    await expect(profile).to_be_focused()
