"""A request whose asker has left: hand it on, or cancel it. The rules are in steps.askers and steps.taking_back."""

from typing import Any

from handlers import home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import askers, taking_back
from views import askers as view
from views import fulfilment
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the two buttons and the form."""
    board.action(Action.REQUEST_HAND_ON.value)(answered(house, open_form))
    board.action(Action.REQUEST_END.value)(answered(house, end))
    board.view(Callback.REQUEST_HAND_ON.value)(answered(house, hand_on))


async def open_form(act: Act) -> None:
    """To whom?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.hand_on(await act.read(askers.to_hand_on, act.value))

    await act.show(view.TITLE, make)


async def hand_on(act: Act) -> None:
    """Somebody else asks from now on, and is told."""
    await act.run(askers.hand_on, act.kept, act.typed_as(fulfilment.colleague_from))
    await act.args.ack()
    await home.redraw(act)


async def end(act: Act) -> None:
    """Nobody needs it (the button has asked whether they are sure)."""
    await act.args.ack()
    await act.run(taking_back.end, act.value)
    if act.view:
        await home.redraw(act)
