"""Nominating from every door: the form opens at once, keeps what was typed, and says a mistake where it is."""

from sqlalchemy import event

from domain.nominations import Source
from storage.accounts import Account
from storage.nominations import Contact, Nomination
from tests.e2e.acts import (
    click_home,
    nominate,
)
from tests.e2e.conftest import Company


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


async def test_a_form_that_slack_would_not_open_gives_the_text_back(over_socket: Company) -> None:
    over_socket.sandbox.faults.refuse("views.open", "expired_trigger_id")
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our <EU> rollout")
        await rep.message("general", containing="Slack could not open the form")
        kept = await rep.message(containing="runs our <EU> rollout")
        assert kept["text"] == "Ada Okafor @ Harbor Mutual, runs our &lt;EU&gt; rollout"


async def test_nothing_is_promised_back_to_somebody_who_typed_nothing(over_socket: Company) -> None:
    over_socket.sandbox.faults.refuse("views.open", "internal_error")
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "")
        said = await rep.message("general", containing="Slack could not open the form")
        assert said["text"] == "Slack could not open the form. Please try again."


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
