"""One move of a request, and what people hear of it. Permissions and state machine are in domain."""

from collections.abc import Callable

from domain import permissions
from domain.errors import AlreadyDone, IllegalMove, NotFound
from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.people import Actor, Standing
from domain.permissions import Relation
from domain.requests import Card, Move, State, after
from steps import group_offers
from steps.progress import TEAM_CHANNEL
from storage import audit, outbox, people, request_cards
from storage.guard import GuardedSession
from storage.requests import Request
from views import request_alert, request_news

TO_REQUESTERS = frozenset({Kind.REQUEST_NEWS, Kind.REQUEST_QUESTION})
"""What whoever asked or joined hears of a request."""


def relations_of(actor: Actor, card: Card) -> set[Relation]:
    """What ties this person to this request."""
    found = set()
    if actor.person_id and actor.person_id in card.requester_ids:
        found.add(Relation.REQUESTER)
        if card.state.holds_capacity:
            found.add(Relation.APPROVED_REQUESTER)
    if actor.person_id and actor.person_id == card.account_owner_id:  # not whoever was asked, and owned it then
        found.add(Relation.ACCOUNT_OWNER)
    return found


def locked(session: GuardedSession, request_id: str) -> Request:
    """The request's row, held until the transaction ends, so that of two at once one waits and then sees."""
    row = session.get(Request, (session.workspace_id, request_id), with_for_update=True)
    if row is None:
        raise NotFound("This request isn't here any more.")
    return row


def move(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    row: Request,
    what: Move,
    change: Callable[[Request], None] | None = None,
    *,
    reason: str | None = None,
) -> Card:
    """Make one move of a request that is held: state machine, audit, alert. Answers the request as it is afterwards.

    `change` may refuse with a RuleError: then nothing is changed. Raises AlreadyDone where somebody was faster,
    IllegalMove.
    """
    before = State(row.state)
    state = _after(before, what)
    if change is not None:
        change(row)
    row.state = state.value
    audit.record(
        session,
        moment,
        actor.person_id or None,
        f"request.{what.name.lower()}",
        ("request", row.id),
        before={"state": before.value},
        after={"state": state.value, "advocate": row.advocate_id},
        reason=reason,
    )
    card = refresh(session, moment, row.id)
    group_offers.keep_current(session, moment, row.id)
    if not state.is_live:
        for slack_user_id in card.requester_slack_ids:
            settle(session, moment, card, slack_user_id)
    return card


def _after(state: State, what: Move) -> State:
    try:
        return after(state, what)
    except IllegalMove:
        if not state.is_open:
            raise AlreadyDone(f"Somebody was faster: this request is {state.words} already.") from None
        raise


def check(actor: Actor, card: Card, action: permissions.Action) -> None:
    """Nothing when this person may do this to this request. Raises NotAllowed."""
    permissions.check(actor, action, relations_of(actor, card))


def refresh(session: GuardedSession, moment: Moment, request_id: str) -> Card:
    """Bring the alert in the team's channel up to date, the first time post it; answers the request as it is."""
    card = request_cards.one(session, request_id)
    outbox.put(
        session,
        moment,
        Kind.REQUEST_ALERT,
        TEAM_CHANNEL,
        request_alert.alert(card),
        subjects=card.subjects,
        slot=f"request:{card.id}",
    )
    return card


def tell(
    session: GuardedSession,
    moment: Moment,
    card: Card,
    slack_user_id: str,
    message: Rendered,
    kind: Kind = Kind.REQUEST_NEWS,
    slot: str | None = None,
) -> None:
    """Tell one person something about a request, in a direct message.

    What requesters hear comes as a message of its own, since nobody notices a changed one; the one before it loses
    its buttons, so that only the newest offers what can be done now.
    """
    if kind in TO_REQUESTERS and slot is None:
        settle(session, moment, card, slack_user_id)
        slot = f"news:{card.id}:{slack_user_id}:{moment.new_id()}"
    outbox.put(session, moment, kind, slack_user_id, message, subjects=card.subjects, slot=slot)


def settle(
    session: GuardedSession, moment: Moment, card: Card, slack_user_id: str, instead: Rendered | None = None
) -> bool:
    """Take the buttons away from the last message that this person got about the request, or say something `instead`.

    Answers whether there is such a message. One statement, and two more where something changes.
    """
    last = outbox.newest_to(session, TO_REQUESTERS, slack_user_id, card.id)
    if last is None:
        return False
    without = tuple(block for block in last.blocks if block.get("type") != "actions")
    is_forgotten = not last.text  # a week after it was sent; what stands in Slack has its buttons still
    if instead is not None or is_forgotten or len(without) < len(last.blocks):
        message = instead or (request_news.settled(card) if is_forgotten else Rendered(last.text, without))
        subjects = card.subjects
        outbox.put(session, moment, Kind(last.kind), slack_user_id, message, subjects=subjects, slot=last.slot)
    return True


def tell_requesters(
    session: GuardedSession, moment: Moment, card: Card, message: Rendered, kind: Kind = Kind.REQUEST_NEWS
) -> None:
    """Tell whoever asked and whoever joined, as far as they are still here."""
    for slack_user_id in still_here(session, card.requester_slack_ids):
        tell(session, moment, card, slack_user_id, message, kind)


def tell_team(session: GuardedSession, moment: Moment, card: Card, message: Rendered) -> None:
    """Say something in the team's channel that the alert, which changes silently, would not make anybody see."""
    outbox.put(session, moment, Kind.REQUEST_ESCALATION, TEAM_CHANNEL, message, subjects=card.subjects)


def still_here(session: GuardedSession, slack_user_ids: tuple[str, ...]) -> list[str]:
    """Those of these accounts that are full members still, in their order. One statement."""
    known = people.by_slack_ids(session, slack_user_ids)
    here = {person.slack_user_id for person in known if person.standing == Standing.MEMBER.value}
    return [slack_user_id for slack_user_id in dict.fromkeys(slack_user_ids) if slack_user_id in here]
