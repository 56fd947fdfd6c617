"""Somebody goes through every door to the business value. Decides not who else may."""

from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company


async def every_value_door_once(company: Company) -> None:
    """Opened, by another period and industry, and sent."""
    async with company.person("ingrid") as leader:
        await click_home(leader, "value_open")
        await leader.choose(await leader.modal("value"), "value_period", "all")
        await leader.choose(await leader.modal("value", containing="All deals"), "value_industry", "all")
        await press(leader, "value", "value_send")
        await leader.message(containing="Business value")
