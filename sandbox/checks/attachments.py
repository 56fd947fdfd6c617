"""The rules of a message's secondary attachments, the blocks inside them included. Looks up no picture."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.checks.objects import URL
from sandbox.checks.rules import Misfit, Refusal, Shape, anything, as_it_is, items
from sandbox.checks.surfaces import NotTaken, kept_message, text_of_blocks
from sandbox.checks.words import at_least_one, boolean, one_of, string
from sandbox.shapes import JSON

# Slack's own figure.
MOST_ATTACHMENTS = 100

# What Slack writes where an attachment has nothing to be shown in a notification.
NO_PREVIEW = "[no preview available]"

_COLORS = frozenset({"good", "warning", "danger"})
_HEX = re.compile(r"#?[0-9A-Fa-f]{6}|#?[0-9A-Fa-f]{3}")


def _color(value: Any, at: str) -> Iterator[Refusal]:
    if not isinstance(value, str) or not (value in _COLORS or _HEX.fullmatch(value)):
        yield Refusal(at, "must be good, warning, danger or a hex color code")


def _time(value: Any, at: str) -> Iterator[Refusal]:
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(r"\d+(\.\d+)?", text):
        yield Refusal(at, "must be a Unix timestamp")


_TEXT = string(None, 0)
_FIELD = Shape({}, {"title": _TEXT, "value": _TEXT, "short": boolean}, (at_least_one("title", "value"),))

_ATTACHMENT = Shape(
    {},
    {
        **dict.fromkeys(("fallback", "pretext", "author_name", "author_subname", "title", "text"), _TEXT),
        **dict.fromkeys(("author_link", "author_icon", "title_link", "image_url", "thumb_url"), URL),
        "footer": string(300, 0),
        "footer_icon": URL,
        "color": as_it_is(_color),
        "fields": items(_FIELD, 0, 100),
        "ts": as_it_is(_time),
        "mrkdwn_in": items(one_of("pretext", "text", "fields"), 0, 3),
        "callback_id": string(255, 0),
        "attachment_type": _TEXT,
        "actions": items(anything, 0, 5),
        # Blocks have rules of their own, below.
        "blocks": anything,
        # What Slack adds, and comes back when an app changes what it has read.
        **dict.fromkeys(("id", "from_url", "original_url", "service_name", "service_icon"), anything),
        **dict.fromkeys(("app_unfurl_url", "is_app_unfurl", "app_id", "bot_id", "preview"), anything),
    },
    (at_least_one("blocks", "fallback", "text"),),
)


# What may stand beside blocks: nothing of the older kind of attachment, and nothing unknown. The id is Slack's own.
_BESIDE_BLOCKS = frozenset({"blocks", "color", "fallback", "id"})

_KNOWN = frozenset(_ATTACHMENT.optional)


class TooManyAttachments(ValueError):
    """More than Slack takes in one message."""


class AttachmentsTooLong(ValueError):
    """More text in the attachments' blocks than a message may hold."""


def kept_attachments(attachments: Any, most_text: int, at: str = "/attachments") -> list[JSON]:
    """A copy of the attachments as Slack keeps them, numbered from 1.

    Raises NotTaken with everything that is wrong, TooManyAttachments, and AttachmentsTooLong where their blocks
    together hold more than `most_text` characters.
    """
    if not isinstance(attachments, list):
        raise NotTaken([Refusal(at, "must provide an array", {"type": "type", "expected": "array"})])
    if len(attachments) > MOST_ATTACHMENTS:
        raise TooManyAttachments
    kept: list[JSON] = []
    refusals: list[Refusal] = []
    for position, attachment in enumerate(attachments):
        try:
            kept.append(_kept(attachment, position, f"{at}/{position}"))
        except NotTaken as refused:
            refusals += refused.refusals
    refusals = refusals or list(_repeated(kept, at))
    if refusals:
        raise NotTaken(refusals)
    if sum(text_of_blocks(one.get("blocks", [])) for one in kept) > most_text:
        raise AttachmentsTooLong
    return kept


def check_attachments(attachments: Any, most_text: int) -> list[Refusal]:
    """Everything that Slack would not take about these attachments."""
    at = "/attachments"
    try:
        kept_attachments(attachments, most_text, at)
    except TooManyAttachments:
        limit = {"type": "max_items", "expected": MOST_ATTACHMENTS, "got": len(attachments)}
        return [Refusal(at, f"no more than {MOST_ATTACHMENTS} items allowed", limit)]
    except AttachmentsTooLong:
        limit = {"type": "max_length", "expected": most_text}
        return [Refusal(at, f"all text together must be less than {most_text + 1} characters", limit)]
    except NotTaken as refused:
        return refused.refusals
    return []


def _kept(attachment: Any, position: int, at: str) -> JSON:
    refusals: list[Refusal] = []
    blocks: list[JSON] = []
    kept: JSON = {}
    if isinstance(attachment, dict):
        if attachment.get("blocks") and not _given(attachment) <= _BESIDE_BLOCKS:
            refusals = [Refusal(at, "invalid_keys", told_where=False)]
        # Without blocks Slack passes over what it does not know.
        attachment = {key: value for key, value in attachment.items() if key in _KNOWN}
    try:
        kept = _ATTACHMENT.keep(attachment)
    except Misfit:
        refusals += _ATTACHMENT.refusals(attachment, at)
    if isinstance(attachment, dict) and attachment.get("blocks") is not None:
        try:
            blocks = kept_message(attachment["blocks"], f"{at}/blocks")
        except NotTaken as refused:
            refusals += refused.refusals
    if refusals:
        raise NotTaken(refusals)
    kept.pop("blocks", None)
    return {**kept, **({"blocks": blocks} if blocks else {}), "id": position + 1, "fallback": _fallback(kept)}


def _given(attachment: JSON) -> set[str]:
    return {key for key, value in attachment.items() if value is not None}


def _fallback(attachment: JSON) -> str:
    """What stands in a notification: Slack takes the text where an app gave nothing else."""
    return str(attachment.get("fallback") or attachment.get("text") or NO_PREVIEW)


def _repeated(attachments: list[JSON], at: str) -> Iterator[Refusal]:
    """A block_id is used once in a message, whichever attachment its block stands in."""
    seen: dict[str, int] = {}
    for position, attachment in enumerate(attachments):
        for number, block in enumerate(attachment.get("blocks", [])):
            block_id = block.get("block_id")
            if block_id is not None and seen.setdefault(block_id, position) != position:
                where = f"{at}/{position}/blocks/{number}/block_id"
                yield Refusal(where, f"`block_id` must be unique: {block_id}")
