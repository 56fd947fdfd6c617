"""A gap becomes a campaign, whose owner nominates through it; every door of it once. Decides not who else may."""

from datetime import date, datetime, timedelta

from domain.messages import UNASKED
from sandbox.person import Person
from steps import campaign_sending, portfolio
from storage import settings
from storage.accounts import Account
from storage.campaigns import Campaign
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person as PersonRow
from storage.targets import TargetRow
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company

NAME = "Insurers wanted"
OWNED = {"U0DESMOND": "Quillfeather Insurance", "U0KAYLEE": "Marrowstone Insurance"}


def noon(now: datetime) -> str:
    """A zone in which it is about noon, at whatever hour this runs: nobody is written to at night."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def a_gap(session: GuardedSession, company: Company) -> None:
    """One more insurer is wanted than there is, and two colleagues have one each without an advocate."""
    moment = company.everboard.house.moment()
    for slack_id, name in OWNED.items():
        owner = session.query(PersonRow).filter(PersonRow.slack_user_id == slack_id).one()
        owner.time_zone = noon(moment.now)
        row = Account(id=moment.new_id(), name=name, key=name.casefold(), industry="Insurance", products=[])
        row.owner_id, row.created_at = owner.id, moment.now
        session.add(row)
    target = TargetRow(id=moment.new_id(), name=NAME, criteria={"industry": ["Insurance"]}, count=1)
    target.due_on, target.created_at = moment.now.date() + timedelta(days=5), moment.now
    session.add(target)
    session.flush()
    found = portfolio.read(session, moment)
    target.count = 1 + next(one.available for one in found.targets if one.target.id == target.id)


def look(session: GuardedSession, company: Company) -> None:
    """What the hourly job does."""
    campaign_sending.run(session, company.everboard.house.moment(), settings.load(session))


async def started(team: Person, company: Company) -> Campaign:
    """From the gap to a campaign that runs, with the window that says so open."""
    target = company.row(TargetRow, TargetRow.name == NAME)
    await team.command("/advocacy", "targets")
    await press(team, "targets", "campaign_new_open", value=target.id)
    await team.modal("campaign_form", containing="Post it in")
    wrong = await team.submit({"ends_on": "2020-01-01"})
    assert "within the next half year" in wrong.errors["ends_on"]
    last = date.today() + timedelta(days=20)  # noqa: DTZ011  # either day will do
    text = "<!channel> We look for an insurer. <@U0STELLAN>"
    sent = await team.submit({"ends_on": last.isoformat(), "text": text, "channels": ["sales"]})
    assert sent.result == "push", sent
    shown = await team.modal("campaign_preview", containing=["@desmond", "@kaylee", "at once"])
    assert "Quillfeather" not in str(shown)
    assert not company.rows(Campaign)
    assert (await team.submit({})).result == "update"
    await team.modal("campaign", containing=[NAME, "runs"])
    company.everboard.delivery.wake()
    return company.row(Campaign)


async def nominate_of(owner: Person, name: str) -> None:
    """Press the button of one customer in the owner's message."""
    asked = await owner.message(containing=name, match=has("campaign_nominate_open"))
    buttons = [block["accessory"] for block in asked["blocks"] if "accessory" in block]
    await owner.click(
        asked, "campaign_nominate_open", value=next(one["value"] for one in buttons if name in one["value"])
    )


async def every_campaign_door_once(company: Company) -> None:
    """Started, looked at, paused, gone on with, nominated through, stopped."""
    company.read(a_gap, company)
    async with company.person("priyanka") as team, company.person("desmond") as owner:
        campaign = await started(team, company)
        await press(team, "campaign", "campaign_pause")
        await team.modal("campaign", containing="is paused")
        await press(team, "campaign", "campaign_resume")
        await team.modal("campaign", containing="runs")
        await nominate_of(owner, "Quillfeather")
        await owner.modal("nominate")
        await owner.close()
        await press(team, "campaign", "campaign_stop")
        await team.modal("campaign", containing="It was stopped by hand.")
        result = await team.message("advocacy", containing="It was stopped by hand.", match=has("campaign_open"))
        for _window in range(3):
            await team.close()
        await team.click(result, "campaign_open", value=campaign.id)
        await team.modal("campaign", containing="is closed")
    company.read(a_week_passes)


def a_week_passes(session: GuardedSession) -> None:
    """Nobody's week is spent, and nobody wants the target any more: what comes next begins afresh."""
    for message in session.query(Message).filter(Message.kind.in_([kind.value for kind in UNASKED])):
        message.due_at -= timedelta(days=9)
    target = session.query(TargetRow).filter(TargetRow.name == NAME).one()
    target.ended_at = target.created_at
