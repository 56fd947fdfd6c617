"""The same form twice, the same customer twice, a namesake: what is one is stored once, and everybody gets credit."""

import asyncio

from storage.audit import Audit
from storage.nominations import Contact, Endorsement, Nomination
from storage.outbox import Message
from tests.e2e.acts import (
    accept,
    has,
    introduced,
    journey,
    nominate,
    nominated,
    open_journey,
)
from tests.e2e.conftest import Company


def nomination_of(company: Company, name: str) -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)


async def test_the_same_form_delivered_again_is_stored_once(company: Company) -> None:
    async with company.person("desmond") as rep:
        await nominated(rep, "Ada Okafor")
        [sent] = company.deliveries("view_submission", "nominate")
        answers = await asyncio.gather(company.again(sent), company.again(sent))
        assert [answer["response_action"] for answer in answers] == ["update", "update"]
        await company.delivered()
    contact = company.row(Contact, Contact.name == "Ada Okafor")
    nomination = company.row(Nomination, Nomination.contact_id == contact.id)
    news = company.rows(Message, Message.kind == "nomination_news", Message.target == "U0DESMOND")
    assert len([message for message in news if "Ada Okafor" in message.text]) == 1
    assert len(company.rows(Message, Message.slot == f"alert:{nomination.id}")) == 1


async def test_one_form_delivered_twice_at_the_same_moment_is_stored_once(company: Company) -> None:
    async with company.person("desmond") as rep:
        sent = await nominate(rep, "Bad @ Harbor Mutual, runs our rollout", why=" ")
        assert sent.result == "errors"
        [refused] = company.deliveries("view_submission", "nominate")
        refused["view"]["state"]["values"]["why"]["why"]["value"] = "Runs our rollout"
        answers = await asyncio.gather(*(company.again(refused) for _ in range(4)))
        assert {answer["response_action"] for answer in answers} == {"update"}
    company.row(Contact, Contact.name == "Bad")
    assert len(company.rows(Nomination, Nomination.why == "Runs our rollout")) == 1


async def test_a_known_customer_is_endorsed_and_both_get_the_credit(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as first,
        over_socket.person("kaylee") as second,
        over_socket.person("priyanka") as team,
    ):
        await nominated(first, "Ada Okafor", email="ada@harbor.example")
        sent = await nominate(second, "A. Okafor @ Elsewhere, told me so", email="ADA@harbor.example")
        assert sent.result == "push"
        shown = second.text_of(sent.view or {})
        assert "has been put forward already" in shown
        assert "told me so" in shown
        assert "ada@harbor.example" not in shown.lower()
        assert "nomination_someone_else" not in str(sent.view)
        sent = await second.submit({})
        assert "Your word for" in second.text_of(sent.view or {})
        await second.close()
        # What lay below is no form any more that could be sent once again.
        assert "Thank you" in second.text_of(await second.modal())
        await second.close()

        nomination = nomination_of(over_socket, "Ada Okafor")
        endorsement = over_socket.row(Endorsement, Endorsement.nomination_id == nomination.id)
        assert endorsement.note == "told me so"
        await team.message("advocacy", containing=["Ada Okafor", "Endorsed by", "kaylee", "adds", "told me so"])
        await accept(team, "Ada Okafor")
        await introduced(team, "Ada Okafor")
        await open_journey(team, "Ada Okafor")
        await journey(team)
        for person, other in ((first, "kaylee"), (second, "desmond")):
            await person.message(containing=["is an advocate now", f"thanks to you and @{other}"])


async def test_one_nominates_or_endorses_a_customer_once(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("kaylee") as second:
        await nominated(rep, "Ada Okafor")
        own = await nominate(rep, "Ada Okafor @ Harbor Mutual, again")
        assert own.result == "push"
        assert "Your word for them counts already" in rep.text_of(own.view or {})
        assert (own.view or {})["submit"] is None
        for expected in ("update", "errors"):
            again = await nominate(second, "Ada Okafor @ Harbor Mutual, me too")
            assert again.result == "push"
            sent = await second.submit({})
            assert sent.result == expected
        assert sent.errors == {"note": "You endorsed them before, so your word counts already."}
    assert len(over_socket.rows(Endorsement)) == 1


async def test_somebody_else_of_the_same_name_is_stored_with_a_warning(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as first,
        over_socket.person("kaylee") as second,
        over_socket.person("priyanka") as team,
    ):
        await nominated(first, "Ada Okafor")
        assert (await nominate(second, "Ada Okafor @ Harbor Mutual, runs the other office")).result == "push"
        known = await second.modal("nomination_duplicate")
        await second.click(known, "nomination_someone_else")
        await second.modal(containing="is with the advocacy team now")
        await team.message("advocacy", containing=["runs the other office", "Possibly a duplicate"])
        # A second click on the same button stores nothing more.
        [clicked] = over_socket.deliveries("block_actions", "nomination_someone_else")
        await over_socket.again(clicked)
        contacts = over_socket.rows(Contact, Contact.name == "Ada Okafor")
        assert len(contacts) == 2
        warned = await team.message("advocacy", match=has("contact_two_people"))
        await team.click(warned, "contact_two_people")
        await team.message(
            "advocacy",
            match=lambda one: "runs the other office" in str(one) and "Possibly a duplicate" not in str(one),
        )
    other = over_socket.row(Nomination, Nomination.why == "runs the other office")
    first_one = next(n for n in over_socket.rows(Nomination) if n.contact_id in {c.id for c in contacts} and n != other)
    assert other.possible_duplicate_of is None
    told = over_socket.row(Audit, Audit.action == "nomination.kept_apart")
    assert told.before == {"possible_duplicate_of": first_one.id}
