"""Somebody goes through every door to the business value. Decides not who else may."""

from collections.abc import Callable

from sqlalchemy import select

from sandbox.shapes import JSON
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.people import Person
from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company


async def every_value_door_once(company: Company) -> None:
    """Opened, by another period and industry, and sent; the same of requests and of the customers' load."""
    async with company.person("ingrid") as leader:
        await click_home(leader, "value_open")
        await leader.choose(await leader.modal("value"), "value_period", "all")
        for menu in ("industry", "region", "product", "activity"):
            await leader.choose(await leader.modal("value", containing="All deals"), f"value_{menu}", "all")
        await press(leader, "value", "value_file")
        await leader.modal(containing="You get it as a direct message")
        await leader.close()
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
        await press(leader, "request_report", "request_report_file")
        await leader.modal(containing="You get it as a direct message")
        await leader.close()
        await press(leader, "request_report", "request_report_send")
        await leader.message(containing=["How requests go", "Only reference call and sales."])
        await leader.close()
        await click_home(leader, "use_report_open")
        await leader.choose(await leader.modal("use_report"), "use_report_period", "90")
        shown = await leader.modal("use_report", containing="The last 90 days")
        await leader.choose(shown, "use_report_activity", "reference call")
        await leader.modal(match=_kept("reference call"))
        await press(leader, "use_report", "use_report_file")
        await leader.modal(containing="You get it as a direct message")
        await leader.close()
        await press(leader, "use_report", "use_report_send")
        await leader.message(containing=["How customers are asked", "Only reference call."])
        await leader.close()
        await click_home(leader, "team_week_open")
        await leader.modal("team_week", containing=["What was done", "What waits"])
        await leader.submit({"words": "Well done, everybody."})
        await leader.modal(containing="It is on its way to the team's channel.")
        await leader.message("advocacy", containing=["The team's week, ", "Well done, everybody."])
        await leader.close()
        await leader.command("/advocacy", "thanks")
        await leader.choose(await leader.modal("credit"), "credit_period", "year")
        await leader.modal(match=_kept("year"))
        await press(leader, "credit", "credit_name", value="no")
        await press(leader, "credit", "credit_name", value="yes", containing="Name me again")
        await leader.close()
        company.read(_own_credit, "U0INGRID")
        await click_home(leader, "credit_open", "Your credit")
        await leader.modal("credit")


def _own_credit(session: GuardedSession, slack_id: str) -> None:
    person = session.scalars(select(Person).where(Person.slack_user_id == slack_id)).one()
    advocate = session.scalars(select(Advocate).where(Advocate.published_at.is_not(None)).limit(1)).one()
    session.get_one(Nomination, (session.workspace_id, advocate.nomination_id)).nominator_id = person.id
    session.commit()


def _kept(choice: str) -> Callable[[JSON], bool]:
    """A test of a window: it shows what was chosen, and has drawn itself anew."""
    return lambda view: choice in view["private_metadata"]
