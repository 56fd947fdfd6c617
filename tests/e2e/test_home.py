"""Home, help and small talk: each person sees what concerns them, and every button there leads somewhere."""

import asyncio
from functools import partial

from sandbox.person import Person
from storage.advocates import Advocate
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from tests.e2e.acts import accept, alert, click_home, has, introduced, nominated, press
from tests.e2e.conftest import JSON, Company


async def test_a_members_home(over_socket: Company) -> None:
    async with over_socket.person("camille") as member:
        home = await member.home(containing=["Hello Camille Duvernois", "My nominations", "None yet"])
        assert "To review" not in member.text_of(home)
        assert "could not be delivered" not in member.text_of(home)
        await nominated(member, "Ada Okafor")
        await member.home(containing=["Ada Okafor", "Waiting for review"])
        for action, words in (
            ("help_open", "What you can do"),
            ("settings_open", "The program leader or"),
        ):
            await click_home(member, action, "Ada Okafor")
            await member.modal(containing=words)
            await member.close()
        await click_home(member, "advocates_look_up")
        await member.modal("look_up")
        await member.close()
        await click_home(member, "nominate_open")
        await member.modal("nominate")


async def test_the_teams_queue_is_worked_from_home(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        ada = _of(over_socket, "Ada Okafor")
        home = await team.home(containing=["To review", "Ada Okafor"])
        await click_home(team, "nomination_take", "Ada Okafor", value=ada)
        await team.home(containing="@priyanka has taken it", after=home, open_tab=False)
        await click_home(team, "contact_details_open", "Ada Okafor", value=ada)
        await team.modal("contact_details", containing="Not known")
        await team.close()
        for action, form in (
            ("nomination_ask_open", "nomination_ask"),
            ("nomination_decline_open", "nomination_decline"),
            ("nomination_merge_open", "nomination_merge"),
        ):
            await click_home(team, action, "Ada Okafor", value=ada)
            await team.modal(form)
            await team.close()
        await click_home(team, "nomination_accept_open", "Ada Okafor", value=ada)
        await team.modal("nomination_accept")
        assert (await team.submit({"ourselves": True})).result == "close"
        await team.home(containing=["Waiting for an introduction", "Ada Okafor"], open_tab=False)
        await click_home(team, "introduction_made_open", "Waiting for an introduction", value=ada)
        await team.modal("introduction_made")
        await team.submit({})
        await team.close()
        await team.home(containing="On their way to being advocates")
        await alert(team, "Ada Okafor", "advocate_journey_open")
        await click_home(team, "home_list", "On their way to being advocates", value="journeys")
        await press(
            team, "home_list", "advocate_journey_open", value=_advocate(over_socket, ada), containing="Ada Okafor"
        )
        await team.modal("advocate_journey")


def _of(company: Company, name: str) -> str:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id).id


def _advocate(company: Company, nomination_id: str) -> str:
    return company.row(Advocate, Advocate.nomination_id == nomination_id).id


async def test_an_admin_sees_what_was_given_up_and_tries_again(over_socket: Company) -> None:
    def given_up() -> int:
        return len(over_socket.rows(Message, Message.status == Status.DEAD.value))

    def is_left(number: int) -> bool:
        return given_up() == number

    async with over_socket.person("desmond") as rep, over_socket.person("rasmus") as admin:
        await over_socket.delivered()
        over_socket.sandbox.faults.refuse("chat.postMessage", "msg_too_long", times=2)
        await nominated(rep, "Ada Okafor")
        await over_socket.until(lambda: given_up() == 2)
        await click_home(admin, "outbox_dead_open", "2 messages* could not be delivered")
        for left in (1, 0):
            await try_first_again(admin, left + 1)
            await over_socket.until(partial(is_left, left))
        await admin.modal(containing="Every message was delivered.")
        await rep.message(containing="Thank you for putting Ada Okafor")


