"""The team's alert of a request: take, propose, decline, reopen, look again, hand over, group."""

from typing import Any

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor
from domain.requests import Card
from handlers import home
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import fulfilment, group_calls, proposals
from steps.proposals import Proposals
from storage import request_cards
from storage.guard import GuardedSession
from views import fulfilment as view
from views.blocks import read_list
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to everything in the alert that is the team's alone."""
    clicks: dict[Action, Handler] = {
        Action.REQUEST_TAKE: take,
        Action.REQUEST_PROPOSE: open_propose,
        Action.REQUEST_SEARCH: search,
        Action.REQUEST_DECLINE: open_decline,
        Action.REQUEST_REOPEN: reopen,
        Action.REQUEST_LOOK_AGAIN: look_again,
        Action.REQUEST_HAND_OVER: open_hand_over,
        Action.REQUEST_GROUP: open_group,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.REQUEST_PROPOSE.value)(answered(house, propose))
    board.view(Callback.REQUEST_DECLINE.value)(answered(house, decline))
    board.view(Callback.REQUEST_HAND_OVER.value)(answered(house, hand_over))
    board.view(Callback.REQUEST_GROUP.value)(answered(house, group))


def _open_one(session: GuardedSession, actor: Actor, _moment: Moment, request_id: str) -> Card:
    permissions.check(actor, permissions.Action.FULFIL_REQUEST)
    card = request_cards.one(session, request_id)
    if not card.state.is_open:
        raise RuleError(f"This request is {card.state.words} already.")
    return card


async def take(act: Act) -> None:
    """Put one's name on it; the alert shows it at once."""
    await act.args.ack()
    await act.run(fulfilment.take, act.value)
    await _redraw(act)


async def _redraw(act: Act) -> None:
    if act.view:
        await home.redraw(act)


async def open_propose(act: Act) -> None:
    """Who could do it, best first."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        await act.read(_open_one, act.value)
        return _proposing(await act.read(proposals.found, act.value, None))

    await act.show("Propose an advocate", make)


def _proposing(found: Proposals) -> dict[str, Any]:
    return view.propose(found.card, found.found, found.searched, found.relaxed, found.today)


async def search(act: Act) -> None:
    """Look for others, in the same window."""
    await act.args.ack()
    await act.update(act.view_id, await _looked(act))


async def _looked(act: Act) -> dict[str, Any]:
    meta = act.meta
    return _proposing(await act.read(proposals.found, meta.text("id"), act.typed_as(view.search_from)))


async def propose(act: Act) -> None:
    """Settled: the owner is asked, or the request is approved, as the routing says."""
    if not act.typed_as(view.offered_somebody):
        await act.args.ack(response_action="update", view=await _looked(act))
        return
    meta, chosen = act.meta, act.typed_as(view.choice_from)
    await act.run(fulfilment.propose, meta.text("id"), chosen.advocate_id, chosen.on, chosen.override)
    await act.args.ack()
    await home.redraw(act)


async def open_decline(act: Act) -> None:
    """Why not?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.decline(await act.read(_open_one, act.value))

    await act.show("Decline", make)


async def decline(act: Act) -> None:
    """Declined with a reason; it can be reopened."""
    reason, words = act.typed_as(view.decline_from)
    await act.run(fulfilment.decline, act.kept, reason, words)
    await act.args.ack()
    await home.redraw(act)


async def reopen(act: Act) -> None:
    """Open it again."""
    await act.args.ack()
    await act.run(fulfilment.reopen, act.value)
    await _redraw(act)


async def look_again(act: Act) -> None:
    """The advocate can't after all (the button has asked whether they are sure)."""
    await act.args.ack()
    await act.run(fulfilment.look_again, act.value)
    await _redraw(act)


async def open_hand_over(act: Act) -> None:
    """To which colleague?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.hand_over(await act.read(_open_one, act.value))

    await act.show("Hand over", make)


async def hand_over(act: Act) -> None:
    """The colleague is told."""
    await act.run(fulfilment.hand_over, act.kept, act.typed_as(view.colleague_from))
    await act.args.ack()
    await home.redraw(act)


async def open_group(act: Act) -> None:
    """Which of them become one call?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.group(await act.read(_competing, act.value_as(read_list)))

    await act.show("One group call", make)


def _competing(session: GuardedSession, actor: Actor, moment: Moment, request_ids: list[str]) -> list[Card]:
    cards = [_open_one(session, actor, moment, request_id) for request_id in request_ids]
    if len(cards) < 2:
        raise RuleError("Only one of these requests is still open.")
    return cards


async def group(act: Act) -> None:
    """One group call for all of them; everybody is told."""
    await act.run(group_calls.group, act.typed_as(view.group_from))
    await act.args.ack()
    await home.redraw(act)
