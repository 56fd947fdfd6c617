"""Somebody asks what is held on them: found as for an erasure, read, and noted in the audit. Decides no form of it."""

from typing import Any

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from steps import erasing as whose
from storage import audit, erasing, held
from storage.guard import GuardedSession

ABOUT_PULSES = "Answers to pulses are kept in such a way that nobody can tell whose they are; none can be given out."


def on(session: GuardedSession, actor: Actor, moment: Moment, who: str) -> dict[str, Any]:
    """All that is held on whoever has this address, or is "name @ company". Raises NotAllowed, RuleError at `who`."""
    permissions.check(actor, Action.EXPORT)
    subject = whose.find(session, who)
    reach, traits = erasing.reach_of(session, subject), erasing.traits_of(session, subject)
    kind = "customer" if subject.contact_ids else "colleague"
    found = {
        "called": erasing.called(session, subject),
        "is": [*["customer"] * bool(subject.contact_ids), *["colleague"] * bool(subject.person_ids)],
        "at": moment.now.isoformat(),
        "rows": held.rows(session, reach),
        "acts": held.acts(session, reach),
        "mentions": held.mentions(session, reach, traits),
        "messages": held.messages(session, reach),
        "pulses": ABOUT_PULSES,
    }
    about = ("contact", subject.contact_ids[0]) if subject.contact_ids else ("person", subject.person_ids[0])
    audit.record(session, moment, actor.person_id or None, f"{kind}.exported", about)
    return found
