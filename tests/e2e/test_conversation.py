"""Talking with Everboard: direct messages and mentions are answered in place, privately in channels."""

import pytest

from sandbox.delivery.exchange import Delivery
from sandbox.person import Person
from storage.people import Person as PersonRow
from tests.e2e.acts import JSON, has
from tests.e2e.conftest import Company


def said_by_bot(company: Company, name: str) -> list[JSON]:
    """What the bot asked Slack to say by one method, oldest first."""
    return [call.detail["arguments"] for call in company.sandbox.calls if call.name == name]


async def seen_by(person: Person, channel: str) -> str:
    return str(await person.messages(channel))


async def test_a_direct_message_looks_up_pages_and_opens(company: Company) -> None:
    async with company.person("camille") as asker:
        await asker.say("who do we have in banking in chile?")
        shown = await asker.message(containing=["Marisol Tejeda-Quirós", "country: Chile"])
        assert not shown.get("is_ephemeral")
        await asker.click(shown, "advocate_card_open")
        await asker.modal("advocate_card", containing="Tejeda")
        await asker.close()
        await asker.say("-banking")
        await asker.click(await asker.message(containing="Page 1 of 2"), "advocates_page")
        await asker.message(containing="Page 2 of 2")


async def test_in_a_thread_of_direct_messages_the_answer_is_in_it(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        parent = await asker.say("help")
        await asker.message(containing="Here is what you can do")
        await asker.say("banking chile", thread=parent)
        await asker.message(containing="Marisol Tejeda-Quirós", thread=parent)


async def test_a_mention_is_answered_to_the_asker_alone(company: Company) -> None:
    bot = "@everboard"
    async with company.person("desmond") as asker, company.person("declan") as other:
        await asker.say(f"Hey {bot}, somebody in banking in Chile? {bot}", channel="sales")
        shown = await asker.message("sales", containing="Marisol Tejeda-Quirós")
        assert shown["is_ephemeral"]
        await asker.click(shown, "advocates_refine")
        await asker.modal("look_up")
        await asker.submit({"query": "healthcare ciso"})
        await asker.message("sales", containing="Wilhelmina Ashworth-Nair")
        parent = await asker.say("A hospital asks for somebody.", channel="sales")
        await asker.say(f"{bot} healthcare ciso", channel="sales", thread=parent)
        await asker.message("sales", containing="Wilhelmina Ashworth-Nair", thread=parent)
        await company.sandbox.settled()
        assert "Marisol" not in await seen_by(other, "sales")
        assert "Wilhelmina" not in await seen_by(other, "sales")
    assert said_by_bot(company, "chat.postEphemeral")[-1]["thread_ts"] == parent["ts"]


async def test_nominate_opens_the_way_to_the_form(over_socket: Company) -> None:
    bot = "@everboard"
    async with over_socket.person("desmond") as rep, over_socket.person("declan") as other:
        await rep.say("nominate Ada Okafor @ Harbor Mutual, runs our EU rollout")
        await rep.click(await rep.message(match=has("nominate_words_open")), "nominate_words_open")
        await rep.modal("nominate", containing=["Ada Okafor", "Harbor Mutual", "runs our EU rollout"])
        assert (await rep.submit({})).result == "update"
        await rep.close()
        await rep.say(f"{bot} nominate Ben Otieno @ Harbor Mutual & Sons", channel="sales")
        shown = await rep.message("sales", match=has("nominate_words_open"))
        assert shown["is_ephemeral"]
        await rep.click(shown, "nominate_words_open")
        await rep.modal("nominate", containing=["Ben Otieno", "Harbor Mutual & Sons"])
        await rep.close()
        await rep.say("nominate")
        await rep.click(await rep.message(containing="Whom do you put forward?"), "nominate_words_open")
        await rep.modal("nominate")
        assert "Open the form" not in await seen_by(other, "sales")


async def test_help_and_small_talk(over_socket: Company) -> None:
    bot = "@everboard"
    async with over_socket.person("desmond") as rep:
        await rep.say(bot, channel="sales")
        shown = await rep.message("sales", containing="Tell me whom you look for")
        assert shown["is_ephemeral"]
        await rep.click(shown, "advocates_look_up")
        await rep.modal("look_up")
        await rep.close()
        await rep.say(f"{bot} help", channel="sales")
        await rep.message("sales", containing="Here is what you can do")
        await rep.say("Thank you!")
        await rep.message(containing="Tell me whom you look for")


async def test_the_longest_message_gets_an_answer(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        await rep.say("banking chile " + "word " * 7000)
        await rep.message(containing="That is more than I can look for at once")
        await rep.say("nominate Ada Okafor @ Harbor Mutual, " + "loves it " * 4000)
        shown = await rep.message(containing="your message keeps the rest", match=has("nominate_words_open"))
        await rep.click(shown, "nominate_words_open")
        await rep.modal("nominate", containing=["Ada Okafor", "Harbor Mutual"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_restricted": True}, "Guests cannot see customer data"),
        ({"is_stranger": True}, "People from another organisation cannot see customer data"),
        ({"team_id": "T0ELSEWHERE"}, "People from another organisation cannot see customer data"),
    ],
)
async def test_guests_and_strangers_are_refused_without_a_customer_s_data(
    over_socket: Company, change: JSON, words: str
) -> None:
    over_socket.sandbox.admin.change_user("U0KAYLEE", **change)
    kaylee = PersonRow.slack_user_id == "U0KAYLEE"
    await over_socket.until(lambda: over_socket.row(PersonRow, kaylee).standing != "member")
    bot = "@everboard"
    start = len(over_socket.sandbox.calls)
    async with over_socket.person("kaylee") as guest:
        await guest.say(f"{bot} banking chile", channel="sales")
        shown = await guest.message("sales", containing=words)
        assert shown["is_ephemeral"]
        await guest.say(f"{bot} nominate Ada @ Acme", channel="sales")
        await guest.message("sales", containing=words, after=shown)
    answers = [call.detail for call in list(over_socket.sandbox.calls)[start:] if call.direction == "in"]
    assert "Marisol" not in str(answers)


async def test_bots_edits_and_repeats_are_not_answered(over_socket: Company) -> None:
    bot = "@everboard"
    async with over_socket.person("desmond") as rep:
        await rep.say(f"{bot} banking chile", channel="sales")
        await rep.message("sales", containing="Marisol Tejeda-Quirós")
        payload = next(
            call.detail["payload"]
            for call in over_socket.sandbox.calls
            if call.direction == "out" and (call.detail["payload"].get("event") or {}).get("type") == "app_mention"
        )
        for changes in (
            {},
            {"edited": {"user": "U0DESMOND", "ts": "1.2"}, "ts": "1.0"},
            {"bot_id": "B0X", "ts": "2.0"},
        ):
            await deliver(over_socket, payload, changes)
        await deliver(over_socket, payload, {"user": over_socket.app.bot_user_id, "ts": "3.0"})
        await deliver(
            over_socket, payload, {"ts": "4.0", "text": payload["event"]["text"].replace("banking chile", "help")}
        )
        await rep.message("sales", containing="Here is what you can do")
        await over_socket.sandbox.settled()
    assert len(said_by_bot(over_socket, "chat.postEphemeral")) == 2


async def deliver(company: Company, payload: JSON, changes: JSON) -> None:
    """Send the bot an event as Slack would."""
    again = {**payload, "event": {**payload["event"], **changes}}
    await company.sandbox.workspace.deliver(company.app, Delivery("events_api", again))
