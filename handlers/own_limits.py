"""How often one advocate may be asked, and a pause, set in Slack. The rules are in steps.own_limits."""

from typing import Any

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import own_limits
from views import own_limits as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the button in the journey, and to the form."""
    board.action(Action.PROTECTION.value)(answered(house, open_form))
    board.view(Callback.PROTECTION.value)(answered(house, save))


async def open_form(act: Act) -> None:
    """What holds now?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        found = await act.read(own_limits.of, act.value)
        return view.form(
            found.advocate_id, found.name, found.own, found.pause, found.usual, found.capacity, found.today
        )

    await act.show("Limits and pause", make)


async def save(act: Act) -> None:
    """It holds from now on; what was approved before stays."""
    own, pause = act.typed_as(view.own_from), act.typed_as(view.pause_from)
    await act.run(own_limits.protect, act.kept, own, pause)
    await act.args.ack()
