"""Channels that are missing, closed or without the bot, and a database that is locked or down: nothing is lost.

A person is told in time, nothing is half done, and what could not be sent arrives once somebody has mended it.
"""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from sandbox.person import Person
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from storage.people import Person as PersonRow
from tests.databases import PostgreSQL
from tests.e2e.acts import JSON, accept, alert, click_home, nominated
from tests.e2e.conftest import Company, running, seed

BUSY = "Everboard can't reach its data just now. Nothing was changed; please try again in a moment."
ACK = 3.0
"""Seconds that Slack waits for an answer."""


def held(company: Company) -> list[Message]:
    return company.rows(Message, Message.status == Status.HELD.value)


async def alert_waits(company: Company, rep: Person, words: str) -> None:
    """A nomination is safe and the rep thanked, the alert waits, and the admin reads once what to do."""
    await nominated(rep, "Ada Okafor")
    await nominated(rep, "Grace Adeyemi")
    await rep.message(containing="Thank you for putting Ada Okafor")
    async with company.person("rasmus") as admin:
        notice = await admin.message(containing=words)
        assert "Nothing is lost" in admin.text_of(notice)
        slots = [f"alert:{nomination(company, name).id}" for name in ("Ada Okafor", "Grace Adeyemi")]
        await company.until(lambda: {message.slot for message in held(company)} >= {*slots})
        await company.delivered()
        said = [message["text"] for message in await admin.messages() if "Nothing is lost" in message["text"]]
        assert len(said) == 1
        await click_home(admin, "outbox_dead_open", "could not be delivered")
        await admin.modal(containing="Alerts for the advocacy team")


async def alert_arrives(company: Company, channel: str = "advocacy") -> None:
    async with company.person("priyanka") as team:
        for name in ("Ada Okafor", "Grace Adeyemi"):
            await team.message(channel, containing=[name, "Why they would be a good advocate"])
    await company.until(lambda: not held(company))


async def choose_channel(company: Company, channel: str) -> None:
    async with company.person("ingrid") as admin:
        await admin.command("/advocacy", "settings")
        await admin.click(await admin.modal("settings"), "settings_channels_open")
        await admin.modal("settings_channels")
        assert (await admin.submit({"advocacy": channel})).result == "close"


async def test_without_an_advocacy_channel_the_alert_waits_for_another_one(sample_url: str) -> None:
    world = seed()
    world["channels"] = [channel for channel in world["channels"] if channel["name"] != "advocacy"]
    world.pop("tour", None)  # it leads through that channel
    others = ("advocacy-wins", "sales", "marketing", "customer-success")
    async with running(sample_url, world=world, channels=others) as company, company.person("desmond") as rep:
        await alert_waits(company, rep, "I can't find #advocacy")
        await choose_channel(company, "marketing")
        await alert_arrives(company, "marketing")


async def test_without_the_bot_in_it_the_alert_waits_for_an_invitation(sample_url: str) -> None:
    others = ("advocacy-wins", "sales", "marketing", "customer-success")
    async with running(sample_url, channels=others) as company, company.person("desmond") as rep:
        # A private channel that the bot is not in is one that it cannot see.
        await alert_waits(company, rep, "I can't find #advocacy")
        company.sandbox.admin.add_member("advocacy", company.app.bot_user_id)
        await alert_arrives(company)


async def test_a_public_channel_without_the_bot_waits_as_well(sample_url: str) -> None:
    world = seed()
    for channel in world["channels"]:
        channel["is_private"] = False
    others = ("advocacy-wins", "sales", "marketing", "customer-success")
    async with running(sample_url, world=world, channels=others) as company, company.person("desmond") as rep:
        await alert_waits(company, rep, "I'm not a member of")
        company.sandbox.admin.add_member("advocacy", company.app.bot_user_id)
        await alert_arrives(company)


async def test_an_archived_channel_gets_its_alerts_when_it_is_back(over_socket: Company) -> None:
    over_socket.sandbox.admin.archive("advocacy")
    await over_socket.sandbox.settled()
    async with over_socket.person("desmond") as rep:
        await alert_waits(over_socket, rep, "advocacy")
        over_socket.sandbox.admin.unarchive("advocacy")
        await alert_arrives(over_socket)


