"""The do-not-contact list in Slack: seen, added to, lifted from. The rules are in steps.do_not_contact."""

from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import do_not_contact
from views import do_not_contact as view
from views import inputs
from views.ids import Action, Callback
from views.text import Block

COMMAND = frozenset({"do-not-contact", "do not contact", "donotcontact", "dnc"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the list and to its two forms."""
    clicks: dict[Action, Handler] = {
        Action.DO_NOT_CONTACT: open_list,
        Action.DO_NOT_CONTACT_ADD: open_form,
        Action.DO_NOT_CONTACT_LIFT: open_lift,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.DO_NOT_CONTACT_ADD.value)(answered(house, add))
    board.view(Callback.DO_NOT_CONTACT_LIFT.value)(answered(house, lift))


async def open_list(act: Act) -> None:
    """Who is on it, by when and why."""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> Block:
        return view.listed(*await act.read(do_not_contact.seen))

    await act.show(view.TITLE, make)


async def open_form(act: Act) -> None:
    """Somebody more; the form takes the list's place."""
    await act.args.ack()
    await act.read(do_not_contact.seen)
    await act.update(act.view["id"], view.form())


async def open_lift(act: Act) -> None:
    """An entry may go; why?"""
    await act.args.ack()
    await act.read(do_not_contact.seen)
    await act.update(act.view["id"], view.lift_form(act.action["value"]))


async def add(act: Act) -> None:
    """Somebody goes on the list."""
    found = await act.run(do_not_contact.add, inputs.text_of(act.typed, "who"))
    await act.args.ack(response_action="update", view=view.listed(*found))


async def lift(act: Act) -> None:
    """An entry is lifted."""
    found = await act.run(do_not_contact.lift, act.kept, inputs.text_of(act.typed, "reason"))
    await act.args.ack(response_action="update", view=view.listed(*found))
