"""`/pulse`: what is open for me, and for whoever may see every group, what the pulses said. The rules are in
steps.pulse."""

from slack_bolt.async_app import AsyncApp

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from steps import pulse
from views import pulse as view


def register(app: AsyncApp, house: House) -> None:
    """Listen to `/pulse`."""
    app.command("/pulse")(answered(house, show))


async def show(act: Act) -> None:
    """Answer privately; no pulse is open until one is started."""
    await act.args.ack()
    found = await act.read(pulse.seen)
    message = view.results(found) if found else view.nothing_open()
    await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")
