"""Files in a conversation: the message that shows them, and what apps are told of it. Decides no permission."""

from sandbox.channels import Channel
from sandbox.events import send_event
from sandbox.posting import post
from sandbox.shapes import JSON
from sandbox.workspace import Workspace


def share(ws: Workspace, channel: Channel, message: JSON, files: list[JSON]) -> JSON:
    """Post a message with files, given as Slack shows them; apps in the channel hear of each. Answers the message."""
    sent = post(ws, channel, {**message, "subtype": "file_share", "upload": False, "files": files})
    for file in files:
        event = {"type": "file_shared", "file_id": file["id"], "user_id": sent["user"], "file": {"id": file["id"]}}
        for app in ws.apps.values():
            if app.bot_user_id in channel.members:
                send_event(ws, app, "file_shared", {**event, "channel_id": channel.id, "event_ts": sent["ts"]})
    return sent
