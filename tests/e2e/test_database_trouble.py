"""A database that is locked or down: each person is told in time, nothing is half done, and trying again works."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from sandbox.delivery.exchange import ACK_SECONDS
from storage.engines import DEADLINE
from storage.nominations import Contact, Nomination
from storage.people import Person as PersonRow
from tests.databases import PostgreSQL
from tests.e2e.acts import JSON, accept, alert, nominated
from tests.e2e.conftest import Company, running
from tests.patience import PATIENCE, stopwatch

pytestmark = pytest.mark.slow  # each waits for a database that does not answer

BUSY = "Everboard can't reach its data just now. Nothing was changed; please try again in a moment."


@contextmanager
def locked(company: Company) -> Iterator[None]:
    """Somebody else writes to the SQLite file and does not stop."""
    with sqlite3.connect(str(make_url(company.everboard.db.url).database), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@contextmanager
def real_deadline(company: Company) -> Iterator[None]:
    """What cannot succeed anyway is given up as early as in life."""
    company.everboard.db.deadline = DEADLINE
    try:
        yield
    finally:
        company.everboard.db.deadline = PATIENCE


async def in_time(company: Company, doing: Any) -> Any:
    """Do something that the database does not allow, and be answered before Slack gives up."""
    with real_deadline(company), stopwatch() as taken:
        result = await doing
    assert taken() < ACK_SECONDS
    return result


@pytest.fixture(params=["socket", "http"])
async def in_a_hurry(request: pytest.FixtureRequest, sample_url: str) -> AsyncIterator[Company]:
    """The sample company whose database waits for locks no longer than in life."""
    async with running(sample_url, request.param, hurried=True) as found:
        yield found


async def test_a_locked_database_keeps_the_form_and_trying_again_works(in_a_hurry: Company) -> None:
    async with in_a_hurry.person("desmond") as rep, in_a_hurry.person("priyanka") as team:
        await nominated(rep, "Grace Adeyemi")
        await alert(team, "Grace Adeyemi")
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        await rep.modal("nominate", containing="Ada Okafor")
        await in_a_hurry.delivered()
        with locked(in_a_hurry):
            sent = await in_time(in_a_hurry, rep.submit({}))
            assert sent.errors == {"contact_name": BUSY}
            for words in ("Ada Okafor", "Harbor Mutual", "runs our rollout"):
                assert words in rep.text_of(await rep.modal("nominate"))
            await team.click(await alert(team, "Grace Adeyemi"), "nomination_take")
            await team.message("advocacy", containing=BUSY)
            # What only reads goes on: one who writes does not stop those who read.
            await team.command("/advocates", "banking")
            await team.message("general", containing="banking", match=lambda m: bool(m.get("is_ephemeral")))
            await team.home(containing="To review")
        assert in_a_hurry.rows(Contact, Contact.name == "Ada Okafor") == []
        assert (await rep.submit({})).result == "update"
        await alert(team, "Ada Okafor")
    assert nomination(in_a_hurry, "Grace Adeyemi").reviewer_id is None


async def test_an_event_in_a_locked_database_is_noted_later(in_a_hurry: Company, quiet: list[JSON]) -> None:
    with locked(in_a_hurry):
        in_a_hurry.sandbox.admin.change_user("U0KAYLEE", profile={"real_name": "Kaylee Newname"})
        await in_a_hurry.until(lambda: "busy, trying again" in {event["event"] for event in quiet})
    async with in_a_hurry.person("kaylee") as renamed:
        await in_a_hurry.until(lambda: bool(named(in_a_hurry)))
        assert await renamed.messages() == []


async def test_a_workflow_in_a_locked_database_nominates_later(in_a_hurry: Company, quiet: list[JSON]) -> None:
    inputs = {"contact_name": "Ada Okafor", "company": "Harbor Mutual", "why": "Yes", "nominator": "U0DESMOND"}
    async with in_a_hurry.person("kaylee") as builder:
        with locked(in_a_hurry):
            begun = await builder.run_step("nominate_advocate", **inputs)
            await in_a_hurry.until(lambda: "busy, trying again" in {event["event"] for event in quiet})
            run = in_a_hurry.sandbox.workspace.executions[begun["id"]]
            assert run.status == "running"
        await in_a_hurry.until(lambda: run.status == "completed")
    assert nomination(in_a_hurry, "Ada Okafor").source == "workflow"


def named(company: Company) -> list[PersonRow]:
    return company.rows(PersonRow, PersonRow.name == "Kaylee Newname")


@pytest.fixture
async def on_postgresql(postgresql_url: str) -> AsyncIterator[Company]:
    """A company on PostgreSQL in which nothing has happened yet."""
    async with running(postgresql_url, hurried=True) as found:
        yield found


@contextmanager
def down(server: PostgreSQL, url: str) -> Iterator[None]:
    """The database takes no connection and has cut those that there were."""
    name = str(make_url(url).database)
    elsewhere = make_url(server.url("postgres")).set(drivername="postgresql")  # the bot's own login may not do this
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
            sent = await in_time(company, rep.submit({}))
            assert sent.errors == {"contact_name": BUSY}
            form = await rep.modal("nominate")
            suggested = await in_time(company, rep.suggest(form, "company", "harb"))
            assert [option["text"]["text"] for option in suggested] == ['Use "harb"']
            await in_time(company, team.command("/nominate", "Rosa @ Acme, loves us"))
            await team.modal("nominate", containing="Rosa")
            await team.close()
            for command, words in (("/advocates", "banking"), ("/advocacy", "help"), ("/pulse", "")):
                await in_time(company, team.command(command, words))
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
            sent = await in_time(company, rep.submit({}))
            assert sent.errors == {"contact_name": BUSY}
            other.rollback()
        assert (await rep.submit({})).result == "update"
    assert nomination(company).state == "submitted"


def nomination(company: Company, name: str = "Ada Okafor") -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)
