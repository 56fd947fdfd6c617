"""The relationship owner's yes or no to the use of a customer, and the team's in the owner's place."""

from typing import Any

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor
from domain.requests import Card, OwnerReason, State
from handlers import home
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import fulfilment
from steps.request_progress import relations_of
from storage import request_cards
from storage.guard import GuardedSession
from views import fulfilment as view
from views.approvals import NOT_YOURS
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the answers."""
    board.action(Action.USE_APPROVE.value)(answered(house, approve))
    board.action(Action.USE_REFUSE.value)(answered(house, open_refuse))
    board.action(Action.USE_STAND_IN.value)(answered(house, open_stand_in))
    board.view(Callback.USE_REFUSE.value)(answered(house, refuse))
    board.view(Callback.USE_STAND_IN.value)(answered(house, stand_in))


async def approve(act: Act) -> None:
    """One click: yes. Whoever asked gets the contact details."""
    await act.args.ack()
    card = await act.run(_own_yes, act.value)
    await act.tell(f"Thank you. {card.requester_name or 'Your colleague'} is told, and the time is reserved.")
    if act.view:
        await home.redraw(act)


def _own_yes(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """The owner's own button. The team answers through another one, which asks for a reason."""
    _check_asked(session, actor, moment, request_id)
    return fulfilment.approve(session, actor, moment, request_id)


def _check_asked(session: GuardedSession, actor: Actor, _moment: Moment, request_id: str) -> Card:
    card = request_cards.one(session, request_id)
    relations = relations_of(actor, card)
    if actor.person_id == card.owner_id and permissions.Relation.ACCOUNT_OWNER not in relations:
        raise RuleError(NOT_YOURS)
    permissions.check(actor, permissions.Action.APPROVE_USE, relations)
    if card.state is not State.AWAITING_OWNER:
        raise RuleError(f"Your answer is not needed any more: this request is {card.state.words}.")
    return card


async def open_refuse(act: Act) -> None:
    """Why not?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.refuse(await act.read(_check_asked, act.value))

    await act.show("No", make)


async def refuse(act: Act) -> None:
    """No: the team looks for somebody else."""
    reason, words = act.typed_as(view.refusal_from)
    await act.run(fulfilment.refuse, act.kept, reason, words)
    await act.args.ack()
    await home.redraw(act)


async def open_stand_in(act: Act) -> None:
    """The team's answer in the owner's place."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.stand_in(await act.read(_may_stand_in, act.value))

    await act.show("Answer for the owner", make)


def _may_stand_in(session: GuardedSession, actor: Actor, _moment: Moment, request_id: str) -> Card:
    permissions.check(actor, permissions.Action.OVERRIDE_APPROVAL)
    card = request_cards.one(session, request_id)
    if card.state is not State.AWAITING_OWNER:
        raise RuleError(f"No answer is needed any more: this request is {card.state.words}.")
    return card


async def stand_in(act: Act) -> None:
    """Answered in the owner's place, with a reason that the audit keeps."""
    is_yes, reason = act.typed_as(view.stand_in_from)
    request_id = act.kept
    if is_yes:
        await act.run(fulfilment.approve, request_id, reason)
    else:
        await act.run(fulfilment.refuse, request_id, OwnerReason.OTHER, None, reason)
    await act.args.ack()
    await home.redraw(act)
