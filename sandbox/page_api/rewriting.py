"""People's second thoughts: they edit and delete what they wrote. Decides which messages are theirs to change."""

from sandbox.changing import delete, rewrite
from sandbox.channels import Channel
from sandbox.page_api.asking import Asked
from sandbox.refusals import Refused
from sandbox.shapes import JSON
from sandbox.typed import as_message

# What people write; all else that stands under their name, such as that they joined, Slack wrote.
_WRITTEN = (None, "file_share", "thread_broadcast")


async def edit(asked: Asked) -> JSON:
    """Give a message of one's own another text."""
    channel, message = _own(asked, "edit")
    text = asked.text("text").strip()
    if not text and not message.get("files"):
        raise Refused("A message cannot be empty. Delete it instead.")
    return {"message": rewrite(asked.ws, channel, message, as_message(text, asked.ws.world))}


async def delete_message(asked: Asked) -> JSON:
    """Take a message of one's own away."""
    channel, message = _own(asked, "delete")
    delete(asked.ws, channel, message)
    return {}


def _own(asked: Asked, deed: str) -> tuple[Channel, JSON]:
    channel = asked.channel()
    message = channel.messages.get(asked.text("message_ts"))
    if message is None:
        raise Refused("That message is not there any more.")
    if message["user"] != asked.user or message.get("bot_id") or message.get("subtype") not in _WRITTEN:
        raise Refused(f"You can {deed} only what you wrote yourself.")
    if channel.is_archived:
        raise Refused("This channel has been archived.")
    if asked.user not in channel.members:
        raise Refused(f"You are not in #{channel.name} any more.")
    return channel, message
