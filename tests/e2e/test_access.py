"""Who may do what, at every door there is: guests, strangers and colleagues without the role change and see nothing.

The doors are found by asking Bolt what it listens to, so that a new one without a check, or without a test, fails here.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from sqlalchemy import inspect, text

from handlers import listeners
from handlers.house import House
from handlers.switchboard import Switchboard
from sandbox.surfaces import open_modal
from storage.nominations import Contact
from storage.people import Person as PersonRow
from tests.e2e.acts import nominate, published
from tests.e2e.asset_doors import OPEN_ASSET_DOORS
from tests.e2e.conftest import JSON, Company
from tests.e2e.doors import every_door_once
from tests.e2e.nudge_doors import OPEN_NUDGE_DOORS
from tests.e2e.pulse_doors import OPEN_PULSE_DOORS
from tests.e2e.request_doors import OPEN_REQUEST_DOORS
from tests.e2e.resistance_doors import OPEN_RESISTANCE_DOORS
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
    "home_focus",  # one's own Home
    "advocates_page",
    "advocates_page_back",
    "advocates_refine",
    "search_save",  # one's own searches
    "search_stop",
    "searches_open",
    "search_stop_listed",
    "nominate_words_open",
    "campaign_nominate_open",  # the form, with what the button itself says
    "advocate_card_open",
    "help_open",
    "credit_open",  # who brought what
    "credit_period",
    "credit_name",  # one's own name
    "settings_open",  # to read
    "person_function_open",
    "person_function",
    *OPEN_REQUEST_DOORS,
    *OPEN_ASSET_DOORS,
    *OPEN_NUDGE_DOORS,
    *OPEN_PULSE_DOORS,
    *OPEN_RESISTANCE_DOORS,
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

    listeners.announce(cast(Switchboard, Recorder()), cast(House, None))
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


@pytest.mark.slow
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
            before, seen = everything(over_socket), newest(over_socket)
            answer = await over_socket.again(payload, user=user("camille"))
            where = f"{payload['type']} {door_of(payload)}"
            if payload["type"] == "block_suggestion":
                assert answer == {"options": []}, where
            else:
                await over_socket.until(lambda start=seen: refused(over_socket, start))  # type: ignore[misc]
            assert everything(over_socket) == before, where
            assert "grace@harbor" not in str([r.detail.get("arguments") for r in since(over_socket, seen)]), where


def newest(company: Company) -> int:
    """The number of the last exchange: there are more of them by now than the log keeps."""
    return max((record.number for record in company.sandbox.calls), default=0)


def since(company: Company, start: int) -> list[Any]:
    """The exchanges after that number."""
    return [record for record in company.sandbox.calls if record.number > start]


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
    start = newest(over_socket)
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
