"""A meeting of a program as relationship owner and team live it: told of, held, counted, and given back for."""

from datetime import date, timedelta

from domain.messages import Kind
from steps import mechanism_days
from storage import settings
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.meetings import Attendance, MeetingRow
from storage.outbox import Message
from tests.e2e.acts import MARKUP, press
from tests.e2e.conftest import Company
from tests.e2e.mechanism_doors import owned_by_desmond
from tests.e2e.meeting_doors import GROUP, a_group, every_meeting_door_once, planned


def time_passes(session: GuardedSession, company: Company, days: int) -> None:
    """What a day brings for programs, as many days later."""
    for meeting in session.query(MeetingRow):
        meeting.held_on -= timedelta(days=days)
    session.flush()
    while mechanism_days.run(session, company.everboard.house.moment(), settings.load(session)):
        pass


async def test_owners_are_told_and_who_came_is_noted(over_socket: Company) -> None:
    company = over_socket
    company.read(owned_by_desmond)
    async with company.person("priyanka") as team, company.person("desmond") as owner:
        name = await a_group(team, owner)
        await planned(team, 5)
        await team.close()
        await team.modal("mechanism", containing=["*Next meeting*", "What we build next"])
        await team.close()
        await team.modal("mechanisms", containing="next meeting")
        await team.close()
        company.read(time_passes, company, 0)
        company.everboard.delivery.wake()
        told = await owner.message(containing=["There is a meeting of the user group", GROUP, name])
        assert not any(mark in str(told) for mark in MARKUP)
        company.read(time_passes, company, 6)
        company.everboard.delivery.wake()
        asked = await team.message(containing=["Who came to the meeting of the user group", GROUP])
        await team.click(asked, "meeting_count_open")
        await team.modal("meeting_count", containing=GROUP)
        assert (await team.submit({"how": "Everybody but those I pick"})).result == "update"
        await team.modal("meetings", containing="1 member came")
        await team.close()
        await team.message(containing="1 member came to the meeting of the user group")
    assert len(company.rows(Attendance)) == 1
    actions = [one.action for one in company.rows(Audit, Audit.action.startswith("meeting."))]
    assert sorted(actions) == ["meeting.counted", "meeting.planned"]
    sent = company.rows(Message, Message.kind == Kind.MECHANISM_MEETING.value)
    assert all("@" not in one.text.replace("<@", "") for one in sent)


async def test_a_wrong_day_stands_at_its_field_and_nothing_typed_is_lost(over_socket: Company) -> None:
    company = over_socket
    company.read(owned_by_desmond)
    async with company.person("priyanka") as team, company.person("desmond") as owner:
        await a_group(team, owner)
        await press(team, "mechanism", "meetings_open")
        await press(team, "meetings", "meeting_new_open", containing="No meeting is planned yet")
        await team.modal("meeting")
        long_ago = date.today() - timedelta(days=90)  # noqa: DTZ011  # either day will do
        wrong = await team.submit({"on": long_ago.isoformat(), "about": "Roadmap"})
        assert "begins later" in wrong.errors["on"]
        await team.modal("meeting", containing="Roadmap")


async def test_every_door_of_a_meeting(over_socket: Company) -> None:
    over_socket.read(owned_by_desmond)
    await every_meeting_door_once(over_socket)
