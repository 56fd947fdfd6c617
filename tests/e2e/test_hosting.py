"""One process serves every workspace that installs the app: each its own, over a removal, a return and a lost token."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from sqlalchemy import select, update

from bot.service import Everboard
from domain.messages import Kind, Rendered
from domain.moment import Moment
from sandbox.events import send_event
from sandbox.web_api import oauth as slack_oauth
from storage import outbox
from storage.guard import GuardedSession
from storage.installations import BOTS, INSTALLATIONS
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Pace, Status
from storage.pace import WORKSPACE
from storage.people import Person as PersonRow
from storage.sealing import WrongKeyError
from storage.tables import metadata
from storage.workspaces import KEPT, Workspace
from tests.e2e.acts import nominated
from tests.e2e.conftest import SECRET
from tests.e2e.hosted import MINE, PUBLIC, THEIRS, Hosted, hosting, process, variant

# Slack's own client names itself in a way that aiohttp is going to give up.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth:DeprecationWarning")

FAN_OUT = 12


@pytest.fixture
async def hosted(sqlite_url: str) -> AsyncIterator[Hosted]:
    async with hosting(sqlite_url) as found:
        yield found


async def both(hosted: Hosted) -> None:
    await hosted.install(MINE, "U0PRIYANKA")
    await hosted.install(THEIRS, "U0OLGA")


def fan_out(hosted: Hosted, team: str, to: str, word: str, *, slowly: bool = True) -> None:
    """Many messages to one person, at a pace that leaves time to do something in between."""

    def put(session: GuardedSession, moment: Moment) -> None:
        for number in range(FAN_OUT):
            outbox.put(session, moment, Kind.NOTICE, to, Rendered(f"{word} number {number}.", ()))
        if slowly:
            here = (Pace.workspace_id == session.workspace_id, Pace.scope == WORKSPACE)
            session.execute(update(Pace).where(*here).values(interval_ms=150))

    hosted.everboard.db.run_now(hosted.workspace(team).id, put, hosted.everboard.house.moment())
    hosted.everboard.delivery.wake()


def seen(hosted: Hosted, team: str, word: str) -> Counter[str]:
    """How often each of these messages stands in a workspace."""
    channels = hosted.sandbox.workspace_of(team).world.channels.values()
    texts = [message["text"] for channel in channels for message in channel.messages.values()]
    return Counter(text for text in texts if text.startswith(word))


def going(hosted: Hosted, team: str) -> list[Message]:
    return hosted.rows(team, Message, Message.status.in_([Status.WAITING.value, Status.SENDING.value]))


async def test_two_workspaces_are_installed_and_each_has_its_own(hosted: Hosted) -> None:
    async with ClientSession() as web, web.get(f"{hosted.everboard.url}/ready") as answer:
        assert answer.status == 200  # nobody has installed it yet, and that is no trouble
    await both(hosted)
    async with hosted.person("U0DESMOND", MINE) as rep, hosted.person("U0OTTO", THEIRS) as otto:
        await nominated(rep, "Ada Okafor")
        await nominated(otto, "Grace Adeyemi")
        await rep.message(containing="Thank you for putting Ada Okafor")
        await otto.message(containing="Thank you for putting Grace Adeyemi")
    names = {team: [row.name for row in hosted.rows(team, Contact)] for team in (MINE, THEIRS)}
    assert names == {MINE: ["Ada Okafor"], THEIRS: ["Grace Adeyemi"]}
    people = {row.slack_user_id for row in hosted.rows(THEIRS, PersonRow)}
    assert {"U0OLGA", "U0OTTO"} <= people
    assert "U0DESMOND" not in people


async def test_the_tokens_are_sealed_at_rest(hosted: Hosted) -> None:
    await both(hosted)
    with hosted.everboard.db.shared.connect() as connection:
        for table in (BOTS, INSTALLATIONS):
            kept = connection.execute(select(table.c.bot_token)).scalars().all()
            assert len(kept) == 2
            assert not any("xox" in token for token in kept)


async def test_only_the_browser_that_went_to_slack_comes_back_and_once(hosted: Hosted) -> None:
    async with ClientSession() as browser:
        address, cookies = await hosted.begin(browser)
        back = await hosted.allow(browser, address, f"{THEIRS}:U0OLGA")
        browser.cookie_jar.clear()
        status, words = await hosted.come_back(browser, back, {})
        assert status == 400
        assert "belongs to another browser" in words
        forged = back.replace("state=", "state=x")
        status, words = await hosted.come_back(browser, forged, {name: f"x{value}" for name, value in cookies.items()})
        assert status == 401
        assert "had stood open for long" in words
        assert hosted.everboard.house.installations == {}
        status, words = await hosted.come_back(browser, back, cookies)
        assert status == 200
        assert "Everboard is in Other Corp" in words
        status, words = await hosted.come_back(browser, back, cookies)
        assert status == 401
        assert "was used before" in words
    assert len(hosted.everboard.house.installations) == 1


async def test_whoever_cancels_in_slack_installs_nothing(hosted: Hosted) -> None:
    async with ClientSession() as browser:
        address, cookies = await hosted.begin(browser)
        back = await hosted.allow(browser, address, f"{THEIRS}:U0OLGA", "cancel")
        status, words = await hosted.come_back(browser, back, cookies)
    assert status == 200
    assert "You did not allow it in Slack" in words
    assert "/slack/install" in words
    assert hosted.everboard.house.installations == {}


async def test_a_code_that_slack_does_not_take_is_said(hosted: Hosted) -> None:
    async with ClientSession() as browser:
        address, cookies = await hosted.begin(browser)
        back = await hosted.allow(browser, address, f"{THEIRS}:U0OLGA")
        status, words = await hosted.come_back(browser, back.replace("code=", "code=1"), cookies)
    assert status == 401
    assert "Slack did not confirm the installation" in words
    assert hosted.everboard.house.installations == {}


async def test_two_who_install_at_once_make_one_workspace(hosted: Hosted) -> None:
    await asyncio.gather(hosted.install(THEIRS, "U0OLGA"), hosted.install(THEIRS, "U0OTTO"))
    assert hosted.workspace(THEIRS).disconnected_at is None  # and there is one only
    async with hosted.person("U0OTTO", THEIRS) as otto:
        await nominated(otto, "Ada Okafor")
    assert len(hosted.rows(THEIRS, Nomination)) == 1


async def test_a_workspace_made_by_an_import_is_nobodys_who_installs(hosted: Hosted) -> None:
    """Where strangers install, the first of them would get another company's customers."""

    def imported(session: GuardedSession, moment: Moment) -> None:
        session.add(Workspace(id=moment.new_id(), created_at=moment.now))

    hosted.everboard.db.run_now(None, imported, hosted.everboard.house.moment())
    await hosted.install(THEIRS, "U0OLGA")

    def unclaimed(session: GuardedSession) -> int:
        return len(session.scalars(select(Workspace).where(Workspace.team_id.is_(None))).all())

    assert hosted.everboard.db.run_now(None, unclaimed) == 1