async def test_an_act_that_is_done_is_not_called_failed_when_home_cannot_be_drawn(
    over_socket: Company, quiet: list[JSON]
) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        ada = _of(over_socket, "Ada Okafor")
        shown = await team.home(containing=["To review", "Ada Okafor"])
        over_socket.sandbox.faults.drop("views.publish")
        await team.click(shown, "nomination_take", value=ada)
        await over_socket.until(lambda: "home not redrawn" in {event["event"] for event in quiet})
    assert over_socket.row(Nomination, Nomination.id == ada).reviewer_id is not None


async def try_first_again(admin: Person, there: int) -> None:
    shown = await admin.modal(match=lambda view: str(view).count("'outbox_dead_retry'") == there)
    first = next(block["accessory"]["value"] for block in shown["blocks"] if "accessory" in block)
    await admin.click(shown, "outbox_dead_retry", value=first)


async def test_small_talk_is_answered_with_help(over_socket: Company) -> None:
    async with over_socket.person("camille") as member, over_socket.person("priyanka") as team:
        await member.say("Hi, what can you do?")
        shown = await member.message(containing=["Here is what you can do with Everboard, Camille", "/nominate"])
        assert "For your role" not in member.text_of(shown)
        await team.say("@channel 😀")
        shown = await team.message(containing="Tell me whom you look for")
        await team.click(shown, "nominate_open")
        await team.modal("nominate")
        await over_socket.sandbox.settled()
        helps = [message for message in await member.messages() if "Here is what" in message["text"]]
        assert len(helps) == 1


async def test_help_pulse_and_unknown_words(over_socket: Company) -> None:
    async with over_socket.person("camille") as member:
        for typed in ("", "help", "HELP", "😀", "nonsense"):
            await member.command("/advocacy", typed)
            shown = await member.message("general", containing="Here is what you can do")
            assert shown["is_ephemeral"]
        await member.command("/pulse")
        shown = await member.message("general", containing="No pulse is open for you at the moment.")
        assert shown["is_ephemeral"]


async def test_an_owner_is_asked_and_answers(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as team,
        over_socket.person("lorenz") as owner,
    ):
        await nominated(rep, "Florian Altmeister", "Bergkrone Maschinenbau GmbH")
        await team.click(await alert(team, "Florian Altmeister"), "nomination_accept_open")
        form = await team.modal("nomination_accept", containing="looks after")
        assert "@lorenz" in team.text_of(form)
        assert (await team.submit({})).result == "close"
        asked = await owner.message(containing=["Could you introduce", "Florian Altmeister"])
        await rep.message(containing="@lorenz is asked to introduce us")
        await owner.click(asked, "introduction_made_open")
        await owner.modal("introduction_made")
        assert (await owner.submit({"note": "Prefers mornings"})).result == "update"
        await rep.message(containing="have been introduced")
        await owner.close()
        over = await owner.message(containing=["Florian Altmeister", "You recorded it."])
        assert (over["ts"], has("introduction_made_open")(over)) == (asked["ts"], False)
        # Somebody whose Slack still shows the button.
        [clicked] = over_socket.deliveries("block_actions", "introduction_made_open")
        await over_socket.again(clicked)
        await owner.modal(containing="The introduction is recorded already.")
        await owner.close()
        await nominated(rep, "Second One")
        await accept(team, "Second One")
        await introduced(team, "Second One")


async def test_of_two_drawings_at_once_the_one_that_was_read_later_stands(over_socket: Company) -> None:
    published = partial(over_socket.sandbox.calls.named, "views.publish")
    async with over_socket.person("camille") as member:
        await member.home(containing="None yet")
        before = len(published())
        over_socket.sandbox.faults.delay("views.publish", 2.0)
        opening = asyncio.create_task(member.home(containing="Hello"))
        await over_socket.until(lambda: not over_socket.sandbox.faults.waiting)
        await nominated(member, "Ada Okafor")
        await opening
        await member.home(containing="Ada Okafor")
        await over_socket.until(lambda: len(published()) >= before + 2)
        assert "Ada Okafor" in member.text_of(await member.home(open_tab=False))
