"""How requests are handled, chosen in Slack. The ways are in domain.request_routing."""

from typing import Any

from handlers import settings as settings_handlers
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import settings
from views import routing as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the form."""
    board.action(Action.SETTING_ROUTING.value)(answered(house, open_form))
    board.view(Callback.SETTING_ROUTING.value)(answered(house, save))


async def open_form(act: Act) -> None:
    """Which way do they take now?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        found, _holders, _may = await act.read(settings.overview_for_editing)
        return view.form(found.routing)

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """Other ways were chosen: they hold for requests that are sent from now on."""
    await act.run(settings.set_routing, act.typed_as(view.chosen_from))
    await settings_handlers.saved(act)
