"""Looking advocates up: pages, nothing found, odd words, and an advocate who left meanwhile."""

from storage.advocates import Advocate
from storage.nominations import Contact
from tests.e2e.acts import HOSTILE, JSON, MARKUP, click_home, has
from tests.e2e.conftest import Company


def buttons(shown: JSON) -> list[str]:
    return [
        element["text"]["text"]
        for block in shown["blocks"]
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]


async def test_pages_forth_and_back_in_the_same_message(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker, over_socket.person("desmond") as other:
        await asker.command("/advocates", "")
        first = await asker.message("general", containing=["the newest first", "Page 1 of 2"])
        assert buttons(first) == ["Next"]
        await asker.click(first, "advocates_page")
        second = await asker.message("general", containing="Page 2 of 2")
        assert second["ts"] == first["ts"]
        assert buttons(second) == ["Previous"]
        await asker.click(second, "advocates_page")
        again = await asker.message("general", containing="Page 1 of 2")
        assert asker.text_of(again) == asker.text_of(first)
        assert not any("newest first" in str(message) for message in await other.messages("general"))


async def test_nothing_fits_and_what_to_do(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "zeppelins on the moon")
        shown = await asker.message("general", containing="Nobody fits “zeppelins on the moon” yet.")
        assert buttons(shown) == ["Nominate a customer", "Look up again"]
        await asker.click(shown, "advocates_look_up")
        await asker.modal("look_up")
        assert (await asker.submit({"query": "banking chile"})).result == "update"
        await asker.modal(containing="Marisol Tejeda-Quirós")


async def test_in_a_window_one_pages_opens_and_goes_back(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await click_home(asker, "advocates_look_up", "Hello")
        await asker.modal("look_up")
        await asker.submit({"query": None})
        await asker.click(await asker.modal(containing="Page 1 of 2"), "advocates_page")
        page = await asker.modal(containing="Page 2 of 2")
        card = next(block["accessory"]["value"] for block in page["blocks"] if "accessory" in block)
        await asker.click(page, "advocate_card_open", value=card)
        shown = await asker.modal("advocate_card")
        assert not has("advocate_contact_open")(shown)
        await asker.close()
        await asker.modal(containing="Page 2 of 2")


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


async def test_accents_and_beginnings_of_words_find(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        for words in ("tejeda-quiros", "VALLE CONDOR", "bank chil", "zero trust emea ciso"):
            await asker.command("/advocates", words)
            shown = await asker.message("general", containing=f"“{words}”")
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
            await person.click(shown, "advocate_card_open")
            card = await person.modal("advocate_card")
            if has("advocate_contact_open")(card):
                await person.click(card, "advocate_contact_open")
                await person.modal("contact_details", containing="marisol.tejeda@vallecondor.example")
                seen.append(person.user)
    assert "U0PRIYANKA" in seen
