"""reactions.add and reactions.get: an app's emoji on messages."""

import re

from sandbox.channels import Channel
from sandbox.posting import without_metadata
from sandbox.reactions import react, reacted
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError
from sandbox.web_api.chat import permalink
from sandbox.web_api.destinations import visible

_NAME = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")
_TS = re.compile(r"\d+\.\d+")

# Slack's own figures: different emoji on one message, and emoji by one person on it.
MOST_EMOJI, MOST_BY_ONE = 50, 23


def add(call: Call) -> JSON:
    """reactions.add."""
    name = call.args.required("name")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    channel, message = _item(call)
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    bot, there = call.app.bot_user_id, message.get("reactions", [])
    if reacted(message, bot, name):
        raise SlackError("already_reacted")
    if name not in {one["name"] for one in there} and len(there) >= MOST_EMOJI:
        raise SlackError("too_many_emoji")
    if sum(bot in one["users"] for one in there) >= MOST_BY_ONE:
        raise SlackError("too_many_reactions")
    react(call.ws, channel, message, bot, name)
    return {}


def get(call: Call) -> JSON:
    """reactions.get, of a message."""
    channel, message = _item(call)
    shown = {**without_metadata(message), "permalink": permalink(call, channel, message)}
    return {"type": "message", "channel": channel.id, "message": shown}


def _item(call: Call) -> tuple[Channel, JSON]:
    if "file" in call.args:
        raise SlackError("file_not_found")
    if "channel" not in call.args or "timestamp" not in call.args:
        raise SlackError("no_item_specified")
    channel = visible(call, call.args.text("channel"))
    ts = call.args.text("timestamp")
    if not _TS.fullmatch(ts):
        raise SlackError("bad_timestamp")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


METHODS = (
    Method("reactions.add", add, ("reactions:write",)),
    Method("reactions.get", get, ("reactions:read",)),
)
