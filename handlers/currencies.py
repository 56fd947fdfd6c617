"""In which currency an amount without one is, chosen in Slack. The rule is in domain.currencies."""

from typing import Any

from handlers import settings as settings_handlers
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import settings
from views import currencies as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the form."""
    board.action(Action.SETTING_CURRENCY.value)(answered(house, open_form))
    board.view(Callback.SETTING_CURRENCY.value)(answered(house, save))


async def open_form(act: Act) -> None:
    """Which currency is it now?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        found, _holders, _may = await act.read(settings.overview_for_editing)
        return view.form(found.currency)

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """Another currency was chosen."""
    await act.run(settings.set_currency, act.typed_as(view.currency_from))
    await settings_handlers.saved(act)
