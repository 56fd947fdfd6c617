"""Charts are drawn for the eye and told as tables; data tables can be sorted and turned by keyboard."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.page.conftest import Window
from tests.page.steps import messages, type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


# What sticks out of the chart's frame: it would be cut off, or lie over the words below.
OUTSIDE = """figure => {
  const frame = figure.querySelector(".plot").getBoundingClientRect();
  return [...figure.querySelectorAll(".plot svg *:not(title)")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2;
  }).map((node) => node.outerHTML);
}"""


async def charted(window: Window) -> Page:
    page = await window.go(as_="U0ROSA")
    await type_command(page, "/charts")
    await expect(page.get_by_role("table", name="Advocates")).to_be_visible()
    return page


@pytest.mark.parametrize(
    "window",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 400, "height": 800}}],
    indirect=True,
    ids=["wide-light", "narrow-dark"],
)
async def test_each_kind_is_drawn_within_its_frame_and_told_as_a_table(window: Window) -> None:
    page = await charted(window)
    bars = page.get_by_role("figure", name="Nominations by region")
    await expect(bars.locator("rect.mark")).to_have_count(12)
    table = bars.get_by_role("table", name="Nominations by region")
    await expect(table.get_by_role("row").last).to_have_text("Q496-3")
    pie = page.get_by_role("figure", name="Where they come from")
    await expect(pie.locator(".slice")).to_have_count(5)
    await expect(pie.locator(".legend li").first).to_have_text("1. Sales: 45 (45%)")
    line = page.get_by_role("figure", name="Won with an advocate")
    await expect(line.locator("polyline")).to_have_count(1)
    area = page.get_by_role("figure", name="Everything at once")
    await expect(area.locator("polygon")).to_have_count(12)
    await expect(area.get_by_role("row")).to_have_count(21)
    for figure in (bars, pie, line, area):
        assert await figure.evaluate(OUTSIDE) == []
    found = await Axe().run(page)
    assert [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")] == []


async def test_the_numbers_can_be_shown_to_everybody(window: Window) -> None:
    page = await charted(window)
    line = page.get_by_role("figure", name="Won with an advocate")
    await line.get_by_role("button", name="Show the numbers").press("Enter")
    await expect(line.get_by_role("cell", name="5,100,000")).to_be_in_viewport()
    await expect(line.get_by_role("button", name="Hide the numbers")).to_be_focused()


async def test_a_data_table_is_sorted_and_turned_by_keyboard(window: Window) -> None:
    page = await charted(window)
    table = messages(page).last
    names = table.get_by_role("rowheader")
    await expect(names).to_have_text(["Advocate 1", "Advocate 2", "Advocate 3", "Advocate 4"])
    uses = table.get_by_role("button", name="Uses")
    await uses.press("Enter")
    await expect(table.get_by_role("columnheader", name="Uses")).to_have_attribute("aria-sort", "ascending")
    await expect(names.first).to_have_text("Advocate 10")
    await uses.press("Enter")
    await expect(names.first).to_have_text("Advocate 7")
    await uses.press("Enter")
    await expect(names.first).to_have_text("Advocate 1")
    turn = table.get_by_role("button", name="Next page")
    for _ in range(3):
        await turn.press("Enter")
    await expect(table.get_by_role("status")).to_have_text("9 to 10 of 10")
    await expect(names).to_have_text(["Advocate 9", "Advocate 10"])
    await expect(turn).to_be_focused()


WORDS_BESIDE = """async values => {
  const { axes } = await import("/page/chart-axes.js");
  const grid = { series: [{ name: "Deals", values }], categories: ["Won"], xLabel: "", yLabel: "" };
  return axes(grid, 400, 200).nodes.map((node) => node.textContent).filter((said) => said && said !== "Won");
}"""


async def test_nothing_is_counted_in_halves(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    assert await page.evaluate(WORDS_BESIDE, [2]) == ["0", "1", "2"]
    assert await page.evaluate(WORDS_BESIDE, [2.5]) == ["0", "1", "2", "3"]
    assert await page.evaluate(WORDS_BESIDE, [0.5]) == ["0", "0.2", "0.4", "0.6"]
