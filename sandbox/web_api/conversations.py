"""conversations.* but their messages: which there are, who is in them, opening and joining."""

from sandbox.channels import Channel, channel_shape
from sandbox.connect import is_elsewhere
from sandbox.posting import enter, open_im, open_mpim
from sandbox.seeding import is_person
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, page_or_invalid_limit
from sandbox.web_api.destinations import READ, visible

# Slack's own figure: the caller and eight others.
MOST_IN_GROUP = 8

_TYPES = ("public_channel", "private_channel", "mpim", "im")


def shape(call: Call, channel: Channel) -> JSON:
    """A conversation as this app sees it."""
    team = call.ws.world.team["id"]
    seen = channel_shape(channel, viewer=call.app.bot_user_id, team_id=team, context=channel.creator)
    if channel.is_im:
        seen["is_user_deleted"] = call.ws.world.users[channel.peer_of(call.app.bot_user_id)]["deleted"]
    return seen


def wanted_types(call: Call) -> list[str]:
    """The conversation types asked for, each with its scope granted. Raises SlackError."""
    types = call.args.names("types", ("public_channel",))
    if not set(types) <= set(_TYPES):
        raise SlackError("invalid_types")
    for kind in types:
        call.need(READ[kind])
    return types


def list_conversations(call: Call) -> JSON:
    """conversations.list."""
    types = wanted_types(call)
    bot = call.app.bot_user_id
    found = [
        shape(call, channel) | ({} if channel.is_im else {"num_members": len(channel.members)})
        for channel in call.ws.world.channels.values()
        if channel.kind in types
        and (channel.kind == "public_channel" or bot in channel.members)
        and not (channel.is_archived and call.args.flag("exclude_archived"))
    ]
    channels, metadata = page_or_invalid_limit(call, found)
    return {"channels": channels, "response_metadata": metadata}


def info(call: Call) -> JSON:
    """conversations.info."""
    channel = visible(call, call.args.required("channel"))
    call.need(READ[channel.kind])
    body = shape(call, channel)
    if call.args.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def members(call: Call) -> JSON:
    """conversations.members."""
    channel = visible(call, call.args.required("channel"))
    call.need(READ[channel.kind])
    found, metadata = page_or_invalid_limit(call, channel.members)
    return {"members": found, "response_metadata": metadata}


def open_conversation(call: Call) -> JSON:
    """conversations.open, for one person, for several, or by a known id."""
    if "channel" in call.args:
        channel = visible(call, call.args.text("channel"))
        if channel.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        return _opened(call, channel, already=True)
    users = list(dict.fromkeys(call.args.names("users")))
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_IN_GROUP:
        raise SlackError("too_many_users")
    call.need("im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        _check_person(call, user)
    bot = call.app.bot_user_id
    if len(users) > 1:
        already = call.ws.world.find_mpim([bot, *users]) is not None
        return _opened(call, open_mpim(call.ws, [bot, *users]), already=already)
    already = call.ws.world.find_im(users[0], bot) is not None
    return _opened(call, open_im(call.ws, users[0], bot), already=already)


def _check_person(call: Call, user: str) -> None:
    person = call.ws.world.users.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person["deleted"]:
        raise SlackError("user_disabled")
    if not is_person(person):
        raise SlackError("cannot_dm_bot")
    if is_elsewhere(call.ws, person):
        raise SlackError("user_not_visible")


def _opened(call: Call, channel: Channel, *, already: bool) -> JSON:
    body = shape(call, channel) if call.args.flag("return_im") else {"id": channel.id}
    return {"channel": body, **({"no_op": True, "already_open": True} if already else {})}


def join(call: Call) -> JSON:
    """conversations.join: public channels only."""
    channel = visible(call, call.args.required("channel"))
    if channel.kind != "public_channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": shape(call, channel), **warning}
    enter(call.ws, channel, call.app.bot_user_id)
    return {"channel": shape(call, channel)}


METHODS = (
    Method("conversations.list", list_conversations),
    Method("conversations.info", info),
    Method("conversations.members", members),
    Method("conversations.open", open_conversation, ("im:write", "mpim:write")),
    Method("conversations.join", join, ("channels:join",)),
)