@pytest.mark.parametrize("end", ["uninstall", "revoke"])
async def test_an_end_in_the_middle_of_a_fan_out_loses_nothing_and_repeats_nothing(
    hosted: Hosted, end: str, quiet: list[Any]
) -> None:
    await both(hosted)
    fan_out(hosted, THEIRS, "U0OTTO", "Fan-out")
    await hosted.until(lambda: len(seen(hosted, THEIRS, "Fan-out")) >= 3)
    app = hosted.sandbox.workspace_of(THEIRS).apps[hosted.app.id]
    getattr(hosted.sandbox.administration(THEIRS), end)(app)
    await hosted.sandbox.settled()
    await hosted.until(lambda: hosted.workspace(THEIRS).disconnected_at is not None)
    assert [event["event"] for event in quiet if event["event"] in ("uninstalled", "token refused")]
    await hosted.until(lambda: {row.status for row in going(hosted, THEIRS)} == {Status.WAITING.value})
    left = len(seen(hosted, THEIRS, "Fan-out"))
    assert left < FAN_OUT
    # Everybody else is served, and nothing more is tried there.
    fan_out(hosted, MINE, "U0DESMOND", "Elsewhere", slowly=False)
    await hosted.until(lambda: len(seen(hosted, MINE, "Elsewhere")) == FAN_OUT)
    assert len(seen(hosted, THEIRS, "Fan-out")) == left
    assert not [row for row in hosted.rows(THEIRS, Message) if row.status == Status.DEAD.value]
    await hosted.install(THEIRS, "U0OLGA")

    def hurry(session: GuardedSession) -> None:  # those that Slack refused wait for some minutes
        now = hosted.everboard.house.moment().now
        session.execute(update(Message).where(Message.status == Status.WAITING.value).values(due_at=now))

    hosted.everboard.db.run_now(hosted.workspace(THEIRS).id, hurry)
    hosted.everboard.delivery.wake()
    await hosted.until(lambda: len(seen(hosted, THEIRS, "Fan-out")) == FAN_OUT and not going(hosted, THEIRS))
    assert set(seen(hosted, THEIRS, "Fan-out").values()) == {1}


