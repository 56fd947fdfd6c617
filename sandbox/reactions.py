"""Emoji on messages: who reacted with what, and whom that is told. Decides no permission."""

from sandbox.channels import Channel
from sandbox.events import tell_apps_in
from sandbox.posting import show
from sandbox.shapes import JSON
from sandbox.workspace import Workspace


def reacted(message: JSON, user: str, name: str) -> bool:
    """Whether a user has put this emoji on a message."""
    return any(one["name"] == name and user in one["users"] for one in message.get("reactions", []))


def react(ws: Workspace, channel: Channel, message: JSON, user: str, name: str) -> None:
    """Put an emoji on a message."""
    reactions = message.setdefault("reactions", [])
    found = next((one for one in reactions if one["name"] == name), None)
    if found is None:
        found = {"name": name, "users": [], "count": 0}
        reactions.append(found)
    found["users"].append(user)
    found["count"] += 1
    _tell(ws, channel, message, ("reaction_added", user, name))


def unreact(ws: Workspace, channel: Channel, message: JSON, user: str, name: str) -> None:
    """Take an emoji off a message again."""
    found = next(one for one in message["reactions"] if one["name"] == name)
    found["users"].remove(user)
    found["count"] -= 1
    message["reactions"] = [one for one in message["reactions"] if one["count"]]
    if not message["reactions"]:
        del message["reactions"]
    _tell(ws, channel, message, ("reaction_removed", user, name))


def _tell(ws: Workspace, channel: Channel, message: JSON, what: tuple[str, str, str]) -> None:
    name, user, reaction = what
    show(ws, channel, "message_changed", message)
    event = {
        "type": name,
        "user": user,
        "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
        "reaction": reaction,
        "item_user": message["user"],
        "event_ts": ws.clock.ts(),
    }
    tell_apps_in(ws, channel, name, event)
