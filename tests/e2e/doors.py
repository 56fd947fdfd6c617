"""Somebody with every right goes through every door that Everboard has. Decides nothing about who else may."""

from typing import Any

from domain.query import Facet
from sandbox.person import Person
from steps import vocabulary
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from storage.people import Person as PersonRow
from tests.e2e.acts import accept, alert, click_home, has, nominate, nominated, open_journey, press, published
from tests.e2e.acts import introduced as introduce
from tests.e2e.asset_doors import every_asset_door_once
from tests.e2e.campaign_doors import every_campaign_door_once
from tests.e2e.conftest import JSON, Company
from tests.e2e.erasing_doors import every_erasing_door_once
from tests.e2e.freshness_doors import every_freshness_door_once
from tests.e2e.fulfilment_doors import every_fulfilment_door_once
from tests.e2e.goal_doors import every_goal_door_once
from tests.e2e.health_doors import every_health_door_once
from tests.e2e.home_doors import every_home_door_once
from tests.e2e.launch_doors import every_launch_door_once
from tests.e2e.mechanism_doors import every_mechanism_door_once
from tests.e2e.meeting_doors import every_meeting_door_once
from tests.e2e.nudge_doors import every_nudge_door_once
from tests.e2e.pulse_doors import every_pulse_door_once
from tests.e2e.request_doors import every_request_door_once
from tests.e2e.resistance_doors import every_resistance_door_once
from tests.e2e.target_doors import every_target_door_once
from tests.e2e.thanks_doors import every_thanks_door_once
from tests.e2e.value_doors import every_value_door_once
from tests.e2e.volunteer_doors import every_volunteer_door_once


async def every_door_once(company: Company) -> None:
    """Somebody with every right goes through each door."""
    async with (
        company.person("desmond") as rep,
        company.person("kaylee") as second,
        company.person("priyanka") as team,
        company.person("rasmus") as admin,
    ):
        await published(rep, team, "Ada Okafor")
        await rests_and_comes_back(team)
        await reviews(company, rep, second, team)
        await looks_up(team)
        await keeps_words(company, admin)
        await administers(company, admin)
        await home_of_unknown(company)
    await every_campaign_door_once(company)
    await every_request_door_once(company)
    await every_asset_door_once(company)
    await every_fulfilment_door_once(company)
    await every_nudge_door_once(company)
    await every_calendar_door_once(company)
    await every_pulse_door_once(company)
    await every_target_door_once(company)
    await every_value_door_once(company)
    await every_volunteer_door_once(company)
    await every_freshness_door_once(company)
    await every_health_door_once(company)
    await every_goal_door_once(company)
    await every_home_door_once(company)
    await every_launch_door_once(company)
    await every_resistance_door_once(company)
    await every_mechanism_door_once(company)
    await every_meeting_door_once(company)
    await every_thanks_door_once(company)
    await every_erasing_door_once(company)


async def rests_and_comes_back(team: Person) -> None:
    await open_journey(team, "Ada Okafor")
    for action, after in (
        ("advocate_rest", "resting"),
        ("advocate_come_back", "active"),
        ("advocate_retire", "retired"),
    ):
        await press(team, "advocate_journey", action)
        await team.modal("advocate_journey", containing=f"Now: *{after}")
    await press(team, "advocate_journey", "advocate_contact_open")
    await team.modal("contact_details")
    await team.close()
    await team.close()