async def test_an_end_that_is_told_late_ends_no_new_installation(hosted: Hosted) -> None:
    await both(hosted)
    workspace = hosted.sandbox.workspace_of(THEIRS)
    hosted.sandbox.administration(THEIRS).uninstall(workspace.apps[hosted.app.id])
    await hosted.sandbox.settled()
    await hosted.until(lambda: hosted.workspace(THEIRS).disconnected_at is not None)
    await hosted.install(THEIRS, "U0OLGA")
    again = workspace.apps[hosted.app.id]
    send_event(workspace, again, "app_uninstalled", {"type": "app_uninstalled", "event_ts": workspace.clock.ts()})
    await hosted.sandbox.settled()
    await hosted.everboard.house.finished(10)
    assert hosted.workspace(THEIRS).disconnected_at is None
    async with hosted.person("U0OTTO", THEIRS) as otto:
        await nominated(otto, "Ada Okafor")


async def test_what_a_workspace_left_is_there_for_thirty_days_and_then_gone(hosted: Hosted) -> None:
    await both(hosted)
    async with hosted.person("U0DESMOND", MINE) as rep, hosted.person("U0OTTO", THEIRS) as otto:
        await nominated(otto, "Ada Okafor")
        await nominated(rep, "Grace Adeyemi")
    app = hosted.sandbox.workspace_of(THEIRS).apps[hosted.app.id]
    hosted.sandbox.administration(THEIRS).uninstall(app)
    await hosted.until(lambda: hosted.workspace(THEIRS).disconnected_at is not None)
    gone = hosted.workspace(THEIRS)
    ended = gone.disconnected_at
    assert ended is not None
    await hosted.everboard.ticker.tick(ended + KEPT - timedelta(hours=1))
    assert [row.name for row in hosted.rows(THEIRS, Contact)] == ["Ada Okafor"]
    await hosted.everboard.ticker.tick(ended + KEPT + timedelta(days=1))
    with hosted.everboard.db.shared.connect() as connection:
        for table in metadata.sorted_tables:
            if "workspace_id" in table.c:
                assert connection.execute(select(table).where(table.c.workspace_id == gone.id)).all() == [], table.name
        assert connection.execute(select(BOTS).where(BOTS.c.team_id == THEIRS)).all() == []
    assert [row.name for row in hosted.rows(MINE, Contact)] == ["Grace Adeyemi"]
    await hosted.install(THEIRS, "U0OLGA")
    assert hosted.workspace(THEIRS).id != gone.id
    assert hosted.rows(THEIRS, Contact) == []


