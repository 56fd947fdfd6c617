"""The rules of interactive elements, one row each, and where each of them may stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.checks.objects import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    DATE,
    DISPATCH_CONFIG,
    EITHER_OPTIONS,
    OPTION_GROUPS,
    OPTIONS,
    OVERFLOW_OPTION,
    RICH_OPTION,
    SELECT_OPTION,
    SLACK_FILE,
    TIME,
    URL,
    plain,
)
from sandbox.checks.rich_text import RICH_TEXT_ONLY
from sandbox.checks.rules import Refusal, Rule, Shape, Together, items
from sandbox.checks.words import boolean, exactly_one, integer, one_of, string
from sandbox.shapes import JSON

PLACEHOLDER = plain(150)


def _element(
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    *together: Together,
    common: tuple[str, ...] = ("confirm", "focus_on_load", "placeholder"),
) -> Shape:
    known: dict[str, Rule] = {"confirm": CONFIRM, "focus_on_load": boolean, "placeholder": PLACEHOLDER}
    more = {key: known[key] for key in common}
    return Shape(required or {}, {"action_id": ACTION_ID, **more, **(optional or {})}, together)


def _initial_among(key: str) -> Together:
    """An initial choice must be one of the element's own options, in every part."""

    def check(value: JSON, at: str) -> Iterator[Refusal]:
        initial = value.get(key)
        if not initial:
            return
        groups = _listed(value.get("option_groups"))
        sources = [value, *(group for group in groups if isinstance(group, dict))]
        offered = [option for source in sources for option in _listed(source.get("options"))]
        chosen = initial if isinstance(initial, list) else [initial]
        if any(one not in offered for one in chosen):
            yield Refusal(f"{at}/{key}", "must match one of the options")

    return check


def _listed(value: object) -> list[Any]:
    """The items of a list; none of what is no list, which is refused elsewhere."""
    return value if isinstance(value, list) else []


def _length_order(value: JSON, at: str) -> Iterator[Refusal]:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield Refusal(f"{at}/min_length", "must be at most max_length")


_DISPATCH: dict[str, Rule] = {"dispatch_action_config": DISPATCH_CONFIG}
_TEXT = ("focus_on_load", "placeholder")
_CHOICES: dict[str, Rule] = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_MANY: dict[str, Rule] = {"max_selected_items": integer(1)}
_IDS = items(string(), 0, 1000)
_CONVERSATIONS: dict[str, Rule] = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_RESPONSE_URL: dict[str, Rule] = {"response_url_enabled": boolean}

BUTTON = _element(
    {"text": plain(75)},
    {"url": URL, "value": string(2000), "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    common=("confirm",),
)

IMAGE = Shape(
    {"alt_text": string(2000)}, {"image_url": URL, "slack_file": SLACK_FILE}, (exactly_one("image_url", "slack_file"),)
)

_SELECTS: dict[str, Rule] = {
    "static_select": _element(
        None, {**_CHOICES, "initial_option": SELECT_OPTION}, EITHER_OPTIONS, _initial_among("initial_option")
    ),
    "external_select": _element(None, {"initial_option": SELECT_OPTION, "min_query_length": integer(0)}),
    "users_select": _element(None, {"initial_user": string()}),
    "conversations_select": _element(None, {"initial_conversation": string(), **_CONVERSATIONS, **_RESPONSE_URL}),
    "channels_select": _element(None, {"initial_channel": string(), **_RESPONSE_URL}),
    "multi_static_select": _element(
        None,
        {**_CHOICES, **_MANY, "initial_options": items(SELECT_OPTION, 1, 100)},
        EITHER_OPTIONS,
        _initial_among("initial_options"),
    ),
    "multi_external_select": _element(
        None, {**_MANY, "initial_options": items(SELECT_OPTION, 1, 100), "min_query_length": integer(0)}
    ),
    "multi_users_select": _element(None, {**_MANY, "initial_users": _IDS}),
    "multi_conversations_select": _element(None, {**_MANY, "initial_conversations": _IDS, **_CONVERSATIONS}),
    "multi_channels_select": _element(None, {**_MANY, "initial_channels": _IDS}),
}

_PICKERS: dict[str, Rule] = {
    "datepicker": _element(None, {"initial_date": DATE}),
    "timepicker": _element(None, {"initial_time": TIME, "timezone": string()}),
    "datetimepicker": _element(None, {"initial_date_time": integer(1)}, common=("confirm", "focus_on_load")),
    "radio_buttons": _element(
        {"options": items(RICH_OPTION, 1, 10)},
        {"initial_option": RICH_OPTION},
        _initial_among("initial_option"),
        common=("confirm", "focus_on_load"),
    ),
    "checkboxes": _element(
        {"options": items(RICH_OPTION, 1, 10)},
        {"initial_options": items(RICH_OPTION, 1, 10)},
        _initial_among("initial_options"),
        common=("confirm", "focus_on_load"),
    ),
}

_PARAMETERS = items(Shape({"name": string(), "value": string()}), 0, 100)
_WORKFLOW = Shape({"trigger": Shape({"url": URL}, {"customizable_input_parameters": _PARAMETERS})})

_BUTTONS: dict[str, Rule] = {
    "button": BUTTON,
    "workflow_button": _element(
        {"text": plain(75), "workflow": _WORKFLOW},
        {"style": one_of("primary", "danger"), "accessibility_label": string(75)},
        common=(),
    ),
    "overflow": _element({"options": items(OVERFLOW_OPTION, 1, 5)}, None, common=("confirm",)),
}

_TYPED: dict[str, Rule] = {
    "plain_text_input": _element(
        None,
        {
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
            **_DISPATCH,
        },
        _length_order,
        common=_TEXT,
    ),
    "email_text_input": _element(
        None, {"initial_value": string(), "dispatch_action_config": DISPATCH_CONFIG}, common=_TEXT
    ),
    "url_text_input": _element(
        None, {"initial_value": string(), "dispatch_action_config": DISPATCH_CONFIG}, common=_TEXT
    ),
    "number_input": _element(
        {"is_decimal_allowed": boolean},
        {
            "initial_value": string(),
            "min_value": string(),
            "max_value": string(),
            **_DISPATCH,
        },
        common=_TEXT,
    ),
    "rich_text_input": _element(None, {"initial_value": RICH_TEXT_ONLY, **_DISPATCH}, common=_TEXT),
    "file_input": _element(None, {"filetypes": items(string(), 1, 100), "max_files": integer(1, 10)}, common=()),
}

_FEEDBACK = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

_ICONS: dict[str, Rule] = {
    "feedback_buttons": _element({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, None, common=()),
    "icon_button": _element(
        {"icon": one_of("trash"), "text": plain(75)},
        {"value": string(2000), "visible_to_user_ids": _IDS, "accessibility_label": string(75)},
        common=("confirm",),
    ),
}

ELEMENTS: dict[str, Rule] = {**_SELECTS, **_PICKERS, **_BUTTONS, **_TYPED, **_ICONS, "image": IMAGE}

IN_SECTION = frozenset({*_SELECTS, *_PICKERS, *_BUTTONS, "image"})
IN_ACTIONS = frozenset({*_SELECTS, *_PICKERS, *_BUTTONS, "rich_text_input"})
IN_INPUT = frozenset({*_SELECTS, *_PICKERS, *_TYPED})
IN_CONTEXT_ACTIONS = frozenset(_ICONS)
