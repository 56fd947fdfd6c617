"""What people say of themselves, and the list of those who have not. The rules are in steps.people."""

from typing import Any

from handlers import home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import people
from views import people as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the form about oneself, and to the list."""
    board.action(Action.FUNCTION.value)(answered(house, open_about_you))
    board.view(Callback.FUNCTION.value)(answered(house, save_about_you))
    board.action(Action.UNKNOWN_PEOPLE.value)(answered(house, open_unknown))


async def open_about_you(act: Act) -> None:
    """What do you work in, and who is your manager?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.about_you(*await act.read(people.who_i_am))

    await act.show("About you", make)


async def save_about_you(act: Act) -> None:
    """Said: kept, and not asked again."""
    await act.run(people.say_who_i_am, *act.typed_as(view.about_you_from))
    await act.args.ack()
    await home.redraw(act)


async def open_unknown(act: Act) -> None:
    """Whose function does nobody know?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.unknown_people(await act.read(people.unknown))

    await act.show("People", make)
