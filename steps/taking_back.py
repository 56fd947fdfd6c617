"""Taking a request back: it ends, or, where colleagues joined it, it goes on for them. Decides no wording."""

from collections.abc import Sequence

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from domain.requests import Card, Move
from steps import askers, owners, protection
from steps import request_progress as progress
from storage import audit, followers, request_cards, settings
from storage.guard import GuardedSession
from storage.people import Person
from storage.requests import Request
from views import request_news


def take_back(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """Whoever asked or joined needs it no more. Answers the request as it is then: ended, or going on for the others.

    Nobody can end it for a colleague who joined, but the team, who answers for it. Raises NotAllowed, AlreadyDone.
    """
    row = progress.locked(session, request_id)
    card = request_cards.one(session, request_id)
    progress.check(actor, card, permissions.Action.CANCEL_REQUEST)
    others = [person for person in followers.here(session, request_id) if person.id != actor.person_id]
    is_follower = actor.person_id in card.requester_ids and actor.person_id != row.requester_id
    if card.state.is_live and (is_follower or (others and actor.person_id == row.requester_id)):
        return _leave(session, actor, moment, row, others)
    return _end(session, actor, moment, row)


def end(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """The team cancels a request that nobody here asks for. Raises NotAllowed, AlreadyDone."""
    permissions.check(actor, permissions.Action.FULFIL_REQUEST)
    row = progress.locked(session, request_id)
    askers.check_orphaned(request_cards.one(session, request_id))
    return _end(session, actor, moment, row)


def _leave(session: GuardedSession, actor: Actor, moment: Moment, row: Request, others: Sequence[Person]) -> Card:
    """One of several goes. Where it is who asked first, the next in line asks from now on."""
    if row.requester_id == actor.person_id:
        card = askers.passed_on(session, actor, moment, row, others[0], request_news.inherited)
    else:
        followers.remove(session, row.id, actor.person_id)
        about, who = ("request", row.id), {"requester": row.requester_id}
        audit.record(session, moment, actor.person_id, "request.left", about, before=who, after=who)
        card = progress.refresh(session, moment, row.id)
    progress.settle(session, moment, card, actor.slack_user_id, request_news.no_longer_yours(card))
    return card


def _end(session: GuardedSession, actor: Actor, moment: Moment, row: Request) -> Card:
    """Nobody needs it; what was reserved is free again, and whoever was asked or promised hears of it."""
    protection.release(session, moment, row.id, settings.load(session))
    card = progress.move(session, actor, moment, row, Move.CANCEL)
    owners.answered(session, moment, card)
    progress.settle(session, moment, card, actor.slack_user_id, request_news.no_longer_yours(card))
    others = [person for person in card.requester_slack_ids if person != actor.slack_user_id]
    for slack_user_id in progress.still_here(session, tuple(others)):
        progress.tell(session, moment, card, slack_user_id, request_news.cancelled(card))
    return card
