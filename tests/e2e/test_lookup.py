"""Looking advocates up: pages, refining, nothing found and waiting, odd words, and an advocate who left meanwhile."""

from aiohttp import ClientSession

from sandbox.response_urls import USES
from storage.advocates import Advocate
from storage.nominations import Contact
from storage.saved_searches import LookUp, SavedSearch
from tests.e2e.acts import (
    HOSTILE,
    JSON,
    MARKUP,
    PROFILE,
    accept,
    click_home,
    has,
    introduced,
    journey,
    nominated,
    open_journey,
)
from tests.e2e.conftest import Company
from tests.e2e.doors import first_card

OF_ONE = {"Open profile", "Ask for them"}


def ways_on(shown: JSON) -> list[str]:
    """The buttons that lead on, without those of each advocate."""
    elements = [element for block in shown["blocks"] for element in block.get("elements", [])]
    texts = [element["text"]["text"] for element in elements if element["type"] == "button"]
    return [text for text in texts if text not in OF_ONE]


async def test_pages_forth_and_back_in_the_same_message(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker, over_socket.person("desmond") as other:
        await asker.command("/advocates", "")
        first = await asker.message("general", containing=["best first", "Page 1 of 2"])
        assert ways_on(first) == ["Next", "Refine"]
        await asker.click(first, "advocates_page")
        second = await asker.message("general", containing="Page 2 of 2")
        assert second["ts"] == first["ts"]
        assert ways_on(second) == ["Previous", "Refine"]
        await asker.click(second, "advocates_page_back")
        again = await asker.message("general", containing="Page 1 of 2")
        assert asker.text_of(again) == asker.text_of(first)
        assert not any("best first" in str(message) for message in await other.messages("general"))


async def test_why_and_how_often_and_when(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", 'healthcare ciso emea "zero trust"')
        shown = await asker.message("general", containing="Wilhelmina Ashworth-Nair")
        text = asker.text_of(shown)
        for part in (
            "Looked for: industry: healthcare; persona: CISO; region: EMEA; “zero trust” as a phrase",
            "Matches: healthcare, CISO, United Kingdom and your words in use case and topic",
            "of 2 left",
            "Checked on",
            "points of 100: fit",
        ):
            assert part in text
        await asker.click(shown, "advocate_card_open", value=first_card(shown))
        card = asker.text_of(await asker.modal("advocate_card"))
        assert "Asked before" in card
        assert "Ask for them" in card
        assert "w.ashworth-nair@" not in card
    await over_socket.until(lambda: bool(over_socket.rows(LookUp)))
    noted = over_socket.row(LookUp)
    assert (noted.fitted, noted.query.split()[0]) == (1, "industry:healthcare")


async def test_refining_answers_in_place(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "healthcare emea spaceships")
        shown = await asker.message("general", containing="Without the word “spaceships”")
        await asker.click(shown, "advocates_refine")
        form = await asker.modal("look_up", containing=["healthcare", "EMEA", "spaceships"])
        assert (await asker.submit({"query": None, "industry": ["banking"], "region": []}, view=form)).result == "close"
        refined = await asker.message("general", containing="Marisol Tejeda-Quirós")
        assert refined["ts"] == shown["ts"]
        assert "Looked for: industry: banking" in asker.text_of(refined)


async def test_an_answer_that_can_be_changed_no_more_comes_as_a_direct_message(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "healthcare")
        await asker.click(await asker.message("general", match=has("advocates_refine")), "advocates_refine")
        await asker.modal("look_up", containing="healthcare")
        [clicked] = over_socket.deliveries("block_actions", "advocates_refine")
        async with ClientSession() as slow:  # half an hour goes by, or somebody refines again and again
            for _use in range(USES):
                await slow.post(clicked["response_url"], json={"text": "Used up."})
        assert (await asker.submit({"query": "banking chile", "industry": []})).result == "close"
        await asker.message(containing="Marisol Tejeda-Quirós")


async def test_nothing_fits_and_what_to_do(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "zeppelins on the moon")
        shown = await asker.message("general", containing=["Nobody fits yet.", "“zeppelins”", "“moon”"])
        assert ways_on(shown) == ["Tell me when there is one", "Nominate a customer", "Refine"]
        await asker.click(shown, "advocates_refine")
        await asker.modal("look_up", containing="zeppelins moon")
        assert (await asker.submit({"query": "banking chile"})).result == "close"
        await asker.message("general", containing="Marisol Tejeda-Quirós")


async def test_in_a_window_one_pages_refines_and_opens(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await click_home(asker, "advocates_look_up", "Hello")
        await asker.modal("look_up")
        assert (await asker.submit({"query": None})).result == "update"
        await asker.click(await asker.modal(containing="Page 1 of 2"), "advocates_page")
        page = await asker.modal(containing="Page 2 of 2")
        await asker.click(page, "advocate_card_open", value=first_card(page))
        shown = await asker.modal("advocate_card")
        assert not has("advocate_contact_open")(shown)
        await asker.close()
        await asker.click(await asker.modal(containing="Page 2 of 2"), "advocates_refine")
        await asker.modal("look_up")
        assert (await asker.submit({"query": "chile"})).result == "close"
        await asker.modal(containing=["Marisol Tejeda-Quirós", "country: Chile"])


async def test_who_waits_is_told_once_when_somebody_fits(over_socket: Company) -> None:
    async with (
        over_socket.person("camille") as asker,
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as team,
    ):
        await asker.command("/advocates", "insurance rollout")
        shown = await asker.message("general", match=has("search_save"))
        await asker.click(shown, "search_save")
        waiting = await asker.message("general", containing="Stop telling me")
        assert waiting["ts"] == shown["ts"]
        await asker.click(waiting, "searches_open")
        await asker.modal(containing=["industry: insurance", "“rollout”"])
        await asker.close()
        for name in ("Ada Okafor", "Ben Okafor"):
            await nominated(rep, name)
            await accept(team, name)
            await introduced(team, name)
            await open_journey(team, name)
            await journey(team)
            await team.close()
        told = await asker.message(containing=["Somebody fits what you looked for", "Ada Okafor"])
        await over_socket.delivered()
        assert len([one for one in await asker.messages() if "Somebody fits" in str(one)]) == 1
        await asker.click(told, "advocate_card_open")
        await asker.modal("advocate_card", containing=PROFILE["title"])
        await asker.close()
        await asker.click(told, "advocates_refine")
        await asker.modal("look_up", containing="rollout")
        assert (await asker.submit({})).result == "close"
        await asker.message(containing=["Ada Okafor", "Ben Okafor", "2 advocates fit"])
    assert over_socket.row(SavedSearch).ended_at is not None


async def test_odd_words_neither_break_nor_mean_anything(over_socket: Company) -> None:
    odd = ['"', "'; drop table advocate; --", "NEAR(a b)", "a AND", "*", "-banking", "%", "((", "\\", "🙂", HOSTILE]
    async with over_socket.person("camille") as asker:
        for words in odd:
            await asker.command("/advocates", words)
        await asker.command("/advocates", "x" * 8000)
        await asker.message("general", containing="xxxxx")
        await over_socket.until(lambda: _answers(over_socket) > len(odd))
    said = over_socket.marked_up()
    assert not any(mark in said for mark in MARKUP)


def _answers(company: Company) -> int:
    return len([call for call in company.sandbox.calls if call.name == "response_url"])


async def test_a_long_query_pages_and_refines(over_socket: Company) -> None:
    line = " ".join(["-astronauts", "-“moon base”", *(f"-{'very' * 9}long{number}" for number in range(60))])
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", line)
        first = await asker.message("general", containing=["Page 1 of 2", "That is more than I can look for at once"])
        await asker.click(first, "advocates_page")
        await asker.click(await asker.message("general", containing="Page 2 of 2"), "advocates_refine")
        await asker.modal("look_up", containing="astronauts")


async def test_accents_and_beginnings_of_words_find(over_socket: Company) -> None:
    found = {
        "tejeda-quiros": "Marisol Tejeda-Quirós",
        "VALLE CONDOR": "Marisol Tejeda-Quirós",
        "bankin chil": "Marisol Tejeda-Quirós",
        "zero trust emea ciso": "Wilhelmina Ashworth-Nair",
    }
    async with over_socket.person("camille") as asker:
        for words, name in found.items():
            before = [message["ts"] for message in await asker.messages("general")]
            await asker.command("/advocates", words)
            shown = await asker.message("general", containing=name, match=lambda m, old=before: m["ts"] not in old)  # type: ignore[misc]
            assert "Nobody fits" not in asker.text_of(shown), words


async def test_an_advocate_who_left_meanwhile_is_not_shown(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker, over_socket.person("priyanka") as team:
        await asker.command("/advocates", "banking chile")
        shown = await asker.message("general", containing="Marisol Tejeda-Quirós")
        contact = over_socket.row(Contact, Contact.name == "Marisol Tejeda-Quirós")
        advocate = over_socket.row(Advocate, Advocate.contact_id == contact.id)

        def retire(session: object) -> None:
            row = session.get(Advocate, (over_socket.workspace_id, advocate.id))  # type: ignore[attr-defined]
            row.state = "retired"
            session.commit()  # type: ignore[attr-defined]

        over_socket.read(retire)
        await asker.click(shown, "advocate_card_open", value=advocate.id)
        gone = await asker.modal(containing="This advocate can't be asked at present.")
        assert "Marisol" not in asker.text_of(gone)
        await team.home()
        [clicked] = over_socket.deliveries("block_actions", "advocate_card_open")
        nobody = [{**clicked["actions"][0], "value": "01NOBODY"}]
        await over_socket.again(clicked, actions=nobody)
        await asker.modal(containing="This advocate isn't here any more.")


async def test_contact_details_are_for_the_owner_and_the_team(over_socket: Company) -> None:
    async with over_socket.person("youssef") as owner, over_socket.person("priyanka") as team:
        for person in (owner, team):
            await person.command("/advocates", "banking chile")
        seen = []
        for person in (owner, team):
            shown = await person.message("general", containing="Marisol Tejeda-Quirós")
            await person.click(shown, "advocate_card_open", value=first_card(shown))
            card = await person.modal("advocate_card")
            if has("advocate_contact_open")(card):
                await person.click(card, "advocate_contact_open")
                await person.modal("contact_details", containing="marisol.tejeda@vallecondor.example")
                seen.append(person.user)
    assert "U0PRIYANKA" in seen
