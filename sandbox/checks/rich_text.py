"""The rules of rich text, inside and out: sections, lists, quotes, preformatted text, and what stands in them.

Only what an app may write by itself is known: mentions of canvases, files, lists and the like are refused.
"""

from collections.abc import Mapping

from sandbox.checks.objects import BLOCK_ID, URL
from sandbox.checks.rules import Rule, Shape, by_type, items
from sandbox.checks.words import boolean, integer, one_of, string

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE = Shape({}, dict.fromkeys(_STYLES, boolean))

_BORDER = integer(0, 1)
_MOST = 1000


def _element(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Shape:
    return Shape(required, {"style": STYLE, **(optional or {})})


_TEXT = _element({"text": string()})
_LINK = _element({"url": URL}, {"text": string(), "unsafe": boolean})

_ELEMENTS: dict[str, Rule] = {
    "text": _TEXT,
    "link": _LINK,
    "emoji": _element({"name": string()}, {"unicode": string(), "skin_tone": integer(1, 6), "url": URL}),
    "user": _element({"user_id": string()}),
    "usergroup": _element({"usergroup_id": string()}),
    "channel": _element({"channel_id": string()}),
    "team": _element({"team_id": string()}),
    "broadcast": _element({"range": one_of("here", "channel", "everyone")}),
    "date": _element({"timestamp": integer(0), "format": string()}, {"url": URL, "fallback": string()}),
    "color": _element({"value": string()}),
}

_LINE = items(by_type(_ELEMENTS), 1, _MOST)
# Slack's own composer writes empty sections, for empty lines of a list.
_SECTION = Shape({"elements": items(by_type(_ELEMENTS), 0, _MOST)})

_PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_list": Shape(
        {"elements": items(by_type({"rich_text_section": _SECTION}), 1, _MOST), "style": one_of("bullet", "ordered")},
        {"indent": integer(0, 8), "offset": integer(0), "border": _BORDER},
    ),
    "rich_text_quote": Shape({"elements": _LINE}, {"border": _BORDER}),
    "rich_text_preformatted": Shape(
        {"elements": items(by_type({"text": _TEXT, "link": _LINK}), 1, _MOST)},
        {"border": _BORDER, "language": string()},
    ),
}

RICH_TEXT = Shape({"elements": items(by_type(_PARTS), 1, _MOST)}, {"block_id": BLOCK_ID})
RICH_TEXT_ONLY = by_type({"rich_text": RICH_TEXT})
