"""chat.*: posting, changing and taking away messages. Decides what Slack refuses, not where messages are kept."""

from typing import Any

from sandbox.changing import change, delete
from sandbox.channels import Channel, is_reply
from sandbox.checks import MESSAGE_TEXT, AttachmentsTooLong, NotTaken, TooManyAttachments, text_of_blocks
from sandbox.pictures import app_attachments, app_message
from sandbox.posting import bot_message, post, post_ephemeral
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError
from sandbox.web_api.destinations import to_post_in, visible

# Slack's own figure for an update; a new message may be longer and is cut.
UPDATE_TEXT = 4_000


def post_message(call: Call) -> JSON:
    """chat.postMessage."""
    channel = to_post_in(call)
    content = message_content(call, channel)
    message = bot_message(call.ws, call.app, content)
    if content.get("thread_ts") and call.args.flag("reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    post(call.ws, channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": dict(message)}


def message_content(call: Call, channel: Channel) -> JSON:
    """The checked content of a message for a conversation, with its metadata and thread. Raises SlackError."""
    return {**_content(call), "metadata": _metadata(call), **in_thread(call, channel)}


def in_thread(call: Call, channel: Channel) -> JSON:
    """The thread that the call names, as part of a message; nothing when it names none. Raises SlackError."""
    thread_ts = call.args.text("thread_ts")
    return {"thread_ts": _thread(channel, thread_ts)} if thread_ts else {}


def post_ephemeral_message(call: Call) -> JSON:
    """chat.postEphemeral."""
    user = call.args.required("user")
    channel = to_post_in(call)
    person = call.ws.world.users.get(user)
    if person is None or person["deleted"] or user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = {**_content(call), **in_thread(call, channel)}
    message = post_ephemeral(call.ws, call.app, channel, user, content)
    return {"message_ts": message["ts"]}


def update(call: Call) -> JSON:
    """chat.update: what is not named stays as it was."""
    channel, message = _own(call, "cant_update_message", archived="is_inactive")
    if len(call.args.text("text")) > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    content = _content(call, fallback=bool(message.get("blocks") or message.get("text")))
    given = {"text", "blocks"} if "markdown_text" in call.args else set(call.args.values)
    named: JSON = {key: content[key] for key in ("text", "blocks", "attachments") if key in given}
    if "metadata" in call.args:
        named["metadata"] = _metadata(call)
    if not named:
        raise SlackError("no_text")
    change(call.ws, channel, message, named)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": dict(message)}


def delete_message(call: Call) -> JSON:
    """chat.delete."""
    channel, message = _own(call, "cant_delete_message", archived="cant_delete_message")
    delete(call.ws, channel, message)
    return {"channel": channel.id, "ts": call.args.text("ts")}


def get_permalink(call: Call) -> JSON:
    """chat.getPermalink."""
    channel = visible(call, call.args.required("channel"))
    ts = call.args.required("message_ts")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call, channel, message)}


def permalink(call: Call, channel: Channel, message: JSON) -> str:
    """The address of a message; a reply's names its thread."""
    link = f"{call.ws.url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    return link + (f"?thread_ts={message['thread_ts']}&cid={channel.id}" if is_reply(message) else "")


def _own(call: Call, refusal: str, *, archived: str) -> tuple[Channel, JSON]:
    channel = visible(call, call.args.required("channel"))
    message = channel.messages.get(call.args.required("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("app_id") != call.app.id:
        raise SlackError(refusal)
    if channel.is_archived:
        raise SlackError(archived)
    return channel, message


def _thread(channel: Channel, thread_ts: str) -> str:
    parent = channel.messages.get(thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    return str(parent.get("thread_ts", thread_ts))


def _content(call: Call, *, fallback: bool = False) -> JSON:
    """The checked text, blocks and attachments. `fallback`: something to show is there already."""
    if "markdown_text" in call.args:
        return _markdown(call)
    text = call.args.text("text")
    blocks = call.args.parsed("blocks", "invalid_blocks_format")
    attachments = call.args.parsed("attachments", "invalid_attachments")
    if blocks:
        blocks = _kept_blocks(call, blocks)
    if attachments:
        attachments = _kept_attachments(call, attachments)
    if not (text or blocks or attachments or fallback):
        raise SlackError("no_text")
    return {"text": text, "blocks": blocks, "attachments": attachments}


def _markdown(call: Call) -> JSON:
    """`markdown_text` stands alone; Slack keeps it as a markdown block."""
    if "text" in call.args or "blocks" in call.args:
        raise SlackError("markdown_text_conflict")
    text = call.args.text("markdown_text")
    blocks = _kept_blocks(call, [{"type": "markdown", "text": text}])
    return {"text": text, "blocks": blocks, "attachments": None}


def _kept_blocks(call: Call, blocks: Any) -> list[JSON]:
    """The blocks as Slack keeps them, unless it refuses them. Raises SlackError."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    try:
        kept = app_message(call.ws, call.app, blocks, pictures=call.pictures)
    except NotTaken as refused:
        raise _with_reasons("invalid_blocks", refused) from None
    # No text is longer than what it came in: most need no counting.
    if call.size > MESSAGE_TEXT and text_of_blocks(kept) > MESSAGE_TEXT:
        raise SlackError("msg_blocks_too_long")
    return kept


def _kept_attachments(call: Call, attachments: Any) -> list[JSON]:
    """The attachments as Slack keeps them, unless it refuses them. Raises SlackError."""
    try:
        return app_attachments(call.ws, call.app, attachments)
    except TooManyAttachments:
        raise SlackError("too_many_attachments") from None
    except AttachmentsTooLong:
        raise SlackError("attachment_payload_limit_exceeded") from None
    except NotTaken as refused:
        raise _with_reasons("invalid_attachments", refused) from None


def _with_reasons(error: str, refused: NotTaken) -> SlackError:
    return SlackError(error, errors=refused.reasons, response_metadata={"messages": refused.messages})


def _metadata(call: Call) -> JSON | None:
    metadata = call.args.parsed("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_schema")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    return metadata


METHODS = (
    Method("chat.postMessage", post_message, ("chat:write",)),
    Method("chat.postEphemeral", post_ephemeral_message, ("chat:write",)),
    Method("chat.update", update, ("chat:write",)),
    Method("chat.delete", delete_message, ("chat:write",)),
    Method("chat.getPermalink", get_permalink),
)
