"""What the advocacy team and the relationship owner do with a request, each the way they would in Slack."""

from sandbox.person import Person
from storage.accounts import Account
from storage.audit import Audit
from storage.engagements import Engagement
from storage.people import Person as PersonRow
from storage.requests import Request
from tests.e2e.acts import HOSTILE, JSON, MARKUP, has
from tests.e2e.conftest import Company
from tests.e2e.test_requesting import advocate_of, ahead, ask

MARISOL = "Marisol Tejeda-Quirós"
DEAL = "Sonnenblick: rollout"


async def alert(team: Person, action: str, containing: str = "Request:") -> JSON:
    """The alert of the request, once it has this button."""
    return await team.message("advocacy", containing=containing, match=has(action))


async def propose(team: Person, company: Company, name: str, days: int = 20, **values: object) -> None:
    """Propose somebody from the list."""
    await team.click(await alert(team, "request_propose_open"), "request_propose_open")
    await team.modal("request_propose", containing=name)
    found = f"{name}, {company_of(company, name)}"
    sent = await team.submit({"advocate": found, "day": ahead(days), **values})
    assert sent.result == "close", sent


def company_of(company: Company, name: str) -> str:
    """Where this advocate works, as the list says it."""
    account = company.rows(Account, Account.name.in_(["Valle Cóndor Banco"]))
    return account[0].name if name == MARISOL else ""


async def test_from_the_alert_to_the_contact_details_by_the_owners_one_click(company: Company) -> None:
    async with (
        company.person("camille") as asker,
        company.person("priyanka") as team,
        company.person("thiago") as owner,
    ):
        await ask(asker, company, DEAL)
        await team.click(await alert(team, "request_take"), "request_take")
        await alert(team, "request_hand_over_open")
        await propose(team, company, MARISOL)
        question = await owner.message(containing=f"May we ask {MARISOL}", match=has("use_approve"))
        assert "2 of 2 are left" in owner.text_of(question)
        await owner.click(question, "use_approve")
        answered = await owner.message(containing="*Approved*", match=lambda shown: not has("use_approve")(shown))
        assert answered["ts"] == question["ts"]
        message = await asker.message(containing="is approved for", match=has("advocate_contact_open"))
        await asker.click(message, "advocate_contact_open")
        await asker.modal("contact_details", containing="marisol.tejeda@vallecondor.example")
        await asker.close()
        [clicked] = company.deliveries("block_actions", "use_approve")
        await company.again(clicked)
        await owner.message(containing="Your answer is not needed any more: this request is approved.")
        await alert(team, "request_look_again", "*Approved*")
    request = company.row(Request)
    assert request.state == "approved"
    assert company.row(Engagement, Engagement.request_id == request.id).status == "reserved"
