"""The switch of Home for people with several roles. What there is to choose is domain.home_focus's."""

from handlers import home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import home_focus
from views.ids import Action


def register(board: Switchboard, house: House) -> None:
    """Listen to the switch."""
    board.action(Action.HOME_FOCUS.value)(answered(house, choose))


async def choose(act: Act) -> None:
    """Show that part from now on."""
    await act.args.ack()
    await act.run(home_focus.choose, act.choice)
    await home.publish(act)
