"""Looking up at once whatever lines about programs may mean. Decides nothing about what an import changes."""

from collections.abc import Collection

from sqlalchemy import select

from storage.among import among
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.meetings import Attendance, MeetingRow


def programs(session: GuardedSession) -> list[Mechanism]:
    """Every program, the oldest first: some hundreds at most. One statement."""
    session.flush()
    return list(session.scalars(select(Mechanism).order_by(Mechanism.id)))


def members(
    session: GuardedSession, mechanism_ids: Collection[str], advocate_ids: Collection[str]
) -> dict[tuple[str, str], MechanismMember]:
    """Rows of these advocates in these programs, by program and advocate. One statement."""
    session.flush()
    theirs = (
        among(MechanismMember.mechanism_id, mechanism_ids),
        among(MechanismMember.advocate_id, advocate_ids),
    )
    found = session.scalars(select(MechanismMember).where(*theirs))
    return {(row.mechanism_id, row.advocate_id): row for row in found}


def meetings(session: GuardedSession, mechanism_ids: Collection[str]) -> list[MeetingRow]:
    """Every meeting of these programs, the oldest first. One statement."""
    session.flush()
    query = select(MeetingRow).where(among(MeetingRow.mechanism_id, mechanism_ids)).order_by(MeetingRow.id)
    return list(session.scalars(query))


def attended(session: GuardedSession, meeting_ids: Collection[str]) -> set[tuple[str, str]]:
    """Who was at these meetings: meetings with members. One statement."""
    session.flush()
    query = select(Attendance.meeting_id, Attendance.member_id).where(among(Attendance.meeting_id, meeting_ids))
    return {(row.meeting_id, row.member_id) for row in session.execute(query)}


def free_terms(session: GuardedSession, advocate_ids: Collection[str], activity: str) -> list[Engagement]:
    """Uses of this kind that are no member's term yet, the oldest first. One statement."""
    session.flush()
    taken = select(MechanismMember.engagement_id).where(MechanismMember.engagement_id.is_not(None))
    query = select(Engagement).where(
        among(Engagement.advocate_id, advocate_ids), Engagement.activity == activity, Engagement.id.not_in(taken)
    )
    return list(session.scalars(query.order_by(Engagement.id)))


def terms(session: GuardedSession, engagement_ids: Collection[str]) -> dict[str, Engagement]:
    """The uses that are these members' terms, by id. One statement."""
    found = session.scalars(select(Engagement).where(among(Engagement.id, engagement_ids)))
    return {row.id: row for row in found}
