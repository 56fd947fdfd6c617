"""What an app answers through a response URL or in the acknowledgement of a command. Decides who sees the answer."""

from typing import Any

from sandbox.apps import App
from sandbox.changing import change, change_ephemeral, delete, delete_ephemeral
from sandbox.channels import Channel
from sandbox.checks import MESSAGE_TEXT, AttachmentsTooLong, NotTaken, TooManyAttachments, text_of_blocks
from sandbox.pictures import app_attachments, app_message
from sandbox.posting import bot_message, post, post_ephemeral
from sandbox.response_urls import Reply
from sandbox.shapes import JSON
from sandbox.workspace import Workspace


class BadReply(ValueError):
    """An answer that Slack does not take; the message is Slack's error, `messages` say where."""

    def __init__(self, error: str, messages: list[str] | None = None) -> None:
        super().__init__(error)
        self.messages = messages or []


def answer_to(ws: Workspace, reply: Reply, body: JSON) -> None:
    """Do what the answer says: delete or replace the original, or post, to the person alone unless it says otherwise.

    Raises BadReply.
    """
    channel = ws.world.channels[reply.channel]
    if body.get("delete_original"):
        _delete_original(ws, reply, channel)
        return
    app = ws.apps[reply.app_id]
    content = _content(ws, app, body)
    if body.get("replace_original") and reply.message_ts is not None:
        _replace_original(ws, reply, channel, content)
        return
    thread = str(body.get("thread_ts") or reply.thread_ts)
    if thread in channel.messages:
        content["thread_ts"] = thread
    if body.get("response_type") == "in_channel":
        post(ws, channel, bot_message(ws, app, content))
    else:
        post_ephemeral(ws, app, channel, reply.user, content)


def _content(ws: Workspace, app: App, body: JSON) -> JSON:
    blocks, text = body.get("blocks"), body.get("text")
    if blocks:
        try:
            blocks = app_message(ws, app, blocks)
        except NotTaken as refused:
            raise BadReply("invalid_blocks", refused.messages) from None
        if text_of_blocks(blocks) > MESSAGE_TEXT:
            raise BadReply("msg_blocks_too_long")
    attachments = body.get("attachments")
    if not isinstance(text or "", str) or not isinstance(attachments or [], list):
        raise BadReply("invalid_payload")
    if attachments:
        attachments = _kept_attachments(ws, app, attachments)
    if not blocks and not text and not attachments:
        raise BadReply("no_text")
    return {"text": text, "blocks": blocks, "attachments": attachments}


def _kept_attachments(ws: Workspace, app: App, attachments: list[Any]) -> list[JSON]:
    try:
        return app_attachments(ws, app, attachments)
    except TooManyAttachments:
        raise BadReply("too_many_attachments") from None
    except AttachmentsTooLong:
        raise BadReply("attachment_payload_limit_exceeded") from None
    except NotTaken as refused:
        raise BadReply("invalid_attachments", refused.messages) from None


def _delete_original(ws: Workspace, reply: Reply, channel: Channel) -> None:
    message = _original(reply, channel)
    if reply.is_ephemeral:
        delete_ephemeral(ws, channel, reply.user, message)
    else:
        delete(ws, channel, message)


def _replace_original(ws: Workspace, reply: Reply, channel: Channel, content: JSON) -> None:
    message = _original(reply, channel)
    if reply.is_ephemeral:
        change_ephemeral(ws, channel, reply.user, message, content)
    else:
        change(ws, channel, message, content)


def _original(reply: Reply, channel: Channel) -> JSON:
    places = channel.ephemerals.get(reply.user, {}) if reply.is_ephemeral else channel.messages
    message = places.get(reply.message_ts or "")
    if message is None or message.get("app_id") != reply.app_id:
        raise BadReply("message_not_found")
    return message
