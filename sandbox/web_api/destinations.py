"""Which conversation an app means, and whether it may reach it. Posts nothing."""

from sandbox.channels import Channel
from sandbox.connect import is_elsewhere
from sandbox.posting import open_im
from sandbox.seeding import is_person
from sandbox.web_api.calling import Call, SlackError

_SCOPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
READ = {kind: f"{scope}:read" for kind, scope in _SCOPES.items()}
HISTORY = {kind: f"{scope}:history" for kind, scope in _SCOPES.items()}


def visible(call: Call, name: str) -> Channel:
    """A conversation that the app can know of: public, or one that its bot is in. Raises SlackError."""
    channel = call.ws.world.channels.get(name)
    if channel is None or (channel.kind != "public_channel" and call.app.bot_user_id not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def to_post_in(call: Call) -> Channel:
    """The conversation that the argument `channel` names for posting. Raises SlackError."""
    return to_post(call, call.args.required("channel"))


def to_post(call: Call, name: str) -> Channel:
    """The conversation that an id, a name, or a user's id names for posting. Raises SlackError."""
    if name in call.ws.world.users:
        return _im_with(call, name)
    found = call.ws.world.find_channel(name)
    if found is None:
        raise SlackError("channel_not_found")
    channel = visible(call, found.id)
    if channel.is_im:
        return _open_tab(call, channel)
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id in channel.members:
        return channel
    if channel.kind == "public_channel" and "chat:write.public" in call.app.scopes:
        return channel
    raise SlackError("not_in_channel")


def _im_with(call: Call, user: str) -> Channel:
    person = call.ws.world.users[user]
    if is_elsewhere(call.ws, person):
        raise SlackError("channel_not_found")
    if person["deleted"]:
        raise SlackError("user_not_found")
    if not is_person(person):
        raise SlackError("cannot_dm_bot")
    return _open_tab(call, open_im(call.ws, user, call.app.bot_user_id))


def _open_tab(call: Call, im: Channel) -> Channel:
    if not call.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return im


def readable(call: Call) -> Channel:
    """The conversation whose messages are asked for. Raises SlackError."""
    channel = visible(call, call.args.required("channel"))
    call.need(HISTORY[channel.kind])
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel
