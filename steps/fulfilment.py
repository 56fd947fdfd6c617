"""What the advocacy team and the relationship owner do with a request. The rules are in domain."""

from datetime import date, datetime

from domain import permissions
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.nominations import NOTE_LIMIT
from domain.obstacles import Obstacle, check_override
from domain.people import Actor
from domain.permissions import Action
from domain.request_routing import Routing, Way, at_proposal
from domain.requests import WAY_MOVES, WAY_STATES, Card, DeclineReason, Move, OwnerReason, State
from domain.vocabulary import Activity
from steps import owners, protection, requests
from steps import request_progress as progress
from steps.checks import colleague, needed, optional
from storage import engagements, profiles, request_cards, settings
from storage.guard import GuardedSession
from storage.requests import Request
from views import approvals, request_alert, request_news

TOO_LATE = "The advocacy team can look for somebody else, or make an exception and propose them once more."
"""What becomes of a yes to somebody who is not free any more."""


def take(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """Put one's name on a request. Raises AlreadyDone when it bears that name."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    return _hand_to(session, actor, moment, request_id, actor.person_id, "You have taken this one already.")


def hand_over(session: GuardedSession, actor: Actor, moment: Moment, request_id: str, slack_user_id: str) -> Card:
    """Give a request to a colleague. Raises RuleError at `colleague` for whoever can't work on it."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    to = colleague(session, slack_user_id, "colleague")
    card = _hand_to(session, actor, moment, request_id, to.id, f"{to.name} has this one already.")
    if to.id != actor.person_id:
        progress.tell(session, moment, card, slack_user_id, request_news.handed_over(card))
    return card


def _hand_to(
    session: GuardedSession, actor: Actor, moment: Moment, request_id: str, person_id: str, again: str
) -> Card:
    row = progress.locked(session, request_id)
    if row.taken_by_id == person_id:
        raise AlreadyDone(again)

    def decide(row: Request) -> None:
        row.taken_by_id = person_id

    return progress.move(session, actor, moment, row, Move.TAKE, decide)


def propose(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    request_id: str,
    advocate_id: str,
    day: date,
    override: str | None,
) -> Card:
    """Settle on an advocate: the owner is asked, or told, or the proposal is the approval, as the routing says.

    Raises RuleError with what stands in the way, unless it can be overridden and `override` says why.
    """
    permissions.check(actor, Action.FULFIL_REQUEST)
    row, before = progress.locked(session, request_id), request_cards.one(session, request_id)
    known, today = settings.load(session), actor.today(moment.now)
    if day < today:
        raise RuleError("That day has passed.", {"day": "Please pick a day that is still to come."})
    found = protection.obstacles(session, advocate_id, Activity(row.activity), day, known, today)
    row.override_reason = _override(session, actor, advocate_id, found, override)
    guard = owners.of_advocate(session, advocate_id, today, agreed=[row.requester_id, actor.person_id])
    stands_in = permissions.may(actor, Action.OVERRIDE_APPROVAL)
    step = at_proposal(Routing(row.routing), guard.standing, may_stand_in=stands_in)

    def decide(row: Request) -> None:
        row.advocate_id, row.happens_on, row.owner_reason = advocate_id, day, None
        row.in_the_way = []
        row.taken_by_id = row.taken_by_id or actor.person_id

    why = ". ".join(filter(None, [step.why, row.override_reason])) or None
    progress.move(session, actor, moment, row, WAY_MOVES[step.way], decide, reason=why)
    row.state = WAY_STATES[step.way].value
    if before.state is State.AWAITING_OWNER:
        owners.answered(session, moment, before, approvals.SOMEBODY_ELSE)
    card = requests.set_out(session, actor, moment, row, step, known)
    if step.way is Way.ASK_TEAM:  # whoever proposes may not stand in, and the owner isn't there to be asked
        progress.tell_team(session, moment, card, request_alert.owner_absent(card, step.why))
    return card


def _override(
    session: GuardedSession, actor: Actor, advocate_id: str, found: tuple[Obstacle, ...], reason: str | None
) -> str | None:
    if not found:
        return None
    if not reason or not reason.strip():
        name = profiles.name_of(session, advocate_id)
        sentence = " ".join(one.sentence(name) for one in found)
        field = "override" if all(one.can_be_overridden for one in found) else "advocate"
        raise RuleError(sentence, {field: sentence})
    permissions.check(actor, Action.OVERRIDE_CAP)
    return check_override(found, reason)


def approve(
    session: GuardedSession, actor: Actor, moment: Moment, request_id: str, in_place_of_owner: str | None = None
) -> Card:
    """Say yes to the use of a customer: the owner with one click, the advocacy team in their place with a reason.

    Of two approvals at once for the last slot one wins, the other is told what stands in the way.
    """
    row = progress.locked(session, request_id)
    before = request_cards.one(session, request_id)
    reason = _right_to_answer(actor, before, in_place_of_owner)
    known = settings.load(session)

    def decide(row: Request) -> None:
        try:
            requests.approved(session, actor, moment, row, known)
        except RuleError as refusal:
            raise RuleError(f"{refusal.message} {TOO_LATE}") from None

    card = progress.move(session, actor, moment, row, Move.APPROVE, decide, reason=reason)
    owners.answered(session, moment, card)
    progress.tell_requesters(session, moment, card, request_news.approved(card))
    return card


def refuse(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    request_id: str,
    why: OwnerReason,
    words: str | None,
    in_place_of_owner: str | None = None,
) -> Card:
    """Say no to the use of a customer: the team looks for somebody else, and reads why."""
    row = progress.locked(session, request_id)
    before = request_cards.one(session, request_id)
    reason = _right_to_answer(actor, before, in_place_of_owner)
    said = " ".join(filter(None, [f"{why.value}.", optional(words, NOTE_LIMIT, "words")]))

    def decide(row: Request) -> None:
        row.owner_reason, row.override_reason = f"{before.advocate_name}: {said}", None

    card = progress.move(session, actor, moment, row, Move.REFUSE, decide, reason=reason or said)
    owners.answered(session, moment, card)
    row.advocate_id = row.owner_id = None
    card = progress.refresh(session, moment, row.id)
    progress.tell_team(session, moment, card, request_alert.refused(card))
    return card


def _right_to_answer(actor: Actor, card: Card, in_place_of_owner: str | None) -> str | None:
    """Who may answer for the owner, and the reason that the audit keeps when it is not the owner."""
    relations = progress.relations_of(actor, card)
    if permissions.may(actor, Action.APPROVE_USE, relations):
        return None
    if actor.person_id == card.owner_id and not permissions.may(actor, Action.OVERRIDE_APPROVAL):
        raise RuleError(approvals.NOT_YOURS)
    permissions.check(actor, Action.OVERRIDE_APPROVAL)
    return needed(in_place_of_owner or "", NOTE_LIMIT, "reason", "Why do you answer in the owner's place?")


def decline(
    session: GuardedSession, actor: Actor, moment: Moment, request_id: str, why: DeclineReason, words: str | None
) -> Card:
    """End an open request, with a reason that whoever asked reads."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    row = progress.locked(session, request_id)
    said = " ".join(filter(None, [f"{why.value}.", optional(words, NOTE_LIMIT, "words")]))

    def decide(row: Request) -> None:
        row.decline_reason, row.decided_by_id, row.answered_at = said, actor.person_id, moment.now

    card = progress.move(session, actor, moment, row, Move.DECLINE, decide, reason=said)
    owners.answered(session, moment, card)
    progress.tell_requesters(session, moment, card, request_news.declined(card))
    return card


def reopen(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """Open a request again that was declined, cancelled or has expired. Raises RuleError when its day has passed."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    row = progress.locked(session, request_id)
    if row.need_by < actor.today(moment.now):
        raise RuleError("Its need-by date has passed. Please ask the requester for a new request.")

    def decide(row: Request) -> None:
        row.opened_at, row.decline_reason, row.answered_at, row.late_at = moment.now, None, None, None
        row.taken_by_id = row.owner_id = row.owner_asked_at = row.override_reason = None

    card = progress.move(session, actor, moment, row, Move.REOPEN, decide)
    progress.tell_requesters(session, moment, card, request_news.reopened(card))
    return card


def look_again(session: GuardedSession, actor: Actor, moment: Moment, request_id: str) -> Card:
    """Let go of the advocate, who can't after all: what was reserved is free, and the team looks for another."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    row = progress.locked(session, request_id)
    before = request_cards.one(session, request_id)
    card = let_go(session, actor, moment, row)
    if before.state.holds_capacity:
        progress.tell_requesters(session, moment, card, request_news.looking_again(before))
    return card


def let_go(session: GuardedSession, actor: Actor, moment: Moment, row: Request) -> Card:
    """The same, without a word to whoever asked. The row is held by the caller."""
    protection.release(session, moment, row.id, settings.load(session))

    def decide(row: Request) -> None:
        row.answered_at = row.approved_at = row.scheduled_for = row.override_reason = None

    card = progress.move(session, actor, moment, row, Move.LOOK_AGAIN, decide)
    owners.answered(session, moment, card)
    row.advocate_id = row.owner_id = None
    return progress.refresh(session, moment, row.id)


def schedule(
    session: GuardedSession, actor: Actor, moment: Moment, request_id: str, at: datetime, override: str | None = None
) -> Card:
    """Set or move the time of what was approved; the reservation moves with it. Raises RuleError for a full day."""
    row = progress.locked(session, request_id)
    progress.check(actor, request_cards.one(session, request_id), Action.SCHEDULE_REQUEST)
    if at <= moment.now:
        raise RuleError("That time has passed.", {"at": "Please pick a time that is still to come."})

    def decide(row: Request) -> None:
        move_to(session, actor, moment, row, actor.today(at), override)
        row.scheduled_for = at

    card = progress.move(session, actor, moment, row, Move.SCHEDULE, decide)
    progress.tell_requesters(session, moment, card, request_news.scheduled(card))
    return card


def move_to(
    session: GuardedSession, actor: Actor, moment: Moment, row: Request, day: date, override: str | None
) -> None:
    """Move what a request has reserved to another day, unless that would be too much there."""
    if override is not None:
        permissions.check(actor, Action.OVERRIDE_CAP)
    use = engagements.of_request(session, row.id)
    if use is None:
        raise RuleError("Nothing is reserved for this request any more.")
    if day != use.happens_on:
        protection.shift(session, actor, moment, use, day, settings.load(session), override)
    row.happens_on = day