async def reviews(company: Company, rep: Person, second: Person, team: Person) -> None:
    await nominated(rep, "Grace Adeyemi", email="grace@harbor.example")
    await nominate(second, "Grace Adeyemi @ Harbor Mutual, yes")
    await second.submit({})
    await second.close()
    await second.close()
    await nominate(second, "Grace Adeyemi @ Harbor Mutual, another one")
    await second.click(await second.modal("nomination_duplicate"), "nomination_someone_else")
    await second.modal(containing="is with the advocacy team now")
    await team.click(await alert(team, "another one", "nomination_take"), "nomination_take")
    await team.click(await alert(team, "another one", "contact_two_people"), "contact_two_people")
    await team.click(await alert(team, "another one", "nomination_merge_open"), "nomination_merge_open")
    await team.modal("nomination_merge")
    await team.submit({"into": "grace"})
    await team.click(await alert(team, "another one", "nomination_kept_open"), "nomination_kept_open")
    await team.modal(containing="Grace Adeyemi, Harbor Mutual")
    await team.close()

    await withdrawn_and_married(rep, team)
    await nominated(rep, "Rosa Lindqvist", email="rosa@harbor.example")
    shown = await alert(team, "Rosa Lindqvist")
    await team.click(shown, "contact_details_open")
    await team.modal("contact_details", containing="rosa@harbor.example")
    await team.close()
    await team.click(shown, "nomination_ask_open")
    await team.modal("nomination_ask")
    await team.submit({"question": "Which team?"})
    await rep.click(await rep.message(match=has("nomination_answer_open")), "nomination_answer_open")
    await rep.modal("nomination_answer")
    await rep.submit({"answer": "Claims"})
    await rep.close()
    await team.click(await alert(team, "Rosa Lindqvist", "nomination_decline_open"), "nomination_decline_open")
    await team.modal("nomination_decline")
    await team.submit({"reason": "OTHER"})
    reopening = await team.message("advocacy", containing="Rosa Lindqvist", match=has("nomination_reopen"))
    await team.click(reopening, "nomination_reopen")
    await alert(team, "Rosa Lindqvist")
    await click_home(rep, "nominate_open", "Rosa Lindqvist")
    await rep.modal("nominate")
    await rep.click(await rep.modal("nominate"), "nominate_details")
    await rep.modal("nominate", containing="Link to evidence")
    await rep.suggest(await rep.modal("nominate"), "company", "harb")
    await rep.close()
    rosa = company.row(Contact, Contact.name == "Rosa Lindqvist")
    await click_home(rep, "nomination_withdraw", "Rosa Lindqvist", value=_of(company, rosa))
    await rep.modal(containing="withdrawn")
    await rep.close()
    await nominated(rep, "Sena Achterberg")
    await accept(team, "Sena Achterberg")
    await introduce(team, "Sena Achterberg")
    await nominated(rep, "Open Forever")


async def withdrawn_and_married(rep: Person, team: Person) -> None:
    await nominated(rep, "Ines Before", email="ines@harbor.example")
    await team.click(await alert(team, "Ines Before", "nomination_decline_open"), "nomination_decline_open")
    await team.modal("nomination_decline")
    await team.submit({"reason": "OTHER"})
    await nominated(rep, "Ines After", email="ines@harbor.example")
    await team.click(await alert(team, "Ines After", "contact_use_as_written"), "contact_use_as_written")
    await team.message("advocacy", containing="Ines After, Harbor Mutual")


def _of(company: Company, contact: Contact) -> str:
    return company.row(Nomination, Nomination.contact_id == contact.id).id


async def looks_up(person: Person) -> None:
    await person.command("/advocates", "")
    shown = await person.message("general", containing="advocates", match=has("advocates_page"))
    await person.click(shown, "advocate_card_open", value=first_card(shown))
    await person.modal("advocate_card")
    await person.close()
    await person.click(shown, "advocates_page")
    await person.click(await person.message("general", match=has("advocates_page_back")), "advocates_page_back")
    await click_home(person, "advocates_look_up", "Hello")
    await person.modal("look_up")
    await person.submit({"query": "banking"})
    await person.close()
    await waits(person)
    await person.say("nominate Ada @ Acme")
    await person.click(await person.message(match=has("nominate_words_open")), "nominate_words_open")
    await person.modal("nominate")
    await person.close()


async def waits(person: Person) -> None:
    """Keep a search, stop it, keep it again and stop it in the list."""
    await person.command("/advocates", "astronauts")
    shown = await person.message("general", containing="astronauts", match=has("search_save"))
    await person.click(shown, "search_save")
    await person.click(await person.message("general", match=has("search_stop")), "search_stop")
    await person.click(
        await person.message("general", containing="astronauts", match=has("search_save")), "search_save"
    )
    await person.click(await person.message("general", match=has("searches_open")), "searches_open")
    await person.click(await person.modal(containing="astronauts"), "search_stop_listed")
    await person.modal(containing="You wait for nobody")
    await person.close()
    await person.click(await person.message("general", match=has("searches_open")), "advocates_refine")
    await person.modal("look_up")
    assert (await person.submit({"query": "zeppelins"})).result == "close"


def first_card(shown: JSON) -> str:
    """The first advocate of an answer, by their id."""
    elements = [element for block in shown["blocks"] for element in block.get("elements", ())]
    return str(next(one["value"] for one in elements if one.get("action_id") == "advocate_card_open"))


