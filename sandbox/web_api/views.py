"""views.*: opening, pushing, updating and publishing views. Decides who may, not what Slack shows."""

from sandbox.checks import NotTaken
from sandbox.pictures import app_view
from sandbox.seeding import is_person
from sandbox.shapes import JSON
from sandbox.surfaces import ViewRefused, open_modal, publish_home, push_modal, update_view
from sandbox.triggers import TriggerRefused
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments


def open_view(call: Call) -> JSON:
    """views.open."""
    view = _view(call)
    user = _exchange(call)
    try:
        return {"view": dict(open_modal(call.ws, call.app, user, view))}
    except ViewRefused as error:
        raise _refused(error) from None


def push_view(call: Call) -> JSON:
    """views.push."""
    view = _view(call)
    user = _exchange(call)
    try:
        return {"view": dict(push_modal(call.ws, call.app, user, view))}
    except ViewRefused as error:
        raise _refused(error) from None


def update(call: Call) -> JSON:
    """views.update, by view_id or external_id; an old hash is refused."""
    view = _view(call)
    owner, known = _known(call)
    _check_hash(call, known)
    try:
        return {"view": dict(update_view(call.ws, call.app, owner, known, view))}
    except ViewRefused as error:
        raise _refused(error) from None


def publish(call: Call) -> JSON:
    """views.publish."""
    view = _view(call)
    user = call.args.required("user_id")
    person = call.ws.world.users.get(user)
    if person is None or person["deleted"] or not is_person(person):
        raise invalid_arguments("invalid `user_id`")
    if not call.app.home_tab:
        raise SlackError("not_enabled")
    known = call.ws.world.views.home(call.app.id, user)
    if known is not None:
        _check_hash(call, known)
    try:
        return {"view": dict(publish_home(call.ws, call.app, user, view))}
    except ViewRefused as error:
        raise _refused(error) from None


def _view(call: Call) -> object:
    if "view" not in call.args:
        raise invalid_arguments("missing required field: view")
    view = call.args.parsed("view")
    try:
        app_view(call.ws, call.app, view)
    except NotTaken as refused:
        # Before the trigger is used up: a view that Slack does not take costs no trigger.
        raise _refused(ViewRefused("invalid_arguments", refused.messages)) from None
    return view


def _exchange(call: Call) -> str:
    trigger_id = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    if not trigger_id:
        raise invalid_arguments("missing required field: trigger_id")
    try:
        return call.ws.triggers.exchange(trigger_id, call.app.id)
    except TriggerRefused as error:
        raise SlackError(str(error)) from None


def _known(call: Call) -> tuple[str, JSON]:
    view_id, external_id = call.args.text("view_id"), call.args.text("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id")
    if view_id:
        found = call.ws.world.views.find(view_id)
    else:
        found = call.ws.world.views.find_external(call.app.id, external_id)
    if found is None or found[1]["app_id"] != call.app.id:
        raise SlackError("not_found")
    return found


def _check_hash(call: Call, known: JSON) -> None:
    given = call.args.text("hash")
    if given and given != known["hash"]:
        raise SlackError("hash_conflict", view=dict(known))


def _refused(error: ViewRefused) -> SlackError:
    more = {"response_metadata": {"messages": error.messages}} if error.messages else {}
    return SlackError(error.error, **more)


METHODS = (
    Method("views.open", open_view),
    Method("views.push", push_view),
    Method("views.update", update),
    Method("views.publish", publish),
)
