"""One of everything: people, administrators and a real app, and all that went to and fro meanwhile."""

import re
import time
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import EVENT_SCOPES, App
from sandbox.calls import CallRecord
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import over_socket
from tests.sandbox.greeter import form, greeting, home
from tests.sandbox.seeds import SEED, manifest

JSON = dict[str, Any]


async def life() -> list[CallRecord]:
    """All that goes to and fro while people, administrators and the app do one of everything."""
    scopes = {scope for method in METHODS.values() for scope in method.scopes}
    scopes |= {scope for needed in EVENT_SCOPES.values() for scope in needed} | {"commands", "metadata.message:read"}
    scopes |= set(manifest()["oauth_config"]["scopes"]["bot"])
    found = manifest(scopes=sorted(scopes), events=sorted(EVENT_SCOPES))
    app = App.from_manifest(found, channels=["general", "advocacy"])
    async with Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox, over_socket(app, sandbox) as greeter:

        @greeter.bolt.event(re.compile(".*"))
        async def anything() -> None:
            """Acknowledged, no more."""

        async with Person(sandbox.url, "U0RITA") as rita, Person(sandbox.url, "U0OMAR") as omar:
            await people_act(rita, omar)
            client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
            await the_app_writes(client)
            await the_app_looks(client)
            await the_app_shows(client, sandbox, rita)
        await sandbox.settled()
        administrators_act(sandbox, app)
        await sandbox.settled()
        return list(sandbox.calls)


async def people_act(rita: Person, omar: Person) -> None:
    """Each kind of interaction."""
    await rita.command("/hello", "Ada", channel="general")
    await rita.click(await rita.modal(), "Add details")
    await rita.modal(containing="When")
    await rita.submit({"company": "Acme 2", "tone": "Warm", "when": "2026-12-24"})
    await omar.click(await omar.message("advocacy", containing="Acme 2"), "Wave back")
    waved = await omar.message("advocacy", containing="waved")
    thread = await omar.say("A reply", channel="advocacy", thread=waved)
    await omar.message_shortcut(thread, "answer")
    await omar.message_shortcut(await omar.message("advocacy", containing="waved"), "answer")
    await omar.click(waved, "menu", value="Delete")
    await rita.shortcut("Say hello")
    await rita.modal(containing="Shortcut")
    await rita.close()
    await rita.choose(await rita.home(containing="Welcome home"), "pick", "Second")
    await rita.home(containing="You picked two")
    await rita.say("Hello")
    await rita.message(containing="You said")
    await rita.say("@Greeter are you there?", channel="general")
    parent = await rita.say("What was it?", channel="general")
    reply = await omar.say("This", channel="general", thread=parent)
    await rita.edit(parent, "What is it?")
    await rita.delete(parent)
    await omar.delete(reply)


def administrators_act(sandbox: Sandbox, app: App) -> None:
    """Each change that apps may hear of; the last of them ends the app."""
    admin = sandbox.admin
    admin.add_user({"id": "U0NEW", "name": "nora", "real_name": "Nora New", "email": "nora@acme.test"})
    admin.change_user("U0NEW", deleted=True)
    admin.add_member("general", "U0NEW", inviter="U0OMAR")
    admin.remove_member("general", "U0NEW")
    admin.set_group("advocacy", ["U0RITA"])
    for channel in ("general", "advocacy"):
        admin.archive(channel, by="U0OMAR")
        admin.unarchive(channel, by="U0OMAR")
        admin.rename(channel, f"{channel}-again")
    admin.uninstall(app)


async def the_app_writes(client: AsyncWebClient) -> None:
    """Messages, from the first to the last that becomes of them."""
    posted = await client.chat_postMessage(
        channel="C0GENERAL",
        text="Hello",
        blocks=greeting("Hello"),
        metadata={"event_type": "greeting", "event_payload": {"id": "1"}},
    )
    at: JSON = {"channel": "C0GENERAL", "ts": posted["ts"]}
    await client.chat_postMessage(channel="C0GENERAL", text="A reply", thread_ts=posted["ts"], reply_broadcast=True)
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0RITA", text="Only you")
    await client.chat_update(**at, text="Changed", blocks=greeting("Changed"))
    await client.chat_getPermalink(channel="C0GENERAL", message_ts=posted["ts"])
    await client.conversations_replies(**at, include_all_metadata=True)
    await client.conversations_history(channel="C0GENERAL", include_all_metadata=True)
    await client.chat_delete(**at)
    await client.files_upload_v2(channel="C0GENERAL", content="name,company", filename="advocates.csv")
    later = int(time.time()) + 3600
    scheduled = await client.chat_scheduleMessage(channel="C0GENERAL", post_at=later, text="Later")
    await client.chat_scheduledMessages_list()
    await client.chat_deleteScheduledMessage(
        channel="C0GENERAL", scheduled_message_id=scheduled["scheduled_message_id"]
    )


async def the_app_shows(client: AsyncWebClient, sandbox: Sandbox, rita: Person) -> None:
    """Views, one upon the other."""
    await rita.command("/hello", "Ada", channel="general")
    await rita.click(await rita.modal(), "Add details")
    view = await rita.modal(containing="When")
    trigger_id = sandbox.calls.named("block_actions")[-1].detail["payload"]["trigger_id"]
    await client.views_push(trigger_id=trigger_id, view=form("Second"))
    await client.views_update(view_id=view["id"], view=form("Grace"))
    await client.views_publish(user_id="U0RITA", view=home("Again"))


async def the_app_looks(client: AsyncWebClient) -> None:
    """The methods that change nothing, or nothing that matters."""
    await client.auth_test()
    await client.bots_info(bot=str((await client.auth_test())["bot_id"]))
    await client.team_info()
    opened = await client.conversations_open(users="U0RITA", return_im=True)
    await client.conversations_open(users="U0OMAR")
    for channel in ("C0GENERAL", "C0ADVOCACY", opened["channel"]["id"]):
        await client.conversations_info(channel=channel, include_num_members=True)
        await client.conversations_members(channel=channel)
    await client.conversations_join(channel="C0EMPTY")
    await client.conversations_join(channel="C0EMPTY")
    every = "public_channel,private_channel,im"
    await client.conversations_list(types=every)
    await client.users_conversations(types=every)
    await client.users_list(include_locale=True)
    for user in ("U0RITA", "U0GUS", "USLACKBOT", str((await client.auth_test())["user_id"])):
        await client.users_info(user=user, include_locale=True)
        await client.users_profile_get(user=user)
    await client.users_lookupByEmail(email="rita@acme.test")
    await client.dnd_info(user="U0RITA")
    await client.dnd_teamInfo(users=["U0RITA", "U0OMAR"])
    await client.usergroups_list(include_users=True, include_count=True)
    await client.usergroups_users_list(usergroup="S0TEAM")
    await client.conversations_inviteShared(channel="C0ADVOCACY", emails=["olga@other.test"])
    await client.conversations_listConnectInvites()
