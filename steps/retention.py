"""Every night, what was kept long enough goes, each kind by its setting. The times are in domain.retention.

Rows that reports count stay, without what says whom they are about. Messages that stand in Slack stay as Slack keeps
them; who asks to be forgotten is erased there too (steps.erasing).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from domain import retention
from domain.erasing import Subject
from domain.moment import Moment
from domain.settings import Settings
from storage import audit, erased, erasing
from storage import retention as stored
from storage.database import leave_no_copy
from storage.guard import GuardedSession

AT_A_TIME = 200
"""Rows of a kind that one transaction sees to, so that nobody waits for it."""

Forget = Callable[[GuardedSession, datetime, int], int]
Find = Callable[[GuardedSession, datetime, int], list[str]]

UNCHOSEN = "nomination_expiry_days"
"""Expired nominations go the night after, withdrawn ones as old as that."""

VALUES: tuple[tuple[str, str, Forget], ...] = (
    ("look-ups", retention.LOOK_UPS, stored.look_ups),
    ("searches", retention.LOOK_UPS, stored.searches),
    ("interview notes", retention.NOTES, stored.notes),
    ("pulse comments", retention.COMMENTS, stored.comments),
    ("audit values", retention.AUDIT, stored.audit_values),
)
"""What goes by itself: what it is called, its setting, and what forgets it."""

CUSTOMERS: tuple[tuple[str, str, Find], ...] = (
    ("customers put forward", UNCHOSEN, stored.unchosen),
    ("retired advocates", retention.RETIRED, stored.retired),
)
"""Whose rows are emptied, as an erasure empties them."""


def run(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Do some of each kind. True when there is more of any."""
    leave_no_copy(session)
    done = {name: forget(session, _before(moment, settings, key), AT_A_TIME) for name, key, forget in VALUES}
    for name, key, find in CUSTOMERS:
        found = find(session, _before(moment, settings, key), AT_A_TIME)
        done[name] = _empty(session, moment, Subject(contact_ids=tuple(found)))
    gone = stored.gone_colleagues(session, _before(moment, settings, retention.COLLEAGUES), AT_A_TIME)
    done["colleagues"] = _empty(session, moment, Subject(person_ids=tuple(gone)))
    for name, count in done.items():
        if count:
            about = ("workspace", session.workspace_id)
            audit.record(session, moment, None, "retention.forgotten", about, after={"kind": name, "count": count})
    return any(count >= AT_A_TIME for count in done.values())


def _before(moment: Moment, settings: Settings, key: str) -> datetime:
    return moment.now - timedelta(days=settings.numbers[key])


def _empty(session: GuardedSession, moment: Moment, subject: Subject) -> int:
    if subject:
        erased.clear(session, moment, erasing.reach_of(session, subject))
    return len(subject.contact_ids) + len(subject.person_ids)
