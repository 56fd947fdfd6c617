"""Asking for an advocate: the form, what it says before it is sent, and joining what was asked already."""

from datetime import UTC, date, datetime, timedelta

from sandbox.person import Person
from storage.advocates import Advocate
from storage.nominations import Contact
from storage.opportunities import Opportunity
from storage.people import Person as Colleague
from storage.requests import Follower, Request
from tests.e2e.acts import HOSTILE, JSON, MARKUP, click_home, has
from tests.e2e.conftest import Company

CALL = {"attendees": "Their CISO and two architects"}


def ahead(days: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=days)


def advocate_of(company: Company, name: str) -> Advocate:
    contact = company.row(Contact, Contact.name.contains(name))
    return company.row(Advocate, Advocate.contact_id == contact.id)


async def open_form(asker: Person, words: str, name: str, company: Company) -> JSON:
    """Look up, and press "Ask for them" at this name; the form as it is once it knows about them."""
    await asker.command("/advocates", words)
    shown = await asker.message("general", containing=name)
    button = next(
        element["value"]
        for block in shown["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "request_for_open" and advocate_of(company, name).id in element["value"]
    )
    await asker.click(shown, "request_for_open", value=button)
    return await asker.modal("request", containing=f"*{name}*")


async def ask(asker: Person, company: Company, deal: str, days: int = 20, **values: object) -> JSON:
    """Ask for Marisol for a deal, and close what answers. Answers the last view."""
    await open_form(asker, "banking chile", "Marisol Tejeda-Quirós", company)
    sent = await asker.submit({"need_by": ahead(days), "opportunity": deal, **CALL, **values})
    assert sent.result == "update", sent
    thanks = await asker.modal(containing="Thank you")
    await asker.close()
    return thanks


async def test_asking_for_somebody_from_a_result_for_a_deal(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker, over_socket.person("priyanka") as team:
        form = await open_form(asker, "banking chile", "Marisol Tejeda-Quirós", over_socket)
        shown = asker.text_of(form)
        assert "2 of 2 left" in shown
        assert "free now" in shown
        await asker.choose(form, "opportunity", "Sonnenblick: rollout")
        await asker.modal(containing="How much is it worth?")
        sent = await asker.submit({"need_by": ahead(20), "amount": "1.234,56 €", "stage": "Proposal", **CALL})
        assert sent.result == "update", sent
        thanks = await asker.modal(containing="Your request for *a reference call with Marisol Tejeda-Quirós")
        assert "within 3 days" in asker.text_of(thanks)
        await asker.message(containing="has arrived")
        await team.message("advocacy", containing="Request: a reference call with Marisol Tejeda-Quirós")
    deal = over_socket.row(Opportunity, Opportunity.name == "Sonnenblick: rollout")
    assert (deal.hundredths, deal.currency, deal.stage) == (123456, "EUR", "Proposal")
    request = over_socket.row(Request)
    assert (request.state, request.opportunity_id, request.criteria) == ("new", deal.id, "industry:banking country:CL")


async def test_an_amount_without_a_currency_is_in_the_one_that_is_set(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as asker:
        await leader.command("/advocacy", "settings")
        await leader.click(await leader.modal("settings", containing="is in *USD*"), "settings_currency_open")
        await leader.modal("settings_currency")
        assert (await leader.submit({"currency": "CHF"})).result == "close"
        await leader.modal("settings", containing="An amount that names no currency is in *CHF*")
        form = await open_form(asker, "banking chile", "Marisol Tejeda-Quirós", over_socket)
        await asker.choose(form, "opportunity", "Sonnenblick: rollout")
        await asker.modal(containing="Without a currency, it is in CHF.")
        assert (await asker.submit({"need_by": ahead(20), "amount": "1'234.56", **CALL})).result == "update"
        await asker.message(containing="has arrived")
    deal = over_socket.row(Opportunity, Opportunity.name == "Sonnenblick: rollout")
    assert (deal.hundredths, deal.currency) == (123456, "CHF")


async def test_the_form_follows_the_activity_and_keeps_what_was_typed(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        form = await open_form(asker, "emea", "Dr. Wilhelmina Ashworth-Nair", over_socket)
        await asker.fill({"note": "They compare us with two others.", "need_by": ahead(30)})
        await asker.choose(form, "activity", "video")
        refused = await asker.modal("request", containing="does not want to be asked for a video")
        assert "can't be sent for them" in asker.text_of(refused)
        assert "They compare us" in str(refused["state"])
        assert "Ask for them instead" in asker.text_of(refused)
        sent = await asker.submit({"opportunity": "A deal", "deadline": ahead(60)})
        assert sent.result == "update"
        again = await asker.modal("request", containing="Please look for somebody else.")
        other = next(b for b in again["blocks"] if b.get("accessory", {}).get("action_id") == "request_instead")
        await asker.click(again, (other["block_id"], "request_instead"))
        name = other["text"]["text"].split("*")[1]
        await asker.modal("request", containing=f"*{name}* of")
        sent = await asker.submit({})
        assert sent.result == "update", sent
        await asker.modal(containing="Thank you")
    assert over_socket.row(Request).advocate_id == other["accessory"]["value"]


async def test_whoever_asks_for_the_same_deal_joins(over_socket: Company) -> None:
    deal = "Tidewater General Hospital: Gate on wards"
    async with over_socket.person("camille") as first, over_socket.person("desmond") as second:
        await ask(first, over_socket, deal)
        await open_form(second, "banking chile", "Marisol Tejeda-Quirós", over_socket)
        sent = await second.submit({"need_by": ahead(15), "opportunity": deal, **CALL})
        assert sent.result == "push", sent
        shown = await second.modal("request_join", containing="asked for *a reference call with")
        assert shown["close"]["text"] == "Change mine"
        assert (await second.submit({})).result == "update"
        await second.modal(containing="You joined")
        await second.close()
        await second.modal(containing="You joined")
        await second.message(containing="You joined the request")
        await open_form(second, "banking chile", "Marisol Tejeda-Quirós", over_socket)
        sent = await second.submit({"need_by": ahead(15), "opportunity": deal, **CALL})
        mine = await second.modal("request_join", containing="you asked for")
        assert not mine["submit"]
    assert len(over_socket.rows(Request)) == 1
    assert len(over_socket.rows(Follower)) == 1


async def test_what_makes_no_sense_is_said_at_its_field(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "request")
        form = await asker.modal("request")
        assert not has("request_nobody")(form)
        wrong = {"need_by": ahead(-3), "criteria": "banking", "opportunity": "A deal", "attendees": "Two"}
        sent = await asker.submit(wrong)
        assert sent.result == "errors"
        assert "is past" in sent.errors["need_by"]
        sent = await asker.submit({"need_by": ahead(3), "amount": "about 10 or 20"})
        assert sent.result == "errors"
        assert list(sent.errors) == ["amount"]
        sent = await asker.submit({"amount": "10k"})
        assert sent.result == "update", sent
    assert over_socket.row(Request).advocate_id is None


async def test_words_after_the_command_say_whom_to_look_for(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", f"request case study healthcare {HOSTILE}")
        form = await asker.modal("request", containing="When is the piece to be finished?")
        await asker.choose(form, "purpose", "A campaign")
        await asker.modal("request", containing="Which campaign?")
        values = {"need_by": ahead(9), "deadline": ahead(30), "purpose_words": HOSTILE}
        assert (await asker.submit(values)).result == "update"
        await over_socket.delivered()
    request = over_socket.row(Request)
    assert request.activity == "case study"
    assert "industry:Healthcare".casefold() in [facet.casefold() for facet in request.facets]
    said = over_socket.marked_up()
    assert not any(mark in said for mark in MARKUP)


async def test_far_too_many_words_open_the_form_all_the_same(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "request " + "banking & zero-trust " * 400)
        form = await asker.modal("request", containing="Only the beginning of what you typed fits here.")
        sent = await asker.submit({"need_by": ahead(9), "opportunity": "A deal", **CALL}, view=form)
        assert sent.result == "update", sent
    assert len(over_socket.row(Request).criteria or "") <= 1000


async def test_an_advocate_who_leaves_between_look_up_and_request(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await open_form(asker, "banking chile", "Marisol Tejeda-Quirós", over_socket)
        advocate = advocate_of(over_socket, "Marisol")
        _state(over_socket, advocate.id, "resting")
        sent = await asker.submit({"need_by": ahead(20), "opportunity": "A deal", **CALL})
        assert sent.result == "update"
        await asker.modal("request", containing="only active advocates can be asked. Please look for somebody else.")
        _state(over_socket, advocate.id, "retired")
        sent = await asker.submit({})
        assert sent.result == "update"
        form = await asker.modal("request", containing="Whom do you look for?")
        assert "Please look for somebody else" in asker.text_of(form)
        assert (await asker.submit({})).result == "update"
        await asker.modal(containing="Thank you")
    assert over_socket.row(Request).criteria == "industry:banking country:CL"


def _state(company: Company, advocate_id: str, state: str) -> None:
    def change(session: object) -> None:
        row = session.get(Advocate, (company.workspace_id, advocate_id))  # type: ignore[attr-defined]
        row.state = state
        session.commit()  # type: ignore[attr-defined]

    company.read(change)


async def test_what_is_done_in_quick_succession_is_drawn_in_that_order(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        form = await open_form(asker, "banking chile", "Marisol Tejeda-Quirós", over_socket)
        for activity in ("quote or logo", "press", "speaker", "referral"):
            await asker.choose(form, "activity", "event speaker" if activity == "speaker" else activity)
        await asker.click(form, "request_nobody")
        await asker.modal("request", containing=["Whom do you look for?", "To whom shall they introduce us?"])
        await over_socket.sandbox.settled()
        settled = asker.text_of(await asker.modal("request"))
        assert "Whom do you look for?" in settled


async def test_guests_are_refused_in_the_forms_place(over_socket: Company) -> None:
    over_socket.sandbox.admin.change_user("U0KAYLEE", is_restricted=True)
    await over_socket.sandbox.settled()
    kaylee = Colleague.slack_user_id == "U0KAYLEE"
    await over_socket.until(lambda: over_socket.row(Colleague, kaylee).standing == "guest")
    async with over_socket.person("kaylee") as guest:
        await guest.command("/advocates", "request banking", channel="sales")
        refused = await guest.modal(containing="Guests cannot see customer data")
        assert refused["submit"] is None
        await guest.close()
        await guest.shortcut("request")
        await guest.modal(containing="Guests cannot see customer data")
        await guest.close()
        await guest.command("/advocates", "touch marisol", channel="sales")
        refused = await guest.modal(containing="Guests cannot see customer data")
        assert "Marisol" not in str(refused)


async def test_from_home_and_what_stands_there_afterwards(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await click_home(asker, "request_open", "Hello")
        await asker.modal("request")
        values = {"need_by": ahead(20), "criteria": "banking emea", "opportunity": "A deal", **CALL}
        assert (await asker.submit(values)).result == "update"
        await asker.close()
        await asker.home(containing=["My requests", "A deal", "*Waiting for the advocacy team.*"])
        await click_home(asker, "request_cancel", "My requests")
        await asker.modal(containing="You took back the request for a reference call")
        await asker.close()
        await asker.home(containing=["My requests", "*Cancelled*"], open_tab=False)


async def test_a_form_that_is_the_third_window_still_offers_to_join(over_socket: Company) -> None:
    deal = "Tidewater General Hospital: Gate on wards"
    async with over_socket.person("camille") as first, over_socket.person("desmond") as second:
        await ask(first, over_socket, deal)
        await click_home(second, "advocates_look_up", "Hello")
        await second.modal("look_up")
        await second.submit({"query": "banking chile"})
        await second.click(await second.modal(containing="Marisol Tejeda-Quirós"), "advocate_card_open")
        card = await second.modal("advocate_card", containing="Ask for them")
        await second.click(card, "request_for_open")
        await second.modal("request", containing="*Marisol Tejeda-Quirós* of")
        sent = await second.submit({"need_by": ahead(15), "opportunity": deal, **CALL})
        assert sent.result == "update", sent
        await second.modal("request_join")
        assert (await second.submit({})).result == "update"
        await second.modal(containing="You joined")
        await second.close()
        await second.modal("advocate_card")
