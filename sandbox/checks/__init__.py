"""Block Kit's limits as tables of rules. Decides what Slack refuses, never what is good style."""

from sandbox.checks.attachments import MOST as MOST_ATTACHMENTS
from sandbox.checks.attachments import attachment_refusals, check_attachments, shows_something
from sandbox.checks.rules import Refusal
from sandbox.checks.surfaces import (
    MESSAGE_TEXT,
    NotTaken,
    check_blocks,
    check_message,
    check_view,
    kept_message,
    kept_view,
    text_of_blocks,
)

__all__ = [
    "MESSAGE_TEXT",
    "MOST_ATTACHMENTS",
    "NotTaken",
    "Refusal",
    "attachment_refusals",
    "check_attachments",
    "check_blocks",
    "check_message",
    "check_view",
    "kept_message",
    "kept_view",
    "shows_something",
    "text_of_blocks",
]
