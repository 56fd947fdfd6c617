"""What the sandbox sends keeps to the shapes that Slack was seen to send, key by key and type by type."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.calls import CallRecord
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from tests.sandbox import reference
from tests.sandbox.life import life

JSON = dict[str, Any]

if not reference.FOLDER.is_dir():
    pytest.skip("the reference of Slack's payloads is not here, so shapes were not compared", allow_module_level=True)

# What the journey below does not cause, and why.
NEVER_SENT = {
    "AppRateLimitedPayload": "the sandbox does not limit events",
    "DndUpdatedUserPayload": "no app asked for it yet",
    "FunctionExecutedPayload": "has tests of its own",
    "ReactionAddedPayload": "no app asked for it yet",
    "SocketModeEnvelope": "is what the others are wrapped in; it has a test of its own",
}

# Where the sandbox is right and the reference says less, by file ("*": any) and place. Each must be in use.
JUSTIFIED: dict[tuple[str, str], str] = {
    ("*", "context_team_id"): "newer than most of the files; those of memberships have it",
    ("*", "context_enterprise_id"): "the same",
    ("*", "event.event_ts"): "the documentation promises it in every event",
    ("AppMentionPayload", "event.blocks"): "the documentation lists what the message has, optional; the file is short",
    ("AppMentionPayload", "event.client_msg_id"): "the same",
    ("AppMentionPayload", "event.team"): "the same",
    ("SlashCommandPayload", "is_enterprise_install"): "a command is a form, so that every value in it is text",
    ("ViewSubmissionPayload", "response_urls"): "documented; filled only where a form asks for a channel to answer in",
    ("conversations.info", "channel.is_user_deleted"): "of a direct message, as conversations.list shows it",
    ("conversations.info", "channel.priority"): "the same",
    ("conversations.info", "channel.user"): "the same",
    ("conversations.open", "already_open"): "documented, for one that is open already",
    ("conversations.open", "no_op"): "the same",
    ("users.profile.get", "profile.api_app_id"): "of a bot, as users.info shows it",
    ("users.profile.get", "profile.bot_id"): "the same",
    ("usergroups.list", "usergroups[].auto_type"): "in the documentation's example",
}
# With return_im the answer holds the whole conversation, as conversations.list shows it.
JUSTIFIED |= {
    ("conversations.open", f"channel.{key}"): "documented for return_im"
    for key in (
        *("context_team_id", "created", "is_archived", "is_im", "is_org_shared", "is_user_deleted"),
        *("priority", "user"),
    )
}

# What Slack writes as null where there is nothing, although the reference shows what stands there otherwise.
NULLABLE = {
    "close": "a view without this button",
    "context_enterprise_id": "outside of an Enterprise organisation",
    "deleted_by": "a group that is there",
    "enterprise": "outside of an Enterprise organisation",
    "enterprise_id": "outside of an Enterprise organisation",
    "previous_view_id": "the first of a stack",
    "submit": "a view without this button",
    "title": "a Home, which has none",
}


@pytest.fixture(scope="module")
def lived() -> list[CallRecord]:
    """One life, for all tests here."""
    return asyncio.run(life())


@pytest.fixture(scope="module")
def sent(lived: list[CallRecord]) -> dict[str, list[JSON]]:
    """What the app was sent, by the reference's name for it."""
    found = defaultdict(list)
    for record in lived:
        if record.direction == "out":
            found[name_of(record.detail["kind"], record.detail["payload"])].append(record.detail["payload"])
    return found


_INTERACTIONS = {
    "shortcut": "GlobalShortcutPayload",
    "message_action": "MessageShortcutPayload",
    "block_suggestion": "BlockSuggestionPayload",
    "view_submission": "ViewSubmissionPayload",
    "view_closed": "ViewClosedPayload",
}
# Events that share a file, because their shapes are one.
_EVENTS = {
    "message": "MessageImPayload",
    "channel_rename": "ChannelRenamePayload",
    "group_rename": "ChannelRenamePayload",
    "channel_unarchive": "ChannelArchivePayload",
    "group_archive": "ChannelArchivePayload",
    "group_unarchive": "ChannelArchivePayload",
}


def name_of(kind: str, payload: JSON) -> str:
    """The reference's file for a payload."""
    if kind == "slash_commands":
        return "SlashCommandPayload"
    if kind == "interactive":
        if payload["type"] == "block_actions":
            return "BlockActionPayload" if payload["container"]["type"] == "message" else "ViewBlockActionPayload"
        return _INTERACTIONS[payload["type"]]
    event = payload["event"]["type"]
    return _EVENTS.get(event) or "".join(part.title() for part in event.split("_")) + "Payload"


