"""How a plain Python value becomes the state of an input. Decides which option is meant; asks no app."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from sandbox.inputs import STATEFUL
from sandbox.shapes import JSON

# Turns a name (of a user or channel) into its id; an id stays what it is.
Resolve = Callable[[str], str]


class NoSuchChoice(AssertionError):
    """A value that the input does not offer; the message says what it does offer."""


def state_for(element: JSON, value: Any, resolve: Resolve) -> JSON:
    """The state of an input after a person put `value` in. None empties it. Raises NoSuchChoice.

    Options go by their value or their text; several of them in a list; all or none of the checkboxes by True or False.
    """
    kind = STATEFUL[element["type"]]
    chosen = _chosen(element, value, resolve)
    if value is None:
        chosen = [] if kind.many else None
    return {"type": element["type"], kind.key: chosen}


def _chosen(element: JSON, value: Any, resolve: Resolve) -> Any:
    if value is None:
        return None
    if STATEFUL[element["type"]].many:
        return [_one(element, item, resolve) for item in _listed(element, value)]
    return _one(element, value, resolve)


def _listed(element: JSON, value: Any) -> Iterable[Any]:
    if isinstance(value, bool):
        return [option["value"] for option in element["options"]] if value else []
    return value if isinstance(value, list | tuple | set | frozenset) else [value]


def _one(element: JSON, value: Any, resolve: Resolve) -> Any:
    if isinstance(value, dict):
        return value
    if "options" in element or "option_groups" in element:
        return pick(offered(element), str(value))
    if element["type"].removeprefix("multi_") in ("users_select", "conversations_select", "channels_select"):
        return resolve(str(value))
    if element["type"] == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
        return {"type": "rich_text", "elements": [section]}
    return _typed(value)


def _typed(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value if isinstance(value, str) else str(value)


def offered(holder: JSON) -> list[JSON]:
    """All options of an element, or of an app's suggestions, groups or not."""
    options = list(holder.get("options") or [])
    for group in holder.get("option_groups") or []:
        options += group["options"]
    return options


def pick(options: list[JSON], wanted: str) -> JSON:
    """The option with this value or this text. Raises NoSuchChoice."""
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return option
    shown = ", ".join(repr(option["text"]["text"]) for option in options) or "nothing"
    raise NoSuchChoice(f"{wanted!r} is not offered; there is {shown}")
