"""One channel in two workspaces: both read and write it, each under its own name, and apps of both hear of it."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.users import SeedError
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import over_socket
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import SEED, manifest

JSON = dict[str, Any]

SHARED: JSON = {
    "id": "C0SHARED",
    "name": "with-other",
    "members": ["rita"],
    "shared_with": ["T0OTHER"],
    "messages": [{"user": "rita", "text": "Welcome", "minutes_ago": 9}],
}
THERE: JSON = {
    "id": "C0SHARED",
    "name": "with-acme",
    "is_private": True,
    "members": ["olga"],
    "messages": [{"user": "olga", "text": "Thank you", "minutes_ago": 5}],
}
OTHER: JSON = {
    "team": {"id": "T0OTHER", "name": "Other Corp", "domain": "other"},
    "users": [
        {"id": "U0OLGA", "name": "olga", "real_name": "Olga Other", "email": "olga@other.test"},
        {"id": "U0PAUL", "name": "paul", "email": "paul@other.test"},
    ],
    "channels": [THERE, {"id": "C0OTHERS", "name": "others", "members": "all"}],
}
HOME: JSON = {**SEED, "channels": [*SEED["channels"], SHARED]}


class Both(NamedTuple):
    """The server, the app where it began, and the app as the other workspace has it."""

    sandbox: Sandbox
    here: App
    there: App

    def client(self, app: App) -> AsyncWebClient:
        return AsyncWebClient(token=app.bot_token, base_url=self.sandbox.api_url)

    def heard(self, text: str) -> list[JSON]:
        """What was delivered of messages with this text."""
        told = [call.detail["payload"] for call in self.sandbox.calls.named("message")]
        return [payload for payload in told if payload["event"].get("text") == text]


def second_app() -> App:
    events = ["message.channels", "message.groups", "member_joined_channel", "reaction_added"]
    scopes = [*manifest()["oauth_config"]["scopes"]["bot"], "reactions:read", "reactions:write"]
    found = manifest(events=events, scopes=scopes)
    return App.from_manifest(found, channels=["with-other"])


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    here = second_app()
    neighbours = [World.from_dict(OTHER)]
    async with Sandbox(World.from_dict(HOME), [here], neighbours=neighbours, **UNHURRIED) as sandbox:
        there = sandbox.workspace_of("T0OTHER")
        installed = App.from_manifest(manifest(events=["message.groups"]), app_id="A0THEIRS", channels=["with-acme"])
        there.install(installed)
        async with over_socket(here, sandbox), over_socket(installed, sandbox):
            yield Both(sandbox, here, installed)


async def test_each_side_has_the_channel_under_its_own_name(both: Both) -> None:
    mine = (await both.client(both.here).conversations_info(channel="C0SHARED"))["channel"]
    theirs = (await both.client(both.there).conversations_info(channel="C0SHARED"))["channel"]
    assert (mine["name"], mine["is_private"]) == ("with-other", False)
    assert (theirs["name"], theirs["is_private"]) == ("with-acme", True)
    for found, own, other in ((mine, "T0TEST", "T0OTHER"), (theirs, "T0OTHER", "T0TEST")):
        assert found["is_shared"] is found["is_ext_shared"] is found["is_member"] is True
        assert (found["shared_team_ids"], found["connected_team_ids"]) == ([own, other], [other])
        assert (found["context_team_id"], found["conversation_host_id"]) == (own, "T0TEST")
    listed = await both.client(both.there).conversations_list(types="private_channel")
    assert [one["id"] for one in listed["channels"]] == ["C0SHARED"]


async def test_members_and_history_are_one(both: Both) -> None:
    for app in (both.here, both.there):
        client = both.client(app)
        members = (await client.conversations_members(channel="C0SHARED"))["members"]
        assert {"U0RITA", "U0OLGA", both.here.bot_user_id, both.there.bot_user_id} == set(members)
        found = (await client.conversations_history(channel="C0SHARED"))["messages"]
        assert [one["text"] for one in found] == ["Thank you", "Welcome"]


async def test_what_one_side_writes_the_other_reads_and_answers(both: Both) -> None:
    posted = await both.client(both.here).chat_postMessage(channel="C0SHARED", text="From here")
    assert (posted["message"]["team"], posted["message"]["source_team"]) == ("T0TEST", "T0TEST")
    async with Person(both.sandbox.url, "U0OLGA", team="T0OTHER") as olga:
        message = await olga.message("with-acme", containing="From here")
        await olga.say("From there", channel="with-acme", thread=message)
    replies = (await both.client(both.here).conversations_replies(channel="C0SHARED", ts=posted["ts"]))["messages"]
    assert [(one["text"], one["team"]) for one in replies] == [("From here", "T0TEST"), ("From there", "T0OTHER")]
    assert (replies[1]["user"], replies[0]["reply_count"]) == ("U0OLGA", 1)


async def test_apps_of_both_sides_hear_of_it(both: Both) -> None:
    async with Person(both.sandbox.url, "U0OLGA", team="T0OTHER") as olga:
        await olga.say("Hello", channel="with-acme")
        await both.sandbox.settled()
    told = {one["api_app_id"]: one for one in both.heard("Hello")}
    assert set(told) == {both.here.id, both.there.id}
    for app, team, kind in ((both.here, "T0TEST", "channel"), (both.there, "T0OTHER", "group")):
        payload = told[app.id]
        # Where it happened, and through which installation the app hears of it.
        assert (payload["team_id"], payload["context_team_id"]) == ("T0OTHER", team)
        [authorized] = payload["authorizations"]
        assert (authorized["team_id"], authorized["user_id"]) == (team, app.bot_user_id)
        assert payload["is_ext_shared_channel"] is True
        assert payload["event"]["channel_type"] == kind
        assert (payload["event"]["user_team"], payload["event"]["source_team"]) == ("T0OTHER", "T0OTHER")


async def test_an_app_that_both_sides_have_is_told_once(both: Both) -> None:
    again = both.sandbox.install(both.here, "T0OTHER")
    assert (await refusal(both.client(again), "conversations.join", channel="C0SHARED"))["error"] == "channel_not_found"
    both.sandbox.workspace_of("T0OTHER").world.channels["C0SHARED"].members.append(again.bot_user_id)
    async with Person(both.sandbox.url, "U0RITA") as rita:
        await rita.say("Once", channel="with-other")
        await both.sandbox.settled()
    assert [one["context_team_id"] for one in both.heard("Once") if one["api_app_id"] == both.here.id] == ["T0TEST"]


async def test_who_comes_in_on_one_side_is_known_on_the_other(both: Both) -> None:
    client = both.client(both.here)
    assert (await refusal(client, "users.info", user="U0PAUL"))["error"] == "user_not_found"
    there = both.sandbox.workspace_of("T0OTHER")
    there.world.channels["C0SHARED"].is_private = False
    async with Person(both.sandbox.url, "U0PAUL", team="T0OTHER") as paul:
        await paul.join("with-acme")
        await both.sandbox.settled()
    joined = [call.detail["payload"] for call in both.sandbox.calls.named("member_joined_channel")]
    assert [(one["event"]["user"], one["event"]["team"]) for one in joined] == [("U0PAUL", "T0OTHER")]
    assert (await client.users_info(user="U0PAUL"))["user"]["team_id"] == "T0OTHER"


async def test_what_an_app_learns_of_the_other_sides_people(both: Both) -> None:
    client = both.client(both.here)
    seen = (await client.users_info(user="U0OLGA"))["user"]
    assert seen["team_id"] == "T0OTHER"
    assert "is_stranger" not in seen
    assert (await refusal(client, "users.lookupByEmail", email="olga@other.test"))["error"] == "users_not_found"
    assert (await refusal(client, "conversations.open", users="U0OLGA"))["error"] == "user_not_visible"
    assert (await refusal(client, "chat.postMessage", channel="U0OLGA", text="x"))["error"] == "channel_not_found"
    # Once no channel that the app sees is shared with her, she is a stranger.
    both.sandbox.world.channels["C0SHARED"].members.remove("U0OLGA")
    seen = (await client.users_info(user="U0OLGA"))["user"]
    assert seen["is_stranger"] is True
    assert "email" not in seen["profile"]


async def test_nobody_acts_for_the_other_side(both: Both) -> None:
    async with ClientSession(both.sandbox.url) as session:
        async with session.get("/_page/channels?as=U0OLGA") as answer:
            assert "belongs to another workspace" in (await answer.json())["error"]
        async with session.get("/_page/boot?as=U0RITA&lean=1") as answer:
            users = {one["id"]: one for one in (await answer.json())["users"]}
        assert (users["U0OLGA"]["elsewhere"], users["U0OLGA"]["is_stranger"]) == ("Other Corp", True)
        assert "elsewhere" not in users["U0RITA"]
        async with session.get("/_page/channels?as=U0RITA") as answer:
            shared = {one["id"]: one["shared_with"] for one in (await answer.json())["channels"]}
        assert (shared["C0SHARED"], shared["C0GENERAL"]) == (["T0OTHER"], [])


async def test_archiving_closes_it_for_both(both: Both) -> None:
    both.sandbox.admin.archive("with-other")
    answer = await refusal(both.client(both.there), "chat.postMessage", channel="C0SHARED", text="x")
    assert answer["error"] == "is_archived"


async def test_names_and_ids_that_would_be_taken_twice() -> None:
    other = {**OTHER, "channels": [{"id": "C0TAKEN", "name": "with-other"}]}
    with pytest.raises(SeedError, match="has a channel with-other already"):
        Sandbox(World.from_dict(HOME), [], neighbours=[World.from_dict(other)])
    twin = {**OTHER, "users": [*OTHER["users"], {"id": "U0RITA", "name": "rita"}]}
    with pytest.raises(SeedError, match="somebody with the id U0RITA"):
        Sandbox(World.from_dict(HOME), [], neighbours=[World.from_dict(twin)])
    without = {**OTHER, "channels": []}
    sandbox = Sandbox(World.from_dict(HOME), [], neighbours=[World.from_dict(without)])
    assert sandbox.workspace_of("T0OTHER").world.channels["C0SHARED"].name == "with-other"
