"""After a yes: contact details, the time, how it went, what became of the deal; and uses that are logged by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Role
from domain.requests import State
from sandbox.person import Person
from steps import fulfilment, request_progress
from storage import people, request_cards
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from storage.requests import Request
from tests.e2e.acts import HOSTILE, JSON, MARKUP, has
from tests.e2e.conftest import Company
from tests.e2e.test_requesting import advocate_of, ahead, ask
from views import outcomes

MARISOL = "Marisol Tejeda-Quirós"
EMAIL = "marisol.tejeda@vallecondor.example"
DEAL = "Sonnenblick: rollout"


def act(company: Company, function: Callable[..., Any], *args: Any) -> Any:
    """Something that happens elsewhere meanwhile, as the team sees to it."""

    def run(session: GuardedSession) -> Any:
        found = people.actor_of(session, "U0PRIYANKA")
        assert found is not None
        assert Role.TEAM in found.roles
        return function(session, found, company.everboard.house.moment(), *args)

    done = company.everboard.db.run_now(company.workspace_id, run)
    company.everboard.house.wake()
    return done


def approve(company: Company, days: int = 20) -> str:
    """The team settles on her, and answers for the owner."""

    request, advocate = company.row(Request, Request.state == State.NEW.value).id, advocate_of(company, "Marisol").id

    def both(session: GuardedSession, team: Actor, moment: Moment) -> None:
        fulfilment.propose(session, team, moment, request, advocate, ahead(days), None)
        if request_cards.one(session, request).state is not State.APPROVED:
            fulfilment.approve(session, team, moment, request, "The owner said so on the telephone.")

    act(company, both)
    return request


async def news(asker: Person, containing: str, action: str) -> JSON:
    """The message about the request, while it has this button."""
    return await asker.message(containing=containing, match=has(action))


async def test_contact_details_only_after_the_yes(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker, over_socket.person("desmond") as other:
        await ask(asker, over_socket, DEAL)
        arrived = await news(asker, "has arrived", "request_cancel")
        assert not has("advocate_contact_open")(arrived)
        approve(over_socket)
        message = await news(asker, "is approved for", "advocate_contact_open")
        await asker.message(containing="has arrived", match=lambda shown: not has("request_cancel")(shown))
        await asker.click(message, "advocate_contact_open")
        await asker.modal("contact_details", containing=EMAIL)
        await asker.close()
        [clicked] = over_socket.deliveries("block_actions", "advocate_contact_open")
        await other.home()
        await over_socket.again(clicked, user={**clicked["user"], "id": "U0DESMOND"})
        refused = await other.modal(containing="a colleague whose request for that advocate was approved")
        assert EMAIL not in other.text_of(refused)


async def test_the_time_is_set_and_changed(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await ask(asker, over_socket, DEAL)
        approve(over_socket)
        message = await news(asker, "is approved for", "request_schedule_open")
        await asker.click(message, "request_schedule_open")
        await asker.modal("request_schedule")
        yesterday = datetime.now(UTC) - timedelta(days=1)
        sent = await asker.submit({"at": yesterday})
        assert "still to come" in sent.errors["at"]
        at = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=9)
        assert (await asker.submit({"at": at})).result == "close"
        scheduled = await news(asker, "A reference call with Marisol", "request_schedule_open")
        assert has("advocate_contact_open")(scheduled)
        await asker.message(containing="is approved for", match=lambda shown: not has("request_cancel")(shown))
    request = over_socket.row(Request)
    assert (request.state, request.scheduled_for, request.happens_on) == ("scheduled", at, at.date())
    assert over_socket.row(Engagement, Engagement.request_id == request.id).happens_on == at.date()


async def test_taken_back_it_says_so_where_the_button_was(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await ask(asker, over_socket, DEAL)
        message = await news(asker, "has arrived", "request_cancel")
        await asker.click(message, "request_cancel")
        gone = await asker.message(containing="You took back the request")
        assert gone["ts"] == message["ts"]
        assert not has("request_cancel")(gone)
        [clicked] = over_socket.deliveries("block_actions", "request_cancel")
        await over_socket.again(clicked)
        await asker.message(containing="this request is cancelled")
    assert over_socket.row(Request).state == "cancelled"


async def test_how_it_went_and_what_became_of_the_deal(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await ask(asker, over_socket, DEAL)
        request = approve(over_socket)
        await news(asker, "is approved for", "request_schedule_open")
        act(over_socket, put_question, outcomes.ask, request)
        message = await news(asker, "take place on", "request_outcome_open")
        await asker.message(containing="is approved for", match=lambda shown: not has("request_cancel")(shown))
        await asker.click(message, "request_outcome_open")
        form = await asker.modal("request_outcome", containing="How did it go?")
        await asker.choose(form, "happened", "It was moved to another day")
        form = await asker.modal("request_outcome", containing="To which day?")
        await asker.choose(form, "happened", "It took place")
        await asker.modal("request_outcome", containing="5, very well")
        sent = await asker.submit({"rating": "4, well", "words": HOSTILE})
        assert sent.result == "update", sent
        await asker.modal(containing="Thank you")
        await asker.close()
        noted = await asker.message(containing="took place, and went 4 of 5")
        assert noted["ts"] == message["ts"]
        await asker.message("advocacy-wins", containing="has done something for us: a reference call.")
        act(over_socket, put_question, outcomes.ask_deal, request)
        question = await news(asker, f"What became of {DEAL}", "request_fate_won")
        await asker.click(question, "request_fate_won")
        answered = await asker.message(containing="Thank you, noted about Sonnenblick: rollout: won.")
        assert answered["ts"] == question["ts"]
        assert not has("request_fate_won")(answered)
    stored = over_socket.row(Request)
    assert (stored.state, stored.rating, stored.deal_fate) == ("completed", 4, "won")
    assert over_socket.row(Opportunity, Opportunity.name == DEAL).status == "won"
    assert over_socket.row(Engagement, Engagement.request_id == request).status == "done"
    said = over_socket.marked_up()
    assert not any(mark in said for mark in MARKUP)


def put_question(
    session: GuardedSession, _team: Actor, moment: Moment, make: Any, request_id: str, to: str = "U0CAMILLE"
) -> None:
    """What the clock puts to whoever asked, once the day has passed."""
    card = request_cards.one(session, request_id)
    request_progress.tell(session, moment, card, to, make(card), Kind.REQUEST_QUESTION)


async def test_a_use_outside_of_the_bot_is_logged_and_may_go_too_far(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "touch tejeda")
        form = await asker.modal("touch")
        assert MARISOL in str(form)
        sent = await asker.submit({"activity": "reference call", "on": ahead(4)})
        assert "still to come" in sent.errors["on"]
        assert (await asker.submit({"on": ahead(-2)})).result == "update"
        shown = await asker.modal(containing="*1 of 2* are left now")
        assert "New requests wait until" in asker.text_of(shown)
        await asker.close()
        await asker.command("/advocates", "touch zylmer")
        form = await asker.modal("touch", containing="“zylmer” does not say which advocate it was.")
        offered = await asker.suggest(form, "advocate", "valle")
        assert [option["text"]["text"] for option in offered] == [MARISOL]
        values = {"advocate": "valle", "activity": "event speaker", "on": ahead(-1), "opportunity": DEAL}
        assert (await asker.submit(values)).result == "update"
        over = asker.text_of(await asker.modal(containing="so it is flagged"))
        assert "*0 of 2* are left now" in over
        assert "New requests wait until" in over
        await asker.close()
        await asker.command("/advocates", "banking chile")
        found = await asker.message("general", containing=["0 of 2 left", MARISOL])
        await asker.click(found, "advocate_card_open")
        await asker.modal("advocate_card", containing=["a reference call", "an event"])
    first, second = sorted(over_socket.rows(Engagement, Engagement.source == "touch"), key=lambda use: use.happens_on)
    assert (first.over_cap, second.over_cap) == (False, True)
    assert second.opportunity_id == over_socket.row(Opportunity, Opportunity.name == DEAL).id
