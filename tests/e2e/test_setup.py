"""The guide to setting up, in an empty workspace: done in place, ticked off, put away."""

from collections.abc import AsyncIterator

import pytest

from tests.e2e.acts import click_home
from tests.e2e.conftest import Company, running


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Company]:
    """A workspace in which nothing was imported."""
    async with running(database_url) as found:
        yield found


async def test_an_admin_is_led_and_what_is_done_is_ticked_off(empty: Company) -> None:
    async with empty.person("rasmus") as admin:
        shown = await admin.home(containing="Set Everboard up")
        assert "white_check_mark: Say which channel" not in admin.text_of(shown)
        await click_home(admin, "setup_go", "Say which channel", value="channels")
        await admin.modal("settings_channels")
        assert (await admin.submit({})).result == "close"
        await admin.home(containing=":white_check_mark: Say which channel")
        await click_home(admin, "setup_hide")
        await admin.modal(containing="The guide is put away.")
        assert "Set Everboard up" not in admin.text_of(await admin.home(containing="Hello"))
        await admin.close()
        await admin.command("/advocacy", "setup")
        await admin.message("general", containing="The guide is in Home")
        await admin.home(containing="Set Everboard up")


async def test_others_are_not_bothered(empty: Company) -> None:
    async with empty.person("camille") as rep:
        assert "Set Everboard up" not in rep.text_of(await rep.home(containing="Hello"))
        await rep.command("/advocacy", "setup")
        await rep.message("general", containing="can change settings")
