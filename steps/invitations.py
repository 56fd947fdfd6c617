"""The messages of an invitation to a program: who is asked, who is next, and that they say how it stands.

When whose turn it is, is in domain.memberships; what an answer does, in steps.memberships.
"""

from collections.abc import Iterable
from datetime import date

from domain.memberships import Asked, Move, State, Turn, after, turn
from domain.messages import Kind
from domain.moment import Moment
from domain.settings import Settings
from domain.time_zones import zone_of
from steps.progress import TEAM_CHANNEL
from storage import audit, memberships, outbox
from storage.guard import GuardedSession
from storage.memberships import Behind, can_be_asked
from views import invitations as view

AT_ONCE = 100
"""Invitations brought up in one transaction, so that nobody waits for it."""


def ask(session: GuardedSession, moment: Moment, one: Behind, today: date, *, team: bool = False) -> None:
    """Ask for one customer: the relationship owner, or the team where there is none to ask."""
    row, owner = one.row, one.owner
    there = owner is not None and not team and can_be_asked(owner, today)
    is_reminder = there and owner is not None and row.asked > 0 and row.asked_id == owner.id
    row.asked = row.asked + 1 if is_reminder else 1
    row.asked_id, row.asked_on = owner.id if there and owner else None, today
    target = owner.slack_user_id if there and owner else None
    slot = f"{family_of(row.id)}{moment.new_id()}"
    _write(session, moment, one, target or TEAM_CHANNEL, slot, today, is_reminder=is_reminder)


def family_of(member_id: str) -> str:
    """How the slots of all messages about one customer in one program begin."""
    return f"mechanism:{member_id}:"


def _write(
    session: GuardedSession, moment: Moment, one: Behind, target: str, slot: str, today: date, *, is_reminder: bool
) -> None:
    told = memberships.invitation(one, is_reminder=is_reminder)
    if target == TEAM_CHANNEL:
        message = view.to_team(told, owner_is_there=can_be_asked(one.owner, today))
    else:
        message = view.to_owner(told)
    subjects = [one.row.id, one.contact_id, one.row.advocate_id]
    outbox.put(session, moment, Kind.MECHANISM_INVITATION, target, message, subjects=subjects, slot=slot)


def redraw(session: GuardedSession, moment: Moment, one: Behind, today: date) -> None:
    """Let every message about this customer and program say how it stands."""
    there = outbox.places_of_family(session, family_of(one.row.id), one.row.id)
    for slot in sorted(outbox.posted(session, list(there))):
        _write(session, moment, one, there[slot], slot, today, is_reminder=False)


def withdraw(session: GuardedSession, moment: Moment, some: Iterable[Behind], by: str | None) -> None:
    """These invitations are taken back: nobody has answered them, and nobody needs to."""
    for one in some:
        before, one.row.state = one.row.state, after(State(one.row.state), Move.LEAVE, one.name).value
        one.row.left_on = moment.now.date()
        left = ("mechanism_member", one.row.id)
        audit.record(
            session, moment, by, "mechanism.left", left, before={"state": before}, after={"state": one.row.state}
        )
        redraw(session, moment, one, moment.now.date())


def run(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Remind owners, and ask whoever is next. True when there are more."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    due = [(one, what) for one in memberships.waiting(session, today) if (what := _turn(one, today)) is not Turn.WAIT]
    for one, what in due[:AT_ONCE]:
        ask(session, moment, one, today, team=what is Turn.TEAM)
    return len(due) > AT_ONCE


def _turn(one: Behind, today: date) -> Turn:
    owner = one.owner.id if one.owner is not None and can_be_asked(one.owner, today) else None
    return turn(Asked(owner, one.row.asked_id, one.row.asked, one.row.asked_on), today)
