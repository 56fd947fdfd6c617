"""What became of an activity and of its deal. The rules are in domain."""

from datetime import date

from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.request_outcomes import Fate, Happened, Outcome, check_outcome
from domain.requests import OUTCOME_MOVES, Card
from steps import fulfilment, opportunities, owners, protection, wins
from steps import request_progress as progress
from storage import audit, engagements, request_cards, settings
from storage.engagements import Status
from storage.guard import GuardedSession
from storage.requests import Request
from views import outcomes, request_news


def tell(session: GuardedSession, actor: Actor, moment: Moment, request_id: str, outcome: Outcome) -> Card:
    """Did it happen, and how did it go? What did not take place gives the capacity back; what was moved moves.

    Raises RuleError with the fields that need another look, NotAllowed, AlreadyDone.
    """
    row = progress.locked(session, request_id)
    progress.check(actor, request_cards.one(session, request_id), Action.TELL_OUTCOME)
    today = actor.today(moment.now)
    outcome = check_outcome(outcome, today)

    def decide(row: Request) -> None:
        _decide(session, actor, moment, row, outcome, today)

    card = progress.move(session, actor, moment, row, OUTCOME_MOVES[outcome.happened], decide)
    owners.answered(session, moment, card)
    if outcome.happened is Happened.MOVED:
        progress.tell_requesters(session, moment, card, request_news.scheduled(card))
        return card
    progress.settle(session, moment, card, actor.slack_user_id, outcomes.noted(card))
    if outcome.happened is Happened.YES and card.advocate_id:
        on = min(card.day or today, today)  # told before its day: then it was earlier
        wins.took_place(session, moment, card.advocate_id, card.activity, on, rating=outcome.rating, today=today)
    if outcome.happened is Happened.NO:
        others = [person for person in card.requester_slack_ids if person != actor.slack_user_id]
        for slack_user_id in progress.still_here(session, tuple(others)):
            progress.tell(session, moment, card, slack_user_id, request_news.cancelled(card))
    return card


def _decide(session: GuardedSession, actor: Actor, moment: Moment, row: Request, outcome: Outcome, today: date) -> None:
    if outcome.happened is Happened.MOVED and outcome.moved_to is not None:
        fulfilment.move_to(session, actor, moment, row, outcome.moved_to, None)
        row.scheduled_for = None
        return
    row.happened, row.rating, row.outcome_words = outcome.happened is Happened.YES, outcome.rating, outcome.words
    if not row.happened:
        protection.release(session, moment, row.id, settings.load(session))
        return
    row.completed_on = today
    use = engagements.of_request(session, row.id)
    if use is not None:
        use.status, use.rating, use.words = Status.DONE.value, outcome.rating, outcome.words


def tell_fate(session: GuardedSession, actor: Actor, moment: Moment, request_id: str, fate: Fate) -> Card:
    """What became of the deal. A deal that the CRM keeps stays as the CRM says."""
    row = progress.locked(session, request_id)
    progress.check(actor, request_cards.one(session, request_id), Action.TELL_OUTCOME)
    before, row.deal_fate = row.deal_fate, fate.value
    audit.record(
        session,
        moment,
        actor.person_id,
        "request.deal",
        ("request", row.id),
        before={"fate": before},
        after={"fate": fate.value},
    )
    if row.opportunity_id:
        opportunities.told(session, actor, moment, row.opportunity_id, fate)
    card = progress.refresh(session, moment, row.id)
    progress.settle(session, moment, card, actor.slack_user_id, outcomes.fate_noted(card))
    return card
