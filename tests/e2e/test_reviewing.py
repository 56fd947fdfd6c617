"""Reviewing, with two people at once, old messages and colleagues who have left: one winner, one clear sentence."""

import asyncio

from storage.advocates import Introduction
from storage.nominations import Contact, Endorsement, Nomination
from storage.outbox import Message, Status
from tests.e2e.acts import JSON, accept, alert, click_home, has, nominate, nominated
from tests.e2e.conftest import Company


def nomination(company: Company, name: str) -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)


async def test_two_reviewers_accept_at_once(company: Company) -> None:
    async with (
        company.person("desmond") as rep,
        company.person("priyanka") as one,
        company.person("tomas") as other,
    ):
        await nominated(rep, "Ada Okafor")
        for reviewer in (one, other):
            await reviewer.click(await alert(reviewer, "Ada Okafor"), "nomination_accept_open")
            await reviewer.modal("nomination_accept")
        sent = await asyncio.gather(one.submit({"ourselves": True}), other.submit({"ourselves": True}))
        assert sorted(each.result for each in sent) == ["close", "errors"]
        loser = next(each for each in sent if each.result == "errors")
        assert loser.errors == {"owner": "Somebody was faster: this nomination is accepted already."}
        await one.message("advocacy", containing=["Ada Okafor", "*Accepted* by"])
        await company.delivered()
    stored = nomination(company, "Ada Okafor")
    assert stored.state == "accepted"
    assert len(company.rows(Introduction, Introduction.nomination_id == stored.id)) == 1
    news = company.rows(Message, Message.kind == "nomination_news", Message.target == "U0DESMOND")
    assert len([message for message in news if "Good news" in message.text]) == 1


