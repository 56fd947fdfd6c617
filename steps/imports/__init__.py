"""Imported lines into rows: a batch of lines is one transaction, and the same lines twice change nothing.

Every line is checked before anything of it is written, so that a refused one leaves its neighbours alone. An empty
cell changes nothing, and a file takes nothing away: no role, no state that the team chose, no newer date.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from domain.imports.kinds import ImportKind
from domain.imports.report import Outcome
from domain.moment import Moment
from steps.imports import (
    accounts,
    advocates,
    assets,
    engagements,
    gifts,
    known_contacts,
    members,
    nominations,
    opportunities,
    people,
    program_meetings,
    programs,
    pulses,
)
from steps.imports.batch import Job
from storage.guard import GuardedSession

Pass = Callable[[GuardedSession, Moment, Job, Sequence[Any]], list[Outcome]]

PASSES: Mapping[ImportKind, tuple[Pass, ...]] = MappingProxyType(
    {
        ImportKind.PEOPLE: (people.keep, people.link_managers),  # a manager may stand below their people
        ImportKind.ACCOUNTS: (accounts.keep,),
        ImportKind.CONTACTS: (known_contacts.keep,),
        ImportKind.ADVOCATES: (advocates.keep,),
        ImportKind.OPPORTUNITIES: (opportunities.keep,),
        ImportKind.NOMINATIONS: (nominations.keep,),
        ImportKind.PULSES: (pulses.keep,),
        ImportKind.ASSETS: (assets.keep,),
        ImportKind.ENGAGEMENTS: (engagements.keep,),
        ImportKind.GIFTS: (gifts.keep,),
        ImportKind.PROGRAMS: (programs.keep,),
        ImportKind.MEMBERS: (members.keep,),
        ImportKind.MEETINGS: (program_meetings.keep,),
        ImportKind.ATTENDANCE: (program_meetings.keep_attendance,),
    }
)
"""How often a file is gone through, and what is done with its lines each time."""

__all__ = ["PASSES", "Job", "Pass"]
