"""The words that colleagues find advocates by, kept in Slack: other names, merging, hiding, adding, and who may not."""

from typing import Any

from domain.query import Facet
from sandbox.person import Person
from sandbox.surfaces import open_modal
from steps import findable, vocabulary
from storage.advocates import Advocate
from storage.audit import Audit
from storage.nominations import Contact
from storage.vocabulary import Term
from tests.e2e.acts import JSON, accept, has, introduced, nominated, open_journey, press, step
from tests.e2e.conftest import Company
from views.blocks import notice

MARISOL = "Marisol Tejeda-Quirós"


async def open_words(person: Person) -> JSON:
    await person.command("/advocacy", "settings")
    await press(person, "settings", "words_open")
    return await person.modal("words", containing="banking")


async def change(person: Person, word: str, **values: Any) -> Any:
    """Open a word's form and send it."""
    await press(person, "words", "word_change_open", value=word, containing=word)
    await person.modal("word_change")
    return await person.submit(dict(values))


async def finds(asker: Person, typed: str, understood: str) -> None:
    """Look up with a word that finds Marisol, and read how it was understood."""
    await asker.command("/advocates", typed)
    await asker.message("general", containing=[MARISOL, f"Looked for: {understood}"])


async def learned(company: Company, *said: tuple[Facet, str]) -> None:
    company.read(vocabulary.learn, None, company.everboard.house.moment(), said)


