"""Small builders of Block Kit, and the frames around them. Everything is cut to what Slack takes.

Decides no words. Texts given as `text` are mrkdwn of ours with people's text escaped, unless a docstring says plain.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.messages import Rendered
from views.ids import Callback
from views.text import Block, cut, mrkdwn, plain, shorten, units

VIEW_BLOCKS, MESSAGE_BLOCKS = 100, 50

MESSAGE_TEXT = 9000
"""Characters of all blocks of a message together; 9,597 were seen to pass and 11,341 to be refused."""

FALLBACK_TEXT = 1000
"""Characters of a message's text for notifications and screen readers: nobody listens to more."""

META_LIMIT = 3000

MOST = 1_000_000
"""Beyond every page, version and number of days that there is."""
FIELDS = 10


def section(text: str, accessory: Block | None = None, *, block_id: str | None = None) -> Block:
    """A paragraph, with one element at its side."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return _with_id(block, block_id)


def words(text: str) -> Block:
    """A paragraph of plain text."""
    return {"type": "section", "text": plain(text)}


def fields(pairs: Iterable[tuple[str, str | None]], limit: int = 400) -> list[Block]:
    """Labelled facts side by side, as many sections as it takes; facts without a value are left out."""
    texts = [mrkdwn(f"*{label}*\n{shorten(value, limit)}", 2000) for label, value in pairs if value]
    return [{"type": "section", "fields": texts[at : at + FIELDS]} for at in range(0, len(texts), FIELDS)]


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def header(text: str) -> Block:
    """A heading, plain."""
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(
    text: str,
    action: str,
    value: str = "",
    *,
    style: str | None = None,
    spoken: str | None = None,
    confirm: Block | None = None,
) -> Block:
    """A button, plain. `spoken` is what a screen reader says where the label alone does not tell what it is about."""
    element: Block = {"type": "button", "text": plain(text, 75), "action_id": str(action)}
    if value:
        element["value"] = cut(value, 2000)
    if style:
        element["style"] = style
    if spoken:
        element["accessibility_label"] = plain(spoken, 75)["text"]
    if confirm:
        element["confirm"] = confirm
    return element


def confirm(title: str, text: str, yes: str, no: str = "Cancel", *, danger: bool = False) -> Block:
    """The question before something that is hard to undo, plain."""
    asked: Block = {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }
    if danger:
        asked["style"] = "danger"
    return asked


def actions(elements: Sequence[Block], block_id: str | None = None) -> list[Block]:
    """A row of buttons; nothing where there is none."""
    block: Block = {"type": "actions", "elements": list(elements[:25])}
    return [_with_id(block, block_id)] if elements else []


def _with_id(block: Block, block_id: str | None) -> Block:
    return {**block, "block_id": block_id[:255]} if block_id else block


def metadata(values: Mapping[str, Any]) -> str:
    """Values as a view's private_metadata. Where they do not fit, the longest are left out."""
    kept = {key: value for key, value in values.items() if value is not None}
    while units(text := json.dumps(kept, ensure_ascii=False, separators=(",", ":"))) > META_LIMIT:
        kept.pop(max(kept, key=lambda key: len(json.dumps(kept[key], ensure_ascii=False))))
    return text


def read_metadata(text: str | None) -> dict[str, Any]:
    """What `metadata` wrote; nothing for anything else."""
    try:
        values = loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def whole(value: object) -> int:
    """A page, a version, days: a number of those that buttons and views hold. Raises ValueError for any other."""
    number = int(str(value))
    if not 0 <= number <= MOST:
        raise ValueError("no number of ours")
    return number


def loads(text: str) -> Any:
    """JSON that holds nothing which no database takes: half of a sign, or a NUL. Raises ValueError."""
    found = json.loads(text)
    if "\\u" in text:  # only so can either get in
        said = json.dumps(found, ensure_ascii=False)
        said.encode()
        if "\\u0000" in said:
            raise ValueError("a NUL")
    return found


def read_list(text: str) -> list[str]:
    """Texts that were written as JSON. Raises ValueError for anything else."""
    found = loads(text)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("no list of texts")
    return found


def modal(
    callback: Callback, title: str, blocks: Sequence[Block], *, submit: str | None = None, meta: str = ""
) -> Block:
    """A modal; without `submit` it only tells or leads on."""
    view: Block = {
        "type": "modal",
        "callback_id": callback.value,
        "title": plain(title, 24),
        "close": plain("Cancel" if submit else "Close", 24),
        "blocks": _within(blocks, VIEW_BLOCKS),
    }
    if submit:
        view["submit"] = plain(submit, 24)
    if meta and units(meta) <= META_LIMIT:
        view["private_metadata"] = meta
    return view


def notice(title: str, text: str) -> Block:
    """A modal that only tells something."""
    return modal(Callback.NOTHING, title, [section(text)])


def loading(title: str) -> Block:
    """The modal that keeps a trigger while its content is fetched."""
    return notice(title, "One moment, please…")


def home(blocks: Sequence[Block]) -> Block:
    """A Home tab."""
    return {"type": "home", "blocks": _within(blocks, VIEW_BLOCKS)}


def _within(blocks: Sequence[Block], most: int) -> list[Block]:
    if len(blocks) <= most:
        return list(blocks)
    return [*blocks[: most - 1], context("There is more than fits here.")]


def message(text: str, blocks: Sequence[Block]) -> Rendered:
    """A message. `text` is a full sentence; texts that are too long together lose from the longest."""
    return Rendered(shorten(text, FALLBACK_TEXT), tuple(_fitting(_within(blocks, MESSAGE_BLOCKS))))


def _fitting(blocks: list[Block]) -> list[Block]:
    excess = sum(_length(block) for block in blocks) - MESSAGE_TEXT
    while excess > 0:
        at = max(range(len(blocks)), key=lambda index: _own_length(blocks[index]))
        own = _own_length(blocks[at])
        if own <= 100:
            return blocks[: len(blocks) // 2]
        target = max(100, own - excess, own // 2)
        blocks[at] = {**blocks[at], "text": mrkdwn(blocks[at]["text"]["text"], target)}
        excess = sum(_length(block) for block in blocks) - MESSAGE_TEXT
    return blocks


def _own_length(block: Block) -> int:
    own = block.get("text")
    return units(own["text"]) if isinstance(own, dict) and own["type"] == "mrkdwn" else 0


def _length(value: object) -> int:
    if isinstance(value, dict):
        return sum(
            units(item) if key == "text" and isinstance(item, str) else _length(item) for key, item in value.items()
        )
    return sum(map(_length, value)) if isinstance(value, list) else 0
