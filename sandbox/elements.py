"""Where the interactive elements sit in blocks, and how blocks look once Slack has stored them. Checks no limits."""

from collections.abc import Iterator
from typing import Any

from sandbox.clock import Ids
from sandbox.shapes import JSON

# Elements that carry an action_id; Slack invents one where the app left it out.
_WITHOUT_ACTION = {"image", "plain_text", "mrkdwn", "card"}


def interactive_elements(blocks: list[JSON]) -> Iterator[tuple[str, JSON]]:
    """Each element that a person can use, with the block_id that it answers under."""
    for block in blocks:
        for element in _direct(block):
            if element.get("type") == "card":
                yield from interactive_elements([element])
            elif element.get("type") not in _WITHOUT_ACTION:
                yield block.get("block_id", ""), element
        yield from interactive_elements(block.get("child_blocks", []))


def _direct(block: JSON) -> list[JSON]:
    if block["type"] == "input":
        return [block["element"]]
    if block["type"] == "section":
        return [block["accessory"]] if "accessory" in block else []
    if block["type"] == "card":
        return list(block.get("actions", []))
    if block["type"] in ("actions", "context_actions", "carousel"):
        return list(block.get("elements", []))
    return []


def find_element(blocks: list[JSON], block_id: str, action_id: str) -> JSON | None:
    """The element under these ids."""
    for holder, element in interactive_elements(blocks):
        if holder == block_id and element.get("action_id") == action_id:
            return element
    return None


def stored(blocks: list[JSON], ids: Ids) -> list[JSON]:
    """A copy of checked blocks as Slack keeps them: every id there, every text object with its defaults."""
    kept: list[JSON] = _with_text_defaults(blocks)
    for block in kept:
        block.setdefault("block_id", ids.new("b"))
        cards = [element for element in _direct(block) if element.get("type") == "card"]
        for inner in [*cards, *block.get("child_blocks", []), *block.get("tasks", [])]:
            inner.setdefault("block_id", ids.new("b"))
    for _, element in interactive_elements(kept):
        element.setdefault("action_id", ids.new("a"))
    return kept


def _with_text_defaults(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_text_defaults(item) for item in value]
    if not isinstance(value, dict):
        return value
    # Most values are plain: asking here saves a call for each.
    copy = {key: _with_text_defaults(item) if isinstance(item, dict | list) else item for key, item in value.items()}
    kind = copy.get("type")
    if kind == "plain_text":
        copy.setdefault("emoji", True)
    elif kind == "mrkdwn":
        copy.setdefault("verbatim", False)
    elif kind == "input":
        copy.setdefault("optional", False)
        copy.setdefault("dispatch_action", False)
    return copy
