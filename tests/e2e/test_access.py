"""Who may do what, at every door there is: guests, strangers and colleagues without the role change and see nothing.

The doors are found by asking Bolt what it listens to, so that a new one without a check, or without a test, fails here.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp
from sqlalchemy import inspect, text

from handlers import listeners
from handlers.house import House
from sandbox.person import Person
from sandbox.surfaces import open_modal
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from storage.people import Person as PersonRow
from tests.e2e.acts import accept, alert, click_home, has, nominate, nominated, open_journey, published
from tests.e2e.acts import introduced as introduce
from tests.e2e.conftest import JSON, Company
from views.blocks import notice

FOR_EVERYBODY = {
    "nominate_open",  # opens an empty form
    "nominate_details",  # unfolds it
    "company",  # the choice of a company, kept by the form
    "nominate",  # sends it
    "nomination_duplicate",  # endorses
    "nomination_someone_else",  # sends one's own form, kept under one's own name
    "advocates_look_up",
    "look_up",
    "advocates_page",
    "advocate_card_open",
    "help_open",
    "settings_open",  # to read
    "person_function_open",
    "person_function",
}
"""Doors that stand open to every full member."""

INTERACTIONS = {"block_actions", "view_submission", "block_suggestion"}

REFUSED = ("Only ", "That form isn't here any more")


def doors(*kinds: str) -> set[str]:
    """The names of everything that is listened to."""
    found: set[str] = set()

    class Recorder:
        def __getattr__(self, kind: str) -> Callable[[str], Callable[[Any], None]]:
            def named(name: str) -> Callable[[Any], None]:
                if kind in kinds:
                    found.add(name)
                return lambda _listener: None

            return named

    listeners.register(cast(AsyncApp, Recorder()), cast(House, None))
    return found


def everything(company: Company) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those that keep time."""

    def dump(session: Any) -> dict[str, list[tuple[Any, ...]]]:
        names = set(inspect(session.connection()).get_table_names()) - {"pace", "occurrence", "alembic_version"}
        tables = sorted(name for name in names if not name.startswith("advocate_search"))
        return {name: _rows(session.connection(), name) for name in tables}

    found: dict[str, list[tuple[Any, ...]]] = company.read(dump)
    return found


def _rows(connection: Any, table: str) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, connection.execute(text(f"select * from {table}"))), key=repr)  # noqa: S608  # our own table


def payloads(company: Company) -> Iterator[JSON]:
    """Every click, form and search that reached the bot, the last one of each name."""
    last: dict[tuple[str, str], JSON] = {}
    for record in company.sandbox.calls:
        payload = record.detail.get("payload") or {}
        if record.direction == "out" and payload.get("type") in INTERACTIONS:
            last[payload["type"], door_of(payload)] = payload
    yield from last.values()


def door_of(payload: JSON) -> str:
    match payload["type"]:
        case "block_actions":
            return str(payload["actions"][0]["action_id"])
        case "view_submission":
            return str(payload["view"]["callback_id"])
        case _:
            return str(payload["action_id"])


def user(name: str) -> JSON:
    return {"id": f"U0{name.upper()}", "name": name, "username": name, "team_id": "T0QUORVANE"}


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
        await administers(company, admin)
        await home_of_unknown(company)


async def rests_and_comes_back(team: Person) -> None:
    await open_journey(team, "Ada Okafor")
    for action, after in (
        ("advocate_rest", "resting"),
        ("advocate_come_back", "active"),
        ("advocate_retire", "retired"),
    ):
        await team.click(await team.modal("advocate_journey"), action)
        await team.modal("advocate_journey", containing=f"Now: *{after}")
    await team.click(await team.modal("advocate_journey"), "advocate_contact_open")
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
    await team.click(await alert(team, "another one", "nomination_merge_open"), "nomination_merge_open")
    await team.modal("nomination_merge")
    await team.submit({"into": "grace"})

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


def _of(company: Company, contact: Contact) -> str:
    return company.row(Nomination, Nomination.contact_id == contact.id).id


async def looks_up(person: Person) -> None:
    await person.command("/advocates", "")
    shown = await person.message("general", containing="advocates", match=has("advocates_page"))
    await person.click(shown, "advocate_card_open", value=_first_card(shown))
    await person.modal("advocate_card")
    await person.close()
    await person.click(shown, "advocates_page")
    await click_home(person, "advocates_look_up", "Hello")
    await person.modal("look_up")
    await person.submit({"query": "banking"})
    await person.close()


def _first_card(shown: JSON) -> str:
    cards = [block["accessory"] for block in shown["blocks"] if "accessory" in block]
    return str(cards[0]["value"])


async def administers(company: Company, admin: Person) -> None:
    company.read(kill_one)
    await admin.command("/advocacy", "help")
    await admin.click(await admin.message("general", match=has("settings_open")), "settings_open")
    for action, form in (
        ("settings_numbers_open", "settings_numbers"),
        ("settings_channels_open", "settings_channels"),
        ("settings_roles_open", "settings_roles"),
        ("settings_groups_open", "settings_groups"),
    ):
        await admin.click(await admin.modal("settings"), action)
        await admin.modal(form)
        assert (await admin.submit({})).result == "close", form
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


async def home_of_unknown(company: Company) -> None:
    company.sandbox.admin.add_user({"id": "U0NEWBIE", "name": "newbie"})
    await company.sandbox.settled()
    async with company.person("newbie") as new, company.person("rasmus") as admin:
        await click_home(admin, "people_unknown_open", "Nobody knows")
        await admin.modal(containing="newbie")
        await admin.close()
        await click_home(new, "person_function_open", "Which part of the company")
        await new.modal("person_function")
        assert (await new.submit({"function": "product"})).result == "close"


