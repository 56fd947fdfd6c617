"""What the advocacy team and the relationship owner do with a request, each the way they would in Slack."""

from sandbox.person import Person
from steps import request_timers
from storage import settings
from storage.accounts import Account
from storage.audit import Audit
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.people import Person as PersonRow
from storage.requests import Request
from tests.e2e.acts import HOSTILE, JSON, MARKUP, click_home, has, press
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
    return company.row(Contact, Contact.name == name).company


def used_lately(company: Company) -> None:
    """She had a call three days ago."""
    advocate_id, moment, on = advocate_of(company, MARISOL).id, company.everboard.house.moment(), ahead(-3)

    def write(session: GuardedSession) -> None:
        facts = {"activity": "reference call", "halves": 2, "status": "done", "source": "touch", "happens_on": on}
        session.add(Engagement(id=moment.new_id(), advocate_id=advocate_id, created_at=moment.now, **facts))

    company.read(write)


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


async def test_a_no_with_a_reason_and_somebody_else_is_proposed(over_socket: Company) -> None:
    async with (
        over_socket.person("camille") as asker,
        over_socket.person("priyanka") as team,
        over_socket.person("thiago") as owner,
        over_socket.person("desmond") as other,
    ):
        await ask(asker, over_socket, DEAL)
        await propose(team, over_socket, MARISOL)
        question = await owner.message(containing=f"May we ask {MARISOL}", match=has("use_refuse_open"))
        await owner.click(question, "use_refuse_open")
        await owner.modal("use_refuse")
        sent = await owner.submit({"reason": "Not a good time for this customer", "words": HOSTILE})
        assert sent.result == "close", sent
        await owner.message(containing="The answer was no.", match=lambda shown: not has("use_approve")(shown))
        said = await team.message("advocacy", containing="The relationship owner said no, so that")
        assert "Not a good time" in team.text_of(said)
        [clicked] = over_socket.deliveries("block_actions", "use_refuse_open")
        await over_socket.again(clicked, user={**clicked["user"], "id": "U0DESMOND"})
        await other.modal(containing="Only the relationship owner of that account can approve")
        await other.close()
        await team.click(await alert(team, "request_propose_open", "said no"), "request_propose_open")
        form = await team.modal("request_propose", containing=MARISOL)
        await team.choose(form, "request_search", "xyzzy")
        await team.modal("request_propose", containing="Nobody fits “xyzzy”")
        assert (await team.submit({"request_search": "healthcare"})).result == "update"
        await team.modal("request_propose", containing="Wilhelmina")
    assert over_socket.row(Request).advocate_id is None
    assert not any(mark in over_socket.marked_up() for mark in MARKUP)


async def test_what_stands_in_the_way_is_overridden_with_a_reason_and_answered_in_the_owners_place(
    over_socket: Company,
) -> None:
    used_lately(over_socket)
    async with over_socket.person("camille") as asker, over_socket.person("priyanka") as team:
        await ask(asker, over_socket, DEAL)
        told = await alert(team, "request_propose_open")
        assert "rests after the last time. To go on with them takes a reason." in team.text_of(told)
        await team.click(told, "request_propose_open")
        shown = await team.modal("request_propose", containing="was asked for")
        assert "Reason for an exception" in str(shown)
        picked = {"advocate": f"{MARISOL}, {company_of(over_socket, MARISOL)}", "day": ahead(20)}
        sent = await team.submit(picked)
        assert "was asked for" in sent.errors["override"]
        assert (await team.submit({**picked, "override": "She offered it herself."})).result == "close"
        decided = await team.message(
            "advocacy", containing="*An exception from the protection:* She offered it herself."
        )
        assert "takes a reason" not in team.text_of(decided)
        await team.click(await alert(team, "use_stand_in_open"), "use_stand_in_open")
        await team.modal("use_stand_in")
        answered = await team.submit({"answer": "Yes, go ahead", "reason": "He is on a plane until Monday."})
        assert answered.result == "close", answered
        await asker.message(containing="is approved for")
    reasons = {row.action: row.reason for row in over_socket.rows(Audit, Audit.reason.is_not(None))}
    assert reasons["protection.overridden"] == "She offered it herself."
    assert reasons["request.approve"] == "He is on a plane until Monday."


async def test_one_group_call_for_two(over_socket: Company) -> None:
    async with (
        over_socket.person("camille") as asker,
        over_socket.person("kaylee") as second,
        over_socket.person("priyanka") as team,
    ):
        await ask(asker, over_socket, DEAL)
        await ask(second, over_socket, "Another deal")
        offer = await team.message(
            "advocacy", containing="2 requests are for the same", match=has("request_group_open")
        )
        await team.click(offer, "request_group_open")
        await team.modal("request_group")
        assert (await team.submit({})).result == "close"
        await asker.message(containing="one call for all of you")
        await second.message(containing="one call for all of you")
        gone = await team.message("advocacy", containing="became one group call")
        assert gone["ts"] == offer["ts"]
    assert sorted(row.state for row in over_socket.rows(Request)) == ["cancelled", "new"]


