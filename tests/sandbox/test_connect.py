"""The other organisation's side of a shared channel: buttons, menus, modals, files, and how it gets shared."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.refusals import Refused
from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import SEED, manifest
from tests.sandbox.test_shared_channels import HOME, OTHER

JSON = dict[str, Any]

SCOPES = [
    *manifest()["oauth_config"]["scopes"]["bot"],
    "conversations.connect:manage",
    "conversations.connect:read",
    "conversations.connect:write",
    "files:read",
    "files:write",
]
EVENTS = [
    "message.channels",
    "message.groups",
    "shared_channel_invite_accepted",
    "shared_channel_invite_approved",
    "shared_channel_invite_declined",
    "shared_channel_invite_received",
]

FORM: JSON = {
    "type": "modal",
    "callback_id": "asked",
    "title": {"type": "plain_text", "text": "Tell us"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "why"},
        }
    ],
}
BLOCKS: list[JSON] = [
    {"type": "section", "text": {"type": "plain_text", "text": "Which?"}},
    {
        "type": "actions",
        "block_id": "do",
        "elements": [
            {"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Yes"}, "value": "1"},
            {
                "type": "static_select",
                "action_id": "pick",
                "placeholder": {"type": "plain_text", "text": "Pick"},
                "options": [{"text": {"type": "plain_text", "text": "Red"}, "value": "red"}],
            },
            {
                "type": "external_select",
                "action_id": "find",
                "min_query_length": 0,
                "placeholder": {"type": "plain_text", "text": "Find"},
            },
        ],
    },
]


class Here:
    """The app of the first workspace, as it is driven: it answers each click and keeps what it was sent."""

    def __init__(self, sandbox: Sandbox, app: App) -> None:
        self.sandbox = sandbox
        self.app = app
        self.heard: list[JSON] = []
        self.opens = False
        self.web = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)

    async def listen(self, client: Any, request: SocketModeRequest) -> None:
        """Acknowledge; offer two options where some are asked for, and open the form where `opens` says so."""
        answer = {}
        if request.payload.get("type") == "block_suggestion":
            answer = {"options": [{"text": {"type": "plain_text", "text": "Found"}, "value": "f"}]}
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))
        if request.type == "interactive":
            self.heard.append(request.payload)
            if self.opens and request.payload["type"] == "block_actions":
                await self.web.views_open(trigger_id=request.payload["trigger_id"], view=FORM)

    def last(self, kind: str) -> JSON:
        return [one for one in self.heard if one["type"] == kind][-1]


@pytest.fixture
async def here() -> AsyncIterator[Here]:
    app = App.from_manifest(manifest(events=EVENTS, scopes=SCOPES), channels=["with-other", "advocacy"])
    sandbox = Sandbox(World.from_dict(HOME), [app], neighbours=[World.from_dict(OTHER)], **UNHURRIED)
    async with sandbox, connected(sandbox, app) as driven:
        yield driven


@asynccontextmanager
async def connected(sandbox: Sandbox, app: App) -> AsyncIterator[Here]:
    """An app that is there, and acknowledges whatever it hears."""
    driven = Here(sandbox, app)
    client = SocketModeClient(app_token=app.app_token, web_client=AsyncWebClient(base_url=sandbox.api_url))
    client.socket_mode_request_listeners.append(driven.listen)
    await client.connect()  # type: ignore[no-untyped-call]
    await sandbox.until_connected(app)
    yield driven
    await client.close()  # type: ignore[no-untyped-call]


def olga(here: Here) -> Person:
    return Person(here.sandbox.url, "U0OLGA", team="T0OTHER", timeout=5)


async def test_somebody_of_the_other_side_clicks_and_chooses(here: Here) -> None:
    await here.web.chat_postMessage(channel="C0SHARED", text="Which?", blocks=BLOCKS)
    async with olga(here) as person:
        message = await person.message("with-acme", containing="Which?")
        await person.click(message, "Yes")
        clicked = here.last("block_actions")
        await person.choose(message, "pick", "Red")
        chosen = here.last("block_actions")
        await person.choose(message, "find", "Found")
        suggested = here.last("block_suggestion")
    # The team is where the app is installed; only the user tells that somebody else's member clicked.
    for payload in (clicked, chosen, suggested):
        assert payload["team"] == {"id": "T0TEST", "domain": "acme"}
        assert (payload["user"]["id"], payload["user"]["team_id"]) == ("U0OLGA", "T0OTHER")
        assert payload["channel"] == {"id": "C0SHARED", "name": "with-other"}
        assert payload["container"]["channel_id"] == "C0SHARED"
    assert clicked["actions"][0]["value"] == "1"
    assert chosen["actions"][0]["selected_option"]["value"] == "red"
    assert chosen["message"]["team"] == "T0TEST"


async def test_the_answer_to_a_click_reaches_the_other_side_alone_or_both(here: Here) -> None:
    await here.web.chat_postMessage(channel="C0SHARED", text="Which?", blocks=BLOCKS)
    async with olga(here) as person, Person(here.sandbox.url, "U0RITA") as rita, ClientSession() as session:
        await person.click(await person.message("with-acme", containing="Which?"), "Yes")
        url = here.last("block_actions")["response_url"]
        await session.post(url, json={"text": "For you alone", "replace_original": False})
        private = await person.message("with-acme", containing="For you alone")
        assert private["is_ephemeral"] is True
        await session.post(url, json={"text": "Decided", "replace_original": True})
        await rita.message("with-other", containing="Decided")
        assert not [one for one in await rita.messages("with-other") if "For you alone" in one["text"]]


async def test_a_modal_in_front_of_somebody_of_the_other_side(here: Here) -> None:
    here.opens = True
    await here.web.chat_postMessage(channel="C0SHARED", text="Which?", blocks=BLOCKS)
    async with olga(here) as person:
        message = await person.message("with-acme", containing="Which?")
        await person.click(message, "Yes")
        await person.modal("asked")
        assert (await person.submit({"why": "Because"})).result == "close"
        submitted = here.last("view_submission")
        await person.click(message, "Yes")
        await person.modal("asked")
        await person.close()
        await here.sandbox.settled()
    closed = here.last("view_closed")
    for payload in (submitted, closed):
        assert payload["team"] == {"id": "T0OTHER", "domain": "other"}
        assert payload["user"]["team_id"] == payload["view"]["team_id"] == "T0OTHER"
        assert payload["view"]["app_installed_team_id"] == "T0TEST"
    assert submitted["view"]["state"]["values"]["why"]["why"]["value"] == "Because"


async def test_nobody_outside_the_channel_clicks_there(here: Here) -> None:
    posted = await here.web.chat_postMessage(channel="C0SHARED", text="Which?", blocks=BLOCKS)
    async with Person(here.sandbox.url, "U0PAUL", team="T0OTHER") as paul:
        container = {"type": "message", "channel": "C0SHARED", "message_ts": posted["ts"]}
        pressed = {"type": "button", "block_id": "do", "action_id": "yes", "value": "1"}
        with pytest.raises(Refused, match="not in it"):
            await paul._client.do("action", container=container, action=pressed)
    assert here.heard == []


async def test_files_of_either_side(here: Here) -> None:
    async with olga(here) as person:
        uploaded = await person.upload("plan.txt", b"the plan")
        await person.say("Here it is", channel="with-acme")
        await person._client.do("say", channel="C0SHARED", text="With a file", files=[uploaded["id"]])
        await here.sandbox.settled()
    [told] = [
        call.detail["payload"]["event"]
        for call in here.sandbox.calls.named("message")
        if call.detail["payload"]["event"].get("text") == "With a file"
    ]
    ask = {"mode": "file_access", "file_access": "check_file_info", "created": 0, "timestamp": 0, "user": ""}
    assert told["files"] == [{"id": uploaded["id"], **ask}]
    history = (await here.web.conversations_history(channel="C0SHARED"))["messages"]
    assert history[0]["files"] == told["files"]
    info = (await here.web.files_info(file=uploaded["id"]))["file"]
    assert (info["name"], info["user_team"], info["channels"]) == ("plan.txt", "T0OTHER", ["C0SHARED"])
    async with ClientSession() as session:
        for who, status in (("as=U0RITA", 200), ("as=U0OLGA", 200), ("as=U0PAUL", 404), ("as=U0OMAR", 200)):
            async with session.get(f"{info['url_private']}?{who}") as answer:
                assert answer.status == status, who
        bearer = {"Authorization": f"Bearer {here.app.bot_token}"}
        async with session.get(info["url_private"], headers=bearer) as answer:
            assert await answer.read() == b"the plan"


async def test_a_file_that_was_shown_elsewhere_stays_there(here: Here) -> None:
    async with olga(here) as person:
        uploaded = await person.upload("own.txt", b"own")
        await person._client.do("say", channel="C0OTHERS", text="Ours", files=[uploaded["id"]])
    assert (await refusal(here.web, "files.info", file=uploaded["id"]))["error"] == "file_not_found"


async def invited(here: Here, **to: Any) -> str:
    """A channel of the first workspace is offered to the other; answers the invitation's id."""
    answer = await here.web.api_call("conversations.inviteShared", json={"channel": "C0ADVOCACY", **to})
    return str(answer["invite_id"])


