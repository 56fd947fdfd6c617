"""Answering a pulse: a tap on the first statement, the form, and sending it. The rules are in steps.pulse_answers."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from domain.errors import RuleError
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import pulse_answers
from steps.pulse_answers import Form, Sent
from views import pulse_ballot as view
from views.ids import Action, Callback

LOST = "That form can't be read any more. Please open it anew from the message, or with /pulse."

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to the message's buttons and to the form."""
    clicks: dict[Action, Handler] = dict.fromkeys(view.TAPS, tapped)
    clicks |= {Action.PULSE_TAKE: take, Action.PULSE_DESIRE: desire_chosen}
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.PULSE.value)(answered(house, submit))


async def take(act: Act) -> None:
    """Open the form, filled in where it was answered before."""
    await _open(act, None)


async def tapped(act: Act) -> None:
    """Open the form with the first answer set: the button says which."""
    await _open(act, str(view.TAPS.index(Action(act.action["action_id"])) + 1))


async def _open(act: Act, first: str | None) -> None:
    await act.args.ack()
    run_id = act.value

    async def make() -> dict[str, Any]:
        args = (act.user_id, act.house.moment(), run_id)
        return _drawn(await act.house.db.read(act.installation.workspace_id, pulse_answers.form, *args), first)

    await act.show(view.TITLE, make)


def _drawn(found: Form, first: str | None) -> dict[str, Any]:
    told = view.Told(found.run_id, found.name, found.closes_at, found.smallest, found.backup_days)
    asked = view.Asked(told, found.group, found.changes, found.places)
    return view.form(asked, *view.chosen_before(found.before, first))


async def desire_chosen(act: Act) -> None:
    """Whether somebody wants to decides whether they are asked what would move them."""
    await act.args.ack()
    asked = act.view_as(view.asked_in)
    if asked is None:
        raise RuleError(LOST)
    await act.update(act.view_id, view.form(asked, *act.typed_as(view.chosen_from)), act.view.get("hash"))


async def submit(act: Act) -> None:
    """Keep the answers before Slack is told, then let the person's own messages say "answered"."""
    asked = act.view_as(view.asked_in)
    if asked is None:
        raise RuleError(LOST)
    given = act.typed_as(view.given_from)
    sent = Sent(act.user_id, asked.told.run_id, asked.changes, given, act.house.clock.now())
    closes_at = await act.house.together.run(act.installation.workspace_id, pulse_answers.submit, sent)
    await act.args.ack()
    message = view.answered(asked.told.run_id, asked.told.name, closes_at)
    for channel, ts in asked.places:
        try:
            await act.args.client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
        except SlackApiError as error:  # the answers are kept; the message still leads to them
            log.info("message not changed", error=error.response.get("error"))
