"""A program is begun, customers invited and answered for; every door of it once. Decides not who else may."""

from datetime import date, timedelta
from typing import Any

from sandbox.person import Person
from storage.accounts import Account
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.nominations import Contact, Nomination
from storage.people import Person as PersonRow
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company

BOARD = "Board 2027"
PURPOSE = "<!channel> Twice a year we ask what to build next. <@U0STELLAN>"


def owned_by_desmond(session: GuardedSession) -> None:
    """One colleague owns every account."""
    owner = session.query(PersonRow).filter(PersonRow.slack_user_id == "U0DESMOND").one()
    for account in session.query(Account):
        account.owner_id = owner.id
        account.health = "green"


async def begun(team: Person, **values: Any) -> None:
    """From the command to a program whose window is open."""
    await team.command("/advocacy", "programs")
    await press(team, "mechanisms", "mechanism_new_open")
    await team.modal("mechanism_form", containing="How many customers")
    in_two_months = date.today() + timedelta(days=60)  # noqa: DTZ011  # either day will do
    typed = {"name": BOARD, "purpose": PURPOSE, "size": "12", "starts_on": in_two_months.isoformat()} | values
    sent = await team.submit(typed)
    assert sent.result == "update", sent
    await team.modal("mechanism", containing=[str(typed["name"]), "0 of 12 joined", "Nobody is in it yet"])


async def proposed(team: Person) -> list[str]:
    """Who can be invited, as the form offers them: name and company."""
    await press(team, "mechanism", "mechanism_invite_open")
    form = await team.modal("mechanism_invite")
    [field] = [block["element"] for block in form["blocks"] if block["type"] == "input"]
    await team.close()
    return [option["text"]["text"] for option in field["options"]]


async def invited(team: Person, *offered: str) -> None:
    """Invite these, named as they were offered; what came of it is read and closed."""
    await press(team, "mechanism", "mechanism_invite_open")
    await team.modal("mechanism_invite")
    sent = await team.submit({"who": list(offered)})
    assert sent.result == "update", sent
    await team.modal(containing="Invited: ")
    await team.close()


async def answered(owner: Person, name: str, action: str) -> None:
    """The owner's button in the message about one customer."""
    await owner.click(await owner.message(containing=f"ould {name} of ", match=has(action)), action)


async def every_mechanism_door_once(company: Company) -> None:
    """Begun, changed, invited to, answered for by the owner and the team, left, turned, closed."""
    company.read(owned_by_desmond)
    async with company.person("priyanka") as team, company.person("desmond") as owner:
        await click_home(team, "mechanisms_open")
        await team.modal("mechanisms")
        await team.close()
        await begun(team, kind="community")
        offered = (await proposed(team))[:3]
        await invited(team, *offered)
        first, second, third = (one.split(", ")[0] for one in offered)
        await answered(owner, first, "invitation_join")
        await owner.message(containing=f"{first} of ", match=lambda shown: "has joined" in str(shown))
        await answered(owner, second, "invitation_later")
        await answered(owner, third, "invitation_no")
        await owner.message(containing=f"{third} of ", match=lambda shown: "does not want" in str(shown))
        await press(team, "mechanism", "mechanism_change_open")
        await team.modal("mechanism_form")
        assert (await team.submit({"size": "15"})).result == "close"
        await team.modal("mechanism", containing=["1 of 15 joined", "Said no.", "Not now."])
        await press(team, "mechanism", "member_invite_again", value=_member(company, third))
        await team.modal("mechanism", containing="1 invited")
        await press(team, "mechanism", "member_answer_open", value=_member(company, third))
        await team.modal("member_answer", containing=third)
        assert (await team.submit({"said": "They joined"})).result == "close"
        await team.modal("mechanism", containing="2 of 15 joined")
        await press(team, "mechanism", "member_leave", value=_member(company, third))
        await team.modal("mechanism", containing="1 of 15 joined")
        company.read(_many_more, company)
        await press(team, "mechanism", "mechanism_change_open")
        await team.modal("mechanism_form")
        assert (await team.submit({})).result == "close"
        await press(team, "mechanism", "mechanism_page")
        await team.modal(has("mechanism_page_back"))
        await press(team, "mechanism", "mechanism_page_back")
        await team.modal(has("mechanism_page"))
        await press(team, "mechanism", "mechanism_stop")
        await team.modal("mechanism", containing="It was closed by hand.")
        await team.close()
        await team.click(await team.modal("mechanisms"), "mechanism_open", value=company.row(Mechanism).id)
        await team.modal("mechanism", containing="Closed.")


def _member(company: Company, name: str) -> str:
    contact = company.row(Contact, Contact.name == name)
    advocate = company.row(Advocate, Advocate.contact_id == contact.id)
    return company.row(MechanismMember, MechanismMember.advocate_id == advocate.id).id


def _many_more(session: GuardedSession, company: Company) -> None:
    """Members for more than a page."""
    moment = company.everboard.house.moment()
    program, now = session.query(Mechanism).one(), moment.now
    for at in range(25):
        key = moment.new_id()
        contact = Contact(id=key, name=f"Former {at}", name_key=key, identity=key, company="Old Inc", company_key=key)
        contact.created_at = now
        nomination = Nomination(id=key, contact_id=key, source="web", state="accepted", why="", created_at=now)
        nomination.customer_knows, nomination.products, nomination.activities = True, [], []
        advocate = Advocate(id=key, contact_id=key, nomination_id=key, state="retired", created_at=now)
        member = MechanismMember(id=key, mechanism_id=program.id, advocate_id=key, state="left")
        member.invited_at, member.asked_on = now, now.date()
        for row in (contact, nomination, advocate, member):
            session.add(row)
            session.flush()
