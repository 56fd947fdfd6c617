"""The self-check's form: opening it from the message, Home or the program's health, and sending it."""

from domain.self_checks import Part
from handlers import health, home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import self_checks
from views import self_checks as view
from views.ids import Action, Callback
from views.text import Block


def register(board: Switchboard, house: House) -> None:
    """Listen to the button and the form."""
    board.action(Action.SELF_CHECK.value)(answered(house, open_form))
    board.view(Callback.SELF_CHECK.value)(answered(house, save))


async def open_form(act: Act) -> None:
    """This quarter's five statements."""
    await act.args.ack()
    part = act.value_as(Part)

    async def make() -> Block:
        return view.form(await act.read(self_checks.form, part))

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """Keep them; the program's health below shows it."""
    part, quarter = act.kept_as(view.kept_in)
    await act.run(self_checks.save, part, quarter, act.typed_as(view.scores_from, part))
    await act.args.ack()
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, await health.drawn(act))
    await home.redraw(act)
