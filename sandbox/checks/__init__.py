"""Block Kit's limits as tables of rules. Decides what Slack refuses, never what is good style."""

from sandbox.checks.attachments import AttachmentsTooLong, TooManyAttachments, check_attachments, kept_attachments
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
    "AttachmentsTooLong",
    "NotTaken",
    "Refusal",
    "TooManyAttachments",
    "check_attachments",
    "check_blocks",
    "check_message",
    "check_view",
    "kept_attachments",
    "kept_message",
    "kept_view",
    "text_of_blocks",
]
