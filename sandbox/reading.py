"""Everything that a person reads in a message or view, as plain text. Decides what is visible, not how it looks."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from sandbox.elements import interactive_elements
from sandbox.inputs import STATEFUL
from sandbox.shapes import JSON

_REFERENCE = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")

Names = Mapping[str, str]


def text_of(surface: JSON, names: Names) -> str:
    """The text of a message or view, a line for each piece. `names` turns ids of users and channels into names."""
    return "\n".join(line for line in _lines(surface, names) if line.strip())


def _lines(surface: JSON, names: Names) -> Iterator[str]:
    if surface.get("title"):
        yield _plain(surface["title"], names)
    if surface.get("blocks"):
        for block in _as_filled(surface):
            yield from _block(block, names)
    else:
        yield shown(surface.get("text") or "", names)
    for attachment in surface.get("attachments", []):
        yield from _lines(attachment, names)
    for button in ("submit", "close"):
        if surface.get(button):
            yield _plain(surface[button], names)


def _as_filled(surface: JSON) -> list[JSON]:
    """The blocks with what their inputs hold now in the place of what they held at first."""
    blocks: list[JSON] = deepcopy(surface["blocks"])
    values = surface.get("state", {}).get("values", {})
    for block_id, element in interactive_elements(blocks):
        kind = STATEFUL.get(element["type"])
        state = values.get(block_id, {}).get(element.get("action_id"))
        if kind is not None and state is not None:
            element[kind.initial] = state.get(kind.key)
    return blocks


def shown(text: str, names: Names) -> str:
    """Slack's text as it appears: references by name, links by their label, entities as characters."""

    def reference(match: re.Match[str]) -> str:
        target, label = match.groups()
        if target.startswith(("@", "#")):
            return target[0] + (names.get(target[1:]) or label or target[1:])
        if target.startswith("!date^"):
            return label or target
        if target.startswith("!"):
            return "@" + (label or target[1:]).removeprefix("@")
        return label or target.removeprefix("mailto:")

    return html.unescape(_REFERENCE.sub(reference, text))


def _plain(value: Any, names: Names) -> str:
    """A text object, or a string, as it appears. Only mrkdwn has references."""
    if isinstance(value, str):
        return shown(value, names)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        # Slack shows entities in plain text as characters, too, but makes no references of it.
        return shown(value["text"], names) if value.get("type") != "plain_text" else html.unescape(value["text"])
    return ""


def _block(block: JSON, names: Names) -> Iterator[str]:
    reader = _BLOCKS.get(block["type"])
    if reader is not None:
        yield from reader(block, names)


def _text_block(block: JSON, names: Names) -> Iterator[str]:
    yield _plain(block.get("text"), names)
    for text in block.get("fields", []):
        yield _plain(text, names)
    if "accessory" in block:
        yield from _element(block["accessory"], names)


def _elements(block: JSON, names: Names) -> Iterator[str]:
    for element in block["elements"]:
        yield from _element(element, names)


def _input(block: JSON, names: Names) -> Iterator[str]:
    yield _plain(block["label"], names)
    yield _plain(block.get("hint"), names)
    yield from _element(block["element"], names)


def _image(block: JSON, names: Names) -> Iterator[str]:
    yield _plain(block.get("title"), names)
    yield block["alt_text"]


def _card(block: JSON, names: Names) -> Iterator[str]:
    for part in ("title", "subtitle", "body", "subtext"):
        yield _plain(block.get(part), names)
    for button in block.get("actions", []):
        yield from _element(button, names)


def _carousel(block: JSON, names: Names) -> Iterator[str]:
    for card in block["elements"]:
        yield from _card(card, names)


def _table(block: JSON, names: Names) -> Iterator[str]:
    yield block.get("caption", "")
    for row in block["rows"]:
        yield " | ".join(" ".join(_cell(cell, names)) for cell in row)


def _cell(cell: JSON, names: Names) -> Iterator[str]:
    if cell["type"] == "rich_text":
        yield from _rich(cell, names)
    elif cell["type"] == "raw_number":
        yield cell.get("text") or str(cell["value"])
    else:
        yield cell["text"]


def _chart(block: JSON, _names: Names) -> Iterator[str]:
    yield block["title"]
    chart = block["chart"]
    for segment in chart.get("segments", []):
        yield f"{segment['label']} {segment['value']}"
    for series in chart.get("series", []):
        yield series["name"]
        for point in series["data"]:
            yield f"{point['label']} {point['value']}"


def _rich(block: JSON, names: Names) -> Iterator[str]:
    for part in block.get("elements", []):
        yield "".join(_rich_piece(piece, names) for piece in part.get("elements", []))


def _rich_piece(piece: JSON, names: Names) -> str:
    kind = piece.get("type")
    if kind == "user":
        return "@" + names.get(piece["user_id"], piece["user_id"])
    if kind == "channel":
        return "#" + names.get(piece["channel_id"], piece["channel_id"])
    if kind == "emoji":
        return f":{piece['name']}:"
    if kind == "rich_text_section":
        return "".join(_rich_piece(inner, names) for inner in piece["elements"]) + "\n"
    return shown(piece.get("text") or piece.get("url") or "", names)


def _element(element: JSON, names: Names) -> Iterator[str]:
    kind = element["type"]
    if kind in ("plain_text", "mrkdwn"):
        yield _plain(element, names)
    elif kind == "image":
        yield element["alt_text"]
    elif kind in ("button", "workflow_button", "icon_button"):
        yield _plain(element["text"], names)
    elif kind in STATEFUL:
        yield from _choice(element, names)


def _choice(element: JSON, names: Names) -> Iterator[str]:
    """What an input shows: all of its choices when they stand open, else the chosen one or the placeholder."""
    if element["type"] in ("radio_buttons", "checkboxes"):
        for option in element["options"]:
            yield from _option(option, names)
        return
    initial = element.get(STATEFUL[element["type"]].initial)
    if not initial:
        yield _plain(element.get("placeholder"), names)
    for chosen in initial if isinstance(initial, list) else [initial] if initial else []:
        if isinstance(chosen, dict):
            yield from _option(chosen, names)
        else:
            yield names.get(str(chosen), str(chosen))


def _option(option: JSON, names: Names) -> Iterator[str]:
    yield _plain(option.get("text"), names)
    yield _plain(option.get("description"), names)


_BLOCKS: dict[str, Callable[[JSON, Names], Iterator[str]]] = {
    "section": _text_block,
    "header": _text_block,
    "markdown": _text_block,
    "alert": _text_block,
    "context": _elements,
    "actions": _elements,
    "context_actions": _elements,
    "input": _input,
    "image": _image,
    "video": _image,
    "card": _card,
    "carousel": _carousel,
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "rich_text": _rich,
}
