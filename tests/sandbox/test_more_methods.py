"""Channels that apps make, reactions, profiles, quiet hours and blocks.validate, through Slack's own client."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.quiet_hours import QuietHours, status_of
from sandbox.server import Sandbox
from sandbox.users import SeedError
from sandbox.world import World
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import MANIFEST, SEED, manifest

JSON = dict[str, Any]

SCOPES = [
    *MANIFEST["oauth_config"]["scopes"]["bot"],
    "channels:manage",
    "dnd:read",
    "groups:write",
    "reactions:read",
    "reactions:write",
    "users.profile:read",
]


@pytest.fixture
def app() -> App:
    return App.from_manifest(manifest(scopes=SCOPES), channels=["general", "advocacy", "old"])


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.create", {"name": ""}, "invalid_name_required"),
        ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
        ("conversations.create", {"name": "--"}, "invalid_name_punctuation"),
        ("conversations.create", {"name": "Big News"}, "invalid_name_specials"),
        ("conversations.create", {"name": "general"}, "name_taken"),
        ("conversations.archive", {"channel": "C0NONE"}, "channel_not_found"),
        ("conversations.archive", {"channel": "C0GENERAL"}, "cant_archive_general"),
        ("conversations.archive", {"channel": "C0OLD"}, "already_archived"),
        ("conversations.archive", {"channel": "C0EMPTY"}, "not_in_channel"),
        ("conversations.invite", {"channel": "C0GENERAL"}, "no_user"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0NONE"}, "user_not_found"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0GONE"}, "user_not_found"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0SANDBOX"}, "cant_invite_self"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0RITA"}, "already_in_channel"),
        ("conversations.invite", {"channel": "C0ADVOCACY", "users": "U0GUS"}, "ura_max_channels"),
        ("conversations.invite", {"channel": "C0EMPTY", "users": "U0RITA"}, "not_in_channel"),
        ("conversations.invite", {"channel": "C0OLD", "users": "U0OMAR"}, "is_archived"),
        ("reactions.add", {"name": "eyes"}, "no_item_specified"),
        ("reactions.add", {"name": "No!", "channel": "C0GENERAL", "timestamp": "1.000001"}, "invalid_name"),
        ("reactions.add", {"name": "eyes", "channel": "C0GENERAL", "timestamp": "soon"}, "bad_timestamp"),
        ("reactions.add", {"name": "eyes", "channel": "C0GENERAL", "timestamp": "1.000001"}, "message_not_found"),
        ("reactions.add", {"name": "eyes", "channel": "C0NONE", "timestamp": "1.000001"}, "channel_not_found"),
        ("reactions.get", {"file": "F0NONE"}, "file_not_found"),
        ("users.profile.get", {"user": "U0NONE"}, "user_not_found"),
        ("dnd.info", {"user": "U0NONE"}, "user_not_found"),
        ("dnd.teamInfo", {}, "no_users_provided"),
        ("dnd.teamInfo", {"users": "U," * 51}, "invalid_arguments"),
    ],
)  # fmt: skip
async def test_refusals(client: AsyncWebClient, method: str, arguments: JSON, error: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == error


@pytest.mark.parametrize("private", [False, True])
async def test_an_app_makes_a_channel_and_invites_people(client: AsyncWebClient, private: bool) -> None:
    made = (await client.conversations_create(name="references", is_private=private))["channel"]
    assert (made["name"], made["is_private"], made["is_member"]) == ("references", private, True)
    await client.conversations_invite(channel=made["id"], users="U0RITA,U0OMAR")
    members = (await client.conversations_members(channel=made["id"]))["members"]
    assert members == ["U0SANDBOX", "U0RITA", "U0OMAR"]
    await client.conversations_archive(channel=made["id"])
    assert (await client.conversations_info(channel=made["id"]))["channel"]["is_archived"] is True


async def test_one_who_cannot_come_holds_up_the_others_unless_forced(client: AsyncWebClient) -> None:
    wanted = {"channel": "C0ADVOCACY", "users": "U0RITA,U0NONE,U0OMAR"}
    answer = await refusal(client, "conversations.invite", **wanted)
    assert [(one["user"], one["error"]) for one in answer["errors"]] == [
        ("U0NONE", "user_not_found"),
        ("U0OMAR", "already_in_channel"),
    ]
    await client.api_call("conversations.invite", json={**wanted, "force": True})
    assert "U0RITA" in (await client.conversations_members(channel="C0ADVOCACY"))["members"]


@pytest.mark.parametrize("method", ["conversations.create", "reactions.add", "users.profile.get", "dnd.info"])
async def test_scopes(method: str) -> None:
    poor = App.from_manifest(manifest(), channels=["general"])
    async with Sandbox(World.from_dict(SEED), [poor]) as sandbox:
        client = AsyncWebClient(token=poor.bot_token, base_url=sandbox.api_url)
        assert (await refusal(client, method, name="x"))["error"] == "missing_scope"


async def test_reactions_are_kept_and_told() -> None:
    events = [*MANIFEST["settings"]["event_subscriptions"]["bot_events"], "reaction_added", "reaction_removed"]
    app = App.from_manifest(manifest(scopes=SCOPES, events=events), channels=["general"])
    async with (
        Sandbox(World.from_dict(SEED), [app], retry_delays=()) as sandbox,
        Person(sandbox.url, "U0RITA") as rita,
        Person(sandbox.url, "U0OMAR") as omar,
    ):
        client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        message = await rita.say("Look", channel="general")
        where = {"channel": "C0GENERAL", "timestamp": message["ts"]}
        await client.reactions_add(name="eyes", **where)
        await omar.react(message, "eyes")
        assert (await refusal(client, "reactions.add", name="eyes", **where))["error"] == "already_reacted"
        shown = (await client.reactions_get(**where))["message"]
        assert shown["reactions"] == [{"name": "eyes", "users": ["U0SANDBOX", "U0OMAR"], "count": 2}]
        await omar.react(message, "eyes")
        await sandbox.settled()
        added = [call.detail["payload"]["event"] for call in sandbox.calls.named("reaction_added")]
        assert [event["user"] for event in added] == ["U0SANDBOX", "U0OMAR"]
        [removed] = sandbox.calls.named("reaction_removed")
        item = {"type": "message", "channel": "C0GENERAL", "ts": message["ts"]}
        assert removed.detail["payload"]["event"]["item"] == item


async def test_a_profile(client: AsyncWebClient) -> None:
    profile = (await client.users_profile_get(user="U0RITA"))["profile"]
    assert (profile["real_name"], profile["email"]) == ("Rita Reyes", "rita@acme.test")


NIGHT = QuietHours(time(22), time(8))


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        ((6, 12), (6, 20), (7, 6)),
        ((6, 1), (5, 20), (6, 6)),
        ((6, 6), (6, 20), (7, 6)),
    ],
)
def test_quiet_hours_by_the_persons_own_clock(
    now: tuple[int, int], start: tuple[int, int], end: tuple[int, int]
) -> None:
    """Days and hours of May 2031, in UTC; Berlin is two hours ahead."""
    status = status_of(NIGHT, datetime(2031, 5, *now, tzinfo=UTC), "Europe/Berlin")
    assert status["dnd_enabled"] is True
    assert (status["next_dnd_start_ts"], status["next_dnd_end_ts"]) == tuple(
        datetime(2031, 5, *at, tzinfo=UTC).timestamp() for at in (start, end)
    )


@pytest.fixture
async def quiet(app: App) -> AsyncIterator[Sandbox]:
    rita = {"id": "U0RITA", "name": "rita", "tz": "Asia/Tokyo", "dnd": {"start": "20:00", "end": "07:30"}}
    async with Sandbox(World.from_dict({"users": [rita, {"id": "U0OMAR", "name": "omar"}], "channels": [
        {"name": "general"}, {"name": "advocacy"}, {"name": "old"}]}), [app]) as running:  # fmt: skip
        yield running


async def test_who_wants_quiet(quiet: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=app.bot_token, base_url=quiet.api_url)
    assert (await client.dnd_info(user="U0RITA"))["dnd_enabled"] is True
    team = (await client.dnd_teamInfo(users="U0RITA,U0OMAR,U0NONE"))["users"]
    assert {user: status["dnd_enabled"] for user, status in team.items()} == {"U0RITA": True, "U0OMAR": False}
    quiet.admin.set_quiet_hours("U0RITA", None)
    quiet.admin.set_quiet_hours("U0OMAR", NIGHT)
    assert (await client.dnd_info(user="U0RITA"))["next_dnd_start_ts"] == 1
    assert (await client.dnd_info(user="U0OMAR"))["dnd_enabled"] is True


@pytest.mark.parametrize("bad", [{"start": "late"}, {"start": "22:00"}, "22:00-08:00"])
def test_quiet_hours_that_are_none(bad: Any) -> None:
    with pytest.raises(SeedError, match="quiet hours"):
        World.from_dict({"users": [{"name": "rita", "dnd": bad}]})


BAD_TEXT = {"type": "section", "text": {"type": "invalid", "text": "x"}}
LONG = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
TOO_LONG = {"type": "max_length", "expected": 150, "got": 151}
TOO_MANY = {"type": "max_items", "expected": 50, "got": 51}
NO_TYPE = {"type": "enum", "expected": ["mrkdwn", "plain_text"], "got": "invalid"}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x"}}


@pytest.mark.parametrize(
    ("arguments", "error", "pointer", "constraint"),
    [
        ({"blocks": [BAD_TEXT]}, "invalid_blocks", "/0/text/type", NO_TYPE),
        ({"blocks": [LONG]}, "invalid_blocks", "/0/text/text", TOO_LONG),
        ({"message": {"blocks": [LONG]}}, "invalid_message", "/blocks/0/text/text", TOO_LONG),
        ({"message": {}}, "invalid_message", "", None),
        ({"message": []}, "invalid_message", "", {"type": "type", "expected": "object"}),
        ({"view": {**MODAL, "blocks": [LONG]}}, "invalid_view", "/blocks/0/text/text", TOO_LONG),
        ({"view": {**MODAL, "blocks": [], "x": 1}}, "invalid_view", "", {"type": "additional_property", "got": "x"}),
        ({"blocks": [{"type": "header"}]}, "invalid_blocks", "/0", {"type": "required", "expected": "text"}),
        ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks", "", TOO_MANY),
        ({"blocks": "x"}, "invalid_arguments", None, None),
        ({}, "invalid_arguments", None, None),
        ({"blocks": [], "view": {}}, "invalid_arguments", None, None),
    ],
)  # fmt: skip
async def test_what_blocks_validate_refuses(
    client: AsyncWebClient, arguments: JSON, error: str, pointer: str | None, constraint: JSON | None
) -> None:
    answer = await refusal(client, "blocks.validate", **arguments)
    assert answer["error"] == error
    if pointer is None:
        assert answer["response_metadata"]["messages"]
        return
    [found] = answer["errors"]
    assert (found["code"], found["pointer"], found.get("constraint")) == ("failed_constraint", pointer, constraint)
    assert found["message"]


@pytest.mark.parametrize(
    "good",
    [
        {"blocks": [{"type": "divider"}]},
        {"message": {"text": "x"}},
        {"message": {"text": "x", "blocks": [{"type": "divider"}]}},
        {"view": {"type": "home", "blocks": []}},
    ],
)
async def test_what_blocks_validate_takes(client: AsyncWebClient, good: JSON) -> None:
    assert (await client.api_call("blocks.validate", json=good))["ok"] is True
