"""Nominating, with whatever people type: nothing is lost, nothing is interpreted, a mistake is told where it is."""

import asyncio

from sqlalchemy import event

from domain.nominations import Source
from sandbox.person import Person
from storage.accounts import Account
from storage.advocates import Advocate
from storage.nominations import Contact, Endorsement, Nomination
from storage.outbox import Message
from tests.e2e.acts import (
    CLEANED,
    HOSTILE,
    MARKUP,
    accept,
    alert,
    click_home,
    has,
    introduced,
    journey,
    nominate,
    nominated,
    open_journey,
)
from tests.e2e.conftest import JSON, Company


def nomination_of(company: Company, name: str) -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)


async def test_an_empty_command_opens_an_empty_form(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        for text in ("", "   ", "\n\t"):
            await rep.command("/nominate", text)
            form = await rep.modal("nominate")
            assert "Which company are they with?" in rep.text_of(form)
            sent = await rep.submit({})
            assert sent.result == "errors"
            assert {"contact_name", "company", "why"} <= sent.errors.keys()


async def test_blank_fields_are_asked_for_where_they_are(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        sent = await nominate(rep, "Ada Okafor @ Harbor Mutual, runs our rollout", contact_name=" \u200b ", why="  ")
        assert sent.errors == {
            "contact_name": "Who is it? A name is enough.",
            "why": "Say in a sentence why they would be a good advocate.",
        }


async def test_of_a_very_long_text_nothing_is_lost(over_socket: Company) -> None:
    reason = " ".join(f"word{number} & <more>" for number in range(2280))
    assert len(reason) > 39_000
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", f"Ada Okafor @ Harbor Mutual, {reason}")
        form = await rep.modal("nominate")
        assert "You have all of it in a direct message from Everboard" in rep.text_of(form)
        await rep.message(containing="word2279")
        kept = "".join(message["text"] for message in await rep.messages())
        assert html_free(kept) == f"Ada Okafor @ Harbor Mutual, {reason}"
        assert all(len(message["text"]) < 40_000 for message in await rep.messages())
        assert (await rep.submit({})).result == "update"
    assert len(nomination_of(over_socket, "Ada Okafor").why) <= 3000


def html_free(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


async def test_a_form_that_slack_would_not_open_gives_the_text_back(over_socket: Company) -> None:
    over_socket.sandbox.faults.refuse("views.open", "expired_trigger_id")
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our <EU> rollout")
        await rep.message("general", containing="Slack could not open the form")
        kept = await rep.message(containing="runs our <EU> rollout")
        assert kept["text"] == "Ada Okafor @ Harbor Mutual, runs our &lt;EU&gt; rollout"


async def test_the_form_opens_with_one_call_and_no_query_before_it(over_socket: Company) -> None:
    order: list[str] = []
    engine = over_socket.everboard.db.engine
    async with over_socket.person("desmond") as rep:
        await over_socket.delivered()
        before = len(over_socket.sandbox.calls)

        def note(*arguments: object) -> None:
            # The delivery loop looks for work now and then, whatever people do.
            if "outbox" not in str(arguments[2]) and "pace" not in str(arguments[2]):
                calls = [r.name for r in list(over_socket.sandbox.calls)[before:] if r.direction == "in"]
                order.append("query after views.open" if "views.open" in calls else f"query before: {arguments[2]}")

        event.listen(engine, "before_cursor_execute", note)
        try:
            await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
            await rep.modal("nominate", containing="Ada Okafor")
            await over_socket.until(lambda: bool(order))
        finally:
            event.remove(engine, "before_cursor_execute", note)
    assert {line for line in order if line.startswith("query before: SELECT")} == set()
    calls = [r.name for r in list(over_socket.sandbox.calls)[before:] if r.direction == "in"]
    assert calls == ["views.open"]


async def test_hostile_text_in_every_field_of_every_form(over_socket: Company) -> None:
    line = CLEANED
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await rep.command("/nominate", HOSTILE)
        await rep.click(await rep.modal("nominate"), "nominate_details")
        await rep.modal("nominate", containing="Link to evidence")
        sent = await rep.submit(
            {
                "contact_name": f"Ada {HOSTILE}",
                "company": f"Acme {HOSTILE[:60]}",
                "why": f"Line one\n{HOSTILE}",
                "title": HOSTILE,
                "persona": HOSTILE,
                "phone": HOSTILE[:60],
                "industry": HOSTILE,
                "products": HOSTILE,
                "use_cases": HOSTILE,
                "relationship": HOSTILE,
                "evidence_link": HOSTILE,
            }
        )
        assert sent.result == "update", sent.errors
        await rep.close()
        contact = over_socket.row(Contact, Contact.name == f"Ada {line}")
        stored = over_socket.row(Nomination, Nomination.contact_id == contact.id)
        assert stored.why == f"Line one\n{line}"
        assert {stored.title, stored.persona, stored.industry, stored.relationship, stored.use_cases} == {line}
        assert stored.evidence_link == line
        assert ";".join(stored.products) == line.replace("; ", ";")

        await team.click(await alert(team, "Line one", "nomination_ask_open"), "nomination_ask_open")
        await team.modal("nomination_ask")
        assert (await team.submit({"question": HOSTILE})).result == "close"
        question = await rep.message(match=has("nomination_answer_open"))
        await rep.click(question, "nomination_answer_open")
        await rep.modal("nomination_answer")
        assert (await rep.submit({"answer": HOSTILE})).result == "update"
        await rep.close()

        await decline_and_reopen(over_socket, team, "Line one")
        await accept(team, "Line one")
        await team.click(await alert(team, "Line one", "introduction_made_open"), "introduction_made_open")
        await team.modal("introduction_made")
        assert (await team.submit({"note": HOSTILE})).result == "update"
        await team.close()
        await hostile_journey(team)
        await rep.message(containing="is an advocate now")

        await rep.command("/advocates", "emoji rollout zürich")
        await rep.command("/advocates", HOSTILE)
        await rep.message("general", containing=HOSTILE[:6])

    stored = over_socket.row(Nomination, Nomination.contact_id == contact.id)
    assert (stored.question, stored.answer) == (line, line)
    advocate = over_socket.row(Advocate, Advocate.contact_id == contact.id)
    assert advocate.state == "active"
    assert {advocate.use_cases, advocate.outcomes, advocate.quotes, advocate.topics, advocate.links} == {line}
    assert {advocate.title, advocate.preferred_contact} == {line}
    assert ";".join(advocate.languages) == line.replace("; ", ";")
    said = over_socket.marked_up()
    assert "olleh" in said
    for mark in MARKUP:
        assert mark not in said


async def decline_and_reopen(company: Company, team: Person, name: str) -> None:
    await team.click(await alert(team, name, "nomination_decline_open"), "nomination_decline_open")
    await team.modal("nomination_decline")
    assert (await team.submit({"reason": "OTHER", "words": HOSTILE})).result == "close"
    assert CLEANED in str(company.row(Nomination, Nomination.decline_reason.is_not(None)).decline_reason)
    await team.click(await alert(team, name, "nomination_reopen"), "nomination_reopen")


async def hostile_journey(team: Person) -> None:
    await open_journey(team, "Line one")
    texts: JSON = dict.fromkeys(("title", "preferred_contact", "languages"), HOSTILE)
    texts |= dict.fromkeys(("use_cases", "outcomes", "quotes", "topics", "links"), HOSTILE)
    texts |= {"industry": "Insurance", "country": "Germany", "activities": ["reference call"]}
    await team.click(await team.modal("advocate_journey"), "interview_open")
    await team.modal("interview_schedule")
    assert (await team.submit({"link": HOSTILE})).result == "close"
    for action, form, values in (
        ("interview_notes_open", "interview_notes", {"notes": HOSTILE, "held": ["held"]}),
        ("advocate_profile_open", "advocate_profile", texts),
        ("advocate_consent_open", "advocate_consent", {"scopes": ["LISTED"], "how": HOSTILE}),
        ("advocate_publish_open", "advocate_publish", {}),
    ):
        await team.click(await team.modal("advocate_journey", containing="Interview"), action)
        await team.modal(form)
        done = await team.submit(values)
        assert done.result == "close", (form, done)
    await team.close()


async def test_a_wrong_address_and_country_are_told_at_their_fields(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        await rep.fill({"email": "ada@harbor.example"}, view=await rep.modal("nominate"))
        await rep.click(await rep.modal("nominate"), "nominate_details")
        await rep.modal("nominate", containing="Link to evidence")
        # Slack's own check of addresses lets this one through.
        sent = await rep.submit({"email": "ada@harbor..example", "country": "Atlantis", "title": "Chief"})
        assert sent.errors == {
            "email": "That doesn't look like an email address. Please check it, or leave it empty.",
            "country": "Which country is that? Please write its name in English, or leave it empty.",
        }
        form = rep.text_of(await rep.modal("nominate"))
        for typed in ("Ada Okafor", "Harbor Mutual", "runs our rollout", "Atlantis", "Chief"):
            assert typed in form
        assert (await rep.submit({"email": "ADA@Harbor.Example", "country": "Deutschland"})).result == "update"
    stored = nomination_of(over_socket, "Ada Okafor")
    assert (stored.country, stored.title) == ("DE", "Chief")


async def test_details_unfolded_keep_what_was_typed(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        typed = {"why": "Better words", "email": "ada@harbor.example", "company": "Ekelund Energi AB"}
        await rep.fill(typed, view=await rep.modal("nominate"))
        await rep.click(await rep.modal("nominate"), "nominate_details")
        form = await rep.modal("nominate", containing="Link to evidence")
        for words in ("Better words", "ada@harbor.example", "Ekelund Energi AB"):
            assert words in rep.text_of(form)
        assert (await rep.submit({"products": "Signal, Gate"})).result == "update"
    stored = nomination_of(over_socket, "Ada Okafor")
    assert (stored.why, stored.products) == ("Better words", ["Signal", "Gate"])
    account = over_socket.row(Account, Account.name == "Ekelund Energi AB")
    assert over_socket.row(Contact, Contact.name == "Ada Okafor").account_id == account.id


COMPANIES = {
    "ekel": "Ekelund Energi AB",
    "EKELUND energi": "Ekelund Energi AB",
    "energi": "Ekelund Energi AB",
    "condor": "Valle Cóndor Banco",
    "cóndor": "Valle Cóndor Banco",
    "vesterbolge": "Vesterbølge Wind A/S",
    "bay council": "Zephyr Bay Council",
}


async def test_a_company_is_found_however_it_is_typed(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "")
        form = await rep.modal("nominate")
        for typed, offered in COMPANIES.items():
            texts = [option["text"]["text"] for option in await rep.suggest(form, "company", typed)]
            assert offered in texts, typed
            assert texts[-1] == f'Use "{typed}"'


async def test_a_company_that_is_not_in_the_list_is_offered_as_typed(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        for number, typed in enumerate(["%", "_", "%%%", "\\", "'; drop table account; --", "Ödland & Söhne", "🙂"]):
            await rep.command("/nominate", "")
            form = await rep.modal("nominate")
            assert [o["text"]["text"] for o in await rep.suggest(form, "company", typed)] == [f'Use "{typed}"']
            sent = await rep.submit({"contact_name": f"Ada {'I' * number}", "company": typed, "why": "Loves us"})
            assert sent.result == "update", sent.errors
            assert over_socket.row(Contact, Contact.name == f"Ada {'I' * number}".strip()).company == typed


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
        await team.message("advocacy", containing=["Ada Okafor", "Endorsed by", "kaylee"])
        await accept(team, "Ada Okafor")
        await introduced(team, "Ada Okafor")
        await open_journey(team, "Ada Okafor")
        await journey(team)
        for person in (first, second):
            await person.message(containing=["is an advocate now", "desmond", "kaylee"])


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
    other = over_socket.row(Nomination, Nomination.why == "runs the other office")
    first_one = next(n for n in over_socket.rows(Nomination) if n.contact_id in {c.id for c in contacts} and n != other)
    assert other.possible_duplicate_of == first_one.id


async def test_a_message_becomes_the_evidence_and_what_was_typed_meanwhile_stays(over_socket: Company) -> None:
    over_socket.sandbox.faults.delay("chat.getPermalink", 0.3)
    async with over_socket.person("piotr") as rep, over_socket.person("priyanka") as team:
        praise = next(m for m in await rep.messages("customer-success") if "Theodora Winslet" in m["text"])
        await rep.message_shortcut(praise, "nominate_from_message")
        form = await rep.modal("nominate", containing=["Kept as evidence", "moved 38 services"])
        # The link comes a moment later than the form: by then a name has been typed.
        await rep.fill({"contact_name": "Theodora Winslet", "company": 'Use "Kestrelbrook"', "why": "She praises us"})
        form = await rep.modal("nominate", containing="from this message")
        assert form["private_metadata"].count("/archives/") == 1
        assert (await rep.submit({})).result == "update"
        shown = await team.message("advocacy", containing=["Theodora Winslet", "What they said", "moved 38 services"])
        assert "/archives/" in str(shown["blocks"])
    stored = nomination_of(over_socket, "Theodora Winslet")
    assert stored.source == Source.MESSAGE.value
    assert "moved 38 services" in str(stored.evidence_text)
    assert f"{over_socket.sandbox.url}/archives/" in str(stored.evidence_link)


async def test_a_message_without_an_address_is_evidence_all_the_same(over_socket: Company) -> None:
    over_socket.sandbox.faults.refuse("chat.getPermalink", "channel_not_found")
    async with over_socket.person("piotr") as rep:
        praise = next(m for m in await rep.messages("customer-success") if "Theodora Winslet" in m["text"])
        await rep.message_shortcut(praise, "nominate_from_message")
        await rep.modal("nominate", containing="moved 38 services")
        sent = await rep.submit(
            {"contact_name": "Theodora Winslet", "company": 'Use "Kestrelbrook"', "why": "She praises us"}
        )
        assert sent.result == "update", sent.errors
    stored = nomination_of(over_socket, "Theodora Winslet")
    assert stored.evidence_link is None
    assert "moved 38 services" in str(stored.evidence_text)


async def test_the_global_shortcut_and_home_open_the_form_too(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        await rep.shortcut("nominate")
        await rep.modal("nominate")
        sent = await rep.submit({"contact_name": "Ada Okafor", "company": "Harbor Mutual", "why": "Loves us"})
        assert sent.result == "update"
        await rep.close()
        await click_home(rep, "nominate_open", "Ada Okafor")
        await rep.modal("nominate")
        sent = await rep.submit({"contact_name": "Grace Adeyemi", "company": "Harbor Mutual", "why": "Loves us"})
        assert sent.result == "update"
    assert nomination_of(over_socket, "Ada Okafor").source == Source.SHORTCUT.value
    assert nomination_of(over_socket, "Grace Adeyemi").source == Source.HOME.value