async def test_who_comes_back_in_time_finds_everything(hosted: Hosted) -> None:
    await both(hosted)
    async with hosted.person("U0OTTO", THEIRS) as otto:
        await nominated(otto, "Ada Okafor")
    before = hosted.workspace(THEIRS).id
    hosted.sandbox.administration(THEIRS).uninstall(hosted.sandbox.workspace_of(THEIRS).apps[hosted.app.id])
    await hosted.until(lambda: hosted.workspace(THEIRS).disconnected_at is not None)
    await hosted.install(THEIRS, "U0OLGA")
    assert hosted.workspace(THEIRS).id == before
    assert [row.name for row in hosted.rows(THEIRS, Contact)] == ["Ada Okafor"]


async def test_a_second_process_serves_what_the_first_has_learnt(hosted: Hosted) -> None:
    await hosted.install(THEIRS, "U0OLGA")
    async with process(hosted.app, hosted.sandbox, hosted.everboard.db.url, 8) as other:
        assert {one.team_id for one in other.house.installations.values()} == {THEIRS}
        await hosted.install(MINE, "U0PRIYANKA")
        hosted.app.request_url = f"{other.url}/slack/events"  # the next request comes to the other one
        async with hosted.person("U0DESMOND", MINE) as rep:
            await nominated(rep, "Ada Okafor")
        hosted.sandbox.administration(THEIRS).uninstall(hosted.sandbox.workspace_of(THEIRS).apps[hosted.app.id])
        await hosted.until(lambda: hosted.workspace(THEIRS).disconnected_at is not None)
        assert hosted.everboard._hosting is not None
        await hosted.everboard._hosting.look()
        assert {one.team_id for one in hosted.everboard.house.installations.values()} == {MINE}


async def test_a_token_is_renewed_before_it_ends_and_by_one_process(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hosting(sqlite_url, rotating=True) as hosted:
        with monkeypatch.context() as slack:
            slack.setattr(slack_oauth, "TOKEN_SECONDS", 3600)  # an hour is left of the first, twelve of the next
            await both(hosted)
        there = hosted.sandbox.workspace_of(THEIRS).apps[hosted.app.id]
        first = there.bot_token
        async with process(hosted.app, hosted.sandbox, sqlite_url, 8) as other:
            assert hosted.everboard._hosting is not None
            assert other._hosting is not None
            await asyncio.gather(hosted.everboard._hosting.look(), other._hosting.look())
            assert there.bot_token != first
            renewals = [
                record
                for record in hosted.sandbox.calls.named("oauth.v2.access")
                if record.detail["arguments"].get("grant_type") == "refresh_token"
            ]
            assert len(renewals) == 2  # one a workspace
            await asyncio.gather(hosted.everboard._hosting.look(), other._hosting.look())
            fan_out(hosted, THEIRS, "U0OTTO", "Renewed", slowly=False)
            await hosted.until(lambda: len(seen(hosted, THEIRS, "Renewed")) == FAN_OUT)
        assert hosted.workspace(THEIRS).disconnected_at is None


async def test_another_key_opens_no_token_and_the_start_says_so(hosted: Hosted) -> None:
    await hosted.install(THEIRS, "U0OLGA")
    changed = hosted.everboard.settings.model_copy(update={"secret_key": SecretStr(SECRET[::-1])})
    other = Everboard(changed, hosted.everboard.house.clock)
    try:
        with pytest.raises(WrongKeyError, match="EVERBOARD_SECRET_KEY"):
            await other.host()
    finally:
        await other.stop()
    assert hosted.workspace(THEIRS).disconnected_at is None


def test_the_manifest_says_where_slack_sends_people_back_to() -> None:
    assert variant()["oauth_config"]["redirect_urls"] == [f"{PUBLIC}/slack/oauth_redirect"]