def boss(here: Here, user: str, team: str) -> None:
    here.sandbox.workspace_of(team).world.users[user]["is_admin"] = True


async def test_from_the_invitation_to_the_shared_channel(here: Here) -> None:
    """Both sides approve: one through its app, the other by an administrator on the page."""
    invite = await invited(here, emails=["olga@other.test"])
    boss(here, "U0PAUL", "T0OTHER")
    async with olga(here) as person, Person(here.sandbox.url, "U0PAUL", team="T0OTHER") as paul:
        [shown] = (await person._client.ask("invitations"))["invitations"]
        assert (shown["from"], shown["channel"], shown["may_accept"]) == ("Acme Corp", "advocacy", True)
        early = await refusal(here.web, "conversations.approveSharedInvite", invite_id=invite, target_team="T0OTHER")
        assert early["error"] == "approval_not_found"
        await person._client.do("accept_invitation", invitation=invite, name="acme-advocacy", is_private=True)
        with pytest.raises(Refused, match="Only an administrator"):
            await person._client.do("approve_invitation", invitation=invite)
        assert (await refusal(here.web, "conversations.approveSharedInvite", invite_id=invite))["error"] == (
            "missing_target_team"
        )
        await here.web.conversations_approveSharedInvite(invite_id=invite, target_team="T0OTHER")
        assert (await here.web.conversations_info(channel="C0ADVOCACY"))["channel"]["is_ext_shared"] is False
        await paul._client.do("approve_invitation", invitation=invite)
        await person.say("We are here", channel="acme-advocacy")
        await here.sandbox.settled()
    shared = (await here.web.conversations_info(channel="C0ADVOCACY"))["channel"]
    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, ["T0OTHER"])
    assert "U0OLGA" in (await here.web.conversations_members(channel="C0ADVOCACY"))["members"]
    events = [call.detail["payload"]["event"] for name in told_of(here) for call in here.sandbox.calls.named(name)]
    assert [one["type"].rpartition("_")[2] for one in events] == ["accepted", "approved", "approved"]
    assert [one["id"] for one in events[-1]["teams_in_channel"]] == ["T0TEST", "T0OTHER"]
    assert events[0]["invite"]["recipient_email"] == "olga@other.test"
    assert (events[0]["approval_required"], events[0]["accepting_user"]["team_id"]) == (True, "T0OTHER")
    assert [one["approving_team_id"] for one in events[1:]] == ["T0TEST", "T0OTHER"]
    assert (await here.web.conversations_listConnectInvites())["invites"] == []


