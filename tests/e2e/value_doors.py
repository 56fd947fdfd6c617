"""Somebody goes through every door to the business value. Decides not who else may."""

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
        shown = await leader.modal("request_report", containing="in as many days before")
        await leader.choose(shown, "request_report_function", "sales")
        await press(leader, "request_report", "request_report_send")
        await leader.message(containing=["How requests go", "Only reference call and sales."])
        await leader.close()
        await click_home(leader, "use_report_open")
        await leader.choose(await leader.modal("use_report"), "use_report_period", "90")
        shown = await leader.modal("use_report", containing="The last 90 days")
        await leader.choose(shown, "use_report_activity", "reference call")
        await press(leader, "use_report", "use_report_send")
        await leader.message(containing=["How customers are asked", "Only reference call."])
