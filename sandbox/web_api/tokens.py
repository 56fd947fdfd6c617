"""Whose token a call bears, in which workspace it counts, and whether the method takes it. Knows no scope."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.apps import App
from sandbox.site import Site
from sandbox.web_api.calling import Method, SlackError
from sandbox.workspace import Workspace

# What names a conversation or a person, from which an organisation's token learns the workspace.
_NAMES = ("channel", "channel_id", "user", "user_id", "users", "usergroup", "view_id")


def bearer(site: Site, method: Method, token: str | None, values: Mapping[str, Any]) -> tuple[Workspace, App]:
    """The workspace and the installation that call. Raises SlackError."""
    if not token:
        raise SlackError("not_authed")
    found = list(_holders(site, token))
    if not found:
        raise SlackError("invalid_auth")
    kind = "app" if token == found[0][1].app_token else "bot"
    holder = _of_organisation(method, found, values) if kind == "bot" and len(found) > 1 else found[0]
    app = holder[1]
    if not app.installed:
        raise SlackError("account_inactive")
    if kind == "bot" and app.revoked:
        raise SlackError("token_revoked")
    if kind != method.caller:
        raise SlackError("not_allowed_token_type")
    return holder


def _holders(site: Site, token: str) -> Iterator[tuple[Workspace, App]]:
    """Every installation that a token stands for: several for an app token, and for an organisation's."""
    for workspace in site.workspaces.values():
        app = workspace.tokens.get(token)
        if app is not None:
            yield workspace, app
        yield from ((workspace, one) for one in workspace.apps.values() if token in (one.bot_token, one.app_token))


def _of_organisation(
    method: Method, found: list[tuple[Workspace, App]], values: Mapping[str, Any]
) -> tuple[Workspace, App]:
    """The workspace that an organisation's token means: the one it names, or the one that has what it names."""
    team = values.get("team_id")
    if team:
        named = next((one for one in found if one[0].world.team["id"] == team), None)
        if named is None:
            raise SlackError("team_access_not_granted")
        return named
    for name in _NAMES:
        owner = next((one for one in found if _has(one[0], values.get(name))), None)
        if owner is not None:
            return owner
    if method.needs_team:
        raise SlackError(
            "missing_argument", response_metadata={"messages": ["[ERROR] missing required field: team_id"]}
        )
    return found[0]


def _has(workspace: Workspace, name: object) -> bool:
    first = name.partition(",")[0] if isinstance(name, str) else ""
    world = workspace.world
    known = first in world.channels or first in world.users or first in world.usergroups
    return bool(first) and (known or world.views.find(first) is not None)