async def test_a_synonym_that_was_added_finds_an_advocate(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as asker:
        shown = await open_words(leader)
        assert "also: bank, banks" in leader.text_of(shown)
        sent = await change(leader, "banking", synonyms="bank\nhospital")
        assert sent.errors == {
            "synonyms": "“hospital” is another name for “healthcare” already. "
            "Take it off there first, or merge the two."
        }
        assert (await leader.submit({"synonyms": "bank\nGeldhaus, Sparkasse"})).result == "close"
        await leader.modal("words", containing=["“banking” is saved.", "also: bank, Geldhaus, Sparkasse"])
        await finds(asker, "sparkasse chile", "industry: banking (from “sparkasse”)")
    assert over_socket.row(Audit, Audit.subject_type == "term").action == "term.changed"


async def test_a_renamed_word_is_found_by_both_names(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as asker:
        await open_words(leader)
        assert (await change(leader, "banking", name="Banks and savings")).result == "close"
        shown = await leader.modal("words", containing="*Banks and savings*")
        assert "banking" in leader.text_of(shown)
        await finds(asker, "banking chile", "industry: Banks and savings (from “banking”)")
        await finds(asker, 'industry:"banks and savings" chile', "industry: Banks and savings; country")


async def test_two_that_look_alike_are_merged_and_parted_again(over_socket: Company) -> None:
    contact = over_socket.row(Contact, Contact.name == MARISOL)

    def misspell(session: Any) -> None:
        [row] = session.query(Advocate).filter(Advocate.contact_id == contact.id)
        row.industry = "Bankng"
        findable.refresh(session, row, over_socket.everboard.house.moment().now.date())

    over_socket.read(misspell)
    await learned(over_socket, (Facet.INDUSTRY, "Bankng"))
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as asker:
        shown = await open_words(leader)
        said = leader.text_of(shown)
        assert "One word looks like another." in said
        assert "“Bankng” looks like “banking”." in said
        await press(leader, "words", "word_merge")
        merged = await leader.modal("words", containing="“Bankng” is another name for “banking” now.")
        assert not has("word_merge")(merged)
        await finds(asker, "industry:banking chile", "industry: banking")
        assert (await change(leader, "banking", synonyms="bank")).result == "close"
        await press(leader, "words", "words_page")
        await press(leader, "words", "word_show_again", value="Bankng", containing="Bankng · hidden")
        await leader.modal("words", containing="“Bankng” is offered again.")


async def test_two_that_look_alike_and_differ_are_told_apart_once(over_socket: Company) -> None:
    await learned(over_socket, (Facet.INDUSTRY, "Bankng"))
    async with over_socket.person("ingrid") as leader:
        await open_words(leader)
        await press(leader, "words", "word_keep_apart")
        told = await leader.modal("words", containing="“Bankng” and “banking” are two words.")
        assert "looks like" not in leader.text_of(told)
        await leader.close()
        assert "looks like" not in leader.text_of(await open_words(leader))


async def test_hidden_and_shown_again_at_once(over_socket: Company) -> None:
    async with over_socket.person("rasmus") as admin:
        await open_words(admin)
        await press(admin, "words", "word_change_open", value="automotive")
        form = await admin.modal("word_change")
        await admin.click(form, "word_hide")
        undo = await admin.modal("word_hidden", containing="“automotive” is hidden")
        assert over_socket.row(Term, Term.key == "automotive").hidden
        await admin.click(undo, "word_show_again")
        await admin.modal(containing="“automotive” is offered again.")
        assert not over_socket.row(Term, Term.key == "automotive").hidden
        await admin.close()
        await admin.modal("words", containing="*automotive*")


async def test_activities_can_only_get_other_names_or_be_hidden(over_socket: Company) -> None:
    async with over_socket.person("rasmus") as admin:
        await admin.choose(await open_words(admin), "words_kind", "activity")
        shown = await admin.modal("words", containing="These names are fixed.")
        assert not has("word_add_open")(shown)
        await press(admin, "words", "word_change_open", value="press")
        form = await admin.modal("word_change", containing="press")
        assert [block["block_id"] for block in form["blocks"] if block["type"] == "input"] == ["synonyms"]
        assert (await admin.submit({"synonyms": "Presse"})).result == "close"
        await admin.modal("words", containing="also: Presse")


async def test_words_are_added_and_refused_where_they_stand_already(over_socket: Company) -> None:
    async with over_socket.person("rasmus") as admin:
        await admin.choose(await open_words(admin), "words_kind", "product")
        await press(admin, "words", "word_add_open", containing="Beacon")
        await admin.modal("word_add", containing="Name of the product")
        assert (await admin.submit({"name": "Time Machine"})).result == "close"
        await admin.modal("words", containing=["“Time Machine” is in the list now.", "*Time Machine* · 0 advocates"])
        await press(admin, "words", "word_add_open")
        await admin.modal("word_add")
        assert (await admin.submit({"name": "time-machine"})).errors == {"name": "“Time Machine” is there already."}


async def test_a_plain_member_sees_no_button_and_is_refused(over_socket: Company) -> None:
    async with over_socket.person("camille") as member, over_socket.person("ingrid") as leader:
        await member.command("/advocacy", "settings")
        assert not has("words_open")(await member.modal("settings"))
        await member.close()
        await open_words(leader)
        [clicked] = over_socket.deliveries("block_actions", "words_open")
        open_modal(over_socket.sandbox.workspace, over_socket.app, "U0CAMILLE", notice("Below", "A window."))
        him = {"id": "U0CAMILLE", "name": "camille", "username": "camille", "team_id": "T0QUORVANE"}
        await over_socket.again(clicked, user=him)
        await member.modal(containing="can change settings")
        assert over_socket.rows(Audit, Audit.subject_type == "term") == []


async def test_the_profile_form_offers_words_and_the_journey_tells_of_a_slip(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await accept(team, "Ada Okafor")
        await introduced(team, "Ada Okafor")
        await open_journey(team, "Ada Okafor")
        await press(team, "advocate_journey", "advocate_profile_open")
        form = await team.modal("advocate_profile")
        offered = [option["text"]["text"] for option in await team.suggest(form, "industry", "hospital")]
        assert offered[0] == "healthcare"
        assert offered[-1] == 'Use "hospital"'
        assert [option["value"] for option in await team.suggest(form, "persona", "ciso")] == ["CISO"]
        assert (await team.submit({"industry": "Bankng"})).result == "close"
        await press(team, "advocate_journey", "word_keep_apart")
        await team.modal(match=lambda shown: "Journey" in str(shown) and "looks like" not in str(shown))
        await press(team, "advocate_journey", "advocate_profile_open")
        await team.modal("advocate_profile")
        values = {"industry": "Helthcare", "languages": ["English", "Klingon, Elvish"], "products": None}
        assert (await team.submit(values)).result == "close"
        await team.modal("advocate_journey", containing="“Helthcare” looks like “healthcare”, a word in use.")
        contact = over_socket.row(Contact, Contact.name == "Ada Okafor")
        stored = over_socket.row(Advocate, Advocate.contact_id == contact.id)
        assert (stored.industry, stored.languages) == ("Helthcare", ["English", "Klingon", "Elvish"])
        done = await step(team, "advocate_profile_open", "advocate_profile", industry="healthcare")
        assert done.result == "close"
        await team.modal(match=lambda shown: "looks like" not in str(shown))
