"""From what somebody needs to a stored request, on its way. The rules are in domain; `submit` is the way in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import permissions, query
from domain.competition import to_join
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.obstacles import Obstacle
from domain.people import Actor
from domain.request_routing import EVERY_ACTIVITY, Routing, Step, Way, at_submit, routing_for
from domain.request_values import Field, Purpose, RequestValues, check_values, planned_day
from domain.requests import WAY_STATES, Card, State
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import group_offers, opportunities, owners, protection, vocabulary
from steps import request_progress as progress
from storage import audit, engagements, profiles, receipts, request_cards, settings
from storage import opportunities as stored_deals
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.requests import Follower, Request
from views import request_news


@dataclass(frozen=True, slots=True)
class Submitted:
    """The request is stored; an answer is promised within `goal_hours`."""

    card: Card
    goal_hours: int


@dataclass(frozen=True, slots=True)
class AlreadyAsked:
    """Somebody asked for the same for the same deal; it can be joined unless the asker is in it already."""

    card: Card
    is_in_it: bool


def submit(
    session: GuardedSession, actor: Actor, moment: Moment, values: RequestValues, receipt: str
) -> Submitted | AlreadyAsked:
    """Store a request and send it on its way, or say that somebody has asked already. The same receipt stores once.

    Raises RuleError with the fields that need another look, NotAllowed. Where protection stands against a chosen
    advocate the request goes to the team, which alone may override; what nobody may override is refused here.
    """
    permissions.check(actor, permissions.Action.REQUEST)
    known, today = settings.load(session), actor.today(moment.now)
    goal = known.numbers["request_goal_hours"]
    if (done := receipts.outcome_of(session, receipt)) is not None:
        return Submitted(request_cards.one(session, done), goal)
    values = check_values(at_home(actor, values), moment.now, today)
    at = profiles.account_of(session, values.advocate_id) if values.advocate_id else None
    deal = opportunities.ensure(session, actor, moment, values, at) if values.purpose is Purpose.DEAL else None
    if deal is not None:
        stored_deals.hold(session, deal.id)
        live = request_cards.live_for(session, opportunity_id=deal.id)
        if (same := to_join(live, values.activity, deal.id)) is not None:
            return AlreadyAsked(same, actor.person_id in same.requester_ids)
    day = planned_day(values) or today
    found = _obstacles(session, values, day, known, today)
    row = _row(session, actor, moment, values, day, known)
    row.opportunity_id = deal.id if deal else None
    row.in_the_way = [one.kind.value for one in found]
    step = _first_step(session, actor, row, today, obstructed=bool(found))
    row.state = WAY_STATES[step.way].value
    session.add(row)
    receipts.keep(session, moment, receipt, row.id)
    after = {"state": row.state, "activity": row.activity, "advocate": row.advocate_id}
    audit.record(session, moment, actor.person_id, "request.submitted", ("request", row.id), after=after)
    card = set_out(session, actor, moment, row, step, known)
    if step.way is not Way.APPROVED:
        progress.tell(session, moment, card, actor.slack_user_id, request_news.received(card, goal))
    group_offers.offer(session, moment, card)
    return Submitted(card, goal)


def at_home(actor: Actor, values: RequestValues) -> RequestValues:
    """The same values with the proposed times in the asker's own zone: which day they lie on is up to that."""
    return replace(values, slots=tuple(actor.local(slot) for slot in values.slots))


def _obstacles(
    session: GuardedSession, values: RequestValues, day: date, known: Settings, today: date
) -> tuple[Obstacle, ...]:
    """What stands in the way of a chosen advocate. Raises RuleError for what nobody may override."""
    if values.advocate_id is None:
        return ()
    found = protection.obstacles(session, values.advocate_id, values.activity, day, known, today)
    final = [one for one in found if not one.can_be_overridden]
    if final:
        name = profiles.name_of(session, values.advocate_id)
        sentence = f"{' '.join(one.sentence(name) for one in final)} Please look for somebody else."
        raise RuleError(sentence, {"advocate": sentence})
    return found


