"""An owner goes through every door to the question whether a profile is still right. Decides not who else may."""

from datetime import date, timedelta

from sandbox.person import Person
from steps import freshness
from storage import settings
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.people import Person as PersonRow
from tests.e2e.acts import has
from tests.e2e.conftest import Company

STALE, SEASON = timedelta(days=200), timedelta(days=100)


async def every_freshness_door_once(company: Company) -> None:
    """Still right, they agree again, changed, paused, left."""
    async with company.person("desmond") as owner:
        company.read(ask_about, company, 5, 1)
        company.everboard.delivery.wake()
        await _click(owner, "check_agreed", 5)
        await _click(owner, "check_consent_open", 4)
        await owner.modal("check_consent")
        assert (await owner.submit({"how": "On the phone."})).result == "close"
        await _click(owner, "check_confirm", 4)
        await _click(owner, "check_changed_open", 3)
        await owner.modal("check_changed")
        assert (await owner.submit({"words": "A new title."})).result == "close"
        await _click(owner, "check_pause_open", 2)
        await owner.modal("check_pause")
        in_a_month = date.today() + timedelta(days=30)  # noqa: DTZ011  # either day will do
        assert (await owner.submit({"until": in_a_month.isoformat()})).result == "close"
        await _click(owner, "check_left_open", 1)
        await owner.modal("check_left")
        assert (await owner.submit({"company": "Harbor Mutual"})).result == "update"
        await owner.modal(containing="Nominate them there")
        await owner.close()
        await owner.message(containing="all of these are answered")


async def _click(owner: Person, action: str, left: int) -> None:
    """The first button of its kind, once the message says that so many are left."""
    words = "1 customer of yours" if left == 1 else f"{left} customers of yours"
    shown = await owner.message(containing=words, match=has(action))
    elements = [one for block in shown["blocks"] for one in block.get("elements", ())]
    first = next(one["value"] for one in elements if one.get("action_id") == action)
    await owner.click(shown, action, value=first)


def ask_about(session: GuardedSession, company: Company, many: int, agreements: int = 0) -> None:
    """So many of Desmond's customers are to be checked, and he is asked; of some no more than what they agreed to."""
    moment = company.everboard.house.moment()
    owner = session.query(PersonRow).filter(PersonRow.slack_user_id == "U0DESMOND").one()
    there = session.query(Advocate).filter(Advocate.state == "active").order_by(Advocate.id).limit(many)
    for at, advocate in enumerate(there):
        contact = session.get_one(Contact, (session.workspace_id, advocate.contact_id))
        account = session.get_one(Account, (session.workspace_id, contact.account_id))
        account.owner_id, advocate.verified_at = owner.id, moment.now - (SEASON if at < agreements else STALE)
        if agreements and at == agreements:  # what the next one agreed to ends soon
            for consent in session.query(ConsentRow).filter(ConsentRow.advocate_id == advocate.id):
                consent.ends_on = moment.now.date() + timedelta(days=10)
    session.flush()
    freshness.ask(session, moment, settings.load(session))
