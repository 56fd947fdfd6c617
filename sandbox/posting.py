"""What happens when a message appears: it is kept, shown and told to apps. Decides no permission."""

from collections.abc import Sequence
from functools import partial

from sandbox.apps import App
from sandbox.channels import Channel, is_reply
from sandbox.connect import introduce, is_elsewhere, lists_change, sides, to_one
from sandbox.elements import attached_with_ids, with_ids
from sandbox.events import tell_of_member, tell_of_message
from sandbox.seeding import is_guest
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# Slack shows this where an app sent blocks and no text.
NO_FALLBACK = "This content can't be displayed."

# What an app may leave out of the text before Slack cuts it.
TEXT_LIMIT = 40_000


def may_see(ws: Workspace, user: str, channel: Channel) -> bool:
    """Whether a person sees a conversation: public ones, and those they are in; guests only the latter."""
    if user in channel.members:
        return True
    person = ws.world.users[user]
    return channel.kind == "public_channel" and not (is_guest(person) or is_elsewhere(ws, person))


def open_im(ws: Workspace, one: str, other: str) -> Channel:
    """The direct message between two users; both see it in their list when it is new."""
    found = ws.world.find_im(one, other)
    if found is not None:
        return found
    im = ws.world.open_im(one, other, ws.clock.seconds())
    for user in im.members:
        ws.stream.to_user(user, {"type": "channels"})
    return im


def open_mpim(ws: Workspace, people: Sequence[str]) -> Channel:
    """The direct message of several users, the first of whom asks for it; all see it in their list when it is new."""
    found = ws.world.find_mpim(people)
    if found is not None:
        return found
    made = ws.world.open_mpim(people, ws.clock.seconds())
    for user in made.members:
        ws.stream.to_user(user, {"type": "channels"})
    return made


def bot_message(ws: Workspace, app: App, content: JSON) -> JSON:
    """A message by an app. `content` holds checked text, blocks, attachments, metadata and thread_ts."""
    message = {
        "user": app.bot_user_id,
        "type": "message",
        "ts": ws.clock.ts(),
        "bot_id": app.bot_id,
        "app_id": app.id,
        "text": (content.get("text") or NO_FALLBACK)[:TEXT_LIMIT],
        "team": ws.world.team["id"],
        "bot_profile": ws.profiles[app.id],
    }
    if content.get("blocks"):
        message["blocks"] = with_ids(content["blocks"], ws.world.ids)
    if content.get("attachments"):
        message["attachments"] = attached_with_ids(content["attachments"], ws.world.ids)
    for key in ("metadata", "thread_ts"):
        if content.get(key):
            message[key] = content[key]
    return message


def person_message(ws: Workspace, user: str, text: str, thread_ts: str | None) -> JSON:
    """A message by a person, whose text is Slack's already."""
    message = {
        "user": user,
        "type": "message",
        "ts": ws.clock.ts(),
        "client_msg_id": ws.world.ids.new("m"),
        "text": text,
        "team": ws.world.team["id"],
    }
    if text:
        message["blocks"] = as_typed(ws, text)
    return message | ({"thread_ts": thread_ts} if thread_ts else {})


def as_typed(ws: Workspace, text: str) -> list[JSON]:
    """The blocks that Slack makes of what a person writes."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": ws.world.ids.new("b"), "elements": [section]}]


def post(ws: Workspace, channel: Channel, message: JSON) -> JSON:
    """Put a message into a conversation: keep it, count it in its thread, show it, tell apps of it."""
    if channel.shared_with:
        message |= dict.fromkeys(("source_team", "user_team"), ws.world.team["id"])
    channel.messages[message["ts"]] = message
    channel.last_read[message["user"]] = message["ts"]
    show(ws, channel, "message", message)
    if is_reply(message):
        _count_reply(ws, channel, message)
    tell_of_message(ws, channel, message)
    return message


def enter(ws: Workspace, channel: Channel, user: str, *, inviter: str | None = None) -> None:
    """Somebody comes into a channel: it says so, everybody's list changes, apps in it are told."""
    channel.members.append(user)
    if channel.shared_with:
        introduce(ws)
        lists_change(ws, channel, "users")
    lists_change(ws, channel)
    _announce(ws, channel, user, "channel_join", f"<@{user}> has joined the channel")
    tell_of_member(ws, channel, user, joined=True, inviter=inviter)


def go(ws: Workspace, channel: Channel, user: str) -> None:
    """Somebody leaves a channel: as with `enter`."""
    channel.members.remove(user)
    lists_change(ws, channel)
    _announce(ws, channel, user, "channel_leave", f"<@{user}> has left the channel")
    tell_of_member(ws, channel, user, joined=False)


def _announce(ws: Workspace, channel: Channel, user: str, subtype: str, text: str) -> None:
    post(ws, channel, {"type": "message", "subtype": subtype, "user": user, "text": text, "ts": ws.clock.ts()})


def _count_reply(ws: Workspace, channel: Channel, message: JSON) -> None:
    parent = channel.messages[message["thread_ts"]]
    repliers = list(dict.fromkeys([*parent.get("reply_users", []), message["user"]]))
    parent |= {
        "thread_ts": parent["ts"],
        "reply_count": parent.get("reply_count", 0) + 1,
        "reply_users": repliers,
        "reply_users_count": len(repliers),
        "latest_reply": message["ts"],
        "is_locked": False,
        "subscribed": True,
    }
    message["parent_user_id"] = parent["user"]
    show(ws, channel, "message_changed", parent)


def post_ephemeral(ws: Workspace, app: App, channel: Channel, user: str, content: JSON) -> JSON:
    """Show a message to one person alone. No history holds it and no event tells of it."""
    message = {**bot_message(ws, app, content), "is_ephemeral": True}
    channel.ephemerals.setdefault(user, {})[message["ts"]] = message
    to_one(ws, channel, user, {"type": "message", "channel": channel.id, "message": message})
    return message


def show(ws: Workspace, channel: Channel, what: str, message: JSON) -> None:
    """Tell the pages of everybody who sees the conversation."""
    for side, there in sides(ws, channel):
        if side.stream.has_listeners:
            frame = {"type": what, "channel": channel.id, "message": dict(message)}
            side.stream.to_those(partial(_sees, side, there), frame)


def _sees(ws: Workspace, channel: Channel, user: str) -> bool:
    return may_see(ws, user, channel)


def without_metadata(message: JSON) -> JSON:
    """The message as others see it who did not ask for metadata."""
    return {key: value for key, value in message.items() if key != "metadata"}
