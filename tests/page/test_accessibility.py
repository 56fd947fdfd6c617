"""Nobody is left out: axe finds nothing serious in any place, in light and dark, wide and narrow."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.page.conftest import Window
from tests.page.steps import messages, rail, type_command

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NARROW = {"width": 400, "height": 800}
# Colours do not depend on the width, nor the layout on the colours.
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark", "viewport": NARROW},
]


async def problems(page: Page, place: str) -> list[str]:
    """The serious and critical violations on screen, each with its place and the element."""
    found = await Axe().run(page)
    return [
        f"{place}: {violation['id']} {node['html'][:160]} {node['any'][:1]}"
        for violation in found.response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


async def overflows(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.slow
@pytest.mark.parametrize("window", LOOKS, indirect=True, ids=["wide-light", "narrow-dark"])
async def test_every_place_is_accessible(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    await expect(messages(page).last).to_be_visible()
    found = await problems(page, "channel")
    assert not await overflows(page)

    await type_command(page, "/nominate Ada @ Acme, because")
    form = page.get_by_role("dialog", name="Nominate a customer")
    await form.get_by_label("Name").fill("")
    await form.get_by_role("button", name="Nominate").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    found += await problems(page, "modal with an error")
    await form.get_by_role("combobox", name="Topics").click()
    await expect(form.get_by_role("option").first).to_be_visible()
    found += await problems(page, "modal with a list")
    assert not await overflows(page)

    await window.go(as_="U0LENA", app="A0SANDBOX", tab="home")
    await expect(page.get_by_role("table")).to_be_visible()
    await page.get_by_role("button", name="Inspector").click()
    found += await problems(page, "home with inspector")
    assert not await overflows(page)
    assert found == []


@pytest.mark.parametrize("window", [{"viewport": NARROW, "has_touch": True}], indirect=True)
async def test_in_a_narrow_window_the_rail_is_a_drawer(window: Window) -> None:
    page = await window.go(as_="U0AMIR")
    drawer = rail(page)
    await expect(drawer).to_be_hidden()
    await page.get_by_role("button", name="Open navigation").click()
    await expect(drawer).to_be_visible()
    found = await problems(page, "drawer")
    await page.get_by_role("button", name="Acting as").click()
    found += await problems(page, "act as")
    await page.keyboard.press("Escape")
    await drawer.get_by_role("link", name="advocacy").click()
    await expect(drawer).to_be_hidden()
    await expect(page.get_by_role("heading", name="advocacy", level=1)).to_be_visible()
    assert found == []