def told_of(here: Here) -> list[str]:
    return [f"shared_channel_invite_{what}" for what in ("accepted", "approved", "declined")]


async def test_an_app_accepts_what_was_sent_to_its_bot(here: Here) -> None:
    there = here.sandbox.workspace_of("T0OTHER")
    theirs = App.from_manifest(manifest(events=EVENTS, scopes=SCOPES), app_id="A0THEIRS", channels=["with-acme"])
    there.install(theirs)
    async with connected(here.sandbox, theirs) as guest:
        web = guest.web
        invite = await invited(here, user_ids=[theirs.bot_user_id])
        await here.sandbox.settled()
        [received] = here.sandbox.calls.named("shared_channel_invite_received")
        event = received.detail["payload"]["event"]
        assert (event["invite"]["id"], event["invite"]["recipient_user_id"]) == (invite, theirs.bot_user_id)
        assert (event["channel"]["name"], event["invite"]["inviting_team"]["domain"]) == ("advocacy", "acme")
        listed = (await web.conversations_listConnectInvites())["invites"]
        assert [(one["direction"], one["invite"]["id"]) for one in listed] == [("incoming", invite)]
        taken = await refusal(web, "conversations.acceptSharedInvite", invite_id=invite, channel_name="others")
        assert taken["error"] == "name_taken"
        answer = await web.conversations_acceptSharedInvite(invite_id=invite, channel_name="from-acme")
        assert (answer["invite_id"], answer["channel_id"], answer["implicit_approval"]) == (invite, "C0ADVOCACY", False)
        used = await refusal(web, "conversations.acceptSharedInvite", invite_id=invite, channel_name="again")
        assert used["error"] == "invite_used"
        await web.conversations_approveSharedInvite(invite_id=invite)
        again = await refusal(web, "conversations.approveSharedInvite", invite_id=invite)
        assert again["error"] == "already_approved"
        await here.web.conversations_approveSharedInvite(invite_id=invite, target_team="T0OTHER")
        listed = await web.conversations_list(types="public_channel,private_channel")
        assert "from-acme" in [one["name"] for one in listed["channels"]]


