"""Somebody asks to be forgotten: what stands in Slack and in the database of them, before and afterwards."""

from collections.abc import Collection

from sandbox.person import Person
from storage.audit import Audit
from storage.base import Base
from storage.nominations import Contact
from storage.requests import Request
from tests.e2e.acts import accept, alert, has, nominate, nominated
from tests.e2e.conftest import Company
from tests.e2e.erasing_doors import erased, over
from tests.e2e.test_requesting import ask
from tests.patience import owner

NAME, EMAIL = "Perpetua Vandersteen", "perpetua.v@harbor.example"
MARISOL = ("Marisol", "Tejeda", "Quir")
TRACES = ("Perpetua", "Vandersteen", EMAIL)


def in_slack(company: Company, traces: Collection[str] = TRACES) -> list[str]:
    """Messages that stand in Slack and speak of somebody, each by its plain text."""
    channels = company.sandbox.workspace.world.channels.values()
    there = [message for channel in channels for message in channel.messages.values()]
    return [message["text"] for message in there if any(trace in str(message) for trace in traces)]


def in_tables(company: Company, traces: Collection[str] = TRACES) -> list[str]:
    """Where anything of somebody is left, by table and column."""
    found = []
    with owner(company.everboard.db) as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()).mappings():
                found += [f"{table.name}.{key}" for key, value in row.items() if any(t in str(value) for t in traces)]
    return sorted(set(found))


async def spoken_of(rep: Person, second: Person, team: Person) -> None:
    """She is nominated, endorsed and accepted, and people hear of it."""
    await nominated(rep, NAME, email=EMAIL)
    await nominate(second, f"{NAME} @ Harbor Mutual, knows her trade", email=EMAIL)
    await second.modal("nomination_duplicate")
    await second.submit({})
    await second.close()
    await second.close()
    await accept(team, NAME)
    await alert(team, NAME, "introduction_made_open")
    await rep.message(containing=NAME)


async def test_a_customer_is_forgotten_in_slack_and_in_every_table(company: Company) -> None:
    async with (
        company.person("desmond") as rep,
        company.person("kaylee") as second,
        company.person("priyanka") as team,
        company.person("ingrid") as leader,
    ):
        await spoken_of(rep, second, team)
        await company.delivered()
        assert len(in_slack(company)) >= 2
        assert {"contact.name", "outbox.text"} <= set(in_tables(company))
        await leader.command("/advocacy", "erase")
        await leader.modal("erase")
        nobody = await leader.submit({"who": "nobody@harbor.example"})
        assert nobody.errors is not None
        assert "Everboard holds nobody under that" in nobody.errors["who"]
        assert (await leader.submit({"who": EMAIL})).result == "update"
        shown = ["1 nomination", "1 endorsement", "messages in Slack", "can't be undone", "do-not-contact list"]
        await leader.modal("erase_confirm", containing=[NAME, *shown])
        wrong = await leader.submit({"who": "yes"})
        assert wrong.errors == {
            "who": "That isn't what you looked for. Please type it again to confirm, or close this window."
        }
        assert len(in_slack(company)) >= 2
        assert (await leader.submit({"who": EMAIL})).result == "update"
        await leader.modal(containing="They are erased")
        await over(company)
        assert in_slack(company) == []
        assert in_tables(company) == []
        await team.message("advocacy", containing="Removed on request.")
        await rep.message(containing="Removed on request.")
        [entry] = company.rows(Audit, Audit.action == "customer.erased")
        assert (entry.subject_type, entry.before, entry.after, entry.reason) == ("erasure", None, None, None)

        again = await nominate(rep, f"{NAME} @ Harbor Mutual, once more", email=EMAIL)
        assert "This customer can't be nominated here." in str(again.errors)
        known = await nominate(team, f"{NAME} @ Harbor Mutual, once more")
        assert "do-not-contact list: erased on request" in str(known.errors)
        assert company.rows(Contact, Contact.name == NAME) == []


async def test_a_message_that_is_gone_or_can_no_longer_be_changed_holds_nothing_up(over_socket: Company) -> None:
    company = over_socket
    async with (
        company.person("desmond") as rep,
        company.person("priyanka") as team,
        company.person("ingrid") as leader,
    ):
        await nominated(rep, NAME, email=EMAIL)
        shown = await alert(team, NAME)
        channel = next(one for one in company.sandbox.workspace.world.channels.values() if one.name == "advocacy")
        del channel.messages[shown["ts"]]  # a workspace admin deleted it in Slack
        await leader.command("/advocacy", "erase")
        await erased(leader, f"{NAME} @ Harbor Mutual", NAME)
        await over(company)
        assert in_slack(company) == []
        assert in_tables(company) == []
        assert not any("Removed on request" in str(one) for one in channel.messages.values()), "nothing is posted anew"


async def test_whoever_asked_for_an_erased_customer_is_told_that_somebody_else_is_sought(over_socket: Company) -> None:
    company, name = over_socket, "Marisol Tejeda-Quirós"
    async with company.person("camille") as asker, company.person("ingrid") as leader:
        await ask(asker, company, "Sonnenblick: rollout")
        await company.delivered()
        assert in_slack(company, MARISOL)
        contact = company.row(Contact, Contact.name == name)
        await leader.command("/advocacy", "erase")
        await erased(leader, f"{name} @ {contact.company}", name)
        await over(company)
        assert in_slack(company, MARISOL) == []
        assert in_tables(company, MARISOL) == []
        await asker.message(containing="can't be asked any more (reference call)")
        await leader.message("advocacy", containing="Sonnenblick: rollout", match=has("request_take"))
    request = company.row(Request)
    assert (request.state, request.advocate_id) == ("new", None)
