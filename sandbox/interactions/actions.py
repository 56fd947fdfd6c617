"""A person clicks or chooses something in a message or view. Decides whether it is there to be clicked."""

from dataclasses import dataclass
from typing import Any

from sandbox import payloads
from sandbox.apps import App
from sandbox.channels import Channel
from sandbox.checks import check_blocks
from sandbox.connect import app_behind, view_behind
from sandbox.delivery.exchange import Delivery, NotAcknowledged
from sandbox.elements import find_element
from sandbox.inputs import STATEFUL, Values, complete_values
from sandbox.refusals import GONE, Refused
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# Slack shows no more options than this; the rest is cut without a word.
OPTIONS_SHOWN = 100

# What Slack waits for before it asks an app for options, unless the element says otherwise.
MIN_QUERY = 3

# What an action repeats of its element.
_SAID = ("type", "action_id", "text", "value", "style", "placeholder")


@dataclass(frozen=True)
class Place:
    """Where something was done: a message in a conversation, or a view.

    `ws` is the workspace through which the app is there. In a shared channel it may be another than the person's.
    """

    ws: Workspace
    app: App
    blocks: list[JSON]
    view: JSON | None = None
    message: JSON | None = None
    channel: Channel | None = None

    def payload(self, user: str) -> JSON:
        """The part of the payload that says who did it, and where."""
        if self.view is not None:
            return {**payloads.acting_in_view(self.ws, self.app, user), **payloads.in_view(self.view)}
        if self.message is None or self.channel is None:
            raise Refused(GONE)
        said = payloads.in_message(self.ws, self.app, user, self.channel, self.message)
        return {**payloads.acting(self.ws, self.app, user), **said}


def place_in_message(ws: Workspace, user: str, channel: Channel, ts: str) -> Place:
    """A message that the person sees. Raises Refused."""
    message = channel.messages.get(ts) or channel.ephemerals.get(user, {}).get(ts)
    behind = app_behind(ws, channel, message.get("app_id", "")) if message is not None else None
    if message is None or behind is None:
        raise Refused(GONE)
    side, app = behind
    there = side.world.channels[channel.id]
    return Place(side, app, message.get("blocks", []), message=message, channel=there)


def place_in_view(ws: Workspace, user: str, view_id: str) -> Place:
    """A view that is open in front of the person. Raises Refused."""
    found = view_behind(ws, user, view_id)
    if found is None:
        raise Refused(GONE)
    side, view = found
    return Place(side, side.apps[view["app_id"]], view["blocks"], view=view)


async def act(user: str, place: Place, action: JSON, given: Values) -> None:
    """Send a click or a choice to the app. Raises Refused."""
    ws = place.ws
    element = _element(place, action.get("block_id"), action.get("action_id"))
    if element["type"] != action.get("type"):
        raise Refused(GONE)
    done = {**_completed(element, action), "block_id": action["block_id"], "action_ts": ws.clock.ts()}
    values = _remember(place, given, done)
    payload = {
        "type": "block_actions",
        **place.payload(user),
        # A view carries its state itself.
        **({} if place.view is not None else {"state": {"values": values}}),
        "trigger_id": ws.triggers.issue(place.app.id, user),
        "actions": [done],
    }
    try:
        await ws.deliver(place.app, Delivery("interactive", payload))
    except NotAcknowledged:
        raise Refused(f"{place.app.name} did not respond. Please try again.") from None


def _element(place: Place, block_id: Any, action_id: Any) -> JSON:
    element = find_element(place.blocks, str(block_id), str(action_id))
    if element is None:
        raise Refused(GONE)
    return element


def _completed(element: JSON, action: JSON) -> JSON:
    """The action as Slack sends it: what the element says about itself, and what the person chose."""
    done: JSON = {key: element[key] for key in _SAID if key in element}
    if element["type"] == "overflow":
        return {**done, "selected_option": _offered(element, action.get("selected_option"))}
    kind = STATEFUL.get(element["type"])
    if kind is None:
        return done
    chosen = action.get(kind.key)
    if element["type"] in ("static_select", "radio_buttons"):
        chosen = _offered(element, chosen)
    elif element["type"] in ("multi_static_select", "checkboxes"):
        chosen = [_offered(element, one) for one in chosen or []]
    return {**done, kind.key: chosen}


def _offered(element: JSON, chosen: Any) -> JSON | None:
    """The element's own option behind a choice; nobody can choose what was not offered."""
    if chosen is None:
        return None
    offered = list(element.get("options", []))
    for group in element.get("option_groups", []):
        offered += group["options"]
    wanted = chosen.get("value") if isinstance(chosen, dict) else None
    for option in offered:
        if option["value"] == wanted:
            return dict(option)
    raise Refused(GONE)


def _remember(place: Place, given: Values, done: JSON) -> Values:
    """The values of the surface after this action; a view keeps them."""
    before: Values = place.view["state"]["values"] if place.view else {}
    kind = STATEFUL.get(done["type"])
    own: Values = {}
    if kind is not None:
        own = {done["block_id"]: {done["action_id"]: {"type": done["type"], kind.key: done[kind.key]}}}
    values = complete_values(place.blocks, before, given, own)
    if place.view is not None:
        place.view["state"] = {"values": values}
    return values


async def suggest(user: str, place: Place, *, block_id: str, action_id: str, typed: str) -> JSON:
    """The options that the app offers for what was typed: `options` or `option_groups`. Raises Refused."""
    element = _element(place, block_id, action_id)
    if not element["type"].endswith("external_select"):
        raise Refused(GONE)
    if len(typed) < element.get("min_query_length", MIN_QUERY):
        return {"options": []}
    payload = {
        "type": "block_suggestion",
        **place.payload(user),
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
    }
    payload.pop("response_url", None)
    try:
        answer = await place.ws.deliver(place.app, Delivery("interactive", payload))
    except NotAcknowledged:
        raise Refused("The list could not be loaded. Please try again.") from None
    return _shown_options(answer)


def _shown_options(answer: JSON) -> JSON:
    key = "option_groups" if answer.get("option_groups") else "options"
    offered = answer.get(key) or []
    shown = offered[:OPTIONS_SHOWN] if isinstance(offered, list) else [offered]
    if shown:
        probe = {"type": "static_select", "action_id": "a", key: shown}
        if check_blocks([{"type": "actions", "elements": [probe]}], "message"):
            raise Refused("The list could not be loaded. Please try again.")
    return {key: shown}