async def test_a_declined_invitation_comes_to_nothing(here: Here) -> None:
    invite = await invited(here, emails=["olga@other.test"])
    async with olga(here) as person:
        await person._client.do("accept_invitation", invitation=invite, name="acme-advocacy")
        await here.web.conversations_declineSharedInvite(invite_id=invite, target_team="T0OTHER")
        assert (await person._client.ask("invitations"))["invitations"] == []
    late = await refusal(here.web, "conversations.approveSharedInvite", invite_id=invite, target_team="T0OTHER")
    assert late["error"] == "approval_inactive"
    assert "C0ADVOCACY" not in here.sandbox.workspace_of("T0OTHER").world.channels


async def test_an_invitation_lapses_after_fourteen_days(here: Here) -> None:
    invite = await invited(here, emails=["olga@other.test"])
    await here.sandbox.calendar.by(timedelta(days=14, seconds=1))
    async with olga(here) as person:
        with pytest.raises(Refused, match="not open any more"):
            await person._client.do("accept_invitation", invitation=invite, name="acme-advocacy")
    assert await invited(here, emails=["olga@other.test"]) != invite


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        ("recipients_not_specified", {"channel": "C0ADVOCACY"}),
        ("too_many_emails", {"channel": "C0ADVOCACY", "emails": ["a@b.test", "c@d.test"]}),
        ("invalid_email", {"channel": "C0ADVOCACY", "emails": ["nobody"]}),
        ("user_not_found", {"channel": "C0ADVOCACY", "user_ids": ["U0NOBODY"]}),
        ("user_not_found", {"channel": "C0ADVOCACY", "user_ids": ["U0OMAR"]}),
        ("channel_not_found", {"channel": "C0NOWHERE", "emails": ["a@b.test"]}),
        ("channel_archived", {"channel": "C0OLD", "emails": ["a@b.test"]}),
        ("not_in_channel", {"channel": "C0EMPTY", "emails": ["a@b.test"]}),
        ("cannot_share_mandatory_channel", {"channel": "C0GENERAL", "emails": ["a@b.test"]}),
        ("already_in_channel", {"channel": "C0SHARED", "user_ids": ["U0OLGA"]}),
    ],
)
async def test_what_cannot_be_shared(here: Here, error: str, arguments: JSON) -> None:
    here.sandbox.world.channels["C0GENERAL"].is_general = True
    assert (await refusal(here.web, "conversations.inviteShared", **arguments))["error"] == error


async def test_one_invitation_waits_at_a_time(here: Here) -> None:
    await invited(here, emails=["olga@other.test"])
    again = await refusal(here.web, "conversations.inviteShared", channel="C0ADVOCACY", emails=["paul@other.test"])
    assert again["error"] == "connection_limit_exceeded_pending"


async def test_the_scopes_of_invitations() -> None:
    app = App.from_manifest(manifest(), channels=["advocacy"])
    async with Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox:
        web = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        for method, scope in (
            ("inviteShared", "write"),
            ("acceptSharedInvite", "write"),
            ("approveSharedInvite", "manage"),
            ("declineSharedInvite", "manage"),
            ("listConnectInvites", "manage"),
        ):
            answer = await refusal(web, f"conversations.{method}")
            assert (answer["error"], answer["needed"]) == ("missing_scope", f"conversations.connect:{scope}")
