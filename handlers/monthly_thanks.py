"""The champion's thanks in Slack: posted by a click, with other words, or left out. The rules are in the steps."""

from datetime import date

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import monthly_thanks
from views import inputs
from views import monthly_thanks as view
from views.blocks import notice
from views.ids import Action, Callback
from views.text import Block


def register(board: Switchboard, house: House) -> None:
    """Listen to the draft's buttons, the way from everybody's credit, and the form."""
    board.action(Action.THANKS_OPEN.value)(answered(house, open_form))
    board.action(Action.THANKS_POST.value)(answered(house, post))
    board.action(Action.THANKS_LEAVE.value)(answered(house, leave_out))
    board.view(Callback.THANKS.value)(answered(house, send))


async def open_form(act: Act) -> None:
    """Other words for the last month's."""
    await act.args.ack()

    async def make() -> Block:
        return view.form(await act.read(monthly_thanks.seen))

    await act.show(view.TITLE, make)


async def post(act: Act) -> None:
    """As drafted; the draft then says so itself."""
    await act.args.ack()
    await act.run(monthly_thanks.post, act.value_as(date.fromisoformat))


async def leave_out(act: Act) -> None:
    """Not this month."""
    await act.args.ack()
    await act.run(monthly_thanks.leave_out, act.value_as(date.fromisoformat))


async def send(act: Act) -> None:
    """With these words."""
    month = act.kept_as(date.fromisoformat)
    await act.run(monthly_thanks.post, month, act.typed_as(inputs.text_of, "words"))
    await act.args.ack(response_action="update", view=notice(view.TITLE, "They are on their way to the wins channel."))
