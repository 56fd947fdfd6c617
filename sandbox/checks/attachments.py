"""What Slack takes as attachments of a message: the older form, in which blocks are checked as anywhere.

Unlike blocks, attachments have no strict shape: Slack leaves out what it does not know. Values of a wrong type are
refused here, so that a mistake is seen.
"""

from collections.abc import Iterator
from typing import Any

from sandbox.checks.rules import Refusal, wrong_type
from sandbox.checks.surfaces import NotTaken, check_blocks
from sandbox.shapes import JSON

MOST = 100
"""Attachments in one message; Slack advises against more than 20."""

_TEXTS = frozenset(
    {"fallback", "color", "pretext", "author_name", "author_link", "author_icon", "title", "title_link", "text"}
    | {"image_url", "thumb_url", "footer", "footer_icon", "callback_id"}
)
_LISTS = frozenset({"fields", "actions", "mrkdwn_in", "blocks"})
_SHOWN = ("blocks", "text", "pretext", "title", "author_name", "fields", "image_url", "thumb_url", "footer", "fallback")


def attachment_refusals(attachments: list[Any], at: str = "/attachments") -> list[Refusal]:
    """Everything that Slack would not take about them."""
    return list(_refusals(attachments, at))


def check_attachments(attachments: list[Any]) -> None:
    """Raises NotTaken with everything that Slack would not take about them."""
    refusals = attachment_refusals(attachments)
    if refusals:
        raise NotTaken(refusals)


def shows_something(attachments: list[Any] | None) -> bool:
    """Whether there is anything to read or see in them: a message of nothing else needs that."""
    return any(isinstance(one, dict) and any(one.get(key) for key in _SHOWN) for one in attachments or ())


def _refusals(attachments: list[Any], at: str) -> Iterator[Refusal]:
    for position, one in enumerate(attachments):
        where = f"{at}/{position}"
        if isinstance(one, dict):
            yield from _of_one(one, where)
        else:
            yield Refusal(where, "must provide an object", wrong_type("object"))


def _of_one(one: JSON, at: str) -> Iterator[Refusal]:
    for key, value in one.items():
        if key in _TEXTS and not isinstance(value, str | None):
            yield Refusal(f"{at}/{key}", "must provide a string", wrong_type("string"))
        elif key in _LISTS and not isinstance(value, list | None):
            yield Refusal(f"{at}/{key}", "must provide an array", wrong_type("array"))
    for position, field in enumerate(_list(one, "fields")):
        if not isinstance(field, dict):
            yield Refusal(f"{at}/fields/{position}", "must provide an object", wrong_type("object"))
    blocks = _list(one, "blocks")
    if blocks:
        yield from check_blocks(blocks, "message", f"{at}/blocks")


def _list(one: JSON, key: str) -> list[Any]:
    value = one.get(key)
    return value if isinstance(value, list) else []
