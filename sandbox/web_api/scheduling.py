"""chat.scheduleMessage, its listing and its deletion. Posts nothing itself."""

from sandbox.scheduled import Scheduled
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments, page
from sandbox.web_api.chat import message_content
from sandbox.web_api.destinations import to_post_in

# Slack's own figures, in seconds and messages.
FURTHEST = 120 * 24 * 3600
WINDOW, IN_WINDOW = 5 * 60, 30
TOO_LATE = 60


def schedule(call: Call) -> JSON:
    """chat.scheduleMessage."""
    post_at = _post_at(call)
    channel = to_post_in(call)
    content = message_content(call, channel)
    if _crowded(call, channel.id, post_at):
        raise SlackError("restricted_too_many")
    now = call.ws.clock.seconds()
    made = call.ws.scheduled.add(call.app, channel.id, post_at=post_at, created=now, content=content)
    message = {
        "text": content["text"],
        "username": call.app.display_name,
        "bot_id": call.app.bot_id,
        "type": "delayed_message",
        "subtype": "bot_message",
        **{key: content[key] for key in ("blocks", "attachments") if content.get(key)},
    }
    return {"channel": channel.id, "scheduled_message_id": made.id, "post_at": post_at, "message": message}


def _post_at(call: Call) -> int:
    if "post_at" not in call.args:
        raise invalid_arguments("missing required field: post_at")
    try:
        post_at = call.args.integer("post_at", 0)
    except SlackError:
        raise SlackError("invalid_time") from None
    now = call.ws.clock.seconds()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST:
        raise SlackError("time_too_far")
    return post_at


def _crowded(call: Call, channel: str, post_at: int) -> bool:
    """Whether some five minutes around the time would hold more messages to the channel than Slack takes."""
    times = sorted(one.post_at for one in call.ws.scheduled.all() if one.channel == channel)
    near = [time for time in times if abs(time - post_at) < WINDOW]
    starts = [time for time in near if time <= post_at] or [post_at]
    return any(sum(start <= time < start + WINDOW for time in near) >= IN_WINDOW for start in [*starts, post_at])


def list_scheduled(call: Call) -> JSON:
    """chat.scheduledMessages.list: the app's own."""
    channel = call.args.text("channel")
    if channel and channel not in call.ws.world.channels:
        raise SlackError("invalid_channel")
    oldest, latest = call.args.integer("oldest", 0), call.args.integer("latest", 10**12)
    found = [
        _listed(one)
        for one in call.ws.scheduled.all()
        if one.app is call.app and channel in ("", one.channel) and oldest <= one.post_at <= latest
    ]
    messages, metadata = page(call, found)
    return {"scheduled_messages": messages, "response_metadata": metadata}


def _listed(one: Scheduled) -> JSON:
    return {
        "id": one.id,
        "channel_id": one.channel,
        "post_at": one.post_at,
        "date_created": one.created,
        "text": one.content["text"],
    }


def delete_scheduled(call: Call) -> JSON:
    """chat.deleteScheduledMessage: not what is posted within a minute."""
    channel = call.args.required("channel")
    if channel not in call.ws.world.channels:
        raise SlackError("channel_not_found")
    one = call.ws.scheduled.find(call.args.required("scheduled_message_id"))
    late = one is not None and one.post_at - call.ws.clock.seconds() <= TOO_LATE
    if one is None or late or one.app is not call.app or one.channel != channel:
        raise SlackError("invalid_scheduled_message_id")
    call.ws.scheduled.remove(one.id)
    return {}


METHODS = (
    Method("chat.scheduleMessage", schedule, ("chat:write",)),
    Method("chat.scheduledMessages.list", list_scheduled),
    Method("chat.deleteScheduledMessage", delete_scheduled, ("chat:write",)),
)
