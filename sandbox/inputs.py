"""What a form holds: the state of every input, its initial value, and what Slack's client refuses to submit."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.elements import interactive_elements
from sandbox.shapes import JSON


@dataclass(frozen=True)
class Stateful:
    """How one type of element keeps what was chosen: the key in its state, the key of its initial value."""

    key: str
    initial: str
    many: bool = False


STATEFUL: dict[str, Stateful] = {
    "plain_text_input": Stateful("value", "initial_value"),
    "email_text_input": Stateful("value", "initial_value"),
    "url_text_input": Stateful("value", "initial_value"),
    "number_input": Stateful("value", "initial_value"),
    "rich_text_input": Stateful("rich_text_value", "initial_value"),
    "static_select": Stateful("selected_option", "initial_option"),
    "external_select": Stateful("selected_option", "initial_option"),
    "users_select": Stateful("selected_user", "initial_user"),
    "conversations_select": Stateful("selected_conversation", "initial_conversation"),
    "channels_select": Stateful("selected_channel", "initial_channel"),
    "multi_static_select": Stateful("selected_options", "initial_options", many=True),
    "multi_external_select": Stateful("selected_options", "initial_options", many=True),
    "multi_users_select": Stateful("selected_users", "initial_users", many=True),
    "multi_conversations_select": Stateful("selected_conversations", "initial_conversations", many=True),
    "multi_channels_select": Stateful("selected_channels", "initial_channels", many=True),
    "radio_buttons": Stateful("selected_option", "initial_option"),
    "checkboxes": Stateful("selected_options", "initial_options", many=True),
    "datepicker": Stateful("selected_date", "initial_date"),
    "timepicker": Stateful("selected_time", "initial_time"),
    "datetimepicker": Stateful("selected_date_time", "initial_date_time"),
    "file_input": Stateful("files", "initial_files", many=True),
}

REQUIRED = "Please complete this required field."

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

Values = dict[str, dict[str, JSON]]


def initial_state(element: JSON) -> JSON:
    """The state of an element that nobody has touched yet."""
    kind = STATEFUL[element["type"]]
    empty: Any = [] if kind.many else None
    return {"type": element["type"], kind.key: element.get(kind.initial, empty)}


def complete_values(blocks: list[JSON], *given: Values) -> Values:
    """`state.values` of a surface: for each of its inputs the last of `given` that fits, else its initial value."""
    values: Values = {}
    for block_id, element in interactive_elements(blocks):
        if element["type"] not in STATEFUL:
            continue
        state = initial_state(element)
        for source in given:
            found = source.get(block_id, {}).get(element["action_id"])
            if isinstance(found, dict) and found.get("type") == element["type"]:
                state = found
        values.setdefault(block_id, {})[element["action_id"]] = state
    return values


def violations(blocks: list[JSON], values: Values) -> dict[str, str]:
    """What Slack's client says at a field instead of submitting, by block_id; empty when all is well."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input" or block["element"]["type"] not in STATEFUL:
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], initial_state(element))
        value = state.get(STATEFUL[element["type"]].key)
        if value in (None, "", []):
            complaint = None if block.get("optional") else REQUIRED
        else:
            complaint = _complaint(element, value)
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _complaint(element: JSON, value: Any) -> str | None:
    check = _COMPLAINTS.get(element["type"])
    return check(element, str(value)) if check else None


def _text_complaint(element: JSON, value: str) -> str | None:
    low, high = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < low:
        return f"Please enter at least {low} characters."
    return f"Please enter at most {high} characters." if len(value) > high else None


def _email_complaint(_: JSON, value: str) -> str | None:
    return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url_complaint(_: JSON, value: str) -> str | None:
    parts = urlsplit(value)
    return None if parts.scheme in ("http", "https") and parts.netloc else "Please enter a valid URL."


def _number_complaint(element: JSON, value: str) -> str | None:
    if not _NUMBER.fullmatch(value):
        return "Please enter a valid number."
    if "." in value and not element.get("is_decimal_allowed"):
        return "Please enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"Please enter a number that is at least {low}."
    if high is not None and float(value) > float(high):
        return f"Please enter a number that is at most {high}."
    return None


_COMPLAINTS = {
    "plain_text_input": _text_complaint,
    "email_text_input": _email_complaint,
    "url_text_input": _url_complaint,
    "number_input": _number_complaint,
}
