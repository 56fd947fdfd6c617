"""Somebody goes through the doors of Home's lists. Decides not who else may."""

from dataclasses import replace

from domain.home_pages import ROWS
from domain.nominations import Source
from steps import nominations
from storage import people
from storage.guard import GuardedSession
from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company
from tests.worlds import ADA


async def every_home_door_once(company: Company) -> None:
    """The team's list of what waits for review: opened, turned on and back, and a row decided on."""
    company.read(_many, company)
    async with company.person("priyanka") as team:
        await team.home()
        await click_home(team, "home_list", "To review", value="queue")
        await press(team, "home_list", "home_list_next", containing="To review")
        await press(team, "home_list", "home_list_back", containing="Back")
        await team.modal("home_list", containing="Next")
        await team.close()
        await team.choose(await team.home(), "home_focus", "desk")
        await team.home(
            match=lambda view: "Log a use" in str(view) and "'My nominations'" not in str(view), open_tab=False
        )
        await team.choose(await team.home(open_tab=False), "home_focus", "all")
        await team.home(containing="My nominations", open_tab=False)


def _many(session: GuardedSession, company: Company) -> None:
    rep = people.actor_of(session, "U0DESMOND")
    assert rep is not None
    for at in range(ROWS + 3):
        moment = company.everboard.house.moment()
        values = replace(ADA, contact_name=f"Customer {at:02}", email=None)
        nominations.submit(session, rep, moment, values, Source.COMMAND, moment.new_id(), quiet=True)
