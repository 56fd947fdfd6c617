"""Block Kit's limits as tables of rules. Decides what Slack refuses, never what is good style."""

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
    "NotTaken",
    "Refusal",
    "check_blocks",
    "check_message",
    "check_view",
    "kept_message",
    "kept_view",
    "text_of_blocks",
]
