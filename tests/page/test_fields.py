"""Each kind of field sends what Slack's would, and a pushed view leads back to the form as it was."""

import json
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.page.conftest import Window
from tests.page.sample_views import CHOICES
from tests.page.steps import type_command

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def choose(form: Locator, label: str, typed: str) -> None:
    """Pick the first option that fits what is typed, by keyboard."""
    field = form.get_by_role("combobox", name=f"{label} (optional)", exact=True)
    await field.focus()
    await field.press("ControlOrMeta+a")
    await field.press_sequentially(typed)
    await expect(form.get_by_role("option").first).to_contain_text(typed)
    await field.press("Enter")
    await field.press("Tab")


async def received(page: Any) -> Any:
    """What the app says it got."""
    return json.loads(await page.get_by_role("dialog", name="Received").locator(".section").inner_text())


async def test_untouched_fields_send_their_initial_values(window: Window) -> None:
    page = await window.go(as_="U0NOOR")
    await type_command(page, "/everything")
    form = page.get_by_role("dialog", name="Everything")
    await expect(form.get_by_label("moment")).to_have_value("2026-01-01T05:00")
    await form.get_by_role("button", name="Send").click()
    got = await received(page)
    assert {name: value for name, value in got.items() if value not in (None, [])} == {
        "date": "2026-11-02",
        "moment": 1767225600,
        "static": _kept(1),
        "checks": [_kept(0)],
    }


async def test_each_field_sends_what_was_chosen_and_back_shows_it_again(window: Window) -> None:
    page = await window.go(as_="U0NOOR")
    await type_command(page, "/everything")
    form = page.get_by_role("dialog", name="Everything")
    await form.get_by_label("url").fill("https://example.com")
    await form.get_by_label("number").fill("2.5")
    await form.get_by_label("rich").fill("two\nlines")
    await form.get_by_label("date").fill("2026-12-24")
    await form.get_by_label("time (optional)", exact=True).fill("09:30")
    await form.get_by_label("moment").fill("2026-07-01T10:00")
    await choose(form, "static", "Three")
    await choose(form, "user", "Lena")
    await choose(form, "users", "Amir")
    await choose(form, "conversation", "general")
    await choose(form, "channel", "random")
    await form.get_by_label("Two").first.check()
    await form.get_by_label("Two").last.check()
    await form.get_by_role("button", name="Send").click()
    got = await received(page)
    rich = got.pop("rich")
    assert rich["elements"][0]["elements"] == [{"type": "text", "text": "two\nlines"}]
    general = got.pop("conversation")
    assert general.startswith("C")
    assert got == {
        "url": "https://example.com",
        "number": "2.5",
        "date": "2026-12-24",
        "time": "09:30",
        "moment": 1782882000,
        "static": _kept(2),
        "user": "U0LENA",
        "users": ["U0AMIR"],
        "channel": "C0RANDOM",
        "radio": _kept(1),
        "checks": [_kept(0), _kept(1)],
    }
    await page.get_by_role("button", name="Back").first.click()
    await expect(form.get_by_label("url")).to_have_value("https://example.com")
    await expect(form.get_by_role("combobox", name="static")).to_have_value("Three")


def _kept(index: int) -> Any:
    """An option as the workspace stores it."""
    choice = CHOICES[index]
    return {"text": {**choice["text"], "emoji": True}, "value": choice["value"]}
