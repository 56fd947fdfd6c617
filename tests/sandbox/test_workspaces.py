"""Several workspaces on one server: installing with OAuth, whose token counts where, organisations, shared channels."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, encode_basic_auth
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.control import Control, ControlRefused
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import over_http, over_socket
from tests.sandbox.greeter import Greeter
from tests.sandbox.refused import assert_documented
from tests.sandbox.seeds import MANIFEST, SEED, manifest

JSON = dict[str, Any]

BACK = "http://127.0.0.1:9/slack/oauth_redirect"

OTHER: JSON = {
    "team": {"id": "T0OTHER", "name": "Other Corp", "domain": "other"},
    "users": [
        {"id": "U0OLGA", "name": "olga", "real_name": "Olga Other", "email": "olga@other.test"},
        {"id": "U0GINO", "name": "gino", "is_restricted": True},
    ],
    "channels": [{"id": "C0OTHERS", "name": "others", "members": "all"}],
}


def distributed() -> App:
    found = manifest()
    found["oauth_config"]["redirect_urls"] = [BACK]
    return App.from_manifest(found, channels=["general", "advocacy"])


def two(app: App, **options: Any) -> Sandbox:
    return Sandbox(World.from_dict(SEED), [app], neighbours=[World.from_dict(OTHER)], **{**UNHURRIED, **options})


def client(sandbox: Sandbox, token: str | None = None) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=sandbox.api_url)


async def refused(caller: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await caller.api_call(method, json=arguments)
    return str(caught.value.response["error"])


def asking(app: App, **more: str) -> dict[str, str]:
    return {"client_id": app.client_id, "scope": "chat:write,channels:read", "redirect_uri": BACK, "state": "s", **more}


async def decide(sandbox: Sandbox, form: dict[str, str]) -> tuple[int, dict[str, list[str]], str]:
    async with (
        ClientSession() as session,
        session.post(f"{sandbox.url}/oauth/v2/authorize", data=form, allow_redirects=False) as answer,
    ):
        where = answer.headers.get("Location", "")
        return answer.status, parse_qs(urlsplit(where).query), await answer.text()


async def code_for(sandbox: Sandbox, app: App, **more: str) -> str:
    status, told, _ = await decide(sandbox, {**asking(app), "who": "T0OTHER:U0OLGA", "decision": "allow", **more})
    assert status == 302
    assert told["state"] == ["s"]
    return told["code"][0]


async def exchange(sandbox: Sandbox, app: App, good: str, **more: str) -> JSON:
    values = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "code": good,
        "redirect_uri": BACK,
        **more,
    }
    async with ClientSession() as session, session.post(f"{sandbox.api_url}oauth.v2.access", data=values) as answer:
        body: JSON = await answer.json()
        return body


async def unexchanged(sandbox: Sandbox, app: App, bad: str, **more: str) -> str:
    error = str((await exchange(sandbox, app, bad, **more))["error"])
    assert_documented("oauth.v2.access", error)
    return error


# Slack's own client names itself in a way that aiohttp is going to give up.
@pytest.mark.filterwarnings("ignore:BasicAuth:DeprecationWarning")
async def test_a_person_allows_an_app_into_their_workspace() -> None:
    app = distributed()
    async with two(app) as sandbox:
        url = f"{sandbox.url}/oauth/v2/authorize"
        async with ClientSession() as session, session.get(url, params=asking(app)) as page:
            text = await page.text()
        assert "Greeter is requesting permission" in text
        assert "channels:read" in text
        assert "Olga Other, Other Corp" in text
        assert "gino" not in text
        code = await code_for(sandbox, app)
        answer = await client(sandbox).oauth_v2_access(
            client_id=app.client_id, client_secret=app.client_secret, code=code, redirect_uri=BACK
        )
        assert answer["team"] == {"id": "T0OTHER", "name": "Other Corp"}
        assert answer["authed_user"] == {"id": "U0OLGA"}
        assert answer["enterprise"] is None
        assert answer["scope"] == "channels:read,chat:write"
        bot = client(sandbox, answer["access_token"])
        who = await bot.auth_test()
        assert (who["team_id"], who["user_id"]) == ("T0OTHER", answer["bot_user_id"])
        assert await refused(bot, "users.list") == "missing_scope"


async def test_whoever_cancels_sends_the_app_away() -> None:
    app = distributed()
    async with two(app) as sandbox:
        form = {**asking(app), "who": "T0OTHER:U0OLGA", "decision": "cancel"}
        status, told, _ = await decide(sandbox, form)
        assert (status, told) == (302, {"error": ["access_denied"], "state": ["s"]})


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"redirect_uri": "http://evil.test/"}, "bad_redirect_uri"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"who": "T0OTHER:U0GINO"}, "restricted_action"),
        ({"who": "T0NONE:U0OLGA"}, "restricted_action"),
        ({"who": "<script>"}, "restricted_action"),
    ],
)
async def test_addresses_that_lead_nowhere(wrong: dict[str, str], error: str) -> None:
    app = distributed()
    async with two(app) as sandbox:
        form = {**asking(app), "who": "T0OTHER:U0OLGA", "decision": "allow", **wrong}
        status, _, text = await decide(sandbox, form)
        assert status == 400
        assert error in text


async def test_a_code_is_good_once_for_its_own_app() -> None:
    app = distributed()
    async with two(app) as sandbox:
        code = await code_for(sandbox, app)
        for wrong, error in (
            ({"client_id": "x"}, "invalid_client_id"),
            ({"client_secret": "x"}, "bad_client_secret"),
            ({"code": "x"}, "invalid_code"),
            ({"redirect_uri": "http://else.test/"}, "bad_redirect_uri"),
            ({"grant_type": "password"}, "invalid_grant_type"),
        ):
            assert await unexchanged(sandbox, app, code, **wrong) == error
        assert (await exchange(sandbox, app, code))["ok"] is True
        assert await unexchanged(sandbox, app, code) == "code_already_used"
        async with ClientSession() as session:
            auth = {"Authorization": encode_basic_auth(app.client_id, app.client_secret)}
            more = {"code": await code_for(sandbox, app)}
            url = f"{sandbox.api_url}oauth.v2.access"
            async with session.post(url, data={**more, "redirect_uri": BACK}, headers=auth) as answer:
                assert (await answer.json())["ok"] is True
            async with session.post(url, data=more, headers={"Authorization": "Basic %"}) as answer:
                assert (await answer.json())["error"] == "invalid_client_id"
        logged = json.dumps([call.detail for call in sandbox.calls.named("oauth.v2.access")])
        assert app.client_secret not in logged


async def test_a_token_counts_in_its_own_workspace_alone() -> None:
    app = distributed()
    async with two(app) as sandbox:
        there = sandbox.install(app, "T0OTHER")
        bot, home = client(sandbox, there.bot_token), client(sandbox, app.bot_token)
        assert await refused(bot, "chat.postMessage", channel="C0GENERAL", text="x") == "channel_not_found"
        assert await refused(home, "chat.postMessage", channel="U0OLGA", text="x") == "channel_not_found"
        assert await refused(bot, "users.info", user="U0RITA") == "user_not_found"
        assert {user["id"] for user in (await bot.users_list())["members"]} >= {"U0OLGA", there.bot_user_id}
        sandbox.administration("T0OTHER").uninstall(there)
        assert await refused(bot, "auth.test") == "account_inactive"
        assert (await home.auth_test())["ok"] is True
        again = sandbox.install(app, "T0OTHER")
        assert (await client(sandbox, again.bot_token).auth_test())["team_id"] == "T0OTHER"


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_one_app_hears_of_both_workspaces(transport: Any) -> None:
    app = App.from_manifest(manifest(), transport=transport, channels=["general", "advocacy"])
    connect = over_socket if transport == "socket" else over_http
    async with two(app) as sandbox:
        there = sandbox.install(app, "T0OTHER")
        tokens = {"T0TEST": app, "T0OTHER": there}

        async def authorize(team_id: str) -> AuthorizeResult:
            one = tokens[team_id]
            ids = {"bot_id": one.bot_id, "bot_user_id": one.bot_user_id}
            return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=one.bot_token, **ids)

        bolt = AsyncApp(client=client(sandbox), signing_secret=app.signing_secret, authorize=authorize)
        async with (
            connect(app, sandbox, Greeter(bolt)),
            Person(sandbox.url, "U0RITA") as rita,
            Person(sandbox.url, "U0OLGA", team="T0OTHER") as olga,
        ):
            await rita.command("/hello", "Rita")
            assert "Rita" in rita.text_of(await rita.modal("greeting"))
            await olga.command("/hello", "Olga", channel="others")
            assert "Olga" in olga.text_of(await olga.modal("greeting"))
            await olga.close()
            await olga.command("/hello", "quickly", channel="others")
            assert await olga.message("others", containing="Hello, quickly")


def organised() -> Sandbox:
    """Two workspaces of one organisation, and the app not yet anywhere."""
    org = {"enterprise_id": "E0ORG", "enterprise_name": "Big Org"}
    first = {**SEED, "team": {**SEED["team"], **org}}
    second = {**OTHER, "team": {**OTHER["team"], **org}}
    return Sandbox(World.from_dict(first), [distributed()], neighbours=[World.from_dict(second)], **UNHURRIED)


async def test_an_organisations_token_says_which_workspace_it_means() -> None:
    async with organised() as sandbox:
        [app] = sandbox.workspace.apps.values()
        bot = client(sandbox, sandbox.install_for_organisation(app, "E0ORG").bot_token)
        who = await bot.auth_test()
        assert (who["enterprise_id"], who["is_enterprise_install"]) == ("E0ORG", True)
        assert await refused(bot, "users.list") == "missing_argument"
        assert await refused(bot, "users.list", team_id="T0NONE") == "team_access_not_granted"
        members = (await bot.users_list(team_id="T0OTHER"))["members"]
        assert "U0OLGA" in {user["id"] for user in members}
        assert (await bot.users_info(user="U0OLGA"))["user"]["name"] == "olga"
        await bot.chat_postMessage(channel="U0OLGA", text="To the right workspace")
        async with Person(sandbox.url, "U0OLGA", team="T0OTHER") as olga:
            await olga.message(containing="right workspace")
        with pytest.raises(KeyError):
            sandbox.install_for_organisation(app, "E0NONE")


async def test_payloads_name_the_organisation() -> None:
    async with organised() as sandbox:
        [app] = sandbox.workspace.apps.values()
        async with over_socket(app, sandbox), Person(sandbox.url, "U0RITA") as rita:
            await rita.command("/hello", "quickly")
            await rita.say("Again", channel="general")
        [command] = [call.detail["payload"] for call in sandbox.calls.named("/hello")]
        assert (command["enterprise_id"], command["enterprise_name"]) == ("E0ORG", "Big Org")
        event = sandbox.calls.named("message")[-1].detail["payload"]
        assert event["enterprise_id"] == event["authorizations"][0]["enterprise_id"] == "E0ORG"
        assert event["is_ext_shared_channel"] is False


async def test_a_shared_channel_says_that_strangers_are_in_it() -> None:
    seed = {**SEED, "users": [*SEED["users"], {"id": "U0STRANGE", "name": "stranger", "team_id": "T0ELSE", "is_stranger": True}]}  # fmt: skip # noqa: E501
    shared = {"id": "C0SHARED", "name": "shared", "members": ["rita", "stranger"], "shared_with": ["T0ELSE"]}
    seed["channels"] = [*SEED["channels"], shared]
    app = App.from_manifest(manifest(), channels=["shared", "general"])
    async with Sandbox(World.from_dict(seed), [app], **UNHURRIED) as sandbox, over_socket(app, sandbox):
        bot = client(sandbox, app.bot_token)
        found = (await bot.conversations_info(channel="C0SHARED"))["channel"]
        assert (found["is_ext_shared"], found["shared_team_ids"]) == (True, ["T0TEST", "T0ELSE"])
        assert (await bot.users_info(user="U0STRANGE"))["user"]["team_id"] == "T0ELSE"
        async with Person(sandbox.url, "U0STRANGE") as stranger:
            await stranger.say("Hello from elsewhere", channel="shared")
            await sandbox.settled()
        assert sandbox.calls.named("message")[-1].detail["payload"]["is_ext_shared_channel"] is True


async def test_the_control_api_reaches_every_workspace() -> None:
    app = distributed()
    async with two(app) as sandbox, Control(sandbox.url) as control:
        there = sandbox.install(app, "T0OTHER")
        await control.archive("others", team="T0OTHER")
        await control.deactivate("U0OLGA", team="T0OTHER")
        bot = client(sandbox, there.bot_token)
        assert (await bot.conversations_info(channel="C0OTHERS"))["channel"]["is_archived"] is True
        assert (await bot.users_info(user="U0OLGA"))["user"]["deleted"] is True
        await control.revoke(team="T0OTHER")
        assert await refused(bot, "auth.test") == "token_revoked"
        with pytest.raises(ControlRefused, match="team"):
            await control.archive("general", team="T0NONE")


async def test_two_workspaces_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two workspaces"):
        Sandbox(World.from_dict(SEED), [], neighbours=[World.from_dict(SEED)])


async def test_everything_that_happened_is_a_line_of_json(tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    app = App.from_manifest(manifest(scopes=MANIFEST["oauth_config"]["scopes"]["bot"]), channels=["general"])
    async with (
        Sandbox(World.from_dict(SEED), [app], log=file, **UNHURRIED) as sandbox,
        over_socket(app, sandbox),
        Person(sandbox.url, "U0RITA") as rita,
        Control(sandbox.url) as control,
    ):
        await rita.command("/hello", "quickly")
        await control.fail("auth.test", "token_revoked")
        assert await refused(client(sandbox, app.bot_token), "auth.test") == "token_revoked"
        await control.move_clock(by="day")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert {"apps.connections.open", "/hello", "auth.test", "clock moved"} <= {line["name"] for line in lines}
    [command] = [line for line in lines if line["name"] == "/hello"]
    assert (command["ok"], command["detail"]["ack"]) == (True, {"text": "Hello, quickly"})
    assert command["ms"] >= 0
    assert [line["error"] for line in lines if line["name"] == "auth.test"][-1] == "token_revoked"