async def test_an_old_message_offers_what_is_over_and_says_so(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        shown = await alert(team, "Ada Okafor")
        await team.click(shown, "nomination_decline_open")
        await team.modal("nomination_decline")
        await accept_from_elsewhere(over_socket, "Ada Okafor")
        # The form is from before; what was typed in it stays.
        sent = await team.submit({"reason": "OTHER", "words": "Kind words"})
        assert sent.errors == {"reason": "Somebody was faster: this nomination is accepted already."}
        assert "Kind words" in team.text_of(await team.modal())
        await team.close()
        [accepted] = over_socket.deliveries("block_actions", "nomination_accept_open")
        await over_socket.again(accepted, user=team_user("priyanka"))
        await team.modal(containing="This nomination is accepted already.")
    assert nomination(over_socket, "Ada Okafor").state == "accepted"


def team_user(name: str) -> JSON:
    return {"id": f"U0{name.upper()}", "name": name, "username": name, "team_id": "T0QUORVANE"}


async def accept_from_elsewhere(company: Company, name: str) -> None:
    async with company.person("tomas") as other:
        await accept(other, name)


async def test_one_takes_a_nomination(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as one,
        over_socket.person("tomas") as other,
    ):
        await nominated(rep, "Ada Okafor")
        await one.click(await alert(one, "Ada Okafor", "nomination_take"), "nomination_take")
        await one.message("advocacy", containing=["Ada Okafor", "@priyanka has taken it"])
        [taken] = over_socket.deliveries("block_actions", "nomination_take")
        await over_socket.again(taken, user=team_user("tomas"))
        mine = await other.message("advocacy", containing="Priyanka Venkataraman has taken this one already.")
        assert mine["is_ephemeral"]
        assert "has taken this one already" not in str(await one.messages("advocacy"))
        await over_socket.again(taken)
        await one.message("advocacy", containing="You have taken this one already.")
    assert nomination(over_socket, "Ada Okafor").reviewer_id is not None


async def test_a_question_an_answer_and_back_to_review(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await team.click(await alert(team, "Ada Okafor"), "nomination_ask_open")
        await team.modal("nomination_ask")
        blank = await team.submit({"question": "  \u200b "})
        assert blank.errors == {"question": "What would you like to know?"}
        assert (await team.submit({"question": "Which team?"})).result == "close"
        await team.message("advocacy", containing=["Ada Okafor", "Waiting for an answer", "Which team?"])

        asked = await rep.message(containing="Which team?", match=has("nomination_answer_open"))
        await rep.click(asked, "nomination_answer_open")
        await rep.modal("nomination_answer", containing="Which team?")
        assert (await rep.submit({"answer": " "})).errors == {"answer": "What would you like to answer?"}
        sent = await rep.submit({"answer": "The one in Lisbon."})
        assert sent.result == "update"
        await rep.close()
        over = await rep.message(containing="your answer about Ada Okafor of Harbor Mutual is with the advocacy team")
        assert over["ts"] == asked["ts"], "the question itself says so"
        assert not has("nomination_answer_open")(over)
        await team.message("advocacy", containing=["Ada Okafor", "Waiting for review", "The one in Lisbon."])
        # Somebody whose Slack still shows the button.
        [clicked] = over_socket.deliveries("block_actions", "nomination_answer_open")
        await over_socket.again(clicked)
        await rep.modal(containing="This nomination is waiting for review, so it can't be changed that way.")
    stored = nomination(over_socket, "Ada Okafor")
    assert (stored.state, stored.question, stored.answer) == ("submitted", "Which team?", "The one in Lisbon.")


async def test_a_decline_names_its_reason_and_can_be_taken_back(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await team.click(await alert(team, "Ada Okafor"), "nomination_decline_open")
        await team.modal("nomination_decline")
        assert "reason" in (await team.submit({})).errors
        sent = await team.submit({"reason": "The timing is wrong for this customer", "words": "After the merger?"})
        assert sent.result == "close"
        await rep.message(containing=["won't take it up", "The timing is wrong for this customer. After the merger?"])
        declined = await team.message("advocacy", containing="*Declined* by", match=has("nomination_reopen"))
        await team.click(declined, "nomination_reopen")
        await rep.message(containing="your nomination is open for review again")
        await alert(team, "Ada Okafor")
        [reopened] = over_socket.deliveries("block_actions", "nomination_reopen")
        await over_socket.again(reopened)
        await team.message("advocacy", containing="waiting for review, so it can't be changed that way")
    stored = nomination(over_socket, "Ada Okafor")
    assert (stored.state, stored.decline_reason, stored.decided_by_id) == ("submitted", None, None)


async def test_a_merge_hands_over_everybody_who_backs_it(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as first,
        over_socket.person("kaylee") as second,
        over_socket.person("saoirse") as third,
        over_socket.person("priyanka") as team,
    ):
        await nominated(first, "Ada Okafor")
        await nominated(second, "Adaeze Okafor-Bright")
        assert (await nominate(third, "Adaeze Okafor-Bright @ Harbor Mutual, yes")).result == "push"
        assert (await third.submit({})).result == "update"
        await third.close()
        await third.close()

        await team.click(await alert(team, "Adaeze Okafor-Bright"), "nomination_merge_open")
        form = await team.modal("nomination_merge")
        assert "into" in (await team.submit({})).errors
        offered = [option["text"]["text"] for option in await team.suggest(form, "into", "okaf")]
        assert offered == ["Ada Okafor, Harbor Mutual"]
        likely = [option["text"]["text"] for option in await team.suggest(form, "into", "")]
        assert likely[0] == "Ada Okafor, Harbor Mutual", "of all that are open, the one at the same company"
        assert len(likely) > 3
        assert await team.suggest(form, "into", "%") == []
        assert (await team.submit({"into": "okaf"})).result == "close"
        await second.message(containing=["both are one nomination now", "Ada Okafor of Harbor Mutual"])
        await third.message(containing="both are one nomination now")
        await team.message("advocacy", containing=["Endorsed by", "kaylee", "saoirse"])
        merged_alert = await team.message("advocacy", containing="*Merged with", match=has("nomination_kept_open"))
        await team.click(merged_alert, "nomination_kept_open")
        await team.modal(containing=["Ada Okafor, Harbor Mutual", "Waiting for review", "Endorsed by"])
        await team.close()
        # What was merged can be merged no more.
        [merged] = over_socket.deliveries("view_submission", "nomination_merge")
        answer = await over_socket.again(merged)
        assert "merged with another nomination already" in answer["errors"]["into"]
    kept, gone = nomination(over_socket, "Ada Okafor"), nomination(over_socket, "Adaeze Okafor-Bright")
    assert (gone.state, gone.merged_into_id) == ("merged", kept.id)
    backers = over_socket.rows(Endorsement, Endorsement.nomination_id == kept.id)
    assert len({row.person_id for row in backers}) == len(backers) == 2


async def test_the_nominator_alone_withdraws(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("kaylee") as other:
        await nominated(rep, "Ada Okafor")
        home = await rep.home(containing="Ada Okafor")
        await click_home(rep, "nomination_withdraw", "Ada Okafor")
        await rep.modal(containing="Your nomination of Ada Okafor is withdrawn.")
        # Home behind the window says so at once, and offers it no more.
        again = await rep.home(containing="Withdrawn", after=home, open_tab=False)
        assert not has("nomination_withdraw")(again)
        await rep.close()

        await nominated(rep, "Grace Adeyemi")
        [clicked] = over_socket.deliveries("block_actions", "nomination_withdraw")
        grace = nomination(over_socket, "Grace Adeyemi")
        theirs = {**clicked["actions"][0], "value": grace.id}
        await other.home()
        await over_socket.again(clicked, user=team_user("kaylee"), actions=[theirs])
        await other.modal(containing="Only the colleague who made the nomination can withdraw a nomination.")
        await over_socket.again(clicked)
        await rep.modal(containing="withdrawn")
    assert nomination(over_socket, "Ada Okafor").state == "withdrawn"
    assert nomination(over_socket, "Grace Adeyemi").state == "submitted"


async def test_a_nominator_who_has_left_is_neither_suggested_nor_written_to(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team:
        async with over_socket.person("desmond") as rep:
            await nominated(rep, "Ada Okafor", "A Company Nobody Knows")
        await over_socket.delivered()
        over_socket.sandbox.admin.change_user("U0DESMOND", deleted=True)
        await over_socket.sandbox.settled()
        await team.click(await alert(team, "Ada Okafor"), "nomination_ask_open")
        await team.modal("nomination_ask")
        sent = await team.submit({"question": "Which team?"})
        assert "there is nobody to ask" in sent.errors["question"]
        await team.close()

        await team.click(await alert(team, "Ada Okafor"), "nomination_accept_open")
        form = await team.modal("nomination_accept", containing="please pick somebody")
        assert "desmond" not in team.text_of(form)
        missing = await team.submit({})
        assert missing.errors == {"owner": "Please pick a colleague, or tick that the team introduces itself."}
        left = await team.submit({"owner": "desmond"})
        assert left.errors == {"owner": "Please pick a colleague who is a full member of this Slack workspace."}
        guest = await team.submit({"owner": "petra.agency"})
        assert guest.errors.keys() == {"owner"}
        assert (await team.submit({"owner": "kaylee"})).result == "close"
        async with over_socket.person("kaylee") as owner:
            await owner.message(containing=["Could you introduce", "Ada Okafor"])
        await over_socket.delivered()
    late = over_socket.rows(Message, Message.status != Status.DELIVERED.value, Message.target == "U0DESMOND")
    assert late == []
    assert nomination(over_socket, "Ada Okafor").state == "accepted"


async def test_a_day_that_has_passed_is_told_at_its_field(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await team.click(await alert(team, "Ada Okafor"), "nomination_accept_open")
        await team.modal("nomination_accept")
        sent = await team.submit({"due_on": "2020-01-01", "ourselves": True})
        assert sent.errors == {"due_on": "Please pick a day that is still to come."}
        assert (await team.submit({"due_on": None})).result == "errors"
    assert nomination(over_socket, "Ada Okafor").state == "submitted"
