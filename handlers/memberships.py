"""Who belongs to a program: inviting, and what was answered, by the owner in a message or by the team in a form.

The rules are in steps.memberships.
"""

from typing import Any

from domain.memberships import Move
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.mechanisms import draw_below, redraw
from handlers.switchboard import Switchboard
from steps import member_proposals, memberships
from views import mechanisms
from views import memberships as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the buttons of programs and of their messages, and to the forms."""
    clicks: dict[Action, Handler] = {
        Action.MECHANISM_INVITE: open_proposals,
        Action.MEMBER_ANSWER: open_answer,
        Action.MEMBER_LEAVE: leave,
        Action.MEMBER_AGAIN: invite_again,
        Action.INVITATION_JOIN: join,
        Action.INVITATION_LATER: put_off,
        Action.INVITATION_NO: refuse,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.MECHANISM_INVITE.value)(answered(house, invite))
    board.view(Callback.MEMBER_ANSWER.value)(answered(house, answer))


async def open_proposals(act: Act) -> None:
    """Who fits?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.proposals(await act.read(member_proposals.propose, act.value))

    await act.show(view.TITLE, make)


async def invite(act: Act) -> None:
    """Those picked are invited; what came of it takes the form's place."""
    mechanism_id = act.kept
    done = await act.run(memberships.invite, mechanism_id, act.typed_as(view.picked_from))
    await act.args.ack(response_action="update", view=view.invited(done))
    await draw_below(act, mechanism_id)


async def invite_again(act: Act) -> None:
    """Somebody who said no, or left, is asked once more."""
    await act.args.ack()
    held = await act.read(memberships.member, act.value)
    mechanism_id, page = act.kept_as(mechanisms.place_of)
    await act.run(memberships.invite, mechanism_id, (held.advocate_id,))
    await redraw(act, mechanism_id, page)


async def leave(act: Act) -> None:
    """A member leaves, or an invitation is taken back (the button has asked whether they are sure)."""
    await act.args.ack()
    await act.run(memberships.leave, act.value)
    await redraw(act, *act.kept_as(mechanisms.place_of))


async def open_answer(act: Act) -> None:
    """What did they say? The team answers."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.answer(await act.read(memberships.member, act.value))

    await act.show("Answer for them", make)


async def answer(act: Act) -> None:
    """The team's answer; the program below shows it."""
    move, reason = act.typed_as(view.answer_from)
    done = await act.run(memberships.answer, act.kept, move, reason)
    await act.args.ack()
    await draw_below(act, done.mechanism_id)


async def join(act: Act) -> None:
    """They joined."""
    await _answer(act, Move.JOIN)


async def put_off(act: Act) -> None:
    """Not now."""
    await _answer(act, Move.PUT_OFF)


async def refuse(act: Act) -> None:
    """No (the button has asked whether they are sure)."""
    await _answer(act, Move.REFUSE)


async def _answer(act: Act, move: Move) -> None:
    """An answer given in a message, which then says so itself."""
    await act.args.ack()
    await act.run(memberships.answer, act.value, move)
