"""Which of the CRM's fields is which column, chosen in Slack. The rules are in domain.crm."""

from typing import Any

from handlers import settings as settings_handlers
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import crm
from views import crm as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the form."""
    board.action(Action.SETTING_CRM.value)(answered(house, open_form))
    board.view(Callback.SETTING_CRM.value)(answered(house, save))


async def open_form(act: Act) -> None:
    """Which fields are read now?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(await act.read(crm.seen))

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """Other fields were named."""
    await act.run(crm.set_fields, *act.typed_as(view.fields_from))
    await settings_handlers.saved(act)
