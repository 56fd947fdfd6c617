"""What people do from the news about their requests, and from Home: take it back, set the time, tell how it went.

The same buttons stand in the team's alert. The rules are in steps.taking_back, steps.fulfilment and steps.outcomes.
"""

from typing import Any

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor
from domain.request_outcomes import Fate
from domain.requests import Card, Move, after
from handlers import home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import fulfilment, outcomes, taking_back
from steps import request_progress as progress
from storage import request_cards
from storage.guard import GuardedSession
from views import outcomes as outcomes_view
from views import scheduling
from views.ids import Action, Callback
from views.request_words import what_plain


def register(board: Switchboard, house: House) -> None:
    """Listen to the buttons of the news, and to the forms that they open."""
    board.action(Action.REQUEST_CANCEL.value)(answered(house, cancel))
    board.action(Action.REQUEST_SCHEDULE.value)(answered(house, open_schedule))
    board.view(Callback.REQUEST_SCHEDULE.value)(answered(house, schedule))
    board.action(Action.OUTCOME.value)(answered(house, open_outcome))
    board.action(Action.OUTCOME_HAPPENED.value)(answered(house, follow_outcome))
    board.view(Callback.OUTCOME.value)(answered(house, tell_outcome))
    for fate in (Action.FATE_WON, Action.FATE_LOST, Action.FATE_OPEN, Action.FATE_UNKNOWN):
        board.action(fate.value)(answered(house, tell_fate))


async def cancel(act: Act) -> None:
    """Taken back (the button has asked whether they are sure): the message with the button says so."""
    await act.args.ack()
    card = await act.run(taking_back.take_back, act.value)
    if act.view:
        part = "your part in the request" if card.state.is_live else "the request"
        await act.tell(f"You took back {part} for {what_plain(card)}.")
    await home.redraw(act)


async def open_schedule(act: Act) -> None:
    """When is it?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        card, can_override = await act.read(_to_schedule, act.value)
        return scheduling.form(card, can_override=can_override)

    await act.show("Set the time", make)


def _to_schedule(session: GuardedSession, actor: Actor, _moment: Moment, request_id: str) -> tuple[Card, bool]:
    card = request_cards.one(session, request_id)
    progress.check(actor, card, permissions.Action.SCHEDULE_REQUEST)
    after(card.state, Move.SCHEDULE)  # an old message may still offer it
    return card, permissions.may(actor, permissions.Action.OVERRIDE_CAP)


async def schedule(act: Act) -> None:
    """The time is set; everybody who asked hears of it."""
    at, override = act.typed_as(scheduling.schedule_from)
    if at is None:
        raise RuleError("When is it?", {"at": "Please pick a day and a time."})
    await act.run(fulfilment.schedule, act.kept, at, override)
    await act.args.ack()
    await home.redraw(act)


async def open_outcome(act: Act) -> None:
    """Did it happen, and how did it go?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return outcomes_view.form(await act.read(_to_tell, act.value))

    await act.show("How did it go?", make)


def _to_tell(session: GuardedSession, actor: Actor, _moment: Moment, request_id: str) -> Card:
    card = request_cards.one(session, request_id)
    progress.check(actor, card, permissions.Action.TELL_OUTCOME)
    after(card.state, Move.COMPLETE)
    return card


async def follow_outcome(act: Act) -> None:
    """Another answer to whether it took place: the form asks what belongs to it."""
    await act.args.ack()
    card = await act.read(_to_tell, act.kept)
    await act.update(act.view_id, outcomes_view.form(card, act.typed_as(outcomes_view.outcome_from).happened))


async def tell_outcome(act: Act) -> None:
    """Told: what was reserved is used, free again, or moved."""
    card = await act.run(outcomes.tell, act.kept, act.typed_as(outcomes_view.outcome_from))
    await act.args.ack(response_action="update", view=outcomes_view.told(card))
    await home.redraw(act)


async def tell_fate(act: Act) -> None:
    """What became of the deal: the question says what was answered."""
    await act.args.ack()
    fate, _, request_id = act.value.partition(":")
    await act.run(outcomes.tell_fate, request_id, Fate[fate])
