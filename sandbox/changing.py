"""What happens when a message changes or goes: it is shown and told to apps. Decides no permission."""

from sandbox.channels import Channel
from sandbox.connect import to_one
from sandbox.elements import attached_with_ids, with_ids
from sandbox.events import tell_of_message
from sandbox.posting import as_typed, bot_message, show, without_metadata
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT
from sandbox.workspace import Workspace

# What is left of a thread's first message when that is deleted: its place, and what it says of its replies.
_OF_THREADS = (
    "type",
    "ts",
    "thread_ts",
    "reply_count",
    "reply_users",
    "reply_users_count",
    "latest_reply",
    "is_locked",
    "subscribed",
)

# The time of the latest reply where there is none any more.
_NO_REPLY = "0000000000.000000"


def change(ws: Workspace, channel: Channel, message: JSON, content: JSON) -> JSON:
    """A message with other content. A key that `content` does not name stays; None takes it away."""
    before = dict(message)
    if content.get("blocks"):
        content = {**content, "blocks": with_ids(content["blocks"], ws.world.ids)}
    if content.get("attachments"):
        content = {**content, "attachments": attached_with_ids(content["attachments"], ws.world.ids)}
    message |= {key: value for key, value in content.items() if value}
    for key in [key for key, value in content.items() if not value and key != "text"]:
        message.pop(key, None)
    _tell_changed(ws, channel, message, before, by=message["user"])
    return message


def rewrite(ws: Workspace, channel: Channel, message: JSON, text: str) -> JSON:
    """A person's message with another text, which is Slack's already. The same text changes nothing."""
    if text == message["text"]:
        return message
    before = dict(message)
    message["text"] = text
    message.pop("blocks", None)
    if text:
        message["blocks"] = as_typed(ws, text)
    _tell_changed(ws, channel, message, before, by=message["user"])
    return message


def _tell_changed(ws: Workspace, channel: Channel, message: JSON, before: JSON, *, by: str) -> None:
    """Say that somebody edited a message. Slack gives that time in whole seconds."""
    message["edited"] = {"user": by, "ts": f"{ws.clock.seconds()}.000000"}
    show(ws, channel, "message_changed", message)
    _tell_hidden(ws, channel, "message_changed", message=message, previous_message=before)


def change_ephemeral(ws: Workspace, channel: Channel, user: str, message: JSON, content: JSON) -> None:
    """Replace what one person alone sees."""
    kept = bot_message(ws, ws.apps[message["app_id"]], content)
    message |= {"text": kept["text"]}
    for key in ("blocks", "attachments"):
        message.pop(key, None)
        message |= {key: kept[key]} if key in kept else {}
    to_one(ws, channel, user, {"type": "message_changed", "channel": channel.id, "message": message})


def delete(ws: Workspace, channel: Channel, message: JSON) -> None:
    """Take a message away; one with replies leaves a tombstone, so that its thread stays."""
    before = dict(message)
    if message.get("reply_count"):
        _bury(message)
        show(ws, channel, "message_changed", message)
        _tell_hidden(ws, channel, "message_changed", message=message, previous_message=before)
    else:
        _remove(ws, channel, message)
        _uncount_reply(ws, channel, message)
    _unshare(ws, channel, before)


def _bury(message: JSON) -> None:
    """Leave nothing of a message but its thread."""
    kept = {key: message[key] for key in _OF_THREADS if key in message}
    message.clear()
    message |= {**kept, "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
    message |= {"user": SLACKBOT, "parent_user_id": SLACKBOT}


def _remove(ws: Workspace, channel: Channel, message: JSON) -> None:
    del channel.messages[message["ts"]]
    show(ws, channel, "message_deleted", message)
    _tell_hidden(ws, channel, "message_deleted", deleted_ts=message["ts"], previous_message=dict(message))


def _uncount_reply(ws: Workspace, channel: Channel, message: JSON) -> None:
    """One reply less in the thread; a tombstone goes with the last of them."""
    parent = channel.messages.get(message.get("thread_ts", ""))
    if parent is None:
        return
    left = [one for one in channel.thread(parent["ts"]) if one is not parent]
    repliers = list(dict.fromkeys(one["user"] for one in left))
    parent |= {"reply_count": len(left), "reply_users": repliers, "reply_users_count": len(repliers)}
    parent["latest_reply"] = left[-1]["ts"] if left else _NO_REPLY
    if not left and parent.get("subtype") == "tombstone":
        _remove(ws, channel, parent)
    else:
        show(ws, channel, "message_changed", parent)


def _unshare(ws: Workspace, channel: Channel, gone: JSON) -> None:
    """Files are no longer seen in a channel where no message shows them any more."""
    shown = {file["id"] for message in channel.messages.values() for file in message.get("files", [])}
    for file in gone.get("files", []):
        kept = ws.files.find(file["id"])
        if kept is not None and kept.id not in shown and channel.id in kept.shared:
            kept.shared.remove(channel.id)


def delete_ephemeral(ws: Workspace, channel: Channel, user: str, message: JSON) -> None:
    """Take away what one person alone sees."""
    del channel.ephemerals[user][message["ts"]]
    to_one(ws, channel, user, {"type": "message_deleted", "channel": channel.id, "message": message})


def _tell_hidden(ws: Workspace, channel: Channel, subtype: str, **parts: object) -> None:
    ts = ws.clock.ts()
    plain = {k: without_metadata(v) if isinstance(v, dict) else v for k, v in parts.items()}
    tell_of_message(ws, channel, {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, **plain})
