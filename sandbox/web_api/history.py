"""conversations.history and conversations.replies: which messages an app may read, newest or oldest first, in pages."""

import re

from sandbox.connect import seen_from
from sandbox.posting import without_metadata
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, page
from sandbox.web_api.destinations import readable

# What Slack gives of a thread to whoever names no limit.
MOST_REPLIES = 1000

_TS = re.compile(r"[0-9]{1,18}(\.[0-9]+)?")


def history(call: Call) -> JSON:
    """conversations.history: newest first."""
    channel = readable(call)
    found = [m for m in channel.top_level() if _in_window(call, m)]
    messages, metadata = page(call, list(reversed(found)))
    return _answer(call, messages, metadata) | {"pin_count": 0}


def replies(call: Call) -> JSON:
    """conversations.replies: the parent, then its replies, oldest first."""
    channel = readable(call)
    ts = call.args.required("ts")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("thread_not_found")
    thread = list(channel.thread(str(message.get("thread_ts", ts))))
    found = thread[:1] + [m for m in thread[1:] if _in_window(call, m)]
    messages, metadata = page(call, found, default_limit=MOST_REPLIES)
    return _answer(call, messages, metadata)


def _answer(call: Call, messages: list[JSON], metadata: JSON) -> JSON:
    seen = [seen_from(call.ws, m) for m in messages]
    shown = seen if _with_metadata(call) else [without_metadata(m) for m in seen]
    more = bool(metadata["next_cursor"])
    return {"messages": shown, "has_more": more, **({"response_metadata": metadata} if more else {})}


def _with_metadata(call: Call) -> bool:
    return call.args.flag("include_all_metadata") and "metadata.message:read" in call.app.scopes


def _in_window(call: Call, message: JSON) -> bool:
    oldest, latest = _bound(call, "oldest", "0"), _bound(call, "latest", "9" * 10)
    ts = _key(message["ts"])
    if call.args.flag("inclusive"):
        return oldest <= ts <= latest
    return oldest < ts < latest


def _bound(call: Call, name: str, default: str) -> tuple[int, int]:
    text = call.args.text(name) or default
    if not _TS.fullmatch(text):
        raise SlackError(f"invalid_ts_{name}")
    return _key(text)


def _key(ts: str) -> tuple[int, int]:
    """Message times compare as numbers, exactly: a float would lose the last digit."""
    seconds, _, rest = ts.partition(".")
    return int(seconds), int(rest[:6].ljust(6, "0") or 0)


METHODS = (
    Method("conversations.history", history),
    Method("conversations.replies", replies),
)
