"""Where the interactive elements sit in blocks, and which ids Slack gives them. Checks no limits."""

from collections.abc import Iterator

from sandbox.clock import Ids
from sandbox.shapes import JSON

# Elements that carry an action_id; Slack invents one where the app left it out.
_WITHOUT_ACTION = {"image", "plain_text", "mrkdwn", "card"}

# Blocks of text and pictures alone, which most blocks of a message are.
_WITHOUT_ELEMENTS = {"header", "divider", "context", "image", "rich_text", "markdown"}

_HOLDING_ELEMENTS = {"actions", "context_actions", "carousel"}
_HOLDING_BLOCKS = {"container": "child_blocks", "plan": "tasks"}


def interactive_elements(blocks: list[JSON]) -> Iterator[tuple[str, JSON]]:
    """Each element that a person can use, with the block_id that it answers under."""
    for block in blocks:
        if block["type"] in _WITHOUT_ELEMENTS:
            continue
        for element in _direct(block):
            kind = element.get("type")
            if kind == "card":
                yield from interactive_elements([element])
            elif kind not in _WITHOUT_ACTION:
                yield block.get("block_id", ""), element
        if "child_blocks" in block:
            yield from interactive_elements(block["child_blocks"])


def _direct(block: JSON) -> list[JSON]:
    kind = block["type"]
    if kind == "section":
        return [block["accessory"]] if "accessory" in block else []
    if kind == "input":
        return [block["element"]]
    if kind == "card":
        return list(block.get("actions", []))
    if kind in _HOLDING_ELEMENTS:
        return list(block.get("elements", []))
    return []


def find_element(blocks: list[JSON], block_id: str, action_id: str) -> JSON | None:
    """The element under these ids."""
    for holder, element in interactive_elements(blocks):
        if holder == block_id and element.get("action_id") == action_id:
            return element
    return None


def with_ids(blocks: list[JSON], ids: Ids) -> list[JSON]:
    """The same blocks, which are checked and the workspace's own, once every id that the app left out is there."""
    for block in blocks:
        if "block_id" not in block:
            block["block_id"] = ids.new("b")
        kind = block["type"]
        if kind in _HOLDING_BLOCKS or kind == "carousel":
            for inner in _inside(block):
                _give(inner, "block_id", "b", ids)
    for _, element in interactive_elements(blocks):
        if "action_id" not in element:
            element["action_id"] = ids.new("a")
    return blocks


def attached_with_ids(attachments: list[JSON], ids: Ids) -> list[JSON]:
    """The same for the blocks in checked attachments."""
    for attachment in attachments:
        if "blocks" in attachment:
            with_ids(attachment["blocks"], ids)
    return attachments


def _inside(block: JSON) -> list[JSON]:
    kind = block["type"]
    if kind == "carousel":
        return list(block["elements"])
    return list(block.get(_HOLDING_BLOCKS[kind], [])) if kind in _HOLDING_BLOCKS else []


def _give(holder: JSON, key: str, prefix: str, ids: Ids) -> None:
    if key not in holder:
        holder[key] = ids.new(prefix)
