"""The do-not-contact list: nobody on it is nominated, and the team keeps it. The rules are in domain.do_not_contact."""

from domain import permissions
from domain.do_not_contact import MOST, REASON_LIMIT, Entry, Named, Origin, refusal
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.names import normalise_email
from domain.people import Actor
from domain.permissions import Action
from steps.checks import address, needed
from storage import audit, do_not_contact
from storage.do_not_contact import DoNotContact
from storage.guard import GuardedSession

WHO = "Whom is it about? An email address, or a name and a company, such as: Ada Lovelace @ Analytical Engines."


def check(session: GuardedSession, actor: Actor, new: Named) -> None:
    """Nothing for a customer who may be asked. Raises Refused; who may see the list is told why."""
    entry = do_not_contact.against(session, new)
    if entry is not None:
        raise refusal(actor, entry.id, Origin(entry.origin), entry.added_at)


def seen(session: GuardedSession, actor: Actor, _moment: Moment) -> tuple[list[Entry], int]:
    """The newest entries in force, and how many there are. Raises NotAllowed. Two statements."""
    permissions.check(actor, Action.DO_NOT_CONTACT)
    return do_not_contact.listed(session, MOST), do_not_contact.how_many(session)


def add(session: GuardedSession, actor: Actor, moment: Moment, who: str) -> tuple[list[Entry], int]:
    """Put somebody on the list by address, or by "name @ company". Raises NotAllowed, RuleError at `who`, AlreadyDone.

    Somebody who is known is not erased by this; they are only not nominated again.
    """
    permissions.check(actor, Action.DO_NOT_CONTACT)
    row = do_not_contact.add(session, moment, actor.person_id or None, Origin.ADDED, _typed(who))
    if row.added_at != moment.now:
        raise AlreadyDone("They are on the list already.")
    audit.record(session, moment, actor.person_id or None, "do_not_contact.added", ("do_not_contact", row.id))
    session.flush()
    return seen(session, actor, moment)


def _typed(who: str) -> Named:
    name, company = named_in(who)
    if company:
        return Named.of(name, company, None)
    try:
        return Named(email=normalise_email(address(who)))
    except RuleError:
        raise RuleError(WHO, {"who": WHO}) from None


def named_in(who: str) -> tuple[str, str]:
    """Name and company of "name @ company"; nothing for an address, which has no space."""
    name, at, company = (part.strip() for part in who.partition("@"))
    return (name, company) if at and name and company and " " in who.strip() else ("", "")


def lift(session: GuardedSession, actor: Actor, moment: Moment, entry_id: str, reason: str) -> tuple[list[Entry], int]:
    """Let somebody be nominated again. Raises NotAllowed, AlreadyDone, RuleError at `reason`."""
    permissions.check(actor, Action.DO_NOT_CONTACT)
    said = needed(reason, REASON_LIMIT, "reason", "Why may they be contacted again? The audit keeps it.")
    row = session.get(DoNotContact, (session.workspace_id, entry_id), with_for_update=True)
    if row is None or row.lifted_at is not None:
        raise AlreadyDone("This entry isn't in force any more.")
    row.lifted_at, row.lifted_by_id, row.lift_reason = moment.now, actor.person_id or None, said
    about = ("do_not_contact", row.id)
    audit.record(session, moment, actor.person_id or None, "do_not_contact.lifted", about, reason=said)
    session.flush()
    return seen(session, actor, moment)