@pytest.fixture(scope="module")
def shared() -> JSON:
    """Shapes that are the same wherever they stand: the files show more of them here and less there."""
    message = reference.merged(
        reference.load("payloads", "MessageShortcutPayload")["message"],
        reference.load("payloads", "MessageImPayload")["event"],
        *(reference.answer(name)["message"] for name in ("chat.postMessage", "chat.update")),
        *reference.answer("conversations.history")["messages"],
        *reference.answer("conversations.replies")["messages"],
    )
    return {
        "view": reference.everywhere("view"),
        "message": message,
        "messages": [message],
        "previous_message": message,
    }


def known_of(name: str) -> JSON:
    """The reference's shape of a payload, with what it says of the same thing elsewhere."""
    known: JSON = reference.load("payloads", name)
    if name == "ViewBlockActionPayload":
        return known | {"actions": reference.load("payloads", "BlockActionPayload")["actions"]}
    if name == "MessageImPayload":
        # Changes and deletions, messages of bots and replies come as the same event.
        whole = reference.load("payloads", "MessageShortcutPayload")["message"]
        changes = {"message": whole, "previous_message": whole, "deleted_ts": known["event"]["ts"], "hidden": True}
        return known | {"event": reference.merged(known["event"], whole, changes)}
    return known


def unexplained(name: str, values: list[JSON], known: JSON, shared: JSON) -> Iterator[str]:
    """What differs and is justified nowhere."""
    for place, how in sorted({found for value in values for found in reference.differences(value, known, shared)}):
        if (name, place) in JUSTIFIED or ("*", place) in JUSTIFIED:
            continue
        if how.startswith("None stands") and place.rpartition(".")[2] in NULLABLE:
            continue
        yield f"{name} {place}: {how}"


@pytest.mark.parametrize("name", sorted({*reference.names("payloads")} - {*NEVER_SENT}))
def test_what_an_app_is_sent(name: str, sent: dict[str, list[JSON]], shared: JSON) -> None:
    assert sent[name], f"nothing here causes {name}: let `life` do it, or say in NEVER_SENT why it does not"
    found = "\n".join(unexplained(name, sent[name], known_of(name), shared))
    assert not found, found


def known_answers() -> list[str]:
    """The methods that are there and of which the reference knows the answer."""
    return sorted({*reference.names("web-api")} & {*METHODS})


@pytest.mark.parametrize("method", known_answers())
def test_what_a_method_answers(method: str, lived: list[CallRecord], shared: JSON) -> None:
    answers = [record.detail["answer"] for record in lived if record.name == method and record.ok]
    assert answers, f"nothing here calls {method}: let `life` do it"
    found = "\n".join(unexplained(method, answers, reference.answer(method), shared))
    assert not found, found


def test_every_exception_is_needed(sent: dict[str, list[JSON]], lived: list[CallRecord], shared: JSON) -> None:
    answers = [(r.name, r.detail["answer"], reference.answer(r.name)) for r in lived if r.name in known_answers()]
    there = {*sent} & {*reference.names("payloads")}
    payloads = [(name, value, known_of(name)) for name in there for value in sent[name]]
    found = {
        (name, place, how)
        for name, value, known in answers + payloads
        for place, how in reference.differences(value, known, shared)
    }
    used = {(name, place) for name, place, _ in found} | {("*", place) for _, place, _ in found}
    assert {*JUSTIFIED} - used == set()
    nulls = {place.rpartition(".")[2] for _, place, how in found if how.startswith("None stands")}
    assert {*NULLABLE} - nulls == set()
    assert {*NEVER_SENT} & {*sent} == set()


async def test_what_travels_in_a_socket(sandbox: Sandbox, app: App) -> None:
    known = reference.load("payloads", "SocketModeEnvelope")
    client = AsyncWebClient(base_url=sandbox.api_url)
    url = str((await client.apps_connections_open(app_token=app.app_token))["url"])
    async with ClientSession() as session, session.ws_connect(url) as socket, Person(sandbox.url, "U0RITA") as rita:
        hello = await socket.receive_json()
        await rita.say("Hello", channel="general")
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await sandbox.settled()
        await sandbox.disconnect(app, "warning")
        disconnect = await socket.receive_json()
    for name, frame in (("hello", hello), ("envelope", envelope), ("disconnect", disconnect)):
        assert [*reference.differences(frame, known[name], {})] == []
