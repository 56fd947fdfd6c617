"""Who guards a customer, how they can be asked, and asking them. Which way a request takes is in request_routing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.capacity import WEIGHTS, capacity
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Standing
from domain.request_routing import Owner, owner_standing
from domain.requests import Card
from domain.settings import Settings
from steps import protection
from steps import request_progress as progress
from storage import outbox
from storage.accounts import Account
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.people import Person
from views import approvals


@dataclass(frozen=True, slots=True)
class Guard:
    """The relationship owner of an advocate's account, if there is one, and how they can be asked today."""

    person: Person | None
    standing: Owner


def of_advocate(session: GuardedSession, advocate_id: str, today: date, agreed: Collection[str | None] = ()) -> Guard:
    """The owner of this advocate's account. `agreed` are people whose act already says yes."""
    advocate = session.get_one(Advocate, (session.workspace_id, advocate_id))
    contact = session.get_one(Contact, (session.workspace_id, advocate.contact_id))
    account = session.get(Account, (session.workspace_id, contact.account_id)) if contact.account_id else None
    owner = session.get(Person, (session.workspace_id, account.owner_id)) if account and account.owner_id else None
    return Guard(owner, standing_of(owner, today, agreed))


def standing_of(owner: Person | None, today: date, agreed: Collection[str | None] = ()) -> Owner:
    """How a person who guards a customer can be asked today."""
    return owner_standing(
        owner.id if owner else None,
        active=owner is not None and owner.standing == Standing.MEMBER.value and bool(owner.slack_user_id),
        away_until=owner.away_until if owner else None,
        today=today,
        agreed=[person for person in agreed if person],
    )


def slot_of(card: Card) -> str:
    """The one message to an owner that stays current while they are asked; whoever is asked anew gets another one."""
    asked = int(card.owner_asked_at.timestamp()) if card.owner_asked_at else 0
    return f"approval:{card.id}:{(card.owner_id or '')[-8:]}:{asked}"


def reminder_slot_of(card: Card) -> str:
    """The reminder, a message of its own since nobody notices a changed one."""
    return f"{slot_of(card)}:again"


def ask(session: GuardedSession, moment: Moment, card: Card, known: Settings, today: date) -> None:
    """Ask the owner for the use of their customer, and say what it leaves of that customer's good will."""
    if card.owner_slack_id and card.advocate_id:
        facts = protection.of_one(session, card.advocate_id, known, today)
        day = max(card.day or card.need_by, today)
        message = approvals.ask(card, capacity(facts.uses, facts.limits, day, WEIGHTS[card.activity]))
        progress.tell(session, moment, card, card.owner_slack_id, message, Kind.APPROVAL, slot_of(card))


def remind(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Ask the owner once more."""
    if card.owner_slack_id:
        message, slot = approvals.reminder(card), reminder_slot_of(card)
        progress.tell(session, moment, card, card.owner_slack_id, message, Kind.APPROVAL, slot)


def answered(session: GuardedSession, moment: Moment, card: Card, became: str | None = None) -> None:
    """Let the messages to the owner say what became of it, whoever saw to it, and take their buttons away."""
    if not card.owner_slack_id or not card.owner_asked_at:
        return
    message, again = approvals.answered(card, became), reminder_slot_of(card)
    for slot in (slot_of(card), *outbox.posted(session, [again])):
        progress.tell(session, moment, card, card.owner_slack_id, message, Kind.APPROVAL, slot)


def told(session: GuardedSession, moment: Moment, card: Card, owner: Person | None) -> None:
    """Tell an owner of whom nothing is asked that their customer will be used."""
    if owner is not None and owner.slack_user_id:
        progress.tell(session, moment, card, owner.slack_user_id, approvals.told(card))


NOBODY = Guard(None, Owner.NONE)
"""Where no advocate is chosen yet."""