async def test_handed_over_declined_and_opened_again(over_socket: Company) -> None:
    async with (
        over_socket.person("camille") as asker,
        over_socket.person("priyanka") as team,
        over_socket.person("tomas") as colleague,
    ):
        await ask(asker, over_socket, DEAL)
        await team.click(await alert(team, "request_take"), "request_take")
        await team.click(await alert(team, "request_hand_over_open"), "request_hand_over_open")
        await team.modal("request_hand_over")
        assert (await team.submit({"colleague": "tomas"})).result == "close"
        await colleague.message(containing="A colleague handed you the request for a reference call with Marisol")
        await colleague.click(await alert(colleague, "request_decline_open"), "request_decline_open")
        await colleague.modal("request_decline")
        sent = await colleague.submit({"reason": "There is too little to go on", "words": HOSTILE})
        assert sent.result == "close", sent
        await asker.message(containing="want you to know why")
        await team.click(await alert(team, "request_reopen"), "request_reopen")
        await asker.message(containing="We are working on your request")
        await alert(team, "request_take")
    assert not any(mark in over_socket.marked_up() for mark in MARKUP)


async def test_what_somebody_asked_who_has_left_is_handed_on_or_cancelled(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team, over_socket.person("tomas") as heir:
        async with over_socket.person("camille") as asker:
            await ask(asker, over_socket, DEAL)
        await over_socket.delivered()
        over_socket.sandbox.admin.change_user("U0CAMILLE", deleted=True)
        gone = (PersonRow.slack_user_id == "U0CAMILLE", PersonRow.standing == "deactivated")
        await over_socket.until(lambda: bool(over_socket.rows(PersonRow, *gone)))
        moment = over_socket.everboard.house.moment()
        over_socket.read(lambda session: request_timers.run(session, moment, settings.load(session)))
        await team.message("advocacy", containing="has left. It is")
        await team.click(await alert(team, "request_hand_on_open"), "request_hand_on_open")
        await team.modal("request_hand_on", containing="in their place?")
        assert (await team.submit({"colleague": "camille"})).errors.keys() == {"colleague"}
        assert (await team.submit({"colleague": "tomas"})).result == "close"
        await heir.message(containing="the advocacy team hands it on to you")
        await alert(team, "request_take")
        await heir.click(await heir.message(match=has("request_cancel")), "request_cancel")
        await heir.message(containing="You took back the request")
    assert over_socket.row(Request).state == "cancelled"


async def test_a_former_owner_is_told_so(over_socket: Company) -> None:
    async with (
        over_socket.person("camille") as asker,
        over_socket.person("priyanka") as team,
        over_socket.person("thiago") as owner,
    ):
        await ask(asker, over_socket, DEAL)
        await propose(team, over_socket, MARISOL)
        question = await owner.message(containing=f"May we ask {MARISOL}", match=has("use_approve"))
        over_socket.read(_given_to, "U0KAYLEE")
        await owner.click(question, "use_approve")
        await owner.message(containing="A colleague looks after this customer now")
    assert over_socket.row(Request).state == "awaiting_owner"


def _given_to(session: GuardedSession, slack_user_id: str) -> None:
    person = session.query(PersonRow).filter(PersonRow.slack_user_id == slack_user_id).one()
    session.query(Account).filter(Account.name == "Valle Cóndor Banco").one().owner_id = person.id


async def test_requests_take_the_way_that_the_program_leader_chose(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as asker:
        await leader.command("/advocacy", "settings")
        await press(leader, "settings", "settings_routing_open")
        await leader.modal("settings_routing", containing="Reference call")
        told = "Whoever asks picks somebody who is free; the relationship owner is told"
        assert (await leader.submit({"reference call": told})).result == "close"
        await leader.modal("settings", containing=f"Reference call: {told}")
        await ask(asker, over_socket, DEAL)
        await asker.message(containing="is approved for", match=has("advocate_contact_open"))


async def test_home_shows_the_team_its_queue_and_the_owner_what_waits(over_socket: Company) -> None:
    async with (
        over_socket.person("camille") as asker,
        over_socket.person("priyanka") as team,
        over_socket.person("thiago") as owner,
    ):
        await ask(asker, over_socket, DEAL)
        await click_home(team, "request_take", "Requests to answer")
        home = await team.home(containing=["Requests to answer", "In the advocacy team's hands"], open_tab=False)
        assert "My customers" not in team.text_of(home)
        await propose(team, over_socket, MARISOL)
        await owner.home(containing=["Waiting for your yes", "My customers", f"{MARISOL}*, Valle"])
        await click_home(owner, "use_approve", "Waiting for your yes")
        after = await owner.home(containing="1 of 2 left", open_tab=False)
        assert "Waiting for your yes" not in owner.text_of(after)


async def test_an_advocate_is_paused_until_a_day_and_asked_less_often(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team, over_socket.person("camille") as asker:
        await open_limits(team, over_socket)
        sent = await team.submit({"rest_days": "a week", "pause": "They asked to be left alone for now"})
        assert "A whole number of days" in sent.errors["rest_days"]
        sent = await team.submit({"rest_days": "60", "cap_halves": "1", "until": ahead(-1)})
        assert "still to come" in sent.errors["until"]
        assert (await team.submit({"until": ahead(30)})).result == "close"
        await asker.command("/advocates", "banking chile")
        await asker.message("general", containing=[MARISOL, "1 of 1 left", "free from"])
    advocate = advocate_of(over_socket, MARISOL)
    assert (advocate.own_cap_halves, advocate.own_rest_days, advocate.rest_until) == (2, 60, ahead(30))


async def open_limits(team: Person, company: Company) -> None:
    """From a look-up over the profile and the journey."""
    await team.command("/advocates", "banking chile")
    shown = await team.message("general", containing=MARISOL)
    await team.click(shown, "advocate_card_open", value=advocate_of(company, MARISOL).id)
    await press(team, "advocate_card", "advocate_journey_open")
    await press(team, "advocate_journey", "advocate_protection_open")
    await team.modal("advocate_protection", containing=" left, ")
