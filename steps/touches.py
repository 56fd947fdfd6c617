"""Logging uses of advocates that happened outside of the bot, so that capacity stays true. The rules are in domain."""

from dataclasses import dataclass, replace
from datetime import date

from domain import permissions, query
from domain.capacity import capacity, refusals
from domain.errors import NotFound, RuleError
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.protection import next_day
from domain.touches import Logged, Touch, check_touch
from domain.vocabulary import Activity
from steps import findable, lookup, opportunities, protection, vocabulary, wins
from storage import audit, engagements, profiles, receipts, settings
from storage.advocates import Advocate
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession

Suggestion = tuple[str, str, str]
"""An advocate's id, name and company."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form opens with: whom the words name, if it is one, for what, and the day it is for whoever logs."""

    advocate: Suggestion | None
    activity: Activity | None
    today: date


def suggest(session: GuardedSession, actor: Actor, _moment: Moment, typed: str) -> list[Suggestion]:
    """Active and resting advocates for a type-ahead. One statement."""
    permissions.check(actor, Action.LOG_TOUCH)
    return profiles.suggest(session, typed, findable.FINDABLE)


def opening(session: GuardedSession, actor: Actor, moment: Moment, words: str) -> Opening:
    """What the words after the command say: a name or company, and an activity."""
    permissions.check(actor, Action.LOG_TOUCH)
    asked = query.parse(words, vocabulary.load(session))
    found = suggest(session, actor, moment, words) if words.strip() else []
    if not found and asked.words:
        found = suggest(session, actor, moment, " ".join(asked.words))
    return Opening(found[0] if len(found) == 1 else None, lookup.activity_of(asked), actor.today(moment.now))


def log(session: GuardedSession, actor: Actor, moment: Moment, touch: Touch, receipt: str) -> Logged:
    """Log a use that happened. It may exceed the cap: it is flagged then, and new requests wait.

    Raises RuleError with the fields that need another look, NotAllowed. The same receipt stores once.
    """
    permissions.check(actor, Action.LOG_TOUCH)
    today = actor.today(moment.now)
    touch = check_touch(touch, today)
    advocate_id, on = touch.advocate_id or "", touch.on or today
    known, advocate = settings.load(session), _held(session, advocate_id)
    stored = receipts.outcome_of(session, receipt)
    if stored is None:
        facts = protection.of_one(session, advocate_id, known, today)
        halves = protection.weight_of(touch.activity)
        use = _use(session, actor, moment, replace(touch, on=on), halves)
        use.over_cap = bool(refusals(facts.uses, facts.limits, on, halves))
        session.add(use)
        receipts.keep(session, moment, receipt, use.id)
        after = {"activity": use.activity, "on": on.isoformat(), "over_cap": use.over_cap}
        audit.record(session, moment, actor.person_id, "engagement.logged", ("advocate", advocate_id), after=after)
        session.flush()
        protection.settle(session, advocate_id, known, today)
        wins.took_place(session, moment, advocate_id, touch.activity, on, rating=None, today=today)
    else:
        use = session.get_one(Engagement, (session.workspace_id, stored))
    facts = protection.of_one(session, advocate_id, known, today)
    return Logged(
        name=profiles.name_of(session, advocate.id),
        activity=touch.activity,
        on=use.happens_on,
        capacity=capacity(facts.uses, facts.limits, today, use.halves),
        limits=facts.limits,
        next_free=next_day(facts, touch.activity, today),
        today=today,
        is_over=use.over_cap,
    )


def _held(session: GuardedSession, advocate_id: str) -> Advocate:
    """The advocate, held until the transaction ends, so that nobody counts past this use."""
    row = session.get(Advocate, (session.workspace_id, advocate_id), with_for_update=True)
    if row is None or row.state not in findable.FINDABLE:
        sentence = "This customer is no advocate that can be logged. Please pick one from the list."
        raise RuleError(sentence, {"advocate": sentence}) if row else NotFound(sentence, {"advocate": sentence})
    return row


def _use(session: GuardedSession, actor: Actor, moment: Moment, touch: Touch, halves: int) -> engagements.Engagement:
    at = profiles.account_of(session, touch.advocate_id) if touch.advocate_id else None
    deal = opportunities.ensure(session, actor, moment, touch, at) if touch.has_deal else None
    return Engagement(
        id=moment.new_id(),
        advocate_id=touch.advocate_id,
        activity=touch.activity.value,
        halves=halves,
        happens_on=touch.on,
        status=Status.DONE.value,
        source="touch",
        opportunity_id=deal.id if deal else None,
        person_id=actor.person_id,
        words=touch.words,
        created_at=moment.now,
    )
