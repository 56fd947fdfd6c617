"""Files in a conversation: the message that shows them, what apps are told of it, and which files an app sees."""

from sandbox.apps import App
from sandbox.channels import Channel
from sandbox.events import tell_apps_in
from sandbox.files import File
from sandbox.posting import post
from sandbox.shapes import JSON
from sandbox.workspace import Workspace


def share(ws: Workspace, channel: Channel, message: JSON, files: list[JSON]) -> JSON:
    """Post a message with files, given as Slack shows them; apps in the channel hear of each. Answers the message."""
    sent = post(ws, channel, {**message, "subtype": "file_share", "upload": False, "files": files})
    for file in files:
        event = {"type": "file_shared", "file_id": file["id"], "user_id": sent["user"], "file": {"id": file["id"]}}
        tell_apps_in(ws, channel, "file_shared", {**event, "channel_id": channel.id, "event_ts": sent["ts"]})
    return sent


def app_sees(ws: Workspace, app: App, file: File) -> bool:
    """Whether it is the app's own, was put into one of its forms, or is shown in a conversation of its bot."""
    own = file.app is not None and file.app.id == app.id
    channels = ws.world.channels
    shown = any(place in channels and app.bot_user_id in channels[place].members for place in file.shared)
    return file.complete and (own or app.id in file.given_to or shown)


def find_file(ws: Workspace, app: App, file_id: str) -> tuple[Workspace, File] | None:
    """A file that an app sees, and whose it is: this workspace's, or one that the other side of a channel showed."""
    for side in (ws, *ws.site.workspaces.values()):
        file = side.files.find(file_id)
        if file is not None and app_sees(ws, app, file):
            return side, file
    return None
