"""What a customer got back, kept by the team from the profile or a program. The rules are in domain.gifts."""

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.mechanisms import draw_below
from handlers.switchboard import Switchboard
from steps import gifts
from views import gifts as view
from views import mechanisms
from views.ids import Action, Callback
from views.text import Block


def register(board: Switchboard, house: House) -> None:
    """Listen to the button on the profile, the list and the form."""
    board.action(Action.GIFTS.value)(answered(house, open_log))
    board.action(Action.GIFT_ADD.value)(answered(house, open_form))
    board.action(Action.GIFT_TAKE_BACK.value)(answered(house, take_back))
    board.view(Callback.GIFT.value)(answered(house, save))


async def open_log(act: Act) -> None:
    """What did they get so far?"""
    await act.args.ack()

    is_program = act.view.get("callback_id") == Callback.MECHANISM.value
    program_id = act.kept_as(mechanisms.place_of)[0] if is_program else ""

    async def make() -> Block:
        return view.log(await act.read(gifts.seen, act.value), program_id)

    await act.show(view.TITLE, make)


async def open_form(act: Act) -> None:
    """Something more: the form takes the list's place, for Slack shows no more than three windows on one another."""
    await act.args.ack()
    _advocate, program_id = act.kept_as(view.place_of)
    await act.update(act.view_id, view.form(await act.read(gifts.seen, act.value), program_id))


async def save(act: Act) -> None:
    """It was given; the list takes the form's place."""
    receipt = f"{act.view_id}:{act.view.get('hash', '')}"
    advocate_id, program_id = act.kept_as(view.place_of)
    found = await act.run(gifts.give, advocate_id, act.typed_as(view.typed_from), receipt)
    await act.args.ack(response_action="update", view=view.log(found, program_id))
    if program_id:
        await draw_below(act, program_id)


async def take_back(act: Act) -> None:
    """It was a mistake."""
    await act.args.ack()
    _advocate, program_id = act.kept_as(view.place_of)
    found = await act.run(gifts.take_back, act.value)
    await act.update(act.view_id, view.log(found, program_id))
    if program_id:
        await draw_below(act, program_id)
