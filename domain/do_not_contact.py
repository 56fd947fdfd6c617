"""The list of customers who must not be asked: what an entry shows, and what is said to whom.

Decides nothing about how somebody is recognised; storage.do_not_contact does, by keyed digests.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import permissions
from domain.errors import RuleError
from domain.names import company_key, normalise_email, person_key
from domain.people import Actor
from domain.permissions import Action


class Origin(StrEnum):
    """How somebody came on the list."""

    ERASED = "erased"
    ADDED = "added"

    @property
    def words(self) -> str:
        """As people read it."""
        return "erased on request" if self is Origin.ERASED else "asked not to be contacted"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as the list compares them: keys of name and company, "" when not known, and the normal address."""

    name_key: str = ""
    company_key: str = ""
    email: str | None = None

    @classmethod
    def of(cls, name: str, company: str, email: str | None) -> "Named":
        """As somebody wrote it."""
        return cls(person_key(name), company_key(company), normalise_email(email) if email else None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in force. Names nobody; `added_by` is a Slack id, None for the command line."""

    id: str
    origin: Origin
    added_at: datetime
    added_by: str | None
    has_email: bool
    has_name: bool


MOST = 90
"""Entries that people see at once; each is one block of the hundred that a window holds."""

REASON_LIMIT = 500
"""Characters of why an entry was lifted: a sentence or two."""

NEUTRAL = "This customer can't be nominated here. The advocacy team can tell you more."
"""Says nothing of why: that somebody asked to be forgotten is theirs to tell."""


class Refused(RuleError):
    """A nomination of somebody on the list. `entry_id` tells the team which entry."""

    def __init__(self, message: str, entry_id: str) -> None:
        super().__init__(message)
        self.entry_id = entry_id


def refusal(actor: Actor, entry_id: str, origin: Origin, added_at: datetime) -> Refused:
    """What whoever nominates them is told: the reason only for those who may see the list."""
    if not permissions.may(actor, Action.DO_NOT_CONTACT):
        return Refused(NEUTRAL, entry_id)
    since = f"{added_at.day} {added_at:%B} {added_at.year}"
    return Refused(
        f"This customer is on the do-not-contact list: {origin.words}, since {since}. "
        "Nobody can nominate them unless the entry is lifted there, with a reason.",
        entry_id,
    )
