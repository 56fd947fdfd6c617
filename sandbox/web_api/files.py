"""files.*: announcing uploads, sharing them, telling of them. The bytes themselves come to `file_server`."""

import re
from typing import Any

from sandbox.channels import Channel
from sandbox.files import MOST_BYTES, File, file_shape
from sandbox.posting import bot_message
from sandbox.shapes import JSON
from sandbox.sharing import find_file, share
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments
from sandbox.web_api.chat import in_thread
from sandbox.web_api.destinations import to_post

_CHANNEL = re.compile(r"[CGDZ][A-Z0-9]+")


def get_upload_url(call: Call) -> JSON:
    """files.getUploadURLExternal."""
    name = call.args.required("filename")
    length = call.args.integer("length", 0)
    if length <= 0:
        raise invalid_arguments("missing required field: length")
    if length > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    alt_txt = call.args.text("alt_txt")
    file = call.ws.files.announce(call.app, name, length, created=call.ws.clock.seconds(), alt_txt=alt_txt)
    return {"upload_url": f"{call.ws.url}/upload/v1/{file.secret}", "file_id": file.id}


def complete_upload(call: Call) -> JSON:
    """files.completeUploadExternal: the files are shared in one message for each channel, or with nobody."""
    named = _named(call)
    channels = _channels(call)
    thread = {channel.id: in_thread(call, channel) for channel in channels}
    for file, title in named:
        file.title, file.complete = title or file.title, True
        file.shared += [channel.id for channel in channels]
    shapes = [file_shape(file, call.ws.url, call.ws.world.team["id"]) for file, _ in named]
    for channel in channels:
        _share(call, channel, shapes, thread[channel.id])
    return {"files": shapes}


def _share(call: Call, channel: Channel, files: list[JSON], thread: JSON) -> None:
    comment = call.args.text("initial_comment")
    message = bot_message(call.ws, call.app, {"text": comment, **thread})
    share(call.ws, channel, {**message, "text": comment}, files)


def _named(call: Call) -> list[tuple[File, str]]:
    given: Any = call.args.parsed("files")
    if not isinstance(given, list) or not given:
        raise invalid_arguments("missing required field: files")
    if not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in given):
        raise invalid_arguments("must provide an object with an id [json-pointer:/files]")
    return [(_uploaded(call, one["id"]), str(one.get("title") or "")) for one in given]


def _uploaded(call: Call, file_id: str) -> File:
    file = call.ws.files.find(file_id)
    if file is None or file.app is None or file.app.id != call.app.id or file.content is None or file.complete:
        raise SlackError("file_not_found")
    return file


def _channels(call: Call) -> list[Channel]:
    one = call.args.text("channel_id")
    if one and not _CHANNEL.fullmatch(one):
        raise invalid_arguments("failed to match pattern ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]")
    names = dict.fromkeys([*([one] if one else []), *call.args.names("channels")])
    return [_open(call, name) for name in names]


def _open(call: Call, name: str) -> Channel:
    try:
        return to_post(call, name)
    except SlackError as refused:
        # Of this method Slack says that it has one word for a channel where nobody may post.
        raise SlackError("posting_to_channel_denied") if refused.error == "is_archived" else refused from None


def info(call: Call) -> JSON:
    """files.info: the files that the app sees."""
    found = find_file(call.ws, call.app, call.args.required("file"))
    if found is None:
        raise SlackError("file_not_found")
    owner, file = found
    shape = file_shape(file, call.ws.url, owner.world.team["id"])
    return {"file": shape | _places(call, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _places(call: Call, file: File) -> JSON:
    """Where the file is shown, by kind of conversation."""
    channels = call.ws.world.channels
    shown = [channels[place] for place in file.shared if place in channels]
    return {
        "channels": [one.id for one in shown if one.kind == "public_channel"],
        "groups": [one.id for one in shown if one.kind in ("private_channel", "mpim")],
        "ims": [one.id for one in shown if one.is_im],
    }


METHODS = (
    Method("files.info", info, ("files:read",)),
    Method("files.getUploadURLExternal", get_upload_url, ("files:write",)),
    Method("files.completeUploadExternal", complete_upload, ("files:write",)),
)
