"""Somebody goes through the door to the volunteers' page. Decides not who else may."""

from tests.e2e.acts import press
from tests.e2e.conftest import Company


async def every_volunteer_door_once(company: Company) -> None:
    """The switch."""
    async with company.person("rasmus") as admin:
        await admin.command("/advocacy", "settings")
        await press(admin, "settings", "settings_join_open")
        await admin.modal("settings_join")
        assert (await admin.submit({"is_on": ["on"]})).result == "close"
        await admin.modal("settings")
        await admin.close()
