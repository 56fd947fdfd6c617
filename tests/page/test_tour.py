"""The guided tour: each step shows itself, the way is kept, and it can be put away and brought back."""

import pytest
from playwright.async_api import expect

from bot import manifest, sample
from sandbox.users import SeedError
from sandbox.world import World
from tests.page.conftest import Window
from tests.page.steps import rail

browser = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class TestInTheBrowser:
    pytestmark = browser

    async def test_each_step_acts_as_somebody_goes_there_and_writes_what_to_send(self, window: Window) -> None:
        page = await window.go(as_="U0LENA")
        tour = page.get_by_role("region", name="Tour")
        await expect(tour.get_by_role("heading")).to_have_text("Step 1 of 3 Nominate")
        await tour.get_by_role("button", name="Show me").click()
        await expect(page.get_by_role("button", name="Acting as")).to_contain_text("Rosa Marín")
        composer = page.get_by_role("textbox", name="Message #general")
        await expect(composer).to_have_value("/nominate Ada @ Acme, because")
        await expect(composer).to_be_focused()
        await page.keyboard.press("Enter")
        form = page.get_by_role("dialog", name="Nominate a customer")
        await expect(form.get_by_label("Name")).to_have_value("Ada")
        await page.keyboard.press("Escape")
        await expect(form).to_be_hidden()

        await tour.get_by_role("button", name="Next step").press("Enter")
        await expect(tour.get_by_role("heading", name="Step 2 of 3 Review")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(rail(page).get_by_role("link", name="advocacy")).to_have_attribute("aria-current", "page")

        await tour.get_by_role("button", name="Next step").click()
        await tour.get_by_role("button", name="Show me").click()
        await expect(page.get_by_role("heading", name="Sampler", level=1)).to_be_visible()

    async def test_what_is_half_written_stays(self, window: Window) -> None:
        page = await window.go(as_="U0ROSA")
        composer = page.get_by_role("textbox", name="Message #general")
        await composer.fill("Mine")
        await page.get_by_role("button", name="Show me").click()
        await expect(composer).to_be_focused()
        await expect(composer).to_have_value("Mine")

    async def test_it_can_be_put_away_and_the_step_is_kept(self, window: Window) -> None:
        page = await window.go(as_="U0ROSA")
        tour = page.get_by_role("region", name="Tour")
        await tour.get_by_role("button", name="Next step").click()
        await page.keyboard.press("Escape")
        await expect(tour).to_be_hidden()
        await expect(page.get_by_role("button", name="Tour", exact=True)).to_be_focused()
        await page.reload()
        await window.settled()
        await expect(tour).to_be_hidden()
        await page.get_by_role("button", name="Tour", exact=True).click()
        await expect(tour.get_by_role("heading")).to_have_text("Step 2 of 3 Review")


def test_the_tour_of_the_sample_company_is_five_steps_that_can_be_shown() -> None:
    world = World.from_dict(sample.slack_world())
    commands = {one["command"] for one in manifest.load()["features"]["slash_commands"]}
    assert len(world.tour) == 5
    for step in world.tour:
        user = world.users[step["as"]]
        assert not user["deleted"]
        if "channel" in step:
            assert user["id"] in world.channels[step["channel"]].members
        assert step.get("say", "/nominate").split()[0] in commands


@pytest.mark.parametrize("step", [{"as": "nobody"}, {"channel": "nowhere"}])
def test_a_step_that_leads_nowhere_is_refused(step: dict[str, str]) -> None:
    with pytest.raises(SeedError):
        World.from_dict({"tour": [{"title": "A", "text": "B", **step}]})
