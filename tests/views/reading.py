"""What a person reads and fills in, and what Slack would refuse: shared by the tests of views."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from domain.messages import Rendered
from sandbox import checks

Shown = dict[str, Any] | Rendered

MARKUP = re.compile(r"<(?:@[A-Z0-9]{2,30}|#[A-Z0-9]+|!date\^\d+\^[^<>|]*\|[^<>|]*|https?://[^<>|\s]+\|[^<>|]*)>")
"""References that we write ourselves; whatever else stands in angle brackets came from somebody's keyboard."""


def blocks_of(shown: Shown) -> list[dict[str, Any]]:
    """The blocks of a message or view."""
    return [dict(block) for block in (shown.blocks if isinstance(shown, Rendered) else shown["blocks"])]


def text_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every text object, in reading order."""
    if isinstance(value, Mapping):
        if value.get("type") in {"plain_text", "mrkdwn"}:
            yield dict(value)
        else:
            for item in value.values():
                yield from text_objects(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from text_objects(item)


def read(shown: Shown) -> str:
    """All that a person reads, one text a line."""
    whole = [shown.text, *shown.blocks] if isinstance(shown, Rendered) else [shown]
    first = [shown.text] if isinstance(shown, Rendered) else []
    return "\n".join(first + [text["text"] for text in text_objects(whole)])


def buttons(shown: Shown) -> dict[str, dict[str, Any]]:
    """The buttons by what they say."""
    return {button["text"]["text"]: button for button in _of_type(blocks_of(shown), "button")}


def _of_type(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        for item in value.values():
            yield from _of_type(item, kind)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _of_type(item, kind)


def check(shown: Shown) -> None:
    """Slack would take it, whichever way it counts emoji, and nothing that people typed is markup."""
    for version in (shown, _widened(shown)):
        if isinstance(version, Rendered):
            assert [*map(str, checks.check_message(blocks_of(version)))] == []
            assert checks.text_of_blocks(blocks_of(version)) <= checks.MESSAGE_TEXT
            assert 0 < len(version.text) <= 4000
        else:
            assert [*map(str, checks.check_view(version))] == []
    check_harmless(shown)
    check_spoken(shown)


def check_spoken(shown: Shown) -> None:
    """Whoever steers by voice says what is written on a button, so that its spoken name holds that (WCAG 2.5.3)."""
    for block in blocks_of(shown):
        for element in [*block.get("elements", ()), block.get("accessory", {})]:
            if element.get("type") == "button" and "accessibility_label" in element:
                label, spoken = element["text"]["text"], element["accessibility_label"]
                assert label.casefold()[:60] in spoken.casefold(), f"{label!r} is not in {spoken!r}"


def _widened(value: Any) -> Any:
    """The same with two characters for each that takes two units of UTF-16, as some count them."""
    if isinstance(value, str):
        return "".join(character if character <= "\uffff" else "xx" for character in value)
    if isinstance(value, Rendered):
        return Rendered(_widened(value.text), tuple(_widened(list(value.blocks))))
    if isinstance(value, dict):
        return {key: _widened(item) for key, item in value.items()}
    return [_widened(item) for item in value] if isinstance(value, list | tuple) else value


def check_harmless(shown: Shown) -> None:
    """No mention of everybody, no link and no emphasis but our own."""
    texts = [text["text"] for text in text_objects(blocks_of(shown)) if text["type"] == "mrkdwn"]
    if isinstance(shown, Rendered):
        texts.append(shown.text)
    for text in texts:
        rest = MARKUP.sub("", text)
        assert "<" not in rest, text[:200]
        assert re.search(r"(?<!^)(?<!\n)>", rest) is None, text[:200]
    for text_object in text_objects(blocks_of(shown)):
        assert text_object["type"] == "plain_text" or text_object["verbatim"] is True


def filled(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The state that Slack sends when somebody submits the form as it opened."""
    return {
        block["block_id"]: {block["element"]["action_id"]: _state_of(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }


_STATE = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "multi_external_select": ("selected_options", "initial_options"),
    "external_select": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_MANY = {"checkboxes", "multi_external_select", "multi_static_select", "multi_users_select"}


def _state_of(element: dict[str, Any]) -> dict[str, Any]:
    key, initial = _STATE[element["type"]]
    return {"type": element["type"], key: element.get(initial, [] if element["type"] in _MANY else None)}


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    """The input block of a field."""
    found: dict[str, Any] = next(block for block in view["blocks"] if block.get("block_id") == name)
    return found
