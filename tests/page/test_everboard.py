"""The main job in a real browser, with the real bot and the sample company: what `make demo` promises."""

import pytest
from playwright.async_api import Page, expect

from tests.page.demo_page import company, dialog, page
from tests.page.steps import act_as, messages, rail, type_command

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


__all__ = ["company", "page"]


async def test_from_nominate_to_an_advocate_that_a_third_person_finds(page: Page) -> None:
    await nominate(page)
    await accept_and_introduce(page)
    await journey(page)
    await find(page)


async def nominate(page: Page) -> None:
    await type_command(page, "/nominate Ada Okafor @ Harbor Mutual, runs our EU rollout")
    form = dialog(page, "Nominate a customer")
    await expect(form.get_by_label("Who is it?")).to_have_value("Ada Okafor")
    await expect(form.get_by_label("Why would they be a good advocate?")).to_have_value("runs our EU rollout")
    await form.get_by_label("Their work email").fill("ada@harbor.example")
    await form.get_by_role("button", name="Nominate").click()
    thanks = dialog(page, "Thank you")
    await expect(thanks).to_contain_text("Ada Okafor")
    await thanks.get_by_role("button", name="Close").last.click()


async def accept_and_introduce(page: Page) -> None:
    await act_as(page, "Priyanka")
    await rail(page).get_by_text("advocacy", exact=True).click()
    alert = messages(page).filter(has_text="Ada Okafor, Harbor Mutual").last
    await alert.get_by_role("button", name="Accept").click()
    await dialog(page, "Accept").get_by_role("button", name="Accept").click()
    await expect(alert).to_contain_text("is asked to introduce us")
    await expect(alert.get_by_role("button", name="Accept")).to_have_count(0)
    await alert.get_by_role("button", name="Record the introduction").click()
    await dialog(page, "Introduction").get_by_role("button", name="Yes, they have").click()
    await dialog(page, "Thank you").get_by_role("button", name="Close").last.click()
    await alert.get_by_role("button", name="Open the journey").click()


async def journey(page: Page) -> None:
    steps = dialog(page, "Journey")
    await steps.get_by_role("button", name="Schedule").click()
    await dialog(page, "Interview").get_by_role("button", name="Save").click()
    await steps.get_by_role("button", name="Notes").click()
    notes = dialog(page, "Interview notes")
    await notes.get_by_role("textbox").first.fill("Warm and precise.")
    await notes.get_by_role("checkbox").check()
    await notes.get_by_role("button", name="Save").click()

    await steps.get_by_role("button", name="Edit").click()
    profile = dialog(page, "Profile")
    for label, words in {
        "Title": "VP Operations",
        "Country": "Germany",
        "What they use us for": "The rollout in nine countries",
    }.items():
        await profile.get_by_label(label).first.fill(words)
    for label, chosen in (
        ("Industry", ["insurance"]),
        ("Languages", ["English", "German"]),
        ("What they would do", ["reference call"]),
    ):
        for word in chosen:
            field = profile.get_by_role("combobox", name=label)
            await field.press_sequentially(word)
            await expect(profile.get_by_role("option", name=word).first).to_be_visible()
            await field.press("Enter")
        if label != "Industry":
            await field.press("Escape")  # a list of many stays open
    await profile.get_by_role("button", name="Save").click()

    await steps.get_by_role("button", name="Record").click()
    consent = dialog(page, "Consent")
    await consent.get_by_role("checkbox", name="Colleagues may find them here").check()
    await consent.get_by_label("How we know").fill("By email, on the phone before")
    await consent.get_by_role("button", name="Save").click()

    await steps.get_by_role("button", name="Publish").click()
    await dialog(page, "Publish").get_by_role("button", name="Publish").click()
    await expect(steps).to_contain_text("active")
    await steps.get_by_role("button", name="Close").last.click()


async def find(page: Page) -> None:
    await act_as(page, "Camille")
    await rail(page).get_by_text("general", exact=True).click()
    await type_command(page, "/advocates insurance rollout")
    answer = messages(page).filter(has_text="Ada Okafor").last
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).not_to_contain_text("ada@harbor.example")
    await answer.get_by_role("button", name="Open profile").first.click()
    await expect(dialog(page, "Advocate")).to_contain_text("The rollout in nine countries")
    await page.keyboard.press("Escape")

    await act_as(page, "Desmond")
    await rail(page).get_by_text("Everboard").first.click()
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(messages(page).filter(has_text="Ada Okafor").last).to_contain_text("is an advocate now")
