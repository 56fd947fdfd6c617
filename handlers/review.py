"""The advocacy team's alert: Accept, Ask for more, Decline, Merge, Take it, Reopen. The rules are in steps.review."""

from typing import Any

from domain import permissions
from domain.duplicates import Candidate, resemblance
from domain.errors import RuleError
from domain.moment import Moment
from domain.names import company_key, person_key
from domain.nominations import Card
from domain.people import Actor
from handlers import home
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import contacts, review
from steps.review import OwnerNow
from storage import cards
from storage.guard import GuardedSession
from views import review as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to everything in the alert."""
    clicks: dict[Action, Handler] = {
        Action.ACCEPT: open_accept,
        Action.ASK: open_ask,
        Action.DECLINE: open_decline,
        Action.MERGE: open_merge,
        Action.TAKE: take,
        Action.REOPEN: reopen,
        Action.CONTACT: show_contact,
        Action.USE_AS_WRITTEN: use_as_written,
        Action.TWO_PEOPLE: keep_apart,
        Action.KEPT: show_kept,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.options(Action.MERGE_TARGET.value)(answered(house, suggest_targets))
    board.view(Callback.ACCEPT.value)(answered(house, accept))
    board.view(Callback.ASK.value)(answered(house, ask))
    board.view(Callback.DECLINE.value)(answered(house, decline))
    board.view(Callback.MERGE.value)(answered(house, merge))


def _for_review(session: GuardedSession, actor: Actor, _moment: Moment, nomination_id: str) -> Card:
    permissions.check(actor, permissions.Action.REVIEW)
    card = cards.one(session, nomination_id)
    if not card.state.is_open:
        raise RuleError(f"This nomination is {card.state.words} already.")
    return card


async def open_accept(act: Act) -> None:
    """Who introduces us, and by when?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        await act.read(_for_review, act.value)
        card, owner = await act.read(review.owner_now, act.value)
        return _accept_form(card, owner)

    await act.show("Accept", make)


def _accept_form(card: Card, owner: OwnerNow) -> dict[str, Any]:
    return view.accept(
        card,
        owner.owner_slack_id,
        suggested=owner.suggested_slack_id,
        new_account=owner.is_new_account,
        due=owner.due_on,
    )


async def accept(act: Act) -> None:
    """Accepted: the form closes, the alert and the nominator are told."""
    decided = act.typed_as(view.acceptance_from)
    await act.run(review.accept, act.kept, review.Acceptance(decided.owner, decided.due))
    await _decided(act)


async def open_ask(act: Act) -> None:
    """What would the team like to know?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.ask(await act.read(_for_review, act.value))

    await act.show("Ask for more", make)


async def ask(act: Act) -> None:
    """The question goes to the nominator."""
    await act.run(review.ask, act.kept, act.typed_as(view.question_from))
    await _decided(act)


async def open_decline(act: Act) -> None:
    """Why not?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.decline(await act.read(_for_review, act.value))

    await act.show("Decline", make)


async def decline(act: Act) -> None:
    """Declined with a reason; it can be reopened."""
    reason, words = act.typed_as(view.decline_from)
    await act.run(review.decline, act.kept, reason, words)
    await _decided(act)


async def open_merge(act: Act) -> None:
    """Into which other nomination?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.merge(await act.read(_for_review, act.value))

    await act.show("Merge", make)


async def suggest_targets(act: Act) -> None:
    """Live nominations whose contact or company fits what was typed."""
    found = await act.read(_targets, act.body.get("value") or "", act.view.get("private_metadata") or "")
    await act.args.ack(options=view.merge_options(found))


def _targets(session: GuardedSession, actor: Actor, _moment: Moment, typed: str, own_id: str) -> list[Card]:
    permissions.check(actor, permissions.Action.REVIEW)
    own = cards.one(session, own_id)
    found = {card.id: card for card in cards.live_like(session, typed)}
    if not typed.strip():  # the list may be long, and those of the same company must not be cut off
        found |= {card.id: card for card in cards.live_like(session, own.company)}
    others = [card for card in found.values() if card.id != own_id]
    return sorted(others, key=lambda card: -resemblance(_keys(own), _keys(card)))


def _keys(card: Card) -> Candidate:
    return Candidate(person_key(card.contact_name), None, company_key(card.company))


async def merge(act: Act) -> None:
    """Merged: backers count for the other one from now on."""
    await act.run(review.merge, act.kept, act.typed_as(view.target_from))
    await _decided(act)


async def _decided(act: Act) -> None:
    """The form closes; the queue in this person's Home, where it may lie open behind the form, is current again."""
    await act.args.ack()
    await home.redraw(act)


async def take(act: Act) -> None:
    """Put one's name on it; the alert shows it at once."""
    await act.args.ack()
    await act.run(review.take, act.value)
    if act.view:
        await home.redraw(act)


async def reopen(act: Act) -> None:
    """Take a decline back."""
    await act.args.ack()
    await act.run(review.reopen, act.value)
    if act.view:
        await home.redraw(act)


async def show_contact(act: Act) -> None:
    """Email and phone, to whoever may see them; in a modal, never in a channel."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.contact_details(*await act.run(contacts.of_nomination, act.value))

    await act.show("Contact details", make)


async def use_as_written(act: Act) -> None:
    """The customer is called what the nominator wrote; the alert shows it at once."""
    await act.args.ack()
    await act.run(contacts.use_as_written, act.value)
    if act.view:
        await home.redraw(act)


async def keep_apart(act: Act) -> None:
    """The customer is not the namesake who was nominated before; the alert stops warning."""
    await act.args.ack()
    await act.run(contacts.keep_apart, act.value)
    if act.view:
        await home.redraw(act)


async def show_kept(act: Act) -> None:
    """The nomination that another one was merged into, as it stands now."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.kept(await act.read(_kept, act.value))

    await act.show("Nomination", make)


def _kept(session: GuardedSession, actor: Actor, _moment: Moment, nomination_id: str) -> Card:
    permissions.check(actor, permissions.Action.REVIEW)
    return cards.one(session, nomination_id)
