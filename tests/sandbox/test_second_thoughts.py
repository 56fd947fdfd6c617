"""People edit and delete what they wrote: what is left, what apps are told, and what is nobody's to change."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import NotSeen, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket

JSON = dict[str, Any]


async def test_an_edit_is_seen_and_told(sandbox: Sandbox, app: App) -> None:
    async with over_socket(app, sandbox) as greeter, Person(sandbox.url, "U0RITA") as rita:
        said = await rita.say("Hello @omar", channel="general")
        edited = await rita.edit(said, "Goodbye @omar & all")
        assert (edited["text"], edited["ts"]) == ("Goodbye <@U0OMAR> &amp; all", said["ts"])
        assert edited["edited"]["user"] == "U0RITA"
        assert edited["edited"]["ts"].endswith(".000000")
        assert edited["blocks"][0]["elements"][0]["elements"][0]["text"] == edited["text"]
        async with Person(sandbox.url, "U0OMAR") as omar:
            seen = await omar.message("general", containing="Goodbye @omar & all")
            assert seen["client_msg_id"] == said["client_msg_id"]
        await sandbox.settled()
        told = greeter.seen[-1]
    assert (told["subtype"], told["hidden"], told["channel_type"]) == ("message_changed", True, "channel")
    assert told["message"] == {key: value for key, value in edited.items() if key != "channel"}
    assert told["previous_message"] == {key: value for key, value in said.items() if key != "channel"}


async def test_the_same_words_are_no_edit(sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        said = await rita.say("Hello", channel="general")
        assert "edited" not in await rita.edit(said, " Hello ")
        await sandbox.settled()
    changes = [call.detail["payload"]["event"] for call in sandbox.calls.named("message")]
    assert {event.get("subtype") for event in changes} == {None}


async def test_a_deleted_message_is_gone_and_told(sandbox: Sandbox, app: App) -> None:
    async with over_socket(app, sandbox) as greeter, Person(sandbox.url, "U0RITA") as rita:
        said = await rita.say("Nothing to see")
        await rita.delete(said)
        with pytest.raises(NotSeen):
            await rita.current(said)
        await sandbox.settled()
        told = greeter.seen[-1]
    assert (told["subtype"], told["deleted_ts"], told["hidden"]) == ("message_deleted", said["ts"], True)
    assert told["previous_message"]["text"] == "Nothing to see"


async def test_a_thread_outlives_its_first_message(sandbox: Sandbox, app: App) -> None:
    async with over_socket(app, sandbox) as greeter, Person(sandbox.url, "U0RITA") as rita:
        parent = await rita.say("Secret", channel="general")
        async with Person(sandbox.url, "U0OMAR") as omar:
            first = await omar.say("A reply", channel="general", thread=parent)
            await rita.say("Another", channel="general", thread=parent)
            await rita.react(parent, "eyes")
            await rita.delete(parent)
            left = await rita.current(parent)
            assert (left["subtype"], left["text"]) == ("tombstone", "This message was deleted.")
            assert "Secret" not in str(left)
            assert not {"blocks", "reactions", "client_msg_id"} & left.keys()
            thread = await rita.messages("general", thread=parent)
            assert [message["text"] for message in thread[1:]] == ["A reply", "Another"]
            await sandbox.settled()
            told = greeter.seen[-1]
            await omar.delete(first)
        assert (await rita.current(parent))["reply_users"] == ["U0RITA"]
    assert (told["subtype"], told["message"]["subtype"]) == ("message_changed", "tombstone")
    assert told["message"]["user"] == "USLACKBOT"
    assert told["previous_message"]["text"] == "Secret"


async def test_what_is_deleted_goes_with_its_last_reply(sandbox: Sandbox, app: App) -> None:
    async with over_socket(app, sandbox) as greeter, Person(sandbox.url, "U0RITA") as rita:
        parent = await rita.say("Secret", channel="general")
        reply = await rita.say("A reply", channel="general", thread=parent)
        await rita.delete(parent)
        await rita.delete(reply)
        await sandbox.settled()
        assert parent["ts"] not in {message["ts"] for message in await rita.messages("general")}
        deleted = {event["deleted_ts"]: event for event in greeter.seen if "deleted_ts" in event}
    assert set(deleted) == {parent["ts"], reply["ts"]}
    assert deleted[parent["ts"]]["previous_message"]["reply_count"] == 0
    assert deleted[parent["ts"]]["previous_message"]["latest_reply"] == "0000000000.000000"


async def test_nobody_changes_what_is_not_theirs(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Of the app")
    async with Person(sandbox.url, "U0RITA") as rita, Person(sandbox.url, "U0OMAR") as omar:
        said = await omar.say("Of Omar", channel="general")
        await rita.join("empty")
        joined = await rita.message("empty", containing="has joined")
        for other in (said, {"channel": "C0GENERAL", "ts": posted["ts"]}, joined):
            with pytest.raises(Refused, match="edit only what you wrote"):
                await rita.edit(other, "Of Rita")
            with pytest.raises(Refused, match="delete only what you wrote"):
                await rita.delete(other)
        with pytest.raises(Refused, match="cannot be empty"):
            await omar.edit(said, "  ")
        sandbox.admin.remove_member("general", "U0OMAR")
        with pytest.raises(Refused, match="not in #general any more"):
            await omar.delete(said)
        sandbox.admin.archive("general")
        with pytest.raises(Refused, match="archived"):
            await omar.edit(said, "Later")
        assert (await rita.current(said))["text"] == "Of Omar"


async def test_a_tombstone_is_nobodys(sandbox: Sandbox, client: AsyncWebClient) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        parent = await rita.say("Secret", channel="general")
        await rita.say("A reply", channel="general", thread=parent)
        await rita.delete(parent)
        for deed in (rita.edit(parent, "Back"), rita.delete(parent), rita.react(parent, "eyes")):
            with pytest.raises(Refused):
                await deed
        with pytest.raises(Refused, match="not there any more"):
            await rita.message_shortcut(parent, "answer")


async def test_a_file_of_a_deleted_message_is_seen_no_more(sandbox: Sandbox) -> None:
    async with ClientSession(sandbox.url) as session, Person(sandbox.url, "U0RITA") as rita:
        file = await rita.upload("x.txt", b"x")
        said = {"as": "U0RITA", "channel": "C0GENERAL", "text": "", "files": [file["id"]]}
        posted = []
        for _twice in range(2):
            async with session.post("/_page/say", json=said) as answer:
                posted.append((await answer.json())["message"])
        statuses = []
        for message in posted:
            await rita.delete({**message, "channel": "C0GENERAL"})
            async with session.get(file["url_private"], params={"as": "U0OMAR"}) as got:
                statuses.append(got.status)
    assert statuses == [200, 404]


async def test_a_file_may_lose_its_words(sandbox: Sandbox) -> None:
    async with ClientSession(sandbox.url) as session, Person(sandbox.url, "U0RITA") as rita:
        file = await rita.upload("x.txt", b"x")
        said = {"as": "U0RITA", "channel": "C0GENERAL", "text": "Look", "files": [file["id"]]}
        async with session.post("/_page/say", json=said) as answer:
            message = {**(await answer.json())["message"], "channel": "C0GENERAL"}
        edited = await rita.edit(message, "")
    assert (edited["text"], edited.get("blocks")) == ("", None)
    assert [one["id"] for one in edited["files"]] == [file["id"]]