async def test_a_channel_archived_later_keeps_the_team_at_work(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await alert(team, "Ada Okafor")
        over_socket.sandbox.admin.archive("advocacy")
        await over_socket.sandbox.settled()
        await click_home(team, "nomination_accept_open", "Ada Okafor", value=nomination(over_socket).id)
        await team.modal("nomination_accept")
        assert (await team.submit({"ourselves": True})).result == "close"
        await rep.message(containing="Good news")
        async with over_socket.person("rasmus") as admin:
            await admin.message(containing="Nothing is lost")
        over_socket.sandbox.admin.unarchive("advocacy")
        await team.message("advocacy", containing=["Ada Okafor", "*Accepted* by"])
    assert nomination(over_socket).state == "accepted"


def nomination(company: Company, name: str = "Ada Okafor") -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)


@contextmanager
def locked(company: Company) -> Iterator[None]:
    """Somebody else writes to the SQLite file and does not stop."""
    with sqlite3.connect(str(make_url(company.everboard.db.url).database), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


async def in_time(doing: Any) -> Any:
    """Do something, and be answered before Slack gives up."""
    started = time.monotonic()
    result = await doing
    assert time.monotonic() - started < ACK
    return result


async def test_a_locked_database_keeps_the_form_and_trying_again_works(company: Company) -> None:
    async with company.person("desmond") as rep, company.person("priyanka") as team:
        await nominated(rep, "Grace Adeyemi")
        await alert(team, "Grace Adeyemi")
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        await rep.modal("nominate", containing="Ada Okafor")
        await company.delivered()
        with locked(company):
            sent = await in_time(rep.submit({}))
            assert sent.errors == {"contact_name": BUSY}
            for words in ("Ada Okafor", "Harbor Mutual", "runs our rollout"):
                assert words in rep.text_of(await rep.modal("nominate"))
            await team.click(await alert(team, "Grace Adeyemi"), "nomination_take")
            await team.message("advocacy", containing=BUSY)
            # What only reads goes on: one who writes does not stop those who read.
            await in_time(team.command("/advocates", "banking"))
            await team.message("general", containing="banking", match=lambda m: bool(m.get("is_ephemeral")))
            await team.home(containing="To review")
        assert company.rows(Contact, Contact.name == "Ada Okafor") == []
        assert (await rep.submit({})).result == "update"
        await alert(team, "Ada Okafor")
    assert nomination(company, "Grace Adeyemi").reviewer_id is None


async def test_an_event_in_a_locked_database_is_noted_later(over_socket: Company, quiet: list[JSON]) -> None:
    with locked(over_socket):
        over_socket.sandbox.admin.change_user("U0KAYLEE", profile={"real_name": "Kaylee Newname"})
        await over_socket.until(lambda: "busy, trying again" in {event["event"] for event in quiet})
    async with over_socket.person("kaylee") as renamed:
        await over_socket.until(lambda: bool(named(over_socket)))
        assert await renamed.messages() == []


def named(company: Company) -> list[PersonRow]:
    return company.rows(PersonRow, PersonRow.name == "Kaylee Newname")


@pytest.fixture
async def on_postgresql(postgresql_url: str) -> AsyncIterator[Company]:
    """A company on PostgreSQL in which nothing has happened yet."""
    async with running(postgresql_url) as found:
        yield found


@contextmanager
def down(server: PostgreSQL, url: str) -> Iterator[None]:
    """The database takes no connection and has cut those that there were."""
    name = str(make_url(url).database)
    elsewhere = make_url(url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(elsewhere.render_as_string(hide_password=False), autocommit=True) as administration:
        administration.execute(SQL("alter database {} allow_connections false").format(Identifier(name)))
        administration.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
        try:
            yield
        finally:
            administration.execute(SQL("alter database {} allow_connections true").format(Identifier(name)))


async def test_a_database_that_is_down_is_told_everywhere_and_forgotten_when_it_is_back(
    on_postgresql: Company, postgresql: PostgreSQL
) -> None:
    company = on_postgresql
    async with company.person("desmond") as rep, company.person("priyanka") as team:
        await nominated(rep, "Grace Adeyemi")
        shown = await alert(team, "Grace Adeyemi")
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        await rep.modal("nominate", containing="Ada Okafor")
        await company.delivered()
        with down(postgresql, company.everboard.db.url):
            sent = await in_time(rep.submit({}))
            assert sent.errors == {"contact_name": BUSY}
            form = await rep.modal("nominate")
            suggested = [option["text"]["text"] for option in await in_time(rep.suggest(form, "company", "harb"))]
            assert suggested == ['Use "harb"']
            await in_time(team.command("/nominate", "Rosa @ Acme, loves us"))
            await team.modal("nominate", containing="Rosa")
            await team.close()
            for command, words in (("/advocates", "banking"), ("/advocacy", "help"), ("/pulse", "")):
                await in_time(team.command(command, words))
                answer = await team.message("general", containing=BUSY)
                assert answer["is_ephemeral"]
            await team.command("/advocacy", "settings")
            await team.modal(containing=BUSY)
            await team.close()
            await team.click(shown, "nomination_accept_open")
            await team.modal(containing=BUSY)
            await team.close()
            await team.home(containing=BUSY)
            await team.say("Hello?")
            await team.message(containing=BUSY)
        assert (await rep.submit({})).result == "update"
        await accept(team, "Ada Okafor")
        await team.home(containing="To review")
    assert nomination(company).state == "accepted"
    assert len(company.rows(Nomination)) == 2


async def test_a_table_that_somebody_holds_keeps_the_form(on_postgresql: Company) -> None:
    company = on_postgresql
    url = make_url(company.everboard.db.url).set(drivername="postgresql")
    async with company.person("desmond") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        await rep.modal("nominate", containing="Ada Okafor")
        with psycopg.connect(url.render_as_string(hide_password=False)) as other:
            other.execute("lock table nomination in access exclusive mode")
            sent = await in_time(rep.submit({}))
            assert sent.errors == {"contact_name": BUSY}
            other.rollback()
        assert (await rep.submit({})).result == "update"
    assert nomination(company).state == "submitted"


async def test_slack_without_user_groups_or_members_lists_takes_no_role_away(over_socket: Company) -> None:
    await choose_channel(over_socket, "advocacy")
    over_socket.sandbox.faults.refuse("conversations.members", "ratelimited", times=None)
    over_socket.sandbox.faults.refuse("usergroups.list", "ratelimited", times=None)
    over_socket.sandbox.admin.remove_member("advocacy", "U0HYEJIN")
    over_socket.sandbox.admin.set_group("sales", ["U0DESMOND"])
    await over_socket.sandbox.settled()
    async with over_socket.person("desmond") as rep, over_socket.person("tomas") as team:
        await nominated(rep, "Ada Okafor")
        await accept(team, "Ada Okafor")
    assert nomination(over_socket).nominator_function == "sales"


async def test_only_the_configured_server_is_ever_called(over_socket: Company) -> None:
    """Sockets to anywhere but this machine are refused in every test; here the addresses themselves are looked at."""
    async with over_socket.person("desmond") as rep:
        await nominated(rep, "Ada Okafor")
        await rep.command("/advocates", "banking")
        await rep.message("general", containing="banking")
    everboard = over_socket.everboard
    clients = [*everboard._clients.values()]
    assert {client.base_url for client in clients} == {over_socket.sandbox.api_url}
    names = {record.name for record in over_socket.sandbox.calls if record.direction == "in"}
    assert {"auth.test", "users.list", "views.open", "chat.postMessage", "response_url"} <= names


async def test_what_slack_would_not_take_is_told_with_a_reference(over_socket: Company, quiet: list[JSON]) -> None:
    over_socket.sandbox.faults.refuse("views.update", "internal_error", times=1)
    async with over_socket.person("priyanka") as team:
        await team.command("/advocacy", "settings")
        shown = await team.modal(containing="Something went wrong on our side (reference ")
        [logged] = [event for event in quiet if event["event"] == "unexpected"]
        assert logged["reference"] in team.text_of(shown)
        quiet.remove(logged)  # this one was expected
