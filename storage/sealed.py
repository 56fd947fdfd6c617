"""What is sealed at rest, and which digests are made of it: the one list for whoever opens all of a kind.

Decides no cipher: storage.sealing does. A test holds the list against the tables, so that a new column cannot be left
out when the key changes. Tokens of installations, which belong to no workspace's rows: storage.installations.
"""

from collections.abc import Mapping
from types import MappingProxyType

from storage.advocates import InterviewRow
from storage.base import Base
from storage.blind import RetiredKey
from storage.do_not_contact import DoNotContact
from storage.drafts import Draft
from storage.erasing import Erasure
from storage.nominations import Contact
from storage.people import Person
from storage.pulse import Answer
from storage.pulse_ballots import Ballot
from storage.pulse_runs import PulseRun
from storage.resistance import ResistanceEntry, ResistanceTalk

SEALED: Mapping[type[Base], tuple[str, ...]] = MappingProxyType(
    {
        Contact: ("email", "phone"),
        Person: ("email",),
        InterviewRow: ("notes",),
        Draft: ("content",),
        PulseRun: ("secret",),
        Erasure: ("traits",),
        ResistanceEntry: ("need", "next_step"),
        ResistanceTalk: ("words",),
        RetiredKey: ("key",),
    }
)
"""Columns that hold sealed text."""

DIGESTS: Mapping[type[Base], Mapping[str, str]] = MappingProxyType(
    {Contact: {"email_digest": "email"}, Person: {"email_digest": "email"}}
)
"""Keyed digests, and the sealed column with the address of which each is made."""

BLIND: Mapping[type[Base], tuple[str, ...]] = MappingProxyType(
    {DoNotContact: ("email_digest", "name_digest"), Answer: ("respondent_digest",)}
)
"""Keyed digests of which nobody has the original any more."""

OTHERS: Mapping[type[Base], tuple[str, ...]] = MappingProxyType({Ballot: ("key",)})
"""Made with a key of their own, which is sealed elsewhere: a ballot's with its pulse's secret."""
