"""What the advocacy team decides about a nomination. The rules are in domain; the moves in steps.progress."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from domain import permissions
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.nominations import NOTE_LIMIT, Card, DeclineReason, Move, State
from domain.people import Actor, Standing
from steps import progress
from steps.checks import colleague, needed, optional
from storage import accounts, audit, cards, contacts, settings
from storage.advocates import Introduction
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.people import Person
from views import news

REVIEW = permissions.Action.REVIEW


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the reviewer decides on accepting: who introduces us (None: the team itself) and by when."""

    owner_slack_id: str | None
    due_on: date


@dataclass(frozen=True, slots=True)
class OwnerNow:
    """Who would be asked for the introduction at present, and whom to suggest when nobody would."""

    owner_slack_id: str | None
    suggested_slack_id: str | None
    is_new_account: bool
    due_on: date


def take(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Card:
    """Put one's name on an open nomination, so that colleagues know. Raises AlreadyDone when it bears one."""
    row = progress.locked(session, nomination_id)
    permissions.check(actor, REVIEW)
    if not State(row.state).is_open:
        raise AlreadyDone(f"This nomination is {State(row.state).words} already.")
    if row.reviewer_id is not None:
        reviewer = session.get_one(Person, (session.workspace_id, row.reviewer_id))
        who = "You have" if reviewer.id == actor.person_id else f"{reviewer.name} has"
        raise AlreadyDone(f"{who} taken this one already.")
    row.reviewer_id = actor.person_id
    audit.record(session, moment, actor.person_id, "nomination.taken", ("nomination", nomination_id))
    card = cards.one(session, nomination_id)
    progress.refresh(session, moment, card)
    return card


def owner_now(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> tuple[Card, OwnerNow]:
    """What the reviewer needs to see before accepting."""
    permissions.check(actor, REVIEW)
    card = cards.one(session, nomination_id)
    return card, OwnerNow(
        owner_slack_id=_reachable(session, card.account_owner_id),
        suggested_slack_id=_reachable(session, card.nominator_id),
        is_new_account=card.account_id is None,
        due_on=actor.today(moment.now) + timedelta(days=settings.load(session).numbers["introduction_days"]),
    )


def _reachable(session: GuardedSession, person_id: str | None) -> str | None:
    """The Slack id of somebody who can still be asked; None for a guest and for whoever has left."""
    person = session.get(Person, (session.workspace_id, person_id)) if person_id else None
    return person.slack_user_id if person is not None and person.standing == Standing.MEMBER.value else None


def accept(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, how: Acceptance) -> Card:
    """Accept: the account is there from now on, and the owner is asked to introduce us by the due date."""
    permissions.check(actor, REVIEW)
    if how.due_on < actor.today(moment.now):
        raise RuleError("That day has passed.", {"due_on": "Please pick a day that is still to come."})
    owner = _owner(session, how.owner_slack_id)

    def decide(row: Nomination) -> None:
        _decided(row, actor, moment)
        contact = session.get_one(Contact, (session.workspace_id, row.contact_id))
        _ensure_account(session, moment, contact, row, owner)
        session.add(
            Introduction(
                id=moment.new_id(),
                nomination_id=row.id,
                owner_id=owner.id if owner else None,
                due_on=how.due_on,
                asked_at=moment.now,
            )
        )

    card = progress.move(session, actor, moment, nomination_id, Move.ACCEPT, REVIEW, decide)
    progress.tell_backers(session, moment, card, partial(news.accepted, card))
    progress.ask_owner(session, moment, card)
    return card


def _owner(session: GuardedSession, slack_user_id: str | None) -> Person | None:
    if slack_user_id is None:
        return None
    return colleague(session, slack_user_id, "owner")


def _ensure_account(
    session: GuardedSession, moment: Moment, contact: Contact, row: Nomination, owner: Person | None
) -> None:
    if contact.account_id is not None:
        return
    facts = {"industry": row.industry, "country": row.country, "owner_id": owner.id if owner else None}
    contact.account_id = accounts.ensure(session, moment, contact.company, **facts).id


def ask(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, question: str) -> Card:
    """Ask the nominator for more. Raises RuleError when there is nobody to ask."""
    words = needed(question, NOTE_LIMIT, "question", "What would you like to know?")

    def decide(row: Nomination) -> None:
        if _reachable(session, row.nominator_id) is None:
            raise RuleError("Nobody who is still here nominated this customer, so there is nobody to ask.")
        row.question, row.answer = words, None
        row.reviewer_id = row.reviewer_id or actor.person_id

    card = progress.move(session, actor, moment, nomination_id, Move.ASK, REVIEW, decide)
    progress.ask_nominator(session, moment, card)
    return card


def decline(
    session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, reason: DeclineReason, words: str | None
) -> Card:
    """Decline with a reason that the nominator reads."""
    added = optional(words, NOTE_LIMIT, "words") or ""

    def decide(row: Nomination) -> None:
        _decided(row, actor, moment)
        row.decline_reason = f"{reason.value}. {added}".strip() if added else reason.value

    card = progress.move(session, actor, moment, nomination_id, Move.DECLINE, REVIEW, decide)
    progress.tell_backers(session, moment, card, partial(news.declined, card))
    return card


def reopen(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Card:
    """Take a decline back: the undo of a click that hurt somebody. Raises AlreadyDone when that would make two."""
    permissions.check(actor, REVIEW)
    other = contacts.live_nomination(session, progress.locked(session, nomination_id).contact_id)
    if other not in {None, nomination_id}:
        raise AlreadyDone("This customer was nominated again in the meantime, so please work with that nomination.")

    def decide(row: Nomination) -> None:
        row.decided_by_id = row.decided_at = row.decline_reason = None

    card = progress.move(session, actor, moment, nomination_id, Move.REOPEN, REVIEW, decide)
    progress.tell_backers(session, moment, card, partial(news.reopened, card))
    return card


def merge(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, into_id: str) -> Card:
    """Make a nomination part of another one: its nominator and endorsers become endorsers there."""
    permissions.check(actor, REVIEW)
    if nomination_id == into_id:
        raise RuleError("That is the same nomination.", {"into": "Please pick another nomination."})
    # In the order of their ids, so that two who merge them into each other wait for one another in turn.
    rows = {one: progress.locked(session, one) for one in sorted((nomination_id, into_id))}
    target = rows[into_id]
    if not State(target.state).is_live:
        raise RuleError(
            "That one is closed.", {"into": f"That nomination is {State(target.state).words}; pick a live one."}
        )

    def decide(row: Nomination) -> None:
        _decided(row, actor, moment)
        row.merged_into_id = into_id
        cards.hand_over_backers(session, moment, row, target)

    card = progress.move(session, actor, moment, nomination_id, Move.MERGE, REVIEW, decide)
    kept = cards.one(session, into_id)
    progress.refresh(session, moment, kept)
    progress.tell_backers(session, moment, card, lambda _reader: news.merged(card, kept))
    return card


def _decided(row: Nomination, actor: Actor, moment: Moment) -> None:
    row.decided_by_id, row.decided_at = actor.person_id, moment.now
    row.reviewer_id = row.reviewer_id or actor.person_id
