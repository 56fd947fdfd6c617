"""The rules of a whole message or view: how many blocks, which of them, what may not repeat."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.checks.blocks import BLOCKS, ON_SURFACE, Surface
from sandbox.checks.objects import plain
from sandbox.checks.rules import Refusal, Shape, anything, boolean, by_type, items, one_of, string
from sandbox.elements import interactive_elements
from sandbox.shapes import JSON

BLOCK_LIMIT: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}

# So much text in one message was seen to pass; 11,341 was refused, and nobody says where between them the line is.
MESSAGE_TEXT = 9_597

# How often a block may stand in one message.
TIMES_IN_MESSAGE = {"table": 1, "data_visualization": 2}

# Blocks with their pointers, those inside others included.
Placed = list[tuple[str, JSON]]

# Where blocks stand in other blocks.
_HOLDING = {"carousel": ("elements",), "container": ("child_blocks",), "plan": ("tasks",)}

_MODAL_WITHOUT_INPUT = {
    "callback_id": string(255, 0),
    "private_metadata": string(3000, 0),
    "external_id": string(255, 0),
    "notify_on_close": boolean,
    "clear_on_close": boolean,
    "submit_disabled": boolean,
}


def check_blocks(blocks: Any, surface: Surface, at: str = "/blocks") -> list[Refusal]:
    """Everything that Slack would not take about these blocks on this surface."""
    rule = items(by_type(BLOCKS, ON_SURFACE[surface]), 0, BLOCK_LIMIT[surface])
    refusals = list(rule(blocks, at))
    if not refusals:
        placed = list(_with_ids(blocks, at))
        for whole in _WHOLE:
            refusals += whole(placed, at)
    return refusals


def check_message(blocks: Any) -> list[Refusal]:
    """Everything that Slack would not take about a message's blocks, but the amount of text (see `text_of_blocks`)."""
    refusals = check_blocks(blocks, "message")
    if refusals:
        return refusals
    inside = (child for block in blocks for child in block.get("child_blocks", ()))
    count = Counter(block["type"] for block in (*blocks, *inside))
    return [
        Refusal("/blocks", f"no more than {most} {kind} blocks allowed")
        for kind, most in TIMES_IN_MESSAGE.items()
        if count[kind] > most
    ]


def check_view(view: Any) -> list[Refusal]:
    """Everything that Slack would not take about a modal or a Home tab."""
    if not isinstance(view, dict):
        return [Refusal("/view", "must provide an object")]
    kind = view.get("type")
    if kind == "modal":
        refusals = [*_MODAL(view, "/view"), *check_blocks(view.get("blocks", []), "modal", "/view/blocks")]
        return refusals or list(_submit_needed(view))
    if kind == "home":
        return [*_HOME(view, "/view"), *check_blocks(view.get("blocks", []), "home", "/view/blocks")]
    return list(one_of("modal", "home")(kind, "/view/type"))


_MODAL = Shape(
    {"title": plain(24), "blocks": anything}, {"submit": plain(24), "close": plain(24), **_MODAL_WITHOUT_INPUT}
)
_HOME = Shape({"blocks": anything}, {k: v for k, v in _MODAL_WITHOUT_INPUT.items() if not k.endswith(("close", "led"))})


def _submit_needed(view: JSON) -> Iterator[Refusal]:
    if not view.get("submit") and any(block["type"] == "input" for block in view["blocks"]):
        yield Refusal("/view/submit", "missing required field: submit, because there is an input block")


def text_of_blocks(blocks: list[JSON]) -> int:
    """How many characters of text these checked blocks hold together."""
    return _length_of_texts(blocks)


def _length_of_texts(value: list[Any] | JSON) -> int:
    # Plain sums instead of nested generators: every message passes here.
    total = 0
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict | list):
            total += _length_of_texts(item)
        elif key == "text" and isinstance(item, str):
            total += len(item)
    return total


def _unique_block_ids(placed: Placed, _at: str) -> Iterator[Refusal]:
    seen: set[str] = set()
    for pointer, block in placed:
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            yield Refusal(f"{pointer}/block_id", f"`block_id` must be unique: {block_id}")
        seen.add(block_id or "")


def _with_ids(blocks: list[JSON], at: str) -> Iterator[tuple[str, JSON]]:
    for position, block in enumerate(blocks):
        yield f"{at}/{position}", block
        for key in _HOLDING.get(block["type"], ()):
            yield from _with_ids(block.get(key, []), f"{at}/{position}/{key}")


def _unique_action_ids(placed: Placed, _at: str) -> Iterator[Refusal]:
    for pointer, block in placed:
        seen: set[str] = set()
        for key in ("elements", "actions"):
            for position, element in enumerate(block.get(key, [])):
                action_id = element.get("action_id")
                if action_id is not None and action_id in seen:
                    where = f"{pointer}/{key}/{position}/action_id"
                    yield Refusal(where, f"`action_id` must be unique in a block: {action_id}")
                seen.add(action_id or "")


def _one_focus(placed: Placed, at: str) -> Iterator[Refusal]:
    # Only elements know this key: anywhere else it was refused before.
    tops = [block for pointer, block in placed if pointer.count("/") == at.count("/") + 1]
    if sum(bool(element.get("focus_on_load")) for _, element in interactive_elements(tops)) > 1:
        yield Refusal(at, "only one element can have focus_on_load")


_WHOLE: tuple[Callable[[Placed, str], Iterator[Refusal]], ...] = (
    _unique_block_ids,
    _unique_action_ids,
    _one_focus,
)
