"""The path that everybody takes first: nominate as a rep, decide as the advocacy team."""

import pytest
from playwright.async_api import expect

from tests.page.conftest import Window
from tests.page.steps import act_as, messages, rail, type_command

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_from_command_to_decision(window: Window) -> None:
    page = await window.go(as_="U0NOOR")
    await act_as(page, "sales rep")
    await expect(page.get_by_role("button", name="Acting as")).to_contain_text("Rosa Marín")

    composer = page.get_by_role("textbox", name="Message #general")
    await composer.press_sequentially("/no")
    await expect(page.get_by_role("option")).to_have_text(
        ["S/nominate [name @ company, why]Put a customer forward", "S/noiseMake some noise"]
    )
    await composer.press("ArrowDown")
    await composer.press("ArrowUp")
    await composer.press("Tab")
    await expect(composer).to_have_value("/nominate ")
    await expect(page.locator(".usage")).to_have_text("/nominate [name @ company, why] — Put a customer forward")
    await composer.press_sequentially("Ada Lovelace @ Acme, runs our EU rollout")
    await composer.press("Enter")

    form = page.get_by_role("dialog", name="Nominate a customer")
    name = form.get_by_label("Name")
    company = form.get_by_role("combobox", name="Company")
    await expect(name).to_have_value("Ada Lovelace")
    await expect(name).to_be_focused()
    await expect(company).to_have_value("Use “Acme”")
    await expect(form.get_by_label("Why them?")).to_have_value("runs our EU rollout")
    await expect(composer).to_have_value("")

    await company.focus()
    await company.press("ArrowDown")
    await expect(form.get_by_text("Type at least 2 characters").first).to_be_visible()
    await company.press_sequentially("acme")
    await expect(form.get_by_role("option")).to_have_text(["Acme", "Acme Robotics", "Use “acme”"])
    await company.press("ArrowDown")
    await company.press("Enter")
    await expect(company).to_have_value("Acme Robotics")

    topics = form.get_by_role("combobox", name="Topics")
    await topics.press("ArrowDown")
    await expect(form.get_by_role("group", name="Business").get_by_role("option")).to_have_text(
        ["Return on investment"]
    )
    await topics.press_sequentially("sec")
    await topics.press("Enter")
    await expect(form.get_by_role("button", name="Remove Security")).to_be_visible()
    await topics.press("Escape")
    await expect(form).to_be_visible()

    await name.fill("ada@example.com")
    await name.press("Enter")
    await expect(form.get_by_text("A name has no @ in it.")).to_be_visible()
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("A name has no @ in it.")
    await name.fill("Ada Lovelace")
    await form.get_by_role("button", name="Nominate").click()

    await expect(form).to_be_hidden()
    thanks = messages(page).filter(has_text="Only visible to you")
    await expect(thanks).to_contain_text("Thank you. Ada Lovelace is with the team.")
    await expect(composer).to_be_focused()

    await act_as(page, "advocacy")
    await expect(messages(page).filter(has_text="Only visible to you")).to_have_count(0)
    advocacy = rail(page).get_by_role("link", name="advocacy")
    await expect(advocacy).to_contain_text("1 unread message")
    await advocacy.click()
    message = messages(page).filter(has=page.get_by_role("heading", name="New nomination: Ada Lovelace"))
    await expect(message).to_contain_text("Ada Lovelace at acme robotics")
    await expect(advocacy).not_to_contain_text("unread")

    await message.get_by_role("button", name="Decline").click()
    question = page.get_by_role("dialog", name="Decline?")
    await question.get_by_role("button", name="Back").click()
    await message.get_by_role("button", name="Accept").click()
    await expect(message).to_contain_text("Accepted by @Amir Haddad")
    await expect(message).to_contain_text("(edited)")
    await expect(message.get_by_role("button", name="Accept")).to_have_count(0)

    await message.hover()
    await message.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("textbox", name="Reply in thread").fill("I know *her* & <well>")
    await page.keyboard.press("Enter")
    await expect(messages(thread).last).to_contain_text("I know her & <well>")
    await expect(message.first.get_by_role("button", name="1 reply")).to_be_visible()


