"""Direct messages to Everboard: says what it can do, so that nobody talks to a wall."""

from slack_bolt.async_app import AsyncApp

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.settings import help_message

WRITTEN = {None, "file_share"}
"""Subtypes of what a person wrote, with or without a file."""


def register(app: AsyncApp, house: House) -> None:
    """Listen to direct messages."""
    app.event("message")(answered(house, message))


async def message(act: Act) -> None:
    """A person's own new message gets the help for their role; edits, joins and bots' messages get nothing."""
    event = act.body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") not in WRITTEN or event.get("bot_id"):
        return
    answer = await act.read(help_message)
    await act.args.client.chat_postMessage(channel=event["channel"], text=answer.text, blocks=answer.blocks)
