"""`/pulse`: what is open for me, what was published, and for its planner the way to plan one. The rules are in
steps.pulse."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from steps import pulse
from views import pulse_overview as view
from views.ids import Action


def register(app: AsyncApp, house: House) -> None:
    """Listen to `/pulse` and to the way to the comments."""
    app.command("/pulse")(answered(house, show))
    app.action(Action.PULSE_COMMENTS.value)(answered(house, open_comments))


async def show(act: Act) -> None:
    """Answer privately."""
    await act.args.ack()
    message = view.overview(await act.read(pulse.seen))
    await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def open_comments(act: Act) -> None:
    """What did people add?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.comments(await act.read(pulse.comments))

    await act.show("Comments", make)
