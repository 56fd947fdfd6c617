"""What members of programs took part in, and what they got back, counted. Decides nothing."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from domain.meetings import State
from domain.memberships import State as MemberState
from domain.participation import Participation, Totals
from storage.engagements import Engagement, Status
from storage.gifts import GiftRow
from storage.guard import GuardedSession
from storage.mechanisms import MechanismMember
from storage.meetings import Attendance, MeetingRow

TERM = "program"
"""The source of a use that is a term, reserved by joining: it is no single use beside it."""


def of_members(
    session: GuardedSession, member_ids: Collection[str], activity: str, year: int, currency: str
) -> dict[str, Participation]:
    """What these members took part in, and what they got back in a calendar year, by member. Three statements."""
    session.flush()
    met, used, got = (
        _met(session, member_ids),
        _used(session, member_ids, activity),
        _got(session, member_ids, year, currency),
    )
    return {
        member_id: Participation(*met.get(member_id, (0, 0)), used.get(member_id, 0), got.get(member_id, 0))
        for member_id in member_ids
    }


def _met(session: GuardedSession, member_ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """How often each was there, and of how many: counted meetings from the day of joining on, and earlier ones that
    they came to."""
    theirs = and_(Attendance.meeting_id == MeetingRow.id, Attendance.member_id == MechanismMember.id)
    belonged = and_(
        MeetingRow.held_on >= MechanismMember.joined_on,
        or_(MechanismMember.left_on.is_(None), MeetingRow.held_on <= MechanismMember.left_on),
    )
    query = (
        select(MechanismMember.id, func.count(Attendance.member_id), func.count(MeetingRow.id))
        .join(MeetingRow, MeetingRow.mechanism_id == MechanismMember.mechanism_id)
        .outerjoin(Attendance, theirs)
        .where(
            MechanismMember.id.in_(member_ids),
            MeetingRow.state == State.COUNTED.value,
            or_(belonged, Attendance.member_id.is_not(None)),
        )
        .group_by(MechanismMember.id)
    )
    return {member_id: (came, held) for member_id, came, held in session.execute(query)}


def _used(session: GuardedSession, member_ids: Collection[str], activity: str) -> dict[str, int]:
    query = (
        select(MechanismMember.id, func.count(Engagement.id))
        .join(Engagement, _since_they_joined())
        .where(MechanismMember.id.in_(member_ids), *_single(activity))
        .group_by(MechanismMember.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _got(session: GuardedSession, member_ids: Collection[str], year: int, currency: str) -> dict[str, int]:
    query = (
        select(MechanismMember.id, func.sum(GiftRow.hundredths))
        .join(GiftRow, GiftRow.advocate_id == MechanismMember.advocate_id)
        .where(MechanismMember.id.in_(member_ids), *_in_year(year, currency))
        .group_by(MechanismMember.id)
    )
    return {member_id: int(given or 0) for member_id, given in session.execute(query)}


def totals(session: GuardedSession, mechanism_id: str, activity: str, year: int, currency: str) -> Totals:
    """What all who belong to a program did, and what they got back in a calendar year. Two statements."""
    session.flush()
    belongs = (MechanismMember.mechanism_id == mechanism_id, MechanismMember.state == MemberState.MEMBER.value)
    did = select(func.count(Engagement.id), func.count(func.distinct(Engagement.advocate_id)))
    uses, users = session.execute(
        did.select_from(MechanismMember).join(Engagement, _since_they_joined()).where(*belongs, *_single(activity))
    ).one()
    got = select(func.sum(GiftRow.hundredths)).join(MechanismMember, MechanismMember.advocate_id == GiftRow.advocate_id)
    given = session.scalar(got.where(*belongs, *_in_year(year, currency)))
    return Totals(uses, users, int(given or 0))


def _since_they_joined() -> ColumnElement[bool]:
    return and_(
        Engagement.advocate_id == MechanismMember.advocate_id, Engagement.happens_on >= MechanismMember.joined_on
    )


def _single(activity: str) -> tuple[ColumnElement[bool], ...]:
    """Uses of this kind that took place, each for itself."""
    return Engagement.activity == activity, Engagement.status == Status.DONE.value, Engagement.source != TERM


def _in_year(year: int, currency: str) -> tuple[ColumnElement[bool], ...]:
    return GiftRow.currency == currency, GiftRow.given_on.between(date(year, 1, 1), date(year, 12, 31))
