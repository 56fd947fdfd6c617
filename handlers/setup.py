"""The guide by which a leader sets Everboard up: put away, and brought back with `/advocacy setup`."""

from handlers import home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import setup
from views import setup as view
from views.ids import Action

COMMAND = frozenset({"setup", "start", "guide"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the button of the guide."""
    board.action(Action.SETUP_HIDE.value)(answered(house, hide))


async def hide(act: Act) -> None:
    """Home shows it no more."""
    await act.args.ack()
    found = await act.run(setup.show, shown=False)
    await home.redraw(act)
    await act.tell(view.told(found))


async def bring_back(act: Act) -> None:
    """Home shows it again, as long as anything is left to do."""
    await act.args.ack()
    found = await act.run(setup.show, shown=True)
    await home.redraw(act)
    await act.tell(view.told(found))
