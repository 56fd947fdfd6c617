"""Somebody goes through every door to targets and to what there is. Decides not who else may."""

from datetime import date

from domain.query import Facet
from sandbox.person import Person
from storage.guard import GuardedSession
from storage.targets import TargetRow
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import JSON, Company

MANY = 30
"""Targets that fill more than a page."""


async def every_target_door_once(company: Company) -> None:
    """Looked at by page and facet, drawn, added, changed, deleted; and the people behind each figure."""
    company.read(_many, company)
    one = company.row(TargetRow, TargetRow.name == "Target 0")
    async with company.person("ingrid") as leader:
        await click_home(leader, "targets_open", "30 targets")
        await leader.click(await leader.modal(has("targets_page")), "targets_page")
        await leader.click(await leader.modal(has("targets_page_back")), "targets_page_back")
        await leader.modal(has("targets_page"))
        await press(leader, "targets", "targets_chart")
        await leader.message(containing="Advocates we have and want")
        await leader.modal(containing="as a direct message")
        await leader.close()
        await press(leader, "targets", "target_available_open", value=one.id)
        shown = await leader.modal(has("behind_page"))
        await leader.click(shown, "behind_page")
        await leader.click(await leader.modal(has("behind_page_back")), "behind_page_back")
        await leader.modal(has("behind_page"))
        await leader.close()
        await press(leader, "targets", "target_active_open", value=one.id)
        await leader.modal(has("behind_page"))
        await leader.close()
        await _changes(leader, one.id)
        await press(leader, "targets", "supply_open")
        shown = await leader.modal("targets", containing="What we have")
        await leader.choose(shown, "supply_facet", Facet.COUNTRY.value)
        await leader.click(await leader.modal(has("supply_page")), "supply_page")
        await leader.click(await leader.modal(has("supply_page_back")), "supply_page_back")
        await leader.click(
            await leader.modal(has("supply_page")),
            "supply_available_open",
            value=_first(await leader.modal(), "supply_available_open"),
        )
        await leader.modal(containing="advocate")
        await leader.close()
        await press(leader, "targets", "supply_back")
        await leader.close()


def _first(shown: JSON, action: str) -> str:
    """The value of the first of these buttons that has one."""
    buttons = [one for block in shown["blocks"] for one in (*block.get("elements", ()), block.get("accessory") or {})]
    return str(next(one["value"] for one in buttons if one.get("action_id") == action and one.get("value")))


async def _changes(leader: Person, target_id: str) -> None:
    shown = await leader.modal("targets")
    await leader.click(shown, "target_add_open", value=_first(shown, "target_add_open"))
    await leader.modal("target")
    assert (await leader.submit({"count": "3", "due_on": "2027-06-30", "region": ["EMEA"]})).result == "close"
    await press(leader, "targets", "target_change_open", value=target_id)
    await leader.modal("target")
    assert (await leader.submit({"count": "2"})).result == "close"
    await press(leader, "targets", "target_delete", value=target_id)
    await leader.modal(lambda shown: has("target_add_open")(shown) and target_id not in str(shown))


def _many(session: GuardedSession, company: Company) -> None:
    moment = company.everboard.house.moment()
    for number in range(MANY):
        row = TargetRow(id=moment.new_id(), name=f"Target {number}", criteria={}, count=number + 1)
        row.due_on, row.created_at = date(2027, 1, 1), moment.now
        session.add(row)
