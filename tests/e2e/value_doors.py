"""Somebody goes through every door to the business value. Decides not who else may."""

from collections.abc import Callable

from sandbox.shapes import JSON
from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company


async def every_value_door_once(company: Company) -> None:
    """Opened, by another period and industry, and sent; the same of requests and of the customers' load."""
    async with company.person("ingrid") as leader:
        await click_home(leader, "value_open")
        await leader.choose(await leader.modal("value"), "value_period", "all")
        await leader.choose(await leader.modal("value", containing="All deals"), "value_industry", "all")
        await press(leader, "value", "value_send")
        await leader.message(containing="Business value")
        await leader.close()
        await click_home(leader, "request_report_open")
        await leader.choose(await leader.modal("request_report"), "request_report_period", "90")
        shown = await leader.modal("request_report", containing="The last 90 days")
        await leader.choose(shown, "request_report_activity", "reference call")
        shown = await leader.modal(match=_kept("reference call"))
        await leader.choose(shown, "request_report_function", "sales")
        await leader.modal(match=_kept("sales"))
        await press(leader, "request_report", "request_report_send")
        await leader.message(containing=["How requests go", "Only reference call and sales."])
        await leader.close()
        await click_home(leader, "use_report_open")
        await leader.choose(await leader.modal("use_report"), "use_report_period", "90")
        shown = await leader.modal("use_report", containing="The last 90 days")
        await leader.choose(shown, "use_report_activity", "reference call")
        await leader.modal(match=_kept("reference call"))
        await press(leader, "use_report", "use_report_send")
        await leader.message(containing=["How customers are asked", "Only reference call."])


def _kept(choice: str) -> Callable[[JSON], bool]:
    """A test of a window: it shows what was chosen, and has drawn itself anew."""
    return lambda view: choice in view["private_metadata"]
