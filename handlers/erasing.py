"""Erasing a person from Slack: who it is, what there is, and the confirmation. The rules are in steps.erasing."""

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import erasing
from views import erasing as view
from views import inputs
from views.ids import Action, Callback
from views.text import Block

COMMAND = frozenset({"erase", "forget"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the way to the form, to the form and to the confirmation."""
    board.action(Action.ERASE.value)(answered(house, open_form))
    board.view(Callback.ERASE.value)(answered(house, show))
    board.view(Callback.ERASE_CONFIRM.value)(answered(house, erase))


async def open_form(act: Act) -> None:
    """Who is it?"""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> Block:
        await act.read(erasing.check)
        return view.form()

    await act.show(view.TITLE, make)


async def show(act: Act) -> None:
    """What there is of them; nothing is removed yet."""
    found = await act.read(erasing.preview, act.typed_as(inputs.text_of, "who"))
    await act.args.ack(response_action="update", view=view.preview(found))


async def erase(act: Act) -> None:
    """It is meant."""
    meant = act.kept_as(view.meant)
    is_listed = await act.run(erasing.confirm, meant, act.typed_as(inputs.text_of, "who"))
    await act.args.ack(response_action="update", view=view.done(is_listed=is_listed))
    act.house.aside(_go_on(act))


async def _go_on(act: Act) -> None:
    """At once, table by table and message by message; what is interrupted is taken up by the clock."""
    db, workspace_id = act.house.db, act.installation.workspace_id
    while await db.run(workspace_id, erasing.go_on, act.house.moment()):
        act.house.wake()
