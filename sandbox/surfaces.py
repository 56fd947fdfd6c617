"""What happens when an app opens, pushes, updates or publishes a view: checked, kept, shown. Knows no token."""

from sandbox.apps import App
from sandbox.checks import NotTaken, Refusal
from sandbox.connect import drop_other_views, to_person
from sandbox.elements import with_ids
from sandbox.inputs import complete_values
from sandbox.pictures import app_view
from sandbox.shapes import JSON
from sandbox.view_stacks import STACK_LIMIT
from sandbox.workspace import Workspace

# Slack's own limit on a view's JSON, in bytes.
VIEW_BYTES = 250_000


class ViewRefused(Exception):
    """A view that Slack does not take. `error` is Slack's string, `messages` say where and why."""

    def __init__(self, error: str, messages: list[str] | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []


def open_modal(ws: Workspace, app: App, user: str, view: object) -> JSON:
    """Open a modal in front of a person; what was open before goes. Raises ViewRefused."""
    content = _checked(ws, app, view, "modal")
    drop_other_views(ws, user)
    opened = ws.world.views.open(user, content, app_id=app.id, bot_id=app.bot_id)
    return show_view(ws, user, "open", _in_front_of(ws, user, opened))


def push_modal(ws: Workspace, app: App, user: str, view: object) -> JSON:
    """Put a modal on top of the person's stack. Raises ViewRefused."""
    content = _checked(ws, app, view, "modal")
    stack = ws.world.views.stack(user)
    if not stack:
        raise ViewRefused("not_found")
    if len(stack) >= STACK_LIMIT:
        raise ViewRefused("push_limit_reached")
    pushed = ws.world.views.push(user, content, app_id=app.id, bot_id=app.bot_id)
    return show_view(ws, user, "push", _in_front_of(ws, user, pushed))


def _in_front_of(ws: Workspace, user: str, view: JSON) -> JSON:
    """A view is where the person is; `app_installed_team_id` says where its app is."""
    view["team_id"] = ws.world.users[user]["team_id"]
    return view


def update_view(ws: Workspace, app: App, owner: str, known: JSON, view: object) -> JSON:
    """Change what an open view shows; it keeps what was typed where ids stay. Raises ViewRefused."""
    content = _checked(ws, app, view, known["type"], known)
    updated = ws.world.views.update(known, content)
    if known["type"] == "home":
        return _show_home(ws, app, owner, updated)
    return show_view(ws, owner, "update", updated)


def publish_home(ws: Workspace, app: App, user: str, view: object) -> JSON:
    """Show something on the person's Home tab. Raises ViewRefused."""
    content = _checked(ws, app, view, "home", ws.world.views.home(app.id, user))
    return _show_home(ws, app, user, ws.world.views.publish(user, content, app_id=app.id, bot_id=app.bot_id))


def show_view(ws: Workspace, user: str, action: str, view: JSON) -> JSON:
    """Tell the person's pages, after filling in the state of inputs that nobody has touched."""
    view["state"] = {"values": complete_values(view["blocks"], view["state"]["values"])}
    to_person(ws, user, {"type": "view", "action": action, "view": dict(view)})
    return view


def _show_home(ws: Workspace, app: App, user: str, view: JSON) -> JSON:
    view["state"] = {"values": complete_values(view["blocks"], view["state"]["values"])}
    ws.stream.to_user(user, {"type": "home", "app": app.id, "view": dict(view)})
    return view


def _checked(ws: Workspace, app: App, view: object, expected: str, replacing: JSON | None = None) -> JSON:
    try:
        kept = app_view(ws, app, view)
    except NotTaken as refused:
        raise ViewRefused("invalid_arguments", refused.messages) from None
    if kept["type"] != expected:
        wrong = Refusal("/view/type", f"must be {expected}")
        raise ViewRefused("invalid_arguments", [str(wrong)])
    if len(repr(view)) > VIEW_BYTES:
        raise ViewRefused("view_too_large")
    external_id = kept.get("external_id")
    if external_id:
        other = ws.world.views.find_external(app.id, external_id)
        if other is not None and other[1] is not replacing:
            raise ViewRefused("duplicate_external_id")
    return kept | {"blocks": with_ids(kept["blocks"], ws.world.ids)}
