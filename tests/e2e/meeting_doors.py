"""A program's meetings: planned, changed, counted, called off; every door of them once. Decides not who else may."""

from datetime import date, timedelta

from sandbox.person import Person
from storage.mechanisms import Mechanism
from storage.meetings import MeetingRow
from tests.e2e.acts import press
from tests.e2e.conftest import Company
from tests.e2e.mechanism_doors import answered, begun, invited, proposed

GROUP = "Circle of users"
ABOUT = "<!channel> What we build next <@U0STELLAN>"


def days_away(days: int) -> str:
    """A day near today, as a date field holds it."""
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011  # either day will do


async def planned(team: Person, days: int, about: str = ABOUT) -> None:
    """From the program that is open to its meetings, with one more of them."""
    await press(team, "mechanism", "meetings_open")
    await press(team, "meetings", "meeting_new_open")
    await team.modal("meeting")
    sent = await team.submit({"on": days_away(days), "about": about})
    assert sent.result == "update", sent
    await team.modal("meetings", containing="What we build next")


async def a_group(team: Person, owner: Person) -> str:
    """A program that began a while ago, with one member; it stays open."""
    await begun(team, kind="user group", name=GROUP, starts_on=days_away(-20))
    offered = (await proposed(team))[0]
    await invited(team, offered)
    name = offered.split(", ")[0]
    await answered(owner, name, "invitation_join")
    await owner.message(containing=[f"{name} of ", "has joined"])
    return name


async def every_meeting_door_once(company: Company) -> None:
    """A meeting that has been is counted, one to come is called off, and the member's gifts are opened."""
    async with company.person("priyanka") as team, company.person("desmond") as owner:
        name = await a_group(team, owner)
        await planned(team, -2)
        await press(team, "meetings", "meeting_change_open")
        await team.modal("meeting")
        assert (await team.submit({"about": "What we build next year"})).result == "update"
        await press(team, "meetings", "meeting_count_open", containing="next year")
        form = await team.modal("meeting_count", containing=GROUP)
        await team.suggest(form, "who", name[:4])
        assert (await team.submit({"how": "Those I pick", "who": [name]})).result == "update"
        await team.modal("meetings", containing="1 member came")
        await press(team, "meetings", "meeting_new_open")
        await team.modal("meeting")
        assert (await team.submit({"on": days_away(40), "about": "In the autumn"})).result == "update"
        later = company.row(MeetingRow, MeetingRow.about == "In the autumn").id
        await press(team, "meetings", "meeting_off", value=later)
        await team.modal("meetings", containing="Called off.")
        await team.close()
        await team.modal("mechanism", containing=["Came to 1 of 1 meeting", "No meeting is planned"])
        await press(team, "mechanism", "gifts_open")
        await press(team, "gifts", "gift_add_open", containing=name)
        await team.modal("gift")
        assert (await team.submit({"what": "A book", "amount": "35"})).result == "update"
        await team.modal("gifts", containing="A book")
        await team.close()
        await team.modal("mechanism", containing=["Got back USD 35 of USD 200", "got back USD 35 in"])
        group = company.row(Mechanism, Mechanism.name == GROUP)
        assert group.state == "open"
