"""`/advocates touch`: log a use of an advocate that happened outside of the bot. The rules are in steps.touches."""

from typing import Any

from domain.errors import RuleError
from domain.slack_text import plain
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import touches
from storage.database import DatabaseBusyError
from views import touches as view
from views.ids import Action, Callback

COMMAND = "touch"
"""The first word after `/advocates` that asks for the form."""

LONGEST = 300
"""Characters of the words that may name an advocate."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the form."""
    board.action(Action.TOUCH.value)(answered(house, open_empty))
    board.options(Action.TOUCH_ADVOCATE.value)(answered(house, suggest_advocates))
    board.view(Callback.TOUCH.value)(answered(house, log))


async def open_from_command(act: Act, words: str) -> None:
    """`/advocates touch …`: the form, with whom and what the words name."""

    async def make() -> dict[str, Any]:
        typed = plain(words)[:LONGEST]
        known = await act.read(touches.opening, typed)
        return view.form(known.advocate, known.activity, known.today, typed)

    await act.show(view.TITLE, make)


async def open_empty(act: Act) -> None:
    """A button."""
    await act.args.ack()
    await open_from_command(act, "")


async def suggest_advocates(act: Act) -> None:
    """The type-ahead over advocates."""
    try:
        found = await act.read(touches.suggest, (act.body.get("value") or "")[:LONGEST])
    except (RuleError, DatabaseBusyError):
        found = []
    await act.args.ack(options=view.advocate_options(found))


async def log(act: Act) -> None:
    """Logged: what is left of them now."""
    done = await act.run(touches.log, act.typed_as(view.touch_from), f"touch:{act.view_id}")
    await act.args.ack(response_action="update", view=view.logged(done))
