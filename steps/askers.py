"""Who a request is for once whoever asked for it takes it back, has left, or hands it on. Decides no wording."""

from collections.abc import Callable

from domain import permissions
from domain.errors import AlreadyDone
from domain.messages import Rendered
from domain.moment import Moment
from domain.people import Actor, Standing
from domain.requests import Card
from steps import request_progress as progress
from steps.checks import colleague
from storage import audit, engagements, followers, request_cards
from storage.guard import GuardedSession
from storage.people import Person
from storage.requests import Request
from views import request_alert, request_news


def is_here(asker: Person | None) -> bool:
    """Whether whoever asked can still use the workspace, and so hear of anything."""
    return asker is not None and asker.standing == Standing.MEMBER.value


def left(session: GuardedSession, moment: Moment, row: Request) -> None:
    """Whoever asked has left: the next of those who joined asks from now on; else the team says who does, or ends it.

    The row is held by the caller.
    """
    others = [person for person in followers.here(session, row.id) if person.id != row.requester_id]
    if others:
        passed_on(session, None, moment, row, others[0], request_news.inherited)
        return
    row.asker_gone_at = moment.now
    card = progress.refresh(session, moment, row.id)
    progress.tell_team(session, moment, card, request_alert.asker_left(card))


def to_hand_on(session: GuardedSession, actor: Actor, _moment: Moment, request_id: str) -> Card:
    """A request that nobody here asks for, for whoever may hand it on. Raises NotAllowed, AlreadyDone."""
    permissions.check(actor, permissions.Action.FULFIL_REQUEST)
    card = request_cards.one(session, request_id)
    check_orphaned(card)
    return card


def hand_on(session: GuardedSession, actor: Actor, moment: Moment, request_id: str, slack_user_id: str) -> Card:
    """Say who asks in the place of somebody who has left; they hear of it, and of each step from now on.

    Raises NotAllowed, AlreadyDone, RuleError at `colleague`.
    """
    permissions.check(actor, permissions.Action.FULFIL_REQUEST)
    heir = colleague(session, slack_user_id, "colleague")
    row = progress.locked(session, request_id)
    check_orphaned(request_cards.one(session, request_id))
    return passed_on(session, actor, moment, row, heir, request_news.handed_on, "request.handed_on")


def check_orphaned(card: Card) -> None:
    """Nothing for a live request that nobody here asks for. Raises AlreadyDone for any other."""
    if not card.state.is_live:
        raise AlreadyDone(f"This request is {card.state.words} by now.")
    if not card.asker_is_gone:
        raise AlreadyDone("Somebody asks for this already.")


def passed_on(
    session: GuardedSession,
    actor: Actor | None,
    moment: Moment,
    row: Request,
    heir: Person,
    news: Callable[[Card], Rendered],
    what: str = "request.left",
) -> Card:
    """Let `heir` ask from now on, and tell them the news. The row is held by the caller; `actor` None: time did it."""
    before = row.requester_id
    followers.remove(session, row.id, heir.id)
    row.requester_id, row.requester_function, row.asker_gone_at = heir.id, heir.function, None
    engagements.handed_over(session, row.id, heir.id)
    audit.record(
        session,
        moment,
        actor.person_id if actor else None,
        what,
        ("request", row.id),
        before={"requester": before},
        after={"requester": heir.id},
    )
    card = progress.refresh(session, moment, row.id)
    if heir.slack_user_id:
        progress.tell(session, moment, card, heir.slack_user_id, news(card))
    return card
