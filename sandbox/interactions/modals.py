"""A person submits or closes a modal. Decides what the app's answer does to the stack, and what the person reads."""

from dataclasses import dataclass, field

from sandbox import payloads
from sandbox.apps import App
from sandbox.chosen_files import take_files
from sandbox.connect import to_person, view_behind
from sandbox.delivery.exchange import Delivery, NotAcknowledged
from sandbox.inputs import Values, complete_values, violations
from sandbox.refusals import Refused
from sandbox.response_urls import Reply
from sandbox.shapes import JSON
from sandbox.surfaces import ViewRefused, push_modal, update_view
from sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Submitted:
    """What became of a submission: close, clear, update, push or errors (by block_id)."""

    result: str
    errors: dict[str, str] = field(default_factory=dict)
    view: JSON | None = None


async def submit(ws: Workspace, user: str, view_id: str, given: Values) -> Submitted:
    """Check what Slack's client checks, ask the app, and do what it answers. Raises Refused."""
    ws, view = _top(ws, user, view_id)
    if view["submit"] is None or view["submit_disabled"]:
        raise Refused("This window has no button to submit it.")
    values = complete_values(view["blocks"], view["state"]["values"], given)
    view["state"] = {"values": values}
    complaints = {**take_files(ws, user, view, values), **violations(view["blocks"], values)}
    if complaints:
        return Submitted("errors", complaints)
    app = ws.apps[view["app_id"]]
    payload = {
        "type": "view_submission",
        **payloads.acting_in_view(ws, app, user),
        "trigger_id": ws.triggers.issue(app.id, user),
        "view": dict(view),
        "response_urls": _response_urls(ws, app, user, view),
    }
    try:
        answer = await ws.deliver(app, Delivery("interactive", payload))
    except NotAcknowledged:
        raise Refused(TROUBLE) from None
    await ws.site.downloads.look([answer])
    return _obey(ws, app, user, view, answer)


def _response_urls(ws: Workspace, app: App, user: str, view: JSON) -> list[JSON]:
    """An address for each conversation that was chosen in an input that asks for one."""
    found = []
    for block in view["blocks"]:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        value = view["state"]["values"][block["block_id"]][element["action_id"]]
        chosen = value.get("selected_conversation") or value.get("selected_channel")
        if chosen in ws.world.channels:
            url = payloads.response_url(ws, Reply(app.id, user, chosen, "app"))
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            found.append({**ids, "channel_id": chosen, "response_url": url})
    return found


async def close(ws: Workspace, user: str, view_id: str) -> None:
    """Close the top view; with clear_on_close all of them. Views that asked for it tell their app. Raises Refused."""
    ws, view = _top(ws, user, view_id)
    cleared = bool(view["clear_on_close"])
    if cleared:
        gone = ws.world.views.clear(user)
    else:
        ws.world.views.close_top(user)
        gone = [view]
    to_person(ws, user, {"type": "view", "action": "clear" if cleared else "close", "view": dict(view)})
    for closed in gone:
        if closed["notify_on_close"]:
            ws.spawn(_tell_closed(ws, user, closed, cleared))


async def _tell_closed(ws: Workspace, user: str, view: JSON, cleared: bool) -> None:
    app = ws.apps[view["app_id"]]
    who = payloads.acting_in_view(ws, app, user)
    payload = {"type": "view_closed", **who, "view": dict(view), "is_cleared": cleared}
    try:
        await ws.deliver(app, Delivery("interactive", payload))
    except NotAcknowledged:
        # The person has gone on already: Slack shows nothing, and the log has it.
        return


def _top(ws: Workspace, user: str, view_id: str) -> tuple[Workspace, JSON]:
    """The view on top, and the workspace whose app opened it."""
    found = view_behind(ws, user, view_id)
    if found is None or found[0].world.views.stack(user)[-1:] != [found[1]]:
        raise Refused("This window is not open any more.")
    return found


def _obey(ws: Workspace, app: App, user: str, view: JSON, answer: JSON) -> Submitted:
    """Do what the app answered. An answer that Slack does not understand leaves the modal as it is."""
    try:
        do = _DO.get(str(answer.get("response_action") or ""), _unknown)
        return do(ws, app, user, view, answer)
    except ViewRefused as error:
        detail = {"messages": error.messages}
        ws.log("in", "view_submission answer", ws.started(), error=error.error, app=app, detail=detail)
    raise Refused(TROUBLE)


def _unknown(_ws: Workspace, _app: App, _user: str, _view: JSON, answer: JSON) -> Submitted:
    raise ViewRefused("invalid_response_action", [f"unknown response_action {answer.get('response_action')!r}"])


def _close(ws: Workspace, _app: App, user: str, view: JSON, _answer: JSON) -> Submitted:
    # The app may have changed the stack while it was asked: only the view that was submitted goes.
    stack = ws.world.views.stack(user)
    if stack and stack[-1]["id"] == view["id"]:
        ws.world.views.close_top(user)
        to_person(ws, user, {"type": "view", "action": "close", "view": dict(view)})
    return Submitted("close")


def _clear(ws: Workspace, _app: App, user: str, view: JSON, _answer: JSON) -> Submitted:
    ws.world.views.clear(user)
    to_person(ws, user, {"type": "view", "action": "clear", "view": dict(view)})
    return Submitted("clear")


def _errors(_ws: Workspace, _app: App, _user: str, view: JSON, answer: JSON) -> Submitted:
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise ViewRefused("invalid_errors", [f"errors must name input blocks, of which there are {sorted(inputs)}"])
    return Submitted("errors", {str(block_id): str(text) for block_id, text in errors.items()})


def _update(ws: Workspace, app: App, user: str, view: JSON, answer: JSON) -> Submitted:
    return Submitted("update", view=dict(update_view(ws, app, user, view, answer.get("view"))))


def _push(ws: Workspace, app: App, user: str, _view: JSON, answer: JSON) -> Submitted:
    return Submitted("push", view=dict(push_modal(ws, app, user, answer.get("view"))))


_DO = {"": _close, "clear": _clear, "errors": _errors, "update": _update, "push": _push}
