"""One group call for several who need the same. That it is offered is up to steps.group_offers."""

from collections.abc import Sequence

from domain import permissions
from domain.errors import AlreadyDone
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.requests import Card, Move, State
from domain.vocabulary import Activity
from steps import group_offers, owners
from steps import request_progress as progress
from storage import audit, outbox, request_cards, settings
from storage.guard import GuardedSession
from storage.requests import Follower, Request
from views import request_alert, request_news


def group(session: GuardedSession, actor: Actor, moment: Moment, request_ids: Sequence[str]) -> Card:
    """Make one group call of several open requests: the oldest is kept, the others' requesters join it."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    rows = [progress.locked(session, request_id) for request_id in sorted(set(request_ids))]
    before = [request_cards.one(session, row.id) for row in rows]
    if len(rows) < 2 or any(not State(row.state).is_open for row in rows):
        raise AlreadyDone("Some of these requests have been answered meanwhile. Please look again.")
    kept, *others = sorted(rows, key=lambda row: (row.created_at, row.id))
    kept.activity, kept.need_by = Activity.GROUP_CALL.value, min(row.need_by for row in rows)
    for row in others:
        _join_group(session, actor, moment, row, kept)
    audit.record(
        session,
        moment,
        actor.person_id,
        "request.grouped",
        ("request", kept.id),
        after={"requests": [row.id for row in others]},
    )
    card = progress.refresh(session, moment, kept.id)
    if card.state is State.AWAITING_OWNER:
        owners.ask(session, moment, card, settings.load(session), actor.today(moment.now))
    progress.tell_requesters(session, moment, card, request_news.grouped(card))
    slot = group_offers.slot_of(before)
    if outbox.posted(session, [slot]):
        group_offers.say(session, moment, slot, before, request_alert.grouped(card))
    return card


def _join_group(session: GuardedSession, actor: Actor, moment: Moment, row: Request, kept: Request) -> None:
    before = request_cards.one(session, row.id)
    there = {*request_cards.one(session, kept.id).requester_ids}
    for person_id in before.requester_ids:
        if person_id not in there:
            session.add(Follower(id=moment.new_id(), request_id=kept.id, person_id=person_id, created_at=moment.now))
    session.flush()

    def decide(row: Request) -> None:
        row.group_id, row.decline_reason = kept.id, "It became part of a group call."

    card = progress.move(session, actor, moment, row, Move.CANCEL, decide)
    owners.answered(session, moment, card)