async def test_a_view_that_is_updated_keeps_what_was_typed(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await type_command(page, "/nominate Ada @ Acme, a b c")
    form = page.get_by_role("dialog", name="Nominate a customer")
    await form.get_by_label("Name").fill("Ada L")
    await form.get_by_label("Why them?").fill("because")
    await form.get_by_label("Take a call").check()
    await expect(form.get_by_text("Thank you for saying so")).to_be_visible()
    await expect(form.get_by_label("Name")).to_have_value("Ada L")
    await expect(form.get_by_label("Why them?")).to_have_value("because")
    await expect(form.get_by_label("Take a call")).to_be_focused()

    await page.keyboard.press("Escape")
    question = page.get_by_role("dialog", name="Leave without submitting?")
    await question.get_by_role("button", name="Keep editing").click()
    await form.get_by_role("button", name="Close").click()
    await question.get_by_role("button", name="Leave").click()
    await expect(form).to_be_hidden()


async def test_required_fields_are_named_and_a_reload_loses_nothing(window: Window) -> None:
    page = await window.go(as_="U0ROSA", channel="C0RANDOM")
    await expect(page.get_by_text("You are looking at #random without being a member.")).to_be_visible()
    await rail(page).get_by_role("link", name="general").click()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Nominate a customer").press("Enter")
    form = page.get_by_role("dialog", name="Nominate a customer")
    await form.get_by_role("button", name="Nominate").click()
    await expect(form.get_by_text("Please complete this required field.")).to_have_count(3)
    await expect(form.get_by_label("Name")).to_be_focused()

    await form.get_by_label("Name").fill("Grace")
    await form.get_by_role("button", name="Nominate").click()
    await expect(form.get_by_text("Please complete this required field.")).to_have_count(2)
    await page.reload()
    await expect(form.get_by_label("Name")).to_have_value("Grace")
    await expect(page.get_by_role("heading", name="general", level=1, include_hidden=True)).to_be_visible()


async def test_a_message_shortcut_takes_the_message_along(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    message = messages(page).filter(has_text="Welcome to Northwind")
    await message.focus()
    await message.get_by_role("button", name="More actions").press("Enter")
    await page.get_by_role("menuitem", name="Nominate from this").press("Enter")
    form = page.get_by_role("dialog", name="Nominate a customer")
    await expect(form.get_by_label("Why them?")).to_have_value(
        "Welcome to *Northwind*, everyone. Read the <https://example."
    )


async def test_a_form_outlives_a_lost_connection(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await type_command(page, "/nominate Ada @ Acme, because")
    form = page.get_by_role("dialog", name="Nominate a customer")
    await form.get_by_label("Name").fill("Ada Lovelace")
    await page.route("**/_page/submit", lambda route: route.abort())
    await form.get_by_role("button", name="Nominate").click()
    await expect(form.get_by_role("alert")).to_have_text("We had some trouble connecting. Try again?")
    await expect(form.get_by_label("Name")).to_have_value("Ada Lovelace")
    await page.unroute("**/_page/submit")
    await form.get_by_role("button", name="Nominate").click()
    await expect(form).to_be_hidden()
    assert [problem for problem in window.problems if "ERR_FAILED" not in problem] == []
    window.problems.clear()


async def test_a_confirmed_decline_takes_the_message_away(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await type_command(page, "/nominate Ada @ Acme, because")
    form = page.get_by_role("dialog", name="Nominate a customer")
    await form.get_by_role("button", name="Nominate").click()
    await expect(form).to_be_hidden()
    await act_as(page, "amir")
    await rail(page).get_by_role("link", name="advocacy").click()
    message = messages(page).filter(has=page.get_by_role("heading", name="New nomination: Ada"))
    more = message.get_by_role("button", name="More options")
    await more.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Merge")).to_be_focused()
    await page.keyboard.press("t")
    await expect(page.get_by_role("menuitem", name="Take it")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await message.get_by_role("button", name="Decline").click()
    await page.get_by_role("dialog", name="Decline?").get_by_role("button", name="Decline").click()
    await expect(message).to_have_count(0)
