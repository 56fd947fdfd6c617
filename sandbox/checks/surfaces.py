"""The rules of a whole message or view: how many blocks, which of them, what may not repeat."""

from collections.abc import Callable, Iterator
from typing import Any

from sandbox.checks.blocks import BLOCKS, ON_SURFACE, Surface
from sandbox.checks.objects import plain
from sandbox.checks.rules import Misfit, Refusal, Shape, anything, by_type, items
from sandbox.checks.words import boolean, one_of, string
from sandbox.elements import interactive_elements
from sandbox.shapes import JSON

BLOCK_LIMIT: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}

# So much text in one message was seen to pass; 11,341 was refused, and nobody says where between them the line is.
MESSAGE_TEXT = 9_597

# How often a block may stand in one message.
TIMES_IN_MESSAGE = {"table": 1, "data_visualization": 2}

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


class NotTaken(ValueError):
    """What Slack refuses about blocks or a view."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = refusals

    @property
    def reasons(self) -> list[str]:
        """The refusals as Slack lists them in `errors`."""
        return [str(refusal) for refusal in self.refusals]

    @property
    def messages(self) -> list[str]:
        """The refusals as Slack lists them in `response_metadata.messages`."""
        return [f"[ERROR] {reason}" for reason in self.reasons]


def kept_blocks(blocks: Any, surface: Surface, at: str = "/blocks") -> list[JSON]:
    """A copy of the blocks with Slack's defaults, for this surface. Raises NotTaken with everything that is wrong."""
    rule = _BLOCKS[surface]
    try:
        kept: list[JSON] = rule.keep(blocks)
    except Misfit:
        raise NotTaken(list(rule.refusals(blocks, at))) from None
    if _may_repeat(kept):
        refusals = list(_of_the_whole(kept, at))
        if refusals:
            raise NotTaken(refusals)
    return kept


def kept_message(blocks: Any, at: str = "/blocks") -> list[JSON]:
    """The same for a message's blocks, but for the amount of text (see `text_of_blocks`). Raises NotTaken."""
    kept = kept_blocks(blocks, "message", at)
    for kind, most in TIMES_IN_MESSAGE.items():
        if len(kept) > most and _count(kept, kind) > most:
            raise NotTaken([Refusal(at, f"no more than {most} {kind} blocks allowed")])
    return kept


def kept_view(view: Any) -> JSON:
    """A modal or a Home tab with its blocks as Slack keeps them. Raises NotTaken with everything that is wrong."""
    kind = view.get("type") if isinstance(view, dict) else None
    if not isinstance(view, dict):
        raise NotTaken([Refusal("/view", "must provide an object")])
    if kind not in ("modal", "home"):
        raise NotTaken(list(one_of("modal", "home").refusals(kind, "/view/type")))
    refusals = list(_VIEWS[kind].refusals(view, "/view"))
    try:
        blocks = kept_blocks(view.get("blocks", []), kind, "/view/blocks")
    except NotTaken as refused:
        raise NotTaken([*refusals, *refused.refusals]) from None
    if kind == "modal" and not refusals:
        refusals = list(_submit_needed(view))
    if refusals:
        raise NotTaken(refusals)
    return {**view, "blocks": blocks}


def check_blocks(blocks: Any, surface: Surface, at: str = "/blocks") -> list[Refusal]:
    """Everything that Slack would not take about these blocks on this surface."""
    return _refusals(lambda: kept_blocks(blocks, surface, at))


def check_message(blocks: Any) -> list[Refusal]:
    """Everything that Slack would not take about a message's blocks, but the amount of text (see `text_of_blocks`)."""
    return _refusals(lambda: kept_message(blocks))


def check_view(view: Any) -> list[Refusal]:
    """Everything that Slack would not take about a modal or a Home tab."""
    return _refusals(lambda: kept_view(view))


def _refusals(keep: Callable[[], object]) -> list[Refusal]:
    try:
        keep()
    except NotTaken as refused:
        return refused.refusals
    return []


_MODAL = Shape(
    {"title": plain(24), "blocks": anything}, {"submit": plain(24), "close": plain(24), **_MODAL_WITHOUT_INPUT}
)
_HOME = Shape({"blocks": anything}, {k: v for k, v in _MODAL_WITHOUT_INPUT.items() if not k.endswith(("close", "led"))})
_VIEWS: dict[str, Shape] = {"modal": _MODAL, "home": _HOME}

_BLOCKS = {surface: items(by_type(BLOCKS, ON_SURFACE[surface]), 0, BLOCK_LIMIT[surface]) for surface in BLOCK_LIMIT}


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


def _count(blocks: list[JSON], kind: str) -> int:
    inside = (child for block in blocks for child in block.get("child_blocks", ()))
    return sum(block["type"] == kind for block in (*blocks, *inside))


def _may_repeat(blocks: list[JSON]) -> bool:
    """Whether to look closer: an id comes again somewhere, or something asks for the focus. Every message passes here.

    It counts what stands anywhere, so it never misses what may not repeat.
    """
    seen: set[str] = set()
    for block in blocks:
        if block["type"] in _HOLDING:
            return True
        block_id = block.get("block_id")
        if block_id is not None:
            if block_id in seen:
                return True
            seen.add(block_id)
        if "accessory" in block and "focus_on_load" in block["accessory"]:
            return True
        if "element" in block and "focus_on_load" in block["element"]:
            return True
    return any(_may_repeat_inside(block[key]) for block in blocks for key in ("elements", "actions") if key in block)


def _may_repeat_inside(elements: list[JSON]) -> bool:
    seen: set[str] = set()
    for element in elements:
        action_id = element.get("action_id")
        if "focus_on_load" in element or action_id in seen:
            return True
        if action_id is not None:
            seen.add(action_id)
    return False


def _of_the_whole(blocks: list[JSON], at: str) -> Iterator[Refusal]:
    """What may not repeat in all blocks together, or in one of them."""
    seen: set[str] = set()
    for pointer, block in _placed(blocks, at):
        block_id = block.get("block_id")
        if block_id is not None:
            if block_id in seen:
                yield Refusal(f"{pointer}/block_id", f"`block_id` must be unique: {block_id}")
            seen.add(block_id)
        for key in ("elements", "actions"):
            if key in block:
                yield from _unique_action_ids(block[key], f"{pointer}/{key}")
    # Only elements know this key: anywhere else it was refused before.
    if sum("focus_on_load" in one and one["focus_on_load"] for _, one in interactive_elements(blocks)) > 1:
        yield Refusal(at, "only one element can have focus_on_load")


def _placed(blocks: list[JSON], at: str) -> list[tuple[str, JSON]]:
    """All blocks with their pointers, those inside others included."""
    placed = []
    for position, block in enumerate(blocks):
        pointer = f"{at}/{position}"
        placed.append((pointer, block))
        for key in _HOLDING.get(block["type"], ()):
            placed += _placed(block.get(key, []), f"{pointer}/{key}")
    return placed


def _unique_action_ids(elements: list[JSON], at: str) -> Iterator[Refusal]:
    seen: set[str] = set()
    for position, element in enumerate(elements):
        action_id = element.get("action_id")
        if action_id is not None:
            if action_id in seen:
                where = f"{at}/{position}/action_id"
                yield Refusal(where, f"`action_id` must be unique in a block: {action_id}")
            seen.add(action_id)
