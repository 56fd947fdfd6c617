"""A customer's email and phone, shown to whoever may see them, and what the customer is called."""

from sqlalchemy import select

from domain import permissions
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.nominations import Card
from domain.people import Actor
from domain.permissions import Relation
from steps import findable, progress, protection
from steps.progress import relations_of
from storage import accounts, audit, cards, contacts, profiles, request_cards, settings
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact

Details = tuple[str, str, str | None, str | None]
"""Name, company, email, phone."""


def of_nomination(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Details:
    """The contact of a nomination. Raises NotFound, NotAllowed."""
    return _shown(session, actor, moment, cards.one(session, nomination_id))


def of_advocate(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Details:
    """The contact who is this advocate. Raises NotFound, NotAllowed."""
    card = cards.one(session, profiles.one(session, advocate_id).nomination_id)
    return _shown(session, actor, moment, card, relations_with(session, actor, advocate_id, card))


def relations_with(session: GuardedSession, actor: Actor, advocate_id: str, card: Card) -> set[Relation]:
    """What ties this person to an advocate, whose nomination is `card`: a request that was approved counts too."""
    relations = relations_of(actor, card)
    if request_cards.is_approved_for(session, actor.person_id, advocate_id):
        relations.add(Relation.APPROVED_REQUESTER)
    return relations


def use_as_written(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Card:
    """Let a customer who was known by the address be called what the nominator wrote.

    Raises NotFound, NotAllowed, AlreadyDone, RuleError when somebody else is called that.
    """
    row = progress.locked(session, nomination_id)
    permissions.check(actor, permissions.Action.REVIEW)
    if row.written_name is None or row.written_company is None:
        raise AlreadyDone("They are called that already.")
    contact = session.get_one(Contact, (session.workspace_id, row.contact_id))
    account = accounts.by_name(session, row.written_company)
    before = {"name": contact.name, "company": contact.company}
    if not contacts.rename(session, contact, row.written_name, row.written_company, account.id if account else None):
        raise RuleError(
            f"Somebody called {row.written_name} at {row.written_company} is known already, with another address or "
            "none. Please merge the two nominations instead."
        )
    row.written_name = row.written_company = None
    after = {"name": contact.name, "company": contact.company}
    audit.record(
        session, moment, actor.person_id, "contact.renamed", ("contact", contact.id), before=before, after=after
    )
    session.flush()
    _find_as_called_now(session, moment, contact)
    card = cards.one(session, nomination_id)
    progress.refresh(session, moment, card)
    return card


def keep_apart(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Card:
    """Say that a customer is not the namesake who was nominated before: the alert does not warn of it any more.

    Raises NotFound, NotAllowed, AlreadyDone.
    """
    row = progress.locked(session, nomination_id)
    permissions.check(actor, permissions.Action.REVIEW)
    if row.possible_duplicate_of is None:
        raise AlreadyDone("They count as two people already.")
    before, row.possible_duplicate_of = row.possible_duplicate_of, None
    what, about = "nomination.kept_apart", ("nomination", nomination_id)
    audit.record(session, moment, actor.person_id, what, about, before={"possible_duplicate_of": before})
    session.flush()
    card = cards.one(session, nomination_id)
    progress.refresh(session, moment, card)
    return card


def _find_as_called_now(session: GuardedSession, moment: Moment, contact: Contact) -> None:
    advocate = session.scalar(select(Advocate).where(Advocate.contact_id == contact.id))
    if advocate is not None:
        today = moment.now.date()
        findable.refresh(session, advocate, today)
        protection.settle(session, advocate.id, settings.load(session), today)


def _shown(
    session: GuardedSession, actor: Actor, moment: Moment, card: Card, relations: set[Relation] | None = None
) -> Details:
    permissions.check(actor, permissions.Action.SEE_CONTACT, relations or relations_of(actor, card))
    audit.record(session, moment, actor.person_id, "contact.seen", ("contact", card.contact_id))
    return contacts.details(session, card.contact_id)
