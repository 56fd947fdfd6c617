"""What people hear of a program's meetings: owners a week before and of each change, and afterwards "who came?".

Decides nothing about what may be planned (domain.meetings) or changed (steps.meetings).
"""

from datetime import date

from domain import permissions
from domain.meetings import TOLD_BEFORE, Meeting, Move, after
from domain.meetings import State as MeetingState
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.settings import Settings
from domain.time_zones import zone_of
from steps.progress import TEAM_CHANNEL
from storage import audit, letters, meetings, outbox, people
from storage.guard import GuardedSession
from storage.letters import Direct
from storage.mechanisms import Mechanism
from storage.meetings import Guest, MeetingRow
from storage.memberships import can_be_asked
from storage.people import Person
from views import meeting_messages as view

ASKED_AT_ONCE = 20
"""Meetings after which somebody is asked in one transaction, so that nobody waits for it."""


def run(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Tell of what comes within a week, one meeting at a time, and ask after what has been. True when there is more."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    coming = meetings.to_tell(session, today, today + TOLD_BEFORE, 1)
    for row in coming:
        row.told_on = today
        tell(session, moment, row.id, today)
    been = meetings.to_ask(session, today, ASKED_AT_ONCE)
    for row in been:
        row.asked_on = today
        _ask(session, moment, row.id, today)
    return bool(coming) or len(been) == ASKED_AT_ONCE


def tell(
    session: GuardedSession,
    moment: Moment,
    meeting_id: str,
    today: date,
    *,
    was: date | None = None,
    by: Actor | None = None,
) -> None:
    """Tell the members' relationship owners, each in one message, and whoever sees to the program, how it stands with a
    meeting: that it comes, that it `was` to be on another day, or that it is called off."""
    meeting = meetings.one(session, meeting_id)
    if meeting is None:
        return
    told: dict[str, list[Guest]] = {}
    untold: list[Guest] = []
    for guest in meetings.guests(session, meeting.mechanism_id):
        if guest.owner is not None and guest.owner.slack_user_id and can_be_asked(guest.owner, today):
            told.setdefault(guest.owner.slack_user_id, []).append(guest)
        else:
            untold.append(guest)
    direct = [Direct(owner, view.to_owner(meeting, _names(some), was), _about(some)) for owner, some in told.items()]
    letters.put_many(session, moment, Kind.MECHANISM_MEETING, direct)
    desk = _desk(session, meeting, today)
    if by is None or desk != by.slack_user_id:
        message = view.to_desk(meeting, len(told), _names(untold), was)
        outbox.put(session, moment, Kind.MECHANISM_MEETING, desk, message, subjects=[meeting.id, *_about(untold)])


def _names(some: list[Guest]) -> list[tuple[str, str]]:
    return [(guest.name, guest.company) for guest in some]


def _about(some: list[Guest]) -> tuple[str, ...]:
    return tuple(subject for guest in some for subject in (guest.advocate_id, guest.contact_id))


def _desk(session: GuardedSession, meeting: Meeting, today: date) -> str:
    """Whoever sees to the program, while they are here and may; else the team's channel."""
    program = session.get_one(Mechanism, (session.workspace_id, meeting.mechanism_id))
    owner = session.get(Person, (session.workspace_id, program.owner_id)) if program.owner_id else None
    if owner is None or not owner.slack_user_id or not can_be_asked(owner, today):
        return TEAM_CHANNEL
    actor = people.actor_of(session, owner.slack_user_id)
    return owner.slack_user_id if actor and permissions.may(actor, Action.RUN_MECHANISMS) else TEAM_CHANNEL


def _slot(meeting_id: str) -> str:
    return f"meeting:{meeting_id}"


def _ask(session: GuardedSession, moment: Moment, meeting_id: str, today: date) -> None:
    meeting = meetings.one(session, meeting_id)
    if meeting is not None:
        _write(session, moment, meeting, _desk(session, meeting, today))


def _write(session: GuardedSession, moment: Moment, meeting: Meeting, target: str) -> None:
    message, slot = view.who_came(meeting), _slot(meeting.id)
    outbox.put(session, moment, Kind.MECHANISM_MEETING, target, message, subjects=[meeting.id], slot=slot)


def redraw(session: GuardedSession, moment: Moment, meeting_id: str) -> None:
    """Let the question who came say how it stands, where it was asked."""
    there = outbox.newest_of_family(session, _slot(meeting_id), meeting_id)
    meeting = meetings.one(session, meeting_id)
    if there is not None and meeting is not None and outbox.posted(session, [_slot(meeting_id)]):
        _write(session, moment, meeting, there.target)


def call_off(session: GuardedSession, moment: Moment, row: MeetingRow, today: date, by: Actor | None) -> None:
    """It does not take place: who was told of it hears so, unless its day has passed. Raises AlreadyDone."""
    before, row.state = row.state, after(MeetingState(row.state), Move.CALL_OFF).value
    audit.record(
        session,
        moment,
        by.person_id if by else None,
        "meeting.called_off",
        ("meeting", row.id),
        before={"state": before},
        after={"state": row.state},
    )
    session.flush()
    if row.told_on is not None and row.held_on >= today:
        tell(session, moment, row.id, today, by=by)
    redraw(session, moment, row.id)


def call_off_all(session: GuardedSession, moment: Moment, mechanism_id: str, today: date, by: Actor | None) -> None:
    """A program is closed: what it had planned does not take place."""
    for meeting in meetings.planned(session, mechanism_id):
        if meeting.on >= today:
            row = session.get_one(MeetingRow, (session.workspace_id, meeting.id))
            call_off(session, moment, row, today, by)
