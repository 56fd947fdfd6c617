"""An admin goes through every door to erasing somebody and to the do-not-contact list. Decides not who else may."""

from sandbox.person import Person
from storage.erasing import Erasure
from tests.e2e.acts import nominated, press
from tests.e2e.conftest import JSON, Company


async def every_erasing_door_once(company: Company) -> None:
    """Somebody is looked for, shown and erased; the list is seen, added to and lifted from."""
    async with company.person("desmond") as rep, company.person("rasmus") as admin:
        await nominated(rep, "Ezra Forgotten", email="ezra@harbor.example")
        await admin.command("/advocacy", "settings")
        await press(admin, "settings", "erase_open")
        await erased(admin, "ezra@harbor.example", "Ezra Forgotten")
        await press(admin, "nothing", "do_not_contact_open")
        await press(admin, "do_not_contact", "do_not_contact_add_open", containing="erased on request")
        await admin.modal("do_not_contact_add")
        assert (await admin.submit({"who": "nobody.else@harbor.example"})).result == "update"
        shown = await admin.modal("do_not_contact", containing="asked not to be contacted")
        await admin.click(shown, "do_not_contact_lift_open", value=_newest(shown))
        await admin.modal("do_not_contact_lift")
        assert (await admin.submit({"reason": "They changed their mind"})).result == "update"
        await admin.modal("do_not_contact")
        for _window in range(3):
            await admin.close()
    await over(company)


async def over(company: Company) -> None:
    """Wait until nothing of an erasure is left to do."""
    await company.until(lambda: all(row.done_at is not None for row in company.rows(Erasure)))
    await company.delivered()


def _newest(shown: JSON) -> str:
    lifts = [block["accessory"] for block in shown["blocks"] if "accessory" in block]
    return str(lifts[0]["value"])


async def erased(admin: Person, who: str, name: str) -> None:
    """From the form that is open to the end; `who` is an address or a name and a company."""
    await admin.modal("erase")
    assert (await admin.submit({"who": who})).result == "update"
    await admin.modal("erase_confirm", containing=name)
    assert (await admin.submit({"who": who})).result == "update"
    await admin.modal(containing="They are erased")
