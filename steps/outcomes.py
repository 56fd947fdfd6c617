"""What became of an activity and of its deal, and uses that happened outside of the bot. The rules are in domain."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain import permissions
from domain.capacity import refusals, weight_words
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.request_outcomes import WORDS_LIMIT, Fate, Happened, Outcome, check_outcome
from domain.requests import OUTCOME_MOVES, Card
from domain.vocabulary import Activity
from steps import fulfilment, opportunities, owners, protection
from steps import request_progress as progress
from steps.checks import optional
from storage import audit, engagements, profiles, receipts, request_cards, settings
from storage.advocates import Advocate
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.requests import Request
from views import outcomes, request_news

FARTHEST_BACK = timedelta(days=730)
"""How old a use may be that somebody logs: older ones neither tire a customer nor tell anything of today."""


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


@dataclass(frozen=True, slots=True)
class Touch:
    """A use of an advocate that happened outside of the bot."""

    advocate_id: str
    activity: Activity
    on: date
    words: str | None = None
    opportunity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """The use is stored; `over` says in words that it was more than the rules allow, which is true all the same."""

    name: str
    touch: Touch
    over: str | None


def log(session: GuardedSession, actor: Actor, moment: Moment, touch: Touch, receipt: str) -> Logged:
    """Log a use that happened, so that capacity stays true. It may exceed the cap: it is flagged, and blocks new ones.

    Raises RuleError with the fields that need another look, NotAllowed. The same receipt stores once.
    """
    permissions.check(actor, Action.LOG_TOUCH)
    name = profiles.name_of(session, touch.advocate_id)
    if receipts.outcome_of(session, receipt) is not None:
        return Logged(name, touch, None)
    today, known = actor.today(moment.now), settings.load(session)
    words = _checked(touch, today)
    session.get(Advocate, (session.workspace_id, touch.advocate_id), with_for_update=True)
    facts = protection.of_one(session, touch.advocate_id, known, today)
    halves = protection.weight_of(touch.activity)
    too_much = bool(refusals(facts.uses, facts.limits, touch.on, halves))
    use = Engagement(
        id=moment.new_id(),
        advocate_id=touch.advocate_id,
        activity=touch.activity.value,
        halves=halves,
        happens_on=touch.on,
        status=Status.DONE.value,
        source="touch",
        opportunity_id=touch.opportunity_id,
        person_id=actor.person_id,
        words=words,
        over_cap=too_much,
        created_at=moment.now,
    )
    session.add(use)
    receipts.keep(session, moment, receipt, use.id)
    audit.record(session, moment, actor.person_id, "engagement.logged", ("advocate", touch.advocate_id))
    session.flush()
    protection.settle(session, touch.advocate_id, known, today)
    most = f"{weight_words(facts.limits.cap_halves)} in {facts.limits.window_days} days"
    over = f"That is more than {name} gives ({most}, with a rest in between)." if too_much else None
    return Logged(name, touch, over)


def _checked(touch: Touch, today: date) -> str | None:
    """The cleaned words. Raises RuleError for a day still to come, or so long ago that it says nothing."""
    fields: dict[str, str] = {}
    if touch.on > today:
        fields["on"] = "That day is still to come. For something planned, please make a request."
    elif today - touch.on > FARTHEST_BACK:
        fields["on"] = "That is more than two years ago."
    if fields:
        raise RuleError("Some fields need another look.", fields)
    return optional(touch.words, WORDS_LIMIT, "words")
