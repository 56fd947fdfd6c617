"""Somebody goes through every door of asking for an advocate, and of what follows. Decides not who else may."""

from datetime import UTC, datetime, timedelta

from sandbox.person import Person
from storage.requests import Request
from tests.e2e.acts import click_home, has
from tests.e2e.conftest import Company
from tests.e2e.test_after_approval import act, approve, put_question
from tests.e2e.test_requesting import CALL, ahead, ask, open_form
from views import outcomes

OPEN_REQUEST_DOORS = {
    "request_open",  # the form, and all that acts in it
    "request_for_open",
    "request_activity",
    "request_purpose",
    "request_day",
    "request_deal",
    "request_instead",
    "request_nobody",
    "request",
    "request_join",
    "touch_open",
    "touch_advocate",
    "touch",
}
"""Of these doors, those that stand open to every full member."""

SAID = {"open": "still open", "unknown": "not known", "lost": "lost", "won": "won"}
MARISOL = "Marisol Tejeda-Quirós"
DEAL = "Sonnenblick: rollout"


async def every_request_door_once(company: Company) -> None:
    """Asked, joined, approved, scheduled, told, and another one taken back."""
    async with company.person("desmond") as rep, company.person("kaylee") as second:
        await fills_the_form(rep, company)
        await ask(rep, company, DEAL)
        await joins(second, company)
        request = approve(company)
        await schedules(rep)
        act(company, put_question, outcomes.ask, request, "U0DESMOND")
        await tells(rep)
        for fate in ("open", "unknown", "lost", "won"):
            act(company, put_question, outcomes.ask_deal, request, "U0DESMOND")
            question = await rep.message(containing="What became of", match=has(f"request_fate_{fate}"))
            await rep.click(question, f"request_fate_{fate}")
            await rep.message(containing=f"Thank you, noted about {DEAL}: {SAID[fate]}.")
            await company.delivered()
        await ask(rep, company, "Another deal", days=200)
        await rep.click(await rep.message(containing="has arrived", match=has("request_cancel")), "request_cancel")
        await rep.message(containing="You took back the request")
        await logs(rep)
        assert len(company.rows(Request)) == 2


async def fills_the_form(rep: Person, company: Company) -> None:
    form = await open_form(rep, "emea", "Dr. Wilhelmina Ashworth-Nair", company)
    await rep.choose(form, "need_by", ahead(40))
    await rep.modal("request", containing="left* around")
    await rep.choose(form, "activity", "video")
    refused = await rep.modal("request", containing="does not want to be asked for a video")
    other = next(b for b in refused["blocks"] if b.get("accessory", {}).get("action_id") == "request_instead")
    await rep.click(refused, (other["block_id"], "request_instead"))
    form = await rep.modal("request", containing=f"*{other['text']['text'].split('*')[1]}* of")
    await rep.choose(form, "purpose", "A campaign")
    form = await rep.modal("request", containing="Which campaign?")
    await rep.choose(form, "purpose", "A deal")
    form = await rep.modal("request", containing="Which deal?")
    await rep.choose(form, "opportunity", "Something new")
    await rep.click(form, "request_nobody")
    await rep.modal("request", containing="Whom do you look for?")
    await rep.close()
    await click_home(rep, "request_open", "Hello")
    await rep.modal("request")
    await rep.close()


async def joins(second: Person, company: Company) -> None:
    await open_form(second, "banking chile", MARISOL, company)
    sent = await second.submit({"need_by": ahead(15), "opportunity": DEAL, **CALL})
    assert sent.result == "push", sent
    await second.modal("request_join")
    assert (await second.submit({})).result == "update"


async def schedules(rep: Person) -> None:
    message = await rep.message(containing="is approved for", match=has("request_schedule_open"))
    await rep.click(message, "request_schedule_open")
    await rep.modal("request_schedule")
    assert (await rep.submit({"at": datetime.now(UTC) + timedelta(days=9)})).result == "close"
    message = await rep.message(containing="A reference call with Marisol", match=has("advocate_contact_open"))
    await rep.click(message, "advocate_contact_open")
    await rep.modal("contact_details")
    await rep.close()


async def tells(rep: Person) -> None:
    await rep.click(await rep.message(match=has("request_outcome_open")), "request_outcome_open")
    form = await rep.modal("request_outcome")
    await rep.choose(form, "happened", "It did not take place")
    form = await rep.modal("request_outcome", containing="What came between?")
    await rep.choose(form, "happened", "It took place")
    await rep.modal("request_outcome", containing="5, very well")
    assert (await rep.submit({"rating": "4, well"})).result == "update"
    await rep.close()


async def logs(rep: Person) -> None:
    await click_home(rep, "touch_open", "My requests")
    form = await rep.modal("touch")
    await rep.suggest(form, "advocate", "marisol")
    values = {"advocate": "florian", "activity": "quote or logo"}
    assert (await rep.submit(values)).result == "update"
    await rep.close()
