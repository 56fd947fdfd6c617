"""usergroups.*: the groups of the workspace and who is in them."""

from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError


def list_groups(call: Call) -> JSON:
    """usergroups.list."""
    groups = []
    for group in call.ws.world.usergroups.values():
        if group["date_delete"] and not call.args.flag("include_disabled"):
            continue
        shown = dict(group)
        if not call.args.flag("include_users"):
            del shown["users"]
        if not call.args.flag("include_count"):
            del shown["user_count"]
        groups.append(shown)
    return {"usergroups": groups}


def list_users(call: Call) -> JSON:
    """usergroups.users.list."""
    group = call.ws.world.usergroups.get(call.args.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group["users"])}


METHODS = (
    Method("usergroups.list", list_groups, ("usergroups:read",)),
    Method("usergroups.users.list", list_users, ("usergroups:read",)),
)
