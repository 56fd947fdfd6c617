"""`/pulse`: what is open for me, what was published and how it changed, and for its planner the way to plan one. The
rules are in steps.pulse."""

from typing import Any

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import pulse
from views import pulse_overview as view
from views import pulse_trend
from views.ids import Action


def register(board: Switchboard, house: House) -> None:
    """Listen to `/pulse`, to the way to the comments, and to the choice of a group whose trend is drawn."""
    board.command("/pulse")(answered(house, show))
    board.action(Action.PULSE_COMMENTS.value)(answered(house, open_comments))
    board.action(Action.PULSE_TREND.value)(answered(house, draw_trend))


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


async def draw_trend(act: Act) -> None:
    """How did this group change? Drawn in a message of its own: Slack has charts only there."""
    await act.args.ack()
    chosen = act.choice
    found = await act.read(pulse.group_trends)
    message = pulse_trend.of_group(next((one for one in found if pulse_trend.key_of(one) == chosen), None))
    await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False)
