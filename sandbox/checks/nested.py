"""The rules of blocks that hold other blocks: containers, plans and their task cards."""

from collections.abc import Iterator, Mapping

from sandbox.checks.elements import IMAGE
from sandbox.checks.objects import BLOCK_ID, URL, plain, text
from sandbox.checks.rich_text import RICH_TEXT_ONLY
from sandbox.checks.rules import Refusal, Rule, Shape, by_type, items
from sandbox.checks.words import at_least_one, boolean, one_of, string
from sandbox.shapes import JSON

# Slack's documentation and its own validator differ in what else may stand here; these pass both.
IN_CONTAINER = frozenset({"actions", "context", "divider", "header", "image", "section", "table", "video"})

_SOURCE = by_type({"url": Shape({"url": URL, "text": string()})})

TASK_CARD = Shape(
    {"task_id": string(), "title": string(), "status": one_of("pending", "in_progress", "complete", "error")},
    {"block_id": BLOCK_ID, "details": RICH_TEXT_ONLY, "output": RICH_TEXT_ONLY, "sources": items(_SOURCE, 1, 100)},
)

PLAN = Shape({"title": string()}, {"block_id": BLOCK_ID, "tasks": items(by_type({"task_card": TASK_CARD}), 1, 50)})


def _collapsible(value: JSON, at: str) -> Iterator[Refusal]:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield Refusal(f"{at}/default_collapsed", "needs is_collapsible to be true")


def container(blocks: Mapping[str, Rule]) -> Shape:
    """A container, given the table of all blocks."""
    return Shape(
        {"child_blocks": items(by_type(blocks, IN_CONTAINER), 1, 10)},
        {
            "block_id": BLOCK_ID,
            "title": plain(150),
            "rich_text_title": RICH_TEXT_ONLY,
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": by_type({"image": IMAGE}),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        (at_least_one("title", "rich_text_title"), _collapsible),
    )
