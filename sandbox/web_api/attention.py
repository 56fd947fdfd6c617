"""users.profile.get and dnd.*: what people say of themselves, and when they want quiet."""

from sandbox.quiet_hours import status_of
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments

MOST_USERS = 50


def profile(call: Call) -> JSON:
    """users.profile.get; the bot's own without `user`."""
    user = call.ws.world.users.get(call.args.text("user") or call.app.bot_user_id)
    if user is None:
        raise SlackError("user_not_found")
    shown = {key: value for key, value in user["profile"].items() if key != "team"} | {"fields": {}}
    if "users:read.email" not in call.app.scopes:
        shown.pop("email", None)
    return {"profile": shown}


def dnd_info(call: Call) -> JSON:
    """dnd.info; the bot's own without `user`."""
    user = call.args.text("user") or call.app.bot_user_id
    if user not in call.ws.world.users:
        raise SlackError("user_not_found")
    return _status(call, user)


def dnd_team_info(call: Call) -> JSON:
    """dnd.teamInfo, of up to 50 people; those whom nobody knows are left out."""
    users = call.args.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if len(users) > MOST_USERS:
        raise invalid_arguments(f"no more than {MOST_USERS} users allowed [json-pointer:/users]")
    return {"users": {user: _status(call, user) for user in users if user in call.ws.world.users}}


def _status(call: Call, user: str) -> JSON:
    zone = call.ws.world.users[user]["tz"]
    return status_of(call.ws.world.quiet_hours.get(user), call.ws.clock.now(), zone)


METHODS = (
    Method("users.profile.get", profile, ("users.profile:read",)),
    Method("dnd.info", dnd_info, ("dnd:read",)),
    Method("dnd.teamInfo", dnd_team_info, ("dnd:read",)),
)