async def keeps_words(company: Company, admin: Person) -> None:
    """Each door to the workspace's words."""
    company.read(misspell_one, company)
    company.read(misspell_one, company, "bankng")
    await admin.command("/advocacy", "settings")
    await press(admin, "settings", "words_open")
    pair = '["industry", "bankng", "banking"]'
    await press(admin, "words", "word_keep_apart", value=pair, containing="bankng")
    await admin.modal("words", containing="are two words")
    await press(admin, "words", "word_merge", containing="helthcare")
    await admin.modal("words", containing="is another name for")
    await press(admin, "words", "words_page")
    shown = await admin.modal("words", containing="Page 2")
    await admin.choose(shown, "words_kind", "segment")
    await admin.modal("words", containing="mid-market")
    await press(admin, "words", "word_add_open", containing="mid-market")
    await admin.modal("word_add")
    assert (await admin.submit({"name": "Public bodies"})).result == "close"
    await press(admin, "words", "word_change_open", value="Public bodies", containing="Public bodies")
    form = await admin.modal("word_change")
    await admin.suggest(form, "into", "ent")
    assert (await admin.submit({"synonyms": "authorities"})).result == "close"
    await press(admin, "words", "word_change_open", value="Public bodies", containing="authorities")
    await admin.click(await admin.modal("word_change"), "word_hide")
    await admin.click(await admin.modal("word_hidden"), "word_show_again")
    await admin.modal(containing="is offered again")
    await admin.close()
    await admin.close()
    await admin.close()
    company.read(misspell_one, company, "insurence")


def misspell_one(session: Any, company: Company, name: str = "helthcare") -> None:
    """Let a profile bring in a word that looks like another."""
    moment = company.everboard.house.moment()
    vocabulary.learn(session, None, moment, [(Facet.INDUSTRY, name)])
    session.commit()


async def administers(company: Company, admin: Person) -> None:
    company.read(kill_one)
    await admin.command("/advocacy", "help")
    await admin.click(await admin.message("general", match=has("settings_open")), "settings_open")
    for action, form in (
        ("settings_numbers_open", "settings_numbers"),
        ("settings_kept_open", "settings_numbers"),
        ("settings_channels_open", "settings_channels"),
        ("settings_roles_open", "settings_roles"),
        ("settings_groups_open", "settings_groups"),
        ("settings_time_zone_open", "settings_time_zone"),
        ("settings_currency_open", "settings_currency"),
        ("settings_crm_open", "settings_crm"),
        ("settings_routing_open", "settings_routing"),
        ("settings_stages_open", "settings_stages"),
    ):
        await press(admin, "settings", action)
        shown = await admin.modal(form)
        if form == "settings_time_zone":
            await admin.suggest(shown, "time_zone", "berl")
        assert (await admin.submit({})).result == "close", form
    await admin.close()
    await click_home(admin, "setup_go", value="targets")
    await admin.modal("targets")
    await admin.close()
    await click_home(admin, "setup_hide")
    await admin.modal(containing="The guide is put away.")
    await admin.close()
    await click_home(admin, "help_open", "could not be delivered")
    await admin.modal(containing="What you can do")
    await admin.close()
    await click_home(admin, "outbox_dead_open")
    await admin.click(await admin.modal(match=has("outbox_dead_retry")), "outbox_dead_retry")
    await admin.close()
    company.read(kill_one)


def kill_one(session: Any) -> None:
    """Let a message be one that was given up."""
    row = session.query(Message).filter(Message.status == Status.DELIVERED.value).first()
    row.status, row.problem = Status.DEAD.value, "msg_too_long"
    session.commit()


async def every_calendar_door_once(company: Company) -> None:
    """A coming nudge left out, taken back, and moved."""
    async with company.person("rasmus") as admin:
        await click_home(admin, "schedule_open")
        await press(admin, "schedule", "nudge_skip", containing="Next nudge for")
        await press(admin, "schedule", "nudge_unshift", containing="is left out")
        await press(admin, "schedule", "nudge_shift_open")
        await admin.modal("nudge_shift")
        assert (await admin.submit({})).result == "close"
        await admin.close()


async def home_of_unknown(company: Company) -> None:
    company.sandbox.admin.add_user({"id": "U0NEWBIE", "name": "newbie"})
    await company.until(lambda: bool(company.rows(PersonRow, PersonRow.slack_user_id == "U0NEWBIE")))
    async with company.person("newbie") as new, company.person("rasmus") as admin:
        await click_home(admin, "people_unknown_open", "Nobody knows")
        await admin.modal(containing="newbie")
        await admin.close()
        await click_home(new, "person_function_open", "Which part of the company")
        await new.modal("person_function")
        assert (await new.submit({"function": "product"})).result == "close"