async def test_every_door_is_closed_to_a_member_without_the_role(over_socket: Company) -> None:
    await every_door_once(over_socket)
    await over_socket.delivered()
    tried = list(payloads(over_socket))
    missing = doors("action", "view", "options") - {door_of(payload) for payload in tried}
    assert missing == set(), "no test goes through these doors"

    closed = [payload for payload in tried if door_of(payload) not in FOR_EVERYBODY]
    assert len(closed) > 25
    async with over_socket.person("camille") as outsider:
        await outsider.home()
        for payload in closed:
            open_modal(over_socket.sandbox.workspace, over_socket.app, "U0CAMILLE", notice("Below", "A window."))
            before, seen = everything(over_socket), len(over_socket.sandbox.calls)
            answer = await over_socket.again(payload, user=user("camille"))
            where = f"{payload['type']} {door_of(payload)}"
            if payload["type"] == "block_suggestion":
                assert answer == {"options": []}, where
            else:
                await over_socket.until(lambda start=seen: refused(over_socket, start))  # type: ignore[misc]
            assert everything(over_socket) == before, where
            assert "grace@harbor" not in str([r.detail.get("arguments") for r in since(over_socket, seen)]), where


def since(company: Company, start: int) -> list[Any]:
    return list(company.sandbox.calls)[start:]


def refused(company: Company, start: int) -> bool:
    """Whether somebody has been told why not, in a form's answer, a modal or a message."""
    told = str(
        [
            record.detail.get("ack") or record.detail.get("arguments") or record.detail.get("body")
            for record in since(company, start)
        ]
    )
    return any(words in told for words in REFUSED)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_restricted": True}, "Guests cannot see customer data"),
        ({"is_ultra_restricted": True}, "Guests cannot see customer data"),
        ({"is_stranger": True}, "People from another organisation cannot see customer data"),
        ({"team_id": "T0ELSEWHERE"}, "People from another organisation cannot see customer data"),
    ],
)
async def test_guests_and_strangers_are_refused_politely_everywhere(
    over_socket: Company, change: JSON, words: str
) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await published(rep, team, "Ada Okafor")
    over_socket.sandbox.admin.change_user("U0KAYLEE", **change)
    await over_socket.sandbox.settled()
    kaylee = PersonRow.slack_user_id == "U0KAYLEE"
    await over_socket.until(lambda: over_socket.row(PersonRow, kaylee).standing != "member")
    await over_socket.delivered()
    before = everything(over_socket)
    start = len(over_socket.sandbox.calls)
    async with over_socket.person("kaylee") as guest:
        await guest.command("/nominate", "Grace Adeyemi @ Harbor Mutual, please", channel="sales")
        shown = await guest.modal(containing=words)
        assert "Please ask" in guest.text_of(shown)
        assert shown["submit"] is None
        await guest.close()
        await guest.shortcut("nominate")
        await guest.modal(containing=words)
        await guest.close()
        praise = (await guest.messages("sales"))[-1]
        await guest.message_shortcut(praise, "nominate_from_message")
        await guest.modal(containing=words)
        await over_socket.sandbox.settled()
        assert words in guest.text_of(await guest.modal())
        await guest.close()
        for command, typed in (("/advocates", "insurance"), ("/advocacy", "help"), ("/pulse", "")):
            await guest.command(command, typed, channel="sales")
            await guest.message("sales", containing=words, match=lambda m: bool(m.get("is_ephemeral")))
        await guest.command("/advocacy", "settings", channel="sales")
        await guest.modal(containing=words)
        await guest.close()
        await guest.home(containing=words)
        said = await guest.say("Hello?")
        await guest.message(containing=words, after=said)
    assert everything(over_socket) == before
    answers = str([record.detail for record in since(over_socket, start) if record.direction == "in"])
    assert "Ada Okafor" not in answers


async def test_whoever_becomes_a_guest_with_the_form_open_can_not_send_it(over_socket: Company) -> None:
    async with over_socket.person("kaylee") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        form = await rep.modal("nominate")
        over_socket.sandbox.admin.change_user("U0KAYLEE", is_restricted=True)
        await over_socket.sandbox.settled()
        standing = PersonRow.slack_user_id == "U0KAYLEE"
        await over_socket.until(lambda: over_socket.row(PersonRow, standing).standing == "guest")
        sent = await rep.submit({})
        assert "Guests cannot see customer data" in sent.errors["contact_name"]
        assert "Ada Okafor" in rep.text_of(form)
        suggested = [option["text"]["text"] for option in await rep.suggest(form, "company", "ekel")]
        assert suggested == ['Use "ekel"']
    assert over_socket.rows(Contact, Contact.name == "Ada Okafor") == []


async def test_somebody_who_joined_a_second_ago_takes_part(over_socket: Company) -> None:
    # Slack's event of the joining never comes: the first click is the first that is heard of them.
    joined = over_socket.sandbox.admin.add_user
    over_socket.app.events = frozenset(over_socket.app.events - {"team_join"})
    joined({"id": "U0NEWBIE", "name": "newbie", "real_name": "Nele Neuling"})
    over_socket.sandbox.admin.add_member("general", "U0NEWBIE")
    async with over_socket.person("newbie") as new:
        sent = await nominate(new, "Ada Okafor @ Harbor Mutual, runs our rollout")
        assert sent.result == "update", sent.errors
        await new.message(containing="Thank you for putting Ada Okafor")
    assert over_socket.row(PersonRow, PersonRow.slack_user_id == "U0NEWBIE").name == "Nele Neuling"
