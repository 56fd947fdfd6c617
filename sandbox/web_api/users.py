"""users.*: who is in the workspace, and where they are."""

from sandbox.connect import is_elsewhere, seen_by_app
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments, page, page_or_invalid_limit
from sandbox.web_api.conversations import shape, wanted_types


def _seen(call: Call, user: JSON, *, locale: bool = False) -> JSON:
    """A user as this app sees them: without `users:read.email` no address, unasked no `locale`."""
    profile = dict(user["profile"])
    if "users:read.email" not in call.app.scopes:
        profile.pop("email", None)
    seen = {**user, "profile": profile}
    if is_elsewhere(call.ws, user) and not seen_by_app(call.ws, user["id"], call.app.bot_user_id):
        seen["is_stranger"] = True
        profile.pop("email", None)
    if not locale:
        del seen["locale"]
    return seen


def list_users(call: Call) -> JSON:
    """users.list."""
    found, metadata = page(call, list(call.ws.world.users.values()), default_limit=1000)
    locale = call.args.flag("include_locale")
    members = [_seen(call, user, locale=locale) for user in found]
    return {"members": members, "cache_ts": call.ws.clock.seconds(), "response_metadata": metadata}


def info(call: Call) -> JSON:
    """users.info."""
    user = call.ws.world.users.get(call.args.required("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": _seen(call, user, locale=call.args.flag("include_locale"))}


def lookup_by_email(call: Call) -> JSON:
    """users.lookupByEmail."""
    wanted = call.args.required("email").lower()
    for user in call.ws.world.users.values():
        found = user["profile"].get("email", "").lower() == wanted and not user["deleted"]
        if found and not is_elsewhere(call.ws, user):
            return {"user": _seen(call, user)}
    raise SlackError("users_not_found")


def conversations(call: Call) -> JSON:
    """users.conversations: those of a person that the app can know of; its own without `user`."""
    types = wanted_types(call)
    user = call.args.text("user") or call.app.bot_user_id
    if user not in call.ws.world.users:
        raise invalid_arguments("must be the id of a user [json-pointer:/user]")
    bot = call.app.bot_user_id
    found = [
        {key: value for key, value in shape(call, channel).items() if key != "is_member"}
        for channel in call.ws.world.channels_of(user)
        if channel.kind in types
        and (channel.kind == "public_channel" or bot in channel.members)
        and not (channel.is_archived and call.args.flag("exclude_archived"))
    ]
    channels, metadata = page_or_invalid_limit(call, found)
    return {"channels": channels, "response_metadata": metadata}


METHODS = (
    Method("users.list", list_users, ("users:read",)),
    Method("users.info", info, ("users:read",)),
    Method("users.lookupByEmail", lookup_by_email, ("users:read.email",)),
    Method("users.conversations", conversations),
)
