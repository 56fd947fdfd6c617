"""Showing a customer's email and phone to somebody who may see them, and noting that they looked."""

from domain import permissions
from domain.moment import Moment
from domain.nominations import Card
from domain.people import Actor
from steps.progress import relations_of
from storage import audit, cards, contacts, profiles
from storage.guard import GuardedSession

Details = tuple[str, str, str | None, str | None]
"""Name, company, email, phone."""


def of_nomination(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Details:
    """The contact of a nomination. Raises NotFound, NotAllowed."""
    return _shown(session, actor, moment, cards.one(session, nomination_id))


def of_advocate(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Details:
    """The contact who is this advocate. Raises NotFound, NotAllowed."""
    return _shown(session, actor, moment, cards.one(session, profiles.one(session, advocate_id).nomination_id))


def _shown(session: GuardedSession, actor: Actor, moment: Moment, card: Card) -> Details:
    permissions.check(actor, permissions.Action.SEE_CONTACT, relations_of(actor, card))
    audit.record(session, moment, actor.person_id, "contact.seen", ("contact", card.contact_id))
    return contacts.details(session, card.contact_id)
