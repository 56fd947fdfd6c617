"""conversations.create, .archive and .invite: what an app does to channels."""

import re

from sandbox.administration import Administration
from sandbox.channels import Channel
from sandbox.posting import enter
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments
from sandbox.web_api.conversations import shape
from sandbox.web_api.destinations import visible

Scopes = dict[str, tuple[str, ...]]

NAME_LENGTH = 80
MOST_INVITED = 1000

_MANAGE: Scopes = {"public_channel": ("channels:manage",), "private_channel": ("groups:write",)}
_INVITE: Scopes = {
    "public_channel": ("channels:manage", "channels:write.invites"),
    "private_channel": ("groups:write", "groups:write.invites"),
}


def create(call: Call) -> JSON:
    """conversations.create: the bot is its first member."""
    private = call.args.flag("is_private")
    call.need(*_MANAGE["private_channel" if private else "public_channel"])
    name = call.args.text("name").strip()
    check_name(name)
    if call.ws.world.find_channel(name) is not None:
        raise SlackError("name_taken")
    channel = Administration(call.ws).create(name, is_private=private, creator=call.app.bot_user_id)
    return {"channel": shape(call, channel)}


def check_name(name: str) -> None:
    """Refuse what no channel can be called. Raises SlackError."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_LENGTH:
        raise SlackError("invalid_name_maxlength")
    if not re.search(r"[^\W_]", name):
        raise SlackError("invalid_name_punctuation")
    if not all(letter in "-_" or letter.isalnum() for letter in name) or name != name.lower():
        raise SlackError("invalid_name_specials")


def archive(call: Call) -> JSON:
    """conversations.archive."""
    channel = _manageable(call, _MANAGE)
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if channel.is_archived:
        raise SlackError("already_archived")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    Administration(call.ws).archive(channel.id, by=call.app.bot_user_id)
    return {}


def invite(call: Call) -> JSON:
    """conversations.invite: all of those named, or with `force` those who can be."""
    channel = _manageable(call, _INVITE)
    users = call.args.names("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > MOST_INVITED:
        raise invalid_arguments(f"no more than {MOST_INVITED} users [json-pointer:/users]")
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    refused = {user: error for user in users if (error := _refusal(call, channel, user))}
    wanted = [user for user in users if user not in refused]
    if refused and not (call.args.flag("force") and wanted):
        errors = [{"user": user, "ok": False, "error": error} for user, error in refused.items()]
        raise SlackError(next(iter(refused.values())), errors=errors)
    for user in dict.fromkeys(wanted):
        enter(call.ws, channel, user, inviter=call.app.bot_user_id)
    return {"channel": shape(call, channel)}


def _refusal(call: Call, channel: Channel, user: str) -> str | None:
    person = call.ws.world.users.get(user)
    if person is None or person["deleted"]:
        return "user_not_found"
    if user == call.app.bot_user_id:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if person["is_ultra_restricted"]:
        return "ura_max_channels"
    return None


def _manageable(call: Call, scopes: Scopes) -> Channel:
    channel = visible(call, call.args.required("channel"))
    if channel.kind not in scopes:
        raise SlackError("method_not_supported_for_channel_type")
    call.need(*scopes[channel.kind])
    return channel


METHODS = (
    Method("conversations.create", create),
    Method("conversations.archive", archive),
    Method("conversations.invite", invite),
)
