"""The page's protocol: who is let in, what malformed questions are told, what a person may not do."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App, ManifestError
from sandbox.filling import NoSuchChoice, state_for
from sandbox.inputs import violations
from sandbox.person import Person, Refused
from sandbox.reading import text_of
from sandbox.server import Sandbox
from sandbox.users import SeedError
from sandbox.world import World
from tests.sandbox.seeds import SEED, manifest

JSON = dict[str, Any]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])  # noqa: S104 - these must be refused
async def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await Sandbox(World.from_dict({}), []).start(host)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.test"}, 403),
        ({"Host": "127.0.0.1.evil.test"}, 403),
        ({"Host": "[::1"}, 403),
        ({"Content-Type": "text/plain; charset=nonsense"}, 400),
        ({"Host": "localhost"}, 200),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_foreign_hosts_and_origins_are_refused(sandbox: Sandbox, headers: dict[str, str], status: int) -> None:
    async with ClientSession() as session:
        for path in ("/_page/boot", "/api/api.test", "/_page/stream?as=U0RITA"):
            async with session.get(sandbox.url + path, headers=headers) as answer:
                # A plain request to the stream is let in and then told that it is no WebSocket.
                assert answer.status == (400 if "stream" in path and status == 200 else status)
                assert answer.status == 200 or "internal_error" not in await answer.text()


async def test_the_page_may_speak_from_its_own_origin(sandbox: Sandbox) -> None:
    body = {"as": "U0RITA", "channel": "C0GENERAL", "text": "Hello"}
    own = {"Origin": sandbox.url}
    async with ClientSession() as session, session.post(f"{sandbox.url}/_page/say", json=body, headers=own) as answer:
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(
    ("name", "body", "status", "error"),
    [
        ("say", b"{", 400, "the body must be JSON"),
        ("say", b"[]", 400, "the body must be a JSON object"),
        ("say", b"{}", 400, "`as` must be a string"),
        ("say", b'{"as": "U0NONE"}', 400, "`as` must be the id of a person"),
        ("say", b'{"as": "U0SANDBOX"}', 400, "`as` must be the id of a person"),
        ("say", b'{"as": "U0RITA", "channel": 1}', 400, "`channel` must be a string"),
        ("say", b'{"as": "U0GONE"}', 200, "deactivated"),
        ("say", b'{"as": "U0RITA", "channel": "C0NONE", "text": "x"}', 200, "no such conversation"),
        ("say", b'{"as": "U0RITA", "channel": "C0ADVOCACY", "text": "x"}', 200, "no such conversation"),
        ("say", b'{"as": "U0GUS", "channel": "C0GENERAL", "text": "x"}', 200, "no such conversation"),
        ("say", b'{"as": "U0RITA", "channel": "C0OLD", "text": "x"}', 200, "archived"),
        ("say", b'{"as": "U0RITA", "channel": "C0EMPTY", "text": "x"}', 200, "Join it to post"),
        ("say", b'{"as": "U0RITA", "channel": "C0GENERAL", "text": " "}', 200, "nothing to send"),
        ("action", b'{"as": "U0RITA", "container": {"type": "door"}, "action": {}}', 400, "message or view"),
        ("action", b'{"as": "U0RITA", "container": 1, "action": {}}', 400, "`container` must be an object"),
        ("submit", b'{"as": "U0RITA", "view_id": "V1", "state": {"values": []}}', 400, "object of objects"),
        ("submit", b'{"as": "U0RITA", "view_id": "V1"}', 200, "not open any more"),
        ("home_opened", b'{"as": "U0RITA", "app": "A0SANDBOX", "tab": "x"}', 400, "home or messages"),
        ("home_opened", b'{"as": "U0RITA", "app": "A0NONE", "tab": "home"}', 200, "no such app"),
        ("shortcut", b'{"as": "U0RITA", "app": "A0SANDBOX", "callback_id": "x"}', 200, "no global shortcut"),
        ("nothing", b"{}", 404, "unknown deed"),
    ],
)
async def test_bad_deeds_have_clear_answers(sandbox: Sandbox, name: str, body: bytes, status: int, error: str) -> None:
    async with ClientSession() as session, session.post(f"{sandbox.url}/_page/{name}", data=body) as answer:
        said = await answer.json()
        assert (answer.status, said["ok"]) == (status, False)
        assert error in said["error"]


@pytest.mark.parametrize(
    ("path", "data", "content_type", "status"),
    [
        ("/_page/say", b"x" * 1_100_000, "application/json", 413),
        ("/_page/say", b"\xff", "application/json", 400),
        ("/api/auth.test", b"x", "multipart/form-data", 200),
        ("/api/auth.test", b"a=\xff", "application/x-www-form-urlencoded", 200),
        ("/actions/T0TEST/x", b"\xff", "application/json", 400),
        ("/actions/T0TEST/x", b"payload=\xff", "application/x-www-form-urlencoded", 400),
    ],
)
async def test_broken_bodies(sandbox: Sandbox, path: str, data: bytes, content_type: str, status: int) -> None:
    headers = {"Content-Type": content_type}
    async with (
        ClientSession() as session,
        session.post(sandbox.url + path, data=BytesIO(data), headers=headers) as answer,
    ):
        assert answer.status == status
        assert (await answer.json())["error"] != "internal_error"


async def test_boot_tells_of_the_workspace(sandbox: Sandbox) -> None:
    async with ClientSession() as session, session.get(f"{sandbox.url}/_page/boot") as answer:
        boot = await answer.json()
    assert boot["team"] == {"id": "T0TEST", "name": "Acme Corp", "domain": "acme"}
    assert boot["tour"] == SEED["tour"]
    assert boot["apps"][0]["commands"] == [{"command": "/hello", "description": "Says hello", "usage_hint": "NAME"}]
    assert boot["apps"][0]["connected"] is False


async def test_each_person_sees_their_own_conversations(sandbox: Sandbox) -> None:
    seen = {}
    for user in ("U0RITA", "U0OMAR", "U0GUS"):
        url = f"{sandbox.url}/_page/channels"
        async with ClientSession() as session, session.get(url, params={"as": user}) as answer:
            seen[user] = [channel["name"] for channel in (await answer.json())["channels"]]
    assert seen == {
        "U0RITA": ["general", "old", "empty"],
        "U0OMAR": ["general", "advocacy", "old", "empty"],
        "U0GUS": [],
    }


async def test_unread_counts_what_others_said(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="One")

    async def unread(session: ClientSession) -> int:
        async with session.get(f"{sandbox.url}/_page/channels", params={"as": "U0RITA"}) as answer:
            return int((await answer.json())["channels"][0]["unread"])

    async with ClientSession() as session:
        assert await unread(session) == 1
        await session.post(f"{sandbox.url}/_page/read", json={"as": "U0RITA", "channel": "C0GENERAL"})
        assert await unread(session) == 0


async def test_messages_come_in_pages(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = [(await client.chat_postMessage(channel="C0ADVOCACY", text=str(n)))["ts"] for n in range(5)]
    query = {"as": "U0OMAR", "channel": "C0ADVOCACY", "limit": "2", "before": posted[4]}
    async with ClientSession() as session, session.get(f"{sandbox.url}/_page/messages", params=query) as answer:
        page = await answer.json()
    assert [message["text"] for message in page["messages"]] == ["2", "3"]
    assert page["has_more"] is True


async def test_a_choice_that_was_not_offered_reaches_no_app(sandbox: Sandbox, client: AsyncWebClient) -> None:
    options = [{"text": {"type": "plain_text", "text": "One"}, "value": "1"}]
    select = {"type": "static_select", "action_id": "s", "options": options}
    blocks = [{"type": "actions", "block_id": "b", "elements": [select]}]
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=blocks)
    forged = {
        "as": "U0RITA",
        "container": {"type": "message", "channel": "C0GENERAL", "message_ts": posted["ts"]},
        "action": {"type": "static_select", "block_id": "b", "action_id": "s", "selected_option": {"value": "2"}},
    }
    async with ClientSession() as session, session.post(f"{sandbox.url}/_page/action", json=forged) as answer:
        assert "not there any more" in (await answer.json())["error"]
    assert sandbox.calls.named("block_actions") == []


async def test_nobody_uses_what_only_another_sees(sandbox: Sandbox, client: AsyncWebClient) -> None:
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0RITA", text="For Rita", blocks=blocks)
    async with Person(sandbox.url, "U0RITA") as rita, Person(sandbox.url, "U0OMAR") as omar:
        message = await rita.message("general", match=lambda m: m.get("is_ephemeral", False))
        forged = {
            "container": {"type": "message", "channel": "C0GENERAL", "message_ts": message["ts"]},
            "action": {"type": "button", "block_id": "b", "action_id": "a"},
        }
        with pytest.raises(Refused, match="not there any more"):
            await omar._client.do("action", **forged)


async def test_a_window_without_a_button_cannot_be_submitted(
    sandbox: Sandbox, app: App, client: AsyncWebClient
) -> None:
    trigger = sandbox.workspace.triggers.issue(app.id, "U0RITA")
    title = {"type": "plain_text", "text": "Read me"}
    await client.views_open(trigger_id=trigger, view={"type": "modal", "title": title, "blocks": [{"type": "divider"}]})
    async with Person(sandbox.url, "U0RITA") as rita:
        with pytest.raises(Refused, match="no button"):
            await rita.submit()


async def test_a_person_learns_of_people_who_come_later(sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        sandbox.admin.add_user({"id": "U0NEW", "name": "nora"})
        sandbox.admin.add_member("general", "U0NEW")
        message = await rita.message("general", containing="@nora has joined the channel")
        assert message["subtype"] == "channel_join"


async def test_the_page_is_told_of_every_call(sandbox: Sandbox, client: AsyncWebClient) -> None:
    async with ClientSession() as session, session.ws_connect(f"{sandbox.url}/_page/stream?as=U0RITA") as socket:
        assert await socket.receive_json() == {"type": "hello"}
        await client.auth_test()
        frame = await socket.receive_json()
        assert (frame["type"], frame["call"]["name"], frame["call"]["ok"]) == ("call", "auth.test", True)
        assert datetime.fromisoformat(frame["call"]["at"]).tzinfo is not None
        assert str(client.token) not in str(frame)


# The parts of Person


def named(name: str) -> str:
    return {"omar": "U0OMAR"}[name]


def element(kind: str, **more: Any) -> JSON:
    return {"type": kind, "action_id": "a", **more}


OPTIONS = [
    {"text": {"type": "plain_text", "text": text}, "value": value} for text, value in (("One", "1"), ("Two", "2"))
]


@pytest.mark.parametrize(
    ("asked", "value", "key", "state"),
    [
        (element("plain_text_input"), "x", "value", "x"),
        (element("plain_text_input"), None, "value", None),
        (element("number_input"), 5, "value", "5"),
        (element("static_select", options=OPTIONS), "Two", "selected_option", OPTIONS[1]),
        (element("static_select", options=OPTIONS), "2", "selected_option", OPTIONS[1]),
        (element("static_select", option_groups=[{"options": OPTIONS}]), "One", "selected_option", OPTIONS[0]),
        (element("multi_static_select", options=OPTIONS), ["One", "2"], "selected_options", OPTIONS),
        (element("multi_static_select", options=OPTIONS), None, "selected_options", []),
        (element("checkboxes", options=OPTIONS), True, "selected_options", OPTIONS),
        (element("checkboxes", options=OPTIONS), False, "selected_options", []),
        (element("radio_buttons", options=OPTIONS), "One", "selected_option", OPTIONS[0]),
        (element("users_select"), "omar", "selected_user", "U0OMAR"),
        (element("multi_users_select"), ["omar"], "selected_users", ["U0OMAR"]),
        (element("datepicker"), date(2026, 1, 2), "selected_date", "2026-01-02"),
        (element("timepicker"), time(9, 5), "selected_time", "09:05"),
        (element("datetimepicker"), datetime(1970, 1, 2, tzinfo=UTC), "selected_date_time", 86400),
    ],
)
def test_plain_values_become_states(asked: JSON, value: Any, key: str, state: Any) -> None:
    assert state_for(asked, value, named) == {"type": asked["type"], key: state}


def test_text_becomes_rich_text() -> None:
    state = state_for(element("rich_text_input"), "Hello", named)
    assert state["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "Hello"}]


def test_what_is_not_offered_cannot_be_chosen() -> None:
    with pytest.raises(NoSuchChoice, match="'Three' is not offered; there is 'One', 'Two'"):
        state_for(element("static_select", options=OPTIONS), "Three", named)


@pytest.mark.parametrize(
    ("asked", "value", "complaint"),
    [
        (element("plain_text_input"), "", "complete this required field"),
        (element("plain_text_input", min_length=3), "ab", "at least 3"),
        (element("plain_text_input", max_length=3), "abcd", "at most 3"),
        (element("email_text_input"), "ada@", "valid email"),
        (element("email_text_input"), "ada@acme.test", None),
        (element("url_text_input"), "acme", "valid URL"),
        (element("url_text_input"), "https://acme.test", None),
        (element("number_input", is_decimal_allowed=False), "1.5", "whole number"),
        (element("number_input", is_decimal_allowed=True, min_value="2"), "1.5", "at least 2"),
        (element("number_input", is_decimal_allowed=True, max_value="1"), "1.5", "at most 1"),
        (element("number_input", is_decimal_allowed=True), "abc", "valid number"),
    ],
)
def test_what_slacks_client_does_not_submit(asked: JSON, value: str, complaint: str | None) -> None:
    block = {"type": "input", "block_id": "b", "element": asked, "optional": False}
    found = violations([block], {"b": {"a": {"type": asked["type"], "value": value}}})
    assert complaint in found["b"] if complaint else not found


def test_text_reads_as_people_see_it() -> None:
    message = {
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "<@U1> &amp; <https://x.test|the *link*> <!here>"}},
            {"type": "context", "elements": [{"type": "plain_text", "text": "a < b"}, {"type": "mrkdwn", "text": "c"}]},
            {"type": "divider"},
            {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}}]},
        ]
    }
    assert text_of(message, {"U1": "rita"}) == "@rita & the *link* @here\na < b\nc\nGo"


# Seeds and manifests


@pytest.mark.parametrize(
    ("seed", "complaint"),
    [
        ({"users": [{"id": "U1"}]}, "a user needs a name"),
        ({"users": [{"id": "U1", "name": "a"}, {"id": "U1", "name": "b"}]}, "two users have the id"),
        ({"users": [{"name": "a", "tz": "Mars/Olympus"}]}, "not a time zone"),
        ({"channels": [{"name": "x", "members": ["nobody"]}]}, "there is no user 'nobody'"),
        ({"channels": [{"name": "x"}, {"name": "x"}]}, "two channels are called x"),
        ({"usergroups": [{"name": "x"}]}, "a user group needs a handle"),
    ],
)
def test_bad_seeds_are_named(seed: JSON, complaint: str) -> None:
    with pytest.raises(SeedError, match=complaint):
        World.from_dict(seed)


def test_a_seed_is_left_as_it_was() -> None:
    seed = {"users": [{"name": "ada"}]}
    World.from_dict(seed)
    assert seed == {"users": [{"name": "ada"}]}


def test_events_need_their_scopes() -> None:
    with pytest.raises(ManifestError, match=r"'message.im' needs the scope im:history"):
        App.from_manifest(manifest(scopes=["chat:write"], events=["message.im"]))
    with pytest.raises(ManifestError, match="does not know the event"):
        App.from_manifest(manifest(events=["nonsense"]))
    with pytest.raises(ManifestError, match=r"lacks display_information\.name"):
        App.from_manifest({})


def test_steps_need_what_slack_wants_of_them() -> None:
    steps = {"greet": {"title": "Greet", "description": "", "input_parameters": {}, "output_parameters": {}}}
    with pytest.raises(ManifestError, match=r"need settings\.org_deploy_enabled"):
        App.from_manifest({**manifest(events=["function_executed"]), "functions": steps})
    ready = manifest()
    ready["settings"]["org_deploy_enabled"] = True
    with pytest.raises(ManifestError, match="does not subscribe to the event 'function_executed'"):
        App.from_manifest({**ready, "functions": steps})
    ready["settings"]["event_subscriptions"]["bot_events"] = ["function_executed"]
    assert [step.callback_id for step in App.from_manifest({**ready, "functions": steps}).steps] == ["greet"]


def test_an_optional_scope_may_be_refused() -> None:
    optional = manifest(scopes=["chat:write", "channels:history"], events=["message.channels"])
    optional["oauth_config"]["scopes"]["bot_optional"] = ["channels:history"]
    assert App.from_manifest(optional).events == {"message.channels"}
    refused = App.from_manifest(optional, optional_scopes=False)
    assert refused.scopes == {"chat:write"}
    assert refused.events == frozenset()


def test_an_app_joins_only_channels_that_are_there() -> None:
    with pytest.raises(ManifestError, match="no such channel"):
        Sandbox(World.from_dict(SEED), [App.from_manifest(manifest(), channels=["nowhere"])])