def _row(
    session: GuardedSession, actor: Actor, moment: Moment, values: RequestValues, day: date, known: Settings
) -> Request:
    routing = routing_for(known.routing, values.activity.value, known.routing.get(EVERY_ACTIVITY))
    asked = query.parse(values.criteria or "", vocabulary.load(session))
    return Request(
        id=moment.new_id(),
        requester_id=actor.person_id,
        requester_function=actor.function.value if actor.function else None,
        activity=values.activity.value,
        routing=routing.value,
        need_by=values.need_by,
        advocate_id=values.advocate_id,
        criteria=values.criteria,
        facets=sorted(f"{one.facet}:{value}" for one in asked.filters if not one.excluded for value in one.values),
        why=values.note,
        purpose=values.purpose.value,
        purpose_words=values.purpose_words,
        details=_details(values),
        happens_on=day,
        opened_at=moment.now,
        created_at=moment.now,
    )


def _details(values: RequestValues) -> Mapping[str, object]:
    """The activity's own answers as text; days as ISO dates, times as ISO instants, one a line."""
    said = {field.value: getattr(values, field.value) for field in Field}
    return {name: _text(value) for name, value in said.items() if value}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(one.isoformat() for one in value if isinstance(one, datetime))
    return value.isoformat() if isinstance(value, date) else str(value)


def _first_step(session: GuardedSession, actor: Actor, row: Request, today: date, *, obstructed: bool) -> Step:
    if row.advocate_id is None:
        return Step(Way.TEAM)
    guard = owners.of_advocate(session, row.advocate_id, today, agreed=[actor.person_id])
    return at_submit(Routing(row.routing), guard.standing, chosen=True, obstructed=obstructed)


def set_out(session: GuardedSession, actor: Actor, moment: Moment, row: Request, step: Step, known: Settings) -> Card:
    """Do what a step says: ask the owner, ask the team in the owner's place, or approve at once. The state is set.

    Raises RuleError when the last slot went to somebody else meanwhile.
    """
    today = actor.today(moment.now)
    guard = owners.of_advocate(session, row.advocate_id, today) if row.advocate_id else owners.NOBODY
    if step.way in {Way.ASK_OWNER, Way.ASK_TEAM}:
        asks_owner = step.way is Way.ASK_OWNER and guard.person is not None
        row.owner_id = guard.person.id if asks_owner and guard.person else None
        row.owner_asked_at, row.owner_reminded_at = moment.now, None
        # Nobody is to be reminded where the team stands in from the start.
        row.owner_escalated_at = None if asks_owner else moment.now
    elif step.way is Way.APPROVED:
        approved(session, actor, moment, row, known)
    card = progress.refresh(session, moment, row.id)
    if step.way is Way.ASK_OWNER:
        owners.ask(session, moment, card, known, today)
    elif step.way is Way.APPROVED:
        progress.tell_requesters(session, moment, card, request_news.approved(card))
    if step.tell_owner:
        owners.told(session, moment, card, guard.person)
    return card


def approved(session: GuardedSession, actor: Actor, moment: Moment, row: Request, known: Settings) -> None:
    """Reserve the advocate's time from now on, and note who said yes. Raises RuleError when it would be too much."""
    row.approved_at = row.answered_at = moment.now
    row.decided_by_id = actor.person_id or None
    use = engagements.released(session, row.id, row.advocate_id or "")
    if use is None:
        use = Engagement(id=moment.new_id(), advocate_id=row.advocate_id, request_id=row.id, created_at=moment.now)
    activity = Activity(row.activity)
    use.activity, use.halves, use.happens_on = (
        activity.value,
        protection.weight_of(activity),
        row.happens_on or row.need_by,
    )
    use.source, use.opportunity_id, use.person_id = "request", row.opportunity_id, row.requester_id
    protection.reserve(session, actor, moment, use, known, row.override_reason)


def join(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """Join a request instead of doubling it: hear of each step, and of the contact once it is approved."""
    permissions.check(actor, permissions.Action.REQUEST)
    row = progress.locked(session, request_id)
    card = request_cards.one(session, request_id)
    if not State(row.state).is_live:
        raise RuleError(f"This request is {State(row.state).words} by now. Please ask afresh.")
    if actor.person_id in card.requester_ids:
        raise AlreadyDone("You are part of this request already, and will hear of each step.")
    session.add(Follower(id=moment.new_id(), request_id=request_id, person_id=actor.person_id, created_at=moment.now))
    audit.record(session, moment, actor.person_id, "request.joined", ("request", request_id))
    card = progress.refresh(session, moment, request_id)
    progress.tell(session, moment, card, actor.slack_user_id, request_news.joined(card))
    return card
